"""What the checklist sees of the employer sheet, the questions to ask and drills."""

from pathlib import Path

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.plan import Details
from coach.prepare.drills import drill_of
from coach.prepare.plan.checklist import Row
from coach.prepare.tailoring.sheet import fields, groups
from coach.settings import Settings
from coach.wiring import Services, build
from tests.prepare.tailoring.job_descriptions import AGING

LIFTED = "Her emergency visits went down from five in three months to one in three months."


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    return build(Settings.load(data_dir=tmp_path))


def row(parts: Services, point: str) -> Row:
    ahead = parts.appointments.next("ann") or parts.appointments.add("ann", Details(day=parts.appointments.today))
    return next(one for one in parts.planner.checklist(ahead) if one.id == point)


def test_the_employer_and_what_to_ask_tick_themselves(parts: Services) -> None:
    job = parts.tailoring.add("ann", AGING)
    assert row(parts, "employer").fact == "you have written nothing on an employer sheet yet"
    for field in fields()[:4]:
        assert not row(parts, "employer").seen
        parts.tailoring.note(job.id, "ann", field.key, "Found it.")
    assert row(parts, "employer").seen
    for question in [one for group in groups() for one in group.questions][:5]:
        assert not row(parts, "questions").seen
        parts.tailoring.choose_to_ask(job.id, "ann", question, chosen=True)
    assert row(parts, "questions").fact == "you have chosen 5 questions to ask them"
    assert row(parts, "questions").seen


def test_drills_tick_themselves_and_a_point_can_still_be_ticked_by_hand(parts: Services) -> None:
    ladder, plain = drill_of("result-ladder"), drill_of("plain-language")
    for key in ("fewer-visits", "falls"):
        assert not row(parts, "results").seen
        one = parts.drills.begin("ann", ladder, parts.drills.exercise(ladder, key), AnswerKind.TYPED)
        parts.drills.hand_in(one.id, "ann", LIFTED)
    assert row(parts, "results").seen
    exercise = parts.drills.exercises(plain)[0]
    one = parts.drills.begin("ann", plain, exercise, AnswerKind.TYPED)
    parts.drills.hand_in(one.id, "ann", exercise.good)
    assert row(parts, "plain-language").seen

    assert not row(parts, "employer").done
    ahead = parts.appointments.next("ann")
    assert ahead
    parts.appointments.tick(ahead, "employer", done=True)
    assert row(parts, "employer").done
    assert not row(parts, "employer").seen


def test_what_somebody_else_did_is_not_seen(parts: Services) -> None:
    job = parts.tailoring.add("bob", AGING)
    for field in fields():
        parts.tailoring.note(job.id, "bob", field.key, "Found it.")
    assert not row(parts, "employer").seen
