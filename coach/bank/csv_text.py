"""Questions as a spreadsheet: CSV both ways.

One row a question. Lists of names stand in one cell with semicolons between, probes a line each, and each area in a column of its own:
its first line is the area, further lines are ways to say it. A cell that a spreadsheet would take for a formula gets an apostrophe in
front when it is written, which is taken away again when it is read.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from coach.bank.rules import AREAS
from coach.domain.authored import Draft, DraftArea
from coach.errors import BankError

_NAMES = ("competencies", "settings")
_NUMBERS = ("difficulty", "time_limit_s")
_TEXTS = ("key", "kind", "text", "weak", "good", "excellent", "model_answer")
_AREAS = tuple(f"area_{number}" for number in range(1, AREAS[1] + 1))
COLUMNS = ("key", "kind", "text", *_NAMES, *_NUMBERS, *_AREAS, "probes", "weak", "good", "excellent", "model_answer")

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # also in full width
_WHOLE = re.compile(r"[+-]?\d{1,9}")
_BOM = "\ufeff"  # without it Excel takes UTF-8 for something else


class Row(NamedTuple):
    """One question of a spreadsheet: the row's number as the spreadsheet shows it, and the fields as in a pack."""

    number: int
    raw: dict[str, Any]


def csv_text(drafts: Sequence[Draft]) -> str:
    """A spreadsheet with these questions, as text."""
    out = io.StringIO()
    out.write(_BOM)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in _cells(draft)] for draft in drafts)
    return out.getvalue()


def csv_rows(text: str) -> Iterator[Row]:
    """The questions of a spreadsheet. Raises BankError, without the file's name, where it cannot be read."""
    text = text.removeprefix(_BOM)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise BankError(
            f"row {reader.line_num}: cannot be read ({error}); save it again as CSV from your spreadsheet"
        ) from None
    if not rows:
        raise BankError("is empty")
    header = [re.sub(r"[\s_]+", "_", cell.strip().lower()) for cell in rows[0]]
    if "text" not in header:
        raise BankError(f"row 1: must name the columns, with 'text' among them; known are {', '.join(COLUMNS)}")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise BankError(f"row 1: the column '{twice[0]}' stands there twice")
    for number, cells in enumerate(rows[1:], 2):
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise BankError(
                f"row {number}: has more cells than row 1 names columns; look at the quotes around its texts"
            )
        if any(cell.strip() for cell in cells):
            yield Row(number, _raw(dict(zip(header, map(_plain, cells), strict=False))))


def _cells(draft: Draft) -> list[str]:
    areas = ["\n".join([area.text, *area.examples]) for area in draft.areas]
    fields = {
        **draft.model_dump(mode="json", include={*_TEXTS, *_NUMBERS}),
        **{name: "; ".join(getattr(draft, name)) for name in _NAMES},
        **dict(zip(_AREAS, areas, strict=False)),
        "probes": "\n".join(draft.probes),
    }
    return [str(fields.get(column, "")) for column in COLUMNS]


def _raw(cells: dict[str, str]) -> dict[str, Any]:
    """The fields of a row as they would stand in a pack; empty cells are left out."""
    raw: dict[str, Any] = {"settings": []}
    areas: list[dict[str, Any]] = []
    for name, cell in cells.items():
        value = cell.strip()
        if not value:
            continue
        if name in _AREAS:
            first, *others = _lines(value)
            areas.append(DraftArea(text=first, examples=tuple(others)).model_dump(mode="json"))
        elif name in _NAMES:
            raw[name] = [_name(part) for part in re.split(r"[;,\n]", value) if part.strip()]
        elif name in _NUMBERS:
            raw[name] = int(value) if _WHOLE.fullmatch(value) else value
        elif name == "probes":
            raw[name] = _lines(value)
        else:
            raw[name] = _name(value) if name == "kind" else value
    return raw | ({"areas": areas} if areas else {})


def _name(text: str) -> str:
    """A name as packs write it: `Problem solving` becomes `problem_solving`."""
    return re.sub(r"[\s-]+", "_", text.strip().lower())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _delimiter(text: str) -> str:
    """What stands between cells, judged by the first row: spreadsheets write semicolons where the comma is a decimal point."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
