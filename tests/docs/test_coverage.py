"""The page that says where everything is must not say more than there is, nor less."""

import re
from pathlib import Path

import click
import pytest

from coach.bank import load_bank
from coach.cli import main
from coach.resources import question_bank

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (?P<ask>[^|]+?) +\| (?P<covered>[^|]+?) +\| ?(?P<where>[^|]*?) *\|$")
ROWS = [
    (found["ask"], found["covered"], found["where"])
    for line in (ROOT / "docs" / "coverage.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and (found := ROW.match(line)) and found["ask"] != "ask"
]
PAGES = set(re.findall(r'title="([^"]+)"', (ROOT / "coach" / "ui" / "shell" / "main.py").read_text("utf-8")))
KEYS = {question.key for question in load_bank(question_bank()).questions}


def exists(name: str) -> bool:
    """Whether a page in bold, or what stands in backquotes, is there."""
    if name.startswith("**"):
        return name.strip("*") in PAGES
    words = name.strip("`")
    if words.startswith("coach "):
        return command(words.split()[1:])
    return words in KEYS or (ROOT / words).exists()


def command(words: list[str]) -> bool:
    here: click.Command | None = main
    for word in words:
        here = here.commands.get(word) if isinstance(here, click.Group) else None
    return here is not None


def named(where: str) -> list[str]:
    return re.findall(r"\*\*[^*]+\*\*|`[^`]+`", where)


@pytest.mark.parametrize(("ask", "covered", "where"), ROWS, ids=[ask for ask, _, _ in ROWS])
def test_what_is_covered_is_there_and_what_is_not_yet_is_not(ask: str, covered: str, where: str) -> None:
    assert covered in {"yes", "not yet"}, ask
    found = {name: exists(name) for name in named(where)}
    if covered == "yes":
        assert found, "a covered ask says where"
        assert [name for name, there in found.items() if not there] == []
    else:
        assert [name for name, there in found.items() if there] == [], "this is there now: say so"


def test_every_line_of_a_table_is_read() -> None:
    lines = [line for line in (ROOT / "docs" / "coverage.md").read_text("utf-8").splitlines() if line.startswith("|")]
    heads = sum(line.startswith(("| ask", "|---")) for line in lines)
    assert len(ROWS) == len(lines) - heads > 100
    assert {"Today", "Checklist", "Practise"} <= PAGES
    assert not exists("**Nowhere**")
    assert not exists("`coach nothing`")
    assert not exists("`no-such-question`")
