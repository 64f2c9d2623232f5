"""Small tables of words, which read well on a phone, too."""

from collections.abc import Iterable, Sequence

from coach.ui.widgets.html import draw, text


def rows(header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A table with a header line. Every cell is text."""
    head = "".join(f'<th scope="col">{text(cell)}</th>' for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in line)}</tr>" for line in lines)
    draw(f'<table class="rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>', "wide")
