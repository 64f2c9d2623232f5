"""Invitations from a table of addresses: read, checked row by row, and given back with a link each."""

import csv
import io
import re
from collections.abc import Iterable

from pydantic import Field

from coach.domain.people import Invitation
from coach.domain.value import Value
from coach.spreadsheet import spreadsheet

MOST = 1_000  # rows in one file
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]{2,}")
_LONGEST = 254  # characters of an address
_HEADERS = {"email", "e-mail", "mail", "address"}


class Invited(Value):
    """One person to invite."""

    email: str
    name: str = ""


class Fault(Value):
    """A row that cannot be used, by its number in the file, and why."""

    row: int = Field(ge=1)
    why: str


class Preview(Value):
    """What a file of invitations comes to, before anything is done."""

    invited: tuple[Invited, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> Preview:
    """Addresses and names from CSV: the address in the first column, or in one called email; the name beside it. Never raises."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _unusable(1, "The file is not UTF-8 text. Save it as “CSV UTF-8”.")
    first = text.partition("\n")[0]
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True))
    except csv.Error:
        return _unusable(1, "The file is no CSV: a quotation mark in it has no partner.")
    return _preview(rows)


def _unusable(row: int, why: str) -> Preview:
    return Preview(faults=(Fault(row=row, why=why),))


def _preview(rows: list[list[str]]) -> Preview:
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    named = bool(_HEADERS & set(header))
    at = next((n for n, cell in enumerate(header) if cell in _HEADERS), 0)
    name_at = next((n for n, cell in enumerate(header) if "name" in cell), None) if named else 1 - at
    invited: dict[str, Invited] = {}
    faults = []
    for number, row in enumerate(rows, 1):
        if (number == 1 and named) or not any(cell.strip() for cell in row):
            continue
        email = row[at].strip().lower() if at < len(row) else ""
        if why := _fault(email, invited):
            faults.append(Fault(row=number, why=why))
            continue
        name = row[name_at].strip() if name_at is not None and name_at < len(row) else ""
        invited[email] = Invited(email=email, name=" ".join(name.split())[:200])
    return Preview(invited=tuple(invited.values()), faults=tuple(faults))


def is_address(email: str) -> bool:
    """Whether this can be an e-mail address."""
    return len(email) <= _LONGEST and _ADDRESS.fullmatch(email) is not None


def _fault(email: str, invited: dict[str, Invited]) -> str:
    if not email:
        return "No e-mail address."
    if not is_address(email):
        return f"“{email[:60]}” is no e-mail address."
    if email in invited:
        return f"{email} stands in the file twice."
    if len(invited) >= MOST:
        return f"More than {MOST:,} invitations at once. Cut the file in two."
    return ""


def written(links: Iterable[tuple[Invitation, str]]) -> bytes:
    """Invitations with their links as CSV, for whoever sends the mails. A cell that a spreadsheet would run is made text."""
    return spreadsheet(
        ("email", "name", "cohort", "link", "valid until"),
        ((one.email, one.name, one.cohort.name, link, f"{one.expires_at:%Y-%m-%d}") for one, link in links),
    )
