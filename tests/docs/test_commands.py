"""Every command the documents show is one the command line takes, with its options and arguments."""

import re
import shlex
from pathlib import Path

import click
import pytest

from coach.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CALLED = re.compile(r"^(?:\$ )?(?:python3 run\.py|coach) ([^#>\n]+)")
OWN = {"test"}  # run.py's own word


def commands() -> list[str]:
    """The commands of all fenced blocks; "a b | c" is "a b" and "a c"."""
    found: dict[str, None] = {}
    for page in PAGES:
        blocks = re.findall(r"^```\w*\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        for line in (line for block in blocks for line in block.splitlines()):
            if (match := CALLED.match(line.strip())) and match[1].strip():
                first, *others = (part.strip() for part in match[1].split(" | "))
                found[first] = None
                found |= {
                    one if one.split()[0] in main.commands else f"{first.split()[0]} {one}": None for one in others
                }
    return [one for one in found if one.split()[0] not in OWN]


def test_commands_are_found() -> None:
    assert len(commands()) > 15


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_documents_is_taken(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line)
    for name in words:
        if Path(name).suffix and not name.startswith("-"):
            (tmp_path / name).touch()  # files the examples speak of
    command: click.Command = main
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    assert not isinstance(command, click.Group) or not words, f"{line}: no such command"
    try:
        command.make_context(line, words, **main.context_settings)
    except click.MissingParameter:
        assert not words, line  # shown by its name alone
    except click.exceptions.NoArgsIsHelpError:
        pass
