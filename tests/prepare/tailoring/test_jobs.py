"""Jobs over a real database: kept, read, noted, deleted; and whose they are."""

from pathlib import Path

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.authored import Draft
from coach.errors import DocumentError, NotFoundError
from coach.settings import Settings
from coach.wiring import Services, build
from tests.prepare.tailoring.job_descriptions import AGING, REENTRY


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    return build(Settings.load(data_dir=tmp_path))


def test_a_description_is_kept_before_it_is_read_and_can_be_deleted(parts: Services) -> None:
    job = parts.tailoring.add("ann", AGING, "aging.pdf")

    kept = parts.tailoring.get(job.id, "ann")
    assert (kept.title, kept.source, kept.reading) == ("Options Counselor", "aging.pdf", None)
    read = parts.tailoring.read(kept)
    assert read.reading
    assert parts.tailoring.get(job.id, "ann") == read
    assert [one.id for one in parts.tailoring.all_of("ann")] == [job.id]

    parts.tailoring.delete(job.id, "ann")
    assert parts.tailoring.all_of("ann") == ()


def test_somebody_elses_job_is_not_found(parts: Services) -> None:
    job = parts.tailoring.add("ann", AGING)
    assert parts.tailoring.all_of("bob") == ()
    for act in (
        lambda: parts.tailoring.get(job.id, "bob"),
        lambda: parts.tailoring.note(job.id, "bob", "team", "x"),
        lambda: parts.tailoring.choose_to_ask(job.id, "bob", "Why?", chosen=True),
        lambda: parts.tailoring.delete(job.id, "bob"),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_practising_a_question_closes_its_gaps_once_it_is_handed_in(parts: Services) -> None:
    job = parts.tailoring.read(parts.tailoring.add("ann", AGING))
    question = parts.tailoring.planned(job)[0]
    before = {ask.name for ask in parts.tailoring.gaps(job).in_practice}
    attempt = parts.practice.begin("ann", question, AnswerKind.TYPED)
    assert {ask.name for ask in parts.tailoring.gaps(job).in_practice} == before

    parts.practice.hand_in(attempt.id, "ann", "I rang the clinic, and she kept her place.")

    after = {ask.name for ask in parts.tailoring.gaps(job).in_practice}
    assert before - after == before & {competency.value for competency in question.competencies} != set()


def test_a_question_published_here_is_matched_and_left_out_once_retired(parts: Services) -> None:
    original = parts.practice.bank.find_key("describe-the-role")
    assert original
    draft = Draft.of(original).model_copy(
        update={
            "text": "You meet a man at the jail gate with a bus ticket. What are your first three steps with him?",
            "settings": ("re_entry",),
        }
    )
    one = parts.authoring.publish(parts.authoring.begin("coach", draft).id)
    job = parts.tailoring.read(parts.tailoring.add("ann", REENTRY))
    assert one.key in {question.key for question in parts.tailoring.planned(job)}

    parts.authoring.retire(one.id)

    assert one.key not in {question.key for question in parts.tailoring.planned(job)}


def test_notes_and_questions_to_ask_are_kept_and_bounded(parts: Services) -> None:
    job = parts.tailoring.add("ann", AGING)
    parts.tailoring.note(job.id, "ann", "team", "Two nurses.")
    parts.tailoring.note(job.id, "ann", "payers", "Medicaid.")
    parts.tailoring.choose_to_ask(job.id, "ann", " Why is   it open? ", chosen=True)
    parts.tailoring.choose_to_ask(job.id, "ann", "Who covers?", chosen=True)
    parts.tailoring.choose_to_ask(job.id, "ann", "Why is it open?", chosen=True)
    parts.tailoring.choose_to_ask(job.id, "ann", "Who covers?", chosen=False)
    kept = parts.tailoring.get(job.id, "ann")
    assert kept.notes == {"team": "Two nurses.", "payers": "Medicaid."}
    assert kept.to_ask == ("Why is it open?",)
    with pytest.raises(DocumentError, match="10,000 is the most"):
        parts.tailoring.note(job.id, "ann", "team", "x" * 10_001)
    with pytest.raises(NotFoundError, match="no such line"):
        parts.tailoring.note(job.id, "ann", "nonsense", "x")
