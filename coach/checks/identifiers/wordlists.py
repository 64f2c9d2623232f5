"""The word lists beside this module: read once, all in lower case."""

import re
from functools import cache
from importlib.resources import files


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """A list that holds many words on a line."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def phrases(name: str) -> frozenset[str]:
    """A list that holds one phrase on a line."""
    return frozenset(_lines(name))


def either(of: frozenset[str] | tuple[str, ...]) -> str:
    """A pattern that matches any of the given phrases, the longest first. It stands in no group."""
    return "|".join(re.escape(p) for p in sorted(of, key=lambda p: (-len(p), p)))
