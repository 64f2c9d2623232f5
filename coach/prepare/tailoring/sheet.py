"""The employer sheet: what to find out, where to look, what the description says already; and questions to ask the interviewer."""

import tomllib
from functools import cache
from pathlib import Path

from coach.domain.span import Span
from coach.domain.value import Value
from coach.prepare.tailoring.asks import about_the_work
from coach.prepare.tailoring.cues import compiled

_MOST_SAID = 3
_DATA = Path(__file__).parent / "data"


class Field(Value):
    """One thing to find out. ``cues`` are words by which a description speaks of it."""

    key: str
    title: str
    find: str
    where: str
    cues: tuple[str, ...]


class Group(Value):
    """Questions to ask the interviewer about one thing."""

    title: str
    questions: tuple[str, ...]


@cache
def fields() -> tuple[Field, ...]:
    """The lines of the sheet, in order."""
    return tuple(map(Field.model_validate, tomllib.loads((_DATA / "sheet.toml").read_text("utf-8"))["fields"]))


@cache
def groups() -> tuple[Group, ...]:
    """Questions to choose from."""
    return tuple(map(Group.model_validate, tomllib.loads((_DATA / "to_ask.toml").read_text("utf-8"))["groups"]))


def said_of(field: Field, text: str) -> tuple[Span, ...]:
    """What a description says of one line of the sheet, a few sentences at most."""
    if not field.cues:
        return ()
    cue = compiled(field.cues)
    return tuple(span for span in about_the_work(text) if cue.search(span.quote))[:_MOST_SAID]
