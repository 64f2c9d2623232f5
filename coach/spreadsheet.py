"""Tables as CSV, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | int | float | None


def spreadsheet(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark that spreadsheets look for. Words that a spreadsheet would run as a formula are made text."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(header)
    table.writerows([_safe(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    runs = isinstance(cell, str) and (cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA))
    return f"'{cell}" if runs else cell
