"""`coach models`: which models can listen on this computer."""

import sys

import click

from coach.settings import Settings


@click.group()
def models() -> None:
    """Models that write down what is said."""


@models.command(name="list")
def list_() -> None:
    """Which models are on this computer, and which can be fetched."""
    from coach.speech import models as room  # noqa: PLC0415  # loads Whisper

    settings = Settings.load()
    here = room.present(settings.hf_home)
    used = "" if settings.whisper_url else settings.whisper_model
    for name, megabytes in room.KNOWN.items():
        state = "in use" if name == used else "here" if name in here else "can be fetched"
        click.echo(f"{name}\t{megabytes} MB\t{state}")
    if used and used not in room.KNOWN:
        click.echo(f"{used}\tof your own choice\tin use")
    if settings.whisper_url:
        click.echo(f"None of them is in use: the server at {settings.whisper_url} listens.", err=True)
    click.echo(f"Models run on {room.runs_on()} here.", err=True)


@models.command()
@click.argument("name")
def fetch(name: str) -> None:
    """Download a model, to be used offline from then on."""
    from coach.speech import models as room  # noqa: PLC0415  # loads Whisper

    settings = Settings.load()
    with click.progressbar(length=100, label=f"Fetching {name}", file=sys.stderr) as bar:
        room.fetch(name, settings.hf_home, lambda share: bar.update(round(100 * share) - bar.pos))
    click.echo(f"{name} is here. Use it with COACH_WHISPER_MODEL={name}")


@models.command()
@click.argument("names", nargs=-1)
def measure(names: tuple[str, ...]) -> None:
    """Measure models on this computer, and recommend one. NAMES: all that are here, unless given."""
    from coach.speech import models as room  # noqa: PLC0415  # loads Whisper

    settings = Settings.load()
    speeds = []
    for name in names or room.present(settings.hf_home):
        speed = room.measure(name, settings.hf_home)
        speeds.append(speed)
        verdict = "keeps up with a speaker" if speed.keeps_up else "falls behind a speaker; words come afterwards"
        click.echo(f"{name}\t{60 * speed.work:.1f} s for a minute of speech\t{verdict}")
    best = room.recommended(tuple(speeds))
    click.echo(f"Recommended here: {best.name}. Set it with COACH_WHISPER_MODEL={best.name}")
