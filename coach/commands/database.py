"""The database on the command line: `coach migrate`, and its line in `coach doctor`."""

from datetime import UTC, datetime

import click

from coach.commands.backup import BACKUPS
from coach.settings import Settings


@click.command()
@click.option(
    "--backup/--no-backup", "backs_up", default=True, help="Make a backup before anything is changed (SQLite only)."
)
def migrate(*, backs_up: bool) -> None:
    """Bring the database to this version's tables, and say from which to which.

    Starting the app does so, too, without a backup; where several start together, do it once before.
    """
    from coach.store import Database  # noqa: PLC0415  # opens the database only when asked
    from coach.store.backup import make, place_of  # noqa: PLC0415
    from coach.store.migrate import standing  # noqa: PLC0415
    from coach.wiring import open_database  # noqa: PLC0415

    settings, now = Settings.load(), datetime.now(UTC)
    database = Database(settings.database)
    try:
        current, newest = standing(database)
        click.echo(f"{database.address}: from {f'revision {current}' if current else 'an empty database'} to {newest}.")
        if backs_up and current not in {None, newest} and not database.is_postgresql:
            target = settings.data_dir / BACKUPS / f"before-{newest}-{now:%Y%m%d-%H%M%S}.zip"
            make(place_of(settings.database, settings.data_dir), target, now)
            click.echo(f"Backed up to {target}.")
    finally:
        database.close()
    open_database(settings).close()
    click.echo("Nothing was missing." if current == newest else "Done.")


def examined(settings: Settings) -> list[str]:
    """Which database, reached or not, and how far its tables are: for `coach doctor`. Raises CoachError with what is wrong."""
    return [_told(settings)]


def _told(settings: Settings) -> str:
    from coach.store import Database  # noqa: PLC0415  # opens the database only when asked
    from coach.store.migrate import standing  # noqa: PLC0415

    database = Database(settings.database)
    try:
        found, newest = standing(database)
    finally:
        database.close()
    if found is None:
        return f"{database.address}: reached, empty; `coach migrate` or the first start makes its tables"
    state = "up to date" if found == newest else f"this version has {newest}; `coach migrate` brings it there"
    return f"{database.address}: reached, revision {found}, {state}"
