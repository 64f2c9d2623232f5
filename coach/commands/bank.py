"""The question bank on the command line: `coach bank check` and `coach bank list`."""

from pathlib import Path

import click

from coach.domain.question import Competency, Difficulty, Kind, Setting
from coach.errors import BankError

_KINDS = click.Choice([kind.value for kind in Kind])
_COMPETENCIES = click.Choice([competency.value for competency in Competency])
_SETTINGS = click.Choice([setting.value for setting in Setting])


@click.group()
def bank() -> None:
    """Question packs."""


@bank.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(path: Path | None) -> None:
    """Validate packs: a folder, a file, or the bank that came with the program.

    Also compares all questions with each other: no two may ask the same thing in other words. In a folder, the exercises of the
    drills are checked, too: each good answer must meet all that its own drill looks for.
    """
    from coach.bank.likeness import problems_of  # noqa: PLC0415
    from coach.checks.embeddings import encoder  # noqa: PLC0415  # loads a model
    from coach.resources import question_bank  # noqa: PLC0415

    place = path or question_bank()
    problems = problems_of(place, lambda texts: encoder().encode(texts))
    if (place / "drills").is_dir():
        from coach.prepare.drills.packs import problems_of as drill_problems_of  # noqa: PLC0415

        problems += drill_problems_of(place / "drills")
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found.", err=True)
        click.get_current_context().exit(1)
    click.echo("No problems found.")


@bank.command(name="list")
@click.option("--kind", type=_KINDS, help="Only questions of this kind.")
@click.option("--competency", type=_COMPETENCIES, metavar="NAME", help="Only questions that show this.")
@click.option("--setting", type=_SETTINGS, metavar="NAME", help="Only questions about this setting.")
@click.option("--difficulty", type=click.IntRange(1, 3), help="1 warm-up, 2 usual, 3 hard.")
@click.option("--pack", help="Only questions of this pack: its file's name without the ending.")
@click.argument("words", nargs=-1)
def list_(
    *,
    kind: str | None,
    competency: str | None,
    setting: str | None,
    difficulty: int | None,
    pack: str | None,
    words: tuple[str, ...],
) -> None:
    """Questions: key, kind and text; all of them, or those that speak of all WORDS."""
    from coach.bank import load_bank  # noqa: PLC0415
    from coach.resources import question_bank  # noqa: PLC0415

    loaded = load_bank(question_bank())
    if pack is not None and pack not in (names := [one.name for one in loaded.packs]):
        raise BankError(f"There is no pack '{pack[:60]}'. There are {', '.join(names)}.")
    for question in loaded.find(
        Kind(kind) if kind else None,
        Competency(competency) if competency else None,
        setting=Setting(setting) if setting else None,
        difficulty=Difficulty(difficulty) if difficulty else None,
        pack=pack,
        words=" ".join(words),
    ):
        click.echo(f"{question.key}\t{question.kind}\t{question.text}")
