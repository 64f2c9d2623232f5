"""Cohorts on the command line: `coach cohorts recount`, `coach cohorts digest`."""

import click

from coach.commands.digest import digest


@click.group()
def cohorts() -> None:
    """Cohorts of students."""


@cohorts.command()
def recount() -> None:
    """Count the numbers behind coaches' charts anew, from the answers themselves.

    They are kept in step with every change; this is for a database that was changed by other means.
    """
    from coach.settings import Settings  # noqa: PLC0415  # opens the database only when asked
    from coach.store import Database, RollupStore  # noqa: PLC0415
    from coach.store.migrate import migrate  # noqa: PLC0415

    database = Database(Settings.load().database)
    migrate(database)
    students = RollupStore(database).recount()
    database.close()
    click.echo(f"Counted anew for {students} student{'' if students == 1 else 's'}.")


cohorts.add_command(digest)
