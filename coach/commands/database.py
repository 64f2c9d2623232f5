"""The database on the command line: `coach migrate`, and its line in `coach doctor`."""

import click

from coach.settings import Settings


@click.command()
def migrate() -> None:
    """Bring the database to this version's tables. Starting the app does so, too; where several start together, do it once before."""
    from coach.wiring import open_database  # noqa: PLC0415  # opens the database only when asked

    settings = Settings.load()
    before = _told(settings)
    open_database(settings).close()
    after = _told(settings)
    click.echo(after if after == before else f"{after} (before: {before.rpartition(': ')[2]})")


def examined(settings: Settings) -> list[str]:
    """Which database, reached or not, and how far its tables are: for `coach doctor`. Raises CoachError with what is wrong."""
    return [_told(settings)]


def _told(settings: Settings) -> str:
    from coach.store import Database  # noqa: PLC0415  # opens the database only when asked
    from coach.store.migrate import revisions  # noqa: PLC0415

    database = Database(settings.database)
    try:
        found, newest = revisions(database)
    finally:
        database.close()
    if found is None:
        return f"{database.address}: reached, empty; `coach migrate` or the first start makes its tables"
    state = "up to date" if found == newest else f"this version has {newest}; `coach migrate` brings it there"
    return f"{database.address}: reached, revision {found}, {state}"
