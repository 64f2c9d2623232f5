"""The job that leads the plan: read from its description, into Today, and out of it again."""

from pathlib import Path

import pytest

from coach.bank import load_bank
from coach.domain.question import Competency, Setting
from coach.prepare.tailoring.aim import populations_of
from coach.resources import question_bank
from coach.settings import Settings
from coach.wiring import Services, build
from tests.prepare.tailoring.job_descriptions import AGING, BAKER, REENTRY


@pytest.fixture
def parts(tmp_path: Path) -> Services:
    return build(Settings.load(data_dir=tmp_path))


def read(parts: Services, text: str) -> str:
    return parts.tailoring.read(parts.tailoring.add("ann", text)).id


def test_a_job_leads_the_plan_from_when_it_is_read_and_stands_back_when_told(parts: Services) -> None:
    assert parts.planner.today("ann").aim is None
    ident = read(parts, REENTRY)

    aim = parts.planner.today("ann").aim
    assert aim
    assert aim.settings[0] is Setting.RE_ENTRY
    assert Competency.ENGAGEMENT in aim.competencies or Competency.ASSESSMENT in aim.competencies
    assert "People coming out of jail or prison" in aim.populations
    bank = parts.practice.bank
    assert aim.about
    assert all(
        "justice" in populations_of(bank.get(key)) or "substance_use" in populations_of(bank.get(key))
        for key in aim.about
    )
    assert parts.planner.today("bob").aim is None

    parts.tailoring.let_lead(ident, "ann", leads=False)
    assert parts.planner.today("ann").aim is None
    parts.tailoring.let_lead(ident, "ann", leads=True)
    assert parts.planner.today("ann").aim == aim


def test_the_newest_job_that_asks_for_anything_leads(parts: Services) -> None:
    older, newer = read(parts, REENTRY), read(parts, AGING)
    read(parts, BAKER)
    assert parts.tailoring.aim("ann").job == newer  # type: ignore[union-attr]
    parts.tailoring.let_lead(newer, "ann", leads=False)
    assert parts.tailoring.aim("ann").job == older  # type: ignore[union-attr]


def test_the_people_a_question_speaks_of_are_found_in_the_bank() -> None:
    found = {name for question in load_bank(question_bank()).questions for name in populations_of(question)}
    assert {"older_adults", "children", "veterans", "homeless", "justice"} <= found


def test_the_people_a_job_serves_are_matched_to_its_likely_questions(parts: Services) -> None:
    job = parts.tailoring.get(read(parts, REENTRY), "ann")
    planned = job.reading.planned if job.reading else ()
    assert any("about people the job serves" in one.reason for one in planned)
