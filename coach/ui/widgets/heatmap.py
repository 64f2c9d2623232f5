"""The heat map: a table of students by competencies, each level with its trend, how sure it is, and the answers behind it.

It is read without colour: numbers and marks say everything, shades only help the eye.
"""

from collections.abc import Sequence

from coach.progress import Line, Standing, Sureness, Trend
from coach.ui.widgets.html import draw, text

MARKS = {Trend.RISING: "↑", Trend.STEADY: "→", Trend.SLIDING: "↓", Trend.UNKNOWN: "·"}
SURE = {Sureness.FIRM: "●", Sureness.FAIR: "◐", Sureness.THIN: "○"}
LEGEND = (
    "Level 1–5: the mean of the last three answers. ↑ rising, → steady, ↓ sliding: against the three before; · not known yet. "
    "● firm, ◐ fair, ○ thin: how sure the level is. The small number: rated answers."
)


def heat_map(lines: Sequence[Line], subjects: Sequence[tuple[str, str]], cohort_id: str) -> None:
    """A row a student, a column a subject (its key and its name). Names lead to the student."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for _, name in subjects)
    rows = "".join(_row(line, subjects, cohort_id) for line in lines)
    draw(
        f'<table class="heat"><thead><tr><th scope="col">Student</th>{head}</tr></thead><tbody>{rows}</tbody></table>',
        "wide",
    )


def _row(line: Line, subjects: Sequence[tuple[str, str]], cohort_id: str) -> str:
    name = f'<th scope="row"><a href="?cohort={cohort_id}&amp;student={line.student.id}">{text(line.student.name)}</a></th>'
    if not line.shares:
        return f'<tr>{name}<td colspan="{len(subjects)}" class="none">not shared</td></tr>'
    if not line.answers:
        return f'<tr>{name}<td colspan="{len(subjects)}" class="none">no answer yet</td></tr>'
    return f"<tr>{name}{''.join(_square(line.standings.get(subject)) for subject, _ in subjects)}</tr>"


def _square(one: Standing | None) -> str:
    if one is None:
        return "<td></td>"
    return f'<td class="l{one.level:.0f}"><b>{one.level:.1f}</b>{MARKS[one.trend]}<i>{SURE[one.sureness]} {one.answers}</i></td>'


def in_words(one: Standing) -> tuple[str, str, str, str]:
    """Level with its interval, trend, how sure it is, answers: for the table behind."""
    change = "" if one.change is None else f" ({one.change:+.1f})"
    return f"{one.level:.1f} ± {one.margin:.1f}", f"{one.trend}{change}", one.sureness, str(one.answers)
