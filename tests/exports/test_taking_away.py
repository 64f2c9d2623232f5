"""What a coach takes away: exactly what is shared, and nothing that a spreadsheet would run."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from coach.bank import load_rubric
from coach.domain.cohort_numbers import ALL_ANSWERS, Cell, Chosen, CohortNumbers, Figures, Member, of_competency
from coach.domain.people import SharedAttempt, Sharing
from coach.domain.question import Competency
from coach.exports.sheets import cohort_sheet, student_sheet
from coach.exports.tables import cohort_table, student_table
from coach.progress import CohortView, Current, cohort_view
from coach.spreadsheet import spreadsheet

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RUBRIC = load_rubric()
ATTEMPT = SharedAttempt(
    id="a",
    candidate="sam",
    question_key="free",
    question_text="=HYPERLINK(1)",
    handed_in_at=NOW,
    levels=(("soar", 3), ("empathy", None), ("confidentiality", 4), ("outcome", 2)),
    sharing=Sharing.RATINGS,
)


def view() -> CohortView:
    members = (
        Member("sam", "Sam <b>Lee</b>", Sharing.RATINGS, NOW),
        Member("olga", "Olga", Sharing.NOTHING, NOW),
        Member("uma", "@Uma", Sharing.RATINGS, NOW - timedelta(days=30)),
    )
    level = Cell(3, 0, 3.0, 3.0, 3.0, None, 0, 3, 0.0)
    packed = json.dumps(dict.fromkeys((ALL_ANSWERS, of_competency(Competency.ADVOCACY)), level))
    return cohort_view(CohortNumbers(members, {"sam": Figures(NOW, packed, None)}, {}, ()), NOW)


def read(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n@a"])
def test_words_that_a_spreadsheet_would_run_become_text(words: str) -> None:
    assert read(spreadsheet(("a",), [(words,)]))[1] == [f"'{words}"]


def test_numbers_and_usual_words_stay_as_they_are() -> None:
    assert read(spreadsheet(("a", "b", "c"), [(-0.5, "well-being", None)]))[1] == ["-0.5", "well-being", ""]


def test_a_cohorts_table_holds_levels_with_their_interval_and_whom_to_look_at_first() -> None:
    table = read(cohort_table(view(), RUBRIC))
    whole, advocacy, olga, uma = table[1:]
    assert whole[:3] == ["Sam <b>Lee</b>", "shared", "All answers"]
    assert float(whole[4]) < float(whole[3]) == 3 < float(whole[5])
    assert advocacy[2] == "Advocacy"
    assert olga == ["Olga", "not shared"]
    assert (uma[0], uma[-1]) == ("'@Uma", "Inactive: Joined 30 days ago; no answer to see yet.")


def test_a_students_table_holds_levels_and_says_unrated() -> None:
    table = read(student_table([ATTEMPT], RUBRIC))
    assert table[1][1] == "'=HYPERLINK(1)"
    assert sorted(table[1][2:]) == ["2", "3", "4", "unrated"]


def test_sheets_are_pdf_with_names_as_they_are_written() -> None:
    for sheet in (
        cohort_sheet("Autumn & Co", view(), Chosen(weeks=4), NOW),
        student_sheet(
            "Sam <b>", [Current(competency=Competency.ADVOCACY, level=3, attempts=2)], [ATTEMPT], RUBRIC, NOW
        ),
        student_sheet("Sam", [], [], RUBRIC, NOW),
    ):
        assert sheet.startswith(b"%PDF-")
        assert sheet.rstrip().endswith(b"%%EOF")
