"""The first administrator, and one who is locked out: by whoever may run commands on the server."""

from typing import TYPE_CHECKING

import click

from coach.domain.people import Person, Role
from coach.errors import CoachError
from coach.settings import Settings

if TYPE_CHECKING:
    from coach.wiring import Services

_URL = click.option(
    "--url", default="http://127.0.0.1:8501", show_default=True, help="Where people reach this installation."
)


@click.group()
def admin() -> None:
    """Administrators of an installation that several people use (COACH_HOSTED=1)."""


@admin.command()
@click.argument("email")
@click.option("--name", default="", help="Their name.")
@_URL
def create(email: str, name: str, url: str) -> None:
    """Add an administrator who signs in with a password, and print the link with which they set it."""
    parts = _parts()
    person = parts.people.with_account(email, name, Role.ADMINISTRATOR)
    _print_link(parts, person, url)


@admin.command()
@click.argument("email")
def promote(email: str) -> None:
    """Make somebody an administrator who has signed in once, known by the e-mail address their provider gives."""
    parts = _parts()
    person = parts.people.promote(email)
    click.echo(f"{person.name} is an administrator now. They sign in as before.")


@admin.command()
@click.argument("email")
@_URL
def link(email: str, url: str) -> None:
    """Print a link with which somebody who signs in with a password sets a new one."""
    parts = _parts()
    person = parts.people.of_account(email)
    if person is None:
        raise CoachError("Nobody signs in here with this address and a password.")
    _print_link(parts, person, url)


def _parts() -> "Services":
    from coach.wiring import build  # noqa: PLC0415  # loads models

    settings = Settings.load()
    if not settings.hosted:
        raise CoachError("On a machine of one's own nobody signs in. Set COACH_HOSTED=1 where several people use it.")
    return build(settings)


def _print_link(parts: "Services", person: Person, url: str) -> None:
    click.echo("This link works once, within three days:")
    click.echo(f"{url.rstrip('/')}/account/password/{parts.accounts.first_link(person)}")
