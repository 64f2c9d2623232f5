"""How a cohort's answers are spread over the levels of each criterion: a table whose cells hold numbers and bars."""

from collections.abc import Mapping

from coach.domain.cohort_numbers import Spread
from coach.domain.rubric import LEVELS, Criterion, Rubric
from coach.ui.widgets.html import draw, text


def spreads(found: Mapping[Criterion, Spread], rubric: Rubric) -> None:
    """A row a criterion, a column a level; unrated answers stand apart."""
    head = "".join(f'<th scope="col">{level}</th>' for level in LEVELS)
    rows = "".join(
        _row(anchors.name, found[anchors.criterion]) for anchors in rubric.anchors if anchors.criterion in found
    )
    draw(
        '<table class="spread"><thead><tr><th scope="col">Criterion</th>'
        f'{head}<th scope="col">Unrated</th></tr></thead><tbody>{rows}</tbody></table>',
        "wide",
    )


def _row(name: str, one: Spread) -> str:
    counts = (one.level_1, one.level_2, one.level_3, one.level_4, one.level_5)
    cells = "".join(_cell(count, one.answers) for count in counts)
    return f'<tr><th scope="row">{text(name)}</th>{cells}{_cell(one.unrated, one.answers, "hollow")}</tr>'


def _cell(count: int, of: int, css: str = "") -> str:
    share = count / of if of else 0
    return f'<td><span>{share:.0%}</span> <small>{count}</small><u class="{css}" style="width:{share:.0%}"></u></td>'
