"""Backups on the command line: `coach backup`, `coach restore`, `coach migrate`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from coach.settings import Settings

BACKUPS = "backups"  # folder for copies, in the data folder


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path | None) -> None:
    """Make a backup in one file, while the app runs or not, and read it back.

    It holds everything people stored here: their answers in words and sound, ratings, stories, names and addresses, password hashes.
    Whoever has the file can read all of it, so keep it as safe as the installation itself, and delete it in its time: what is deleted here
    is not deleted there.
    It does not hold settings, keys or speech models.

    FILE: default is a new name in the data folder's "backups". Only for SQLite, the default; with PostgreSQL, use pg_dump and copy the folder of
    recordings.
    """
    from coach.store.backup import make, place_of  # noqa: PLC0415  # only this command needs it

    settings, now = Settings.load(), datetime.now(UTC)
    target = file or settings.data_dir / BACKUPS / f"practice-coach-{now:%Y%m%d-%H%M%S}.zip"
    manifest = make(place_of(settings.database, settings.data_dir), target, now)
    click.echo(
        f"{target}: {_told(manifest.rows, manifest.recordings)}, {manifest.size / 1e6:.1f} MB, read back and whole."
    )
    click.echo("It holds people's words, and their voices where they kept them: keep it safe.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--over-newer", is_flag=True, help="Also where what is here is newer than the backup.")
def restore(file: Path, *, over_newer: bool) -> None:
    """Put the backup FILE in the place of what is here, and check it. Stop the app first.

    What is here is moved to a folder beside it, not deleted: delete that folder yourself when you need it no more. A backup of an earlier version is
    brought up to date when the app next starts. What was deleted since the backup was made is there again, and what was written since is not.
    """
    from coach.store.backup import place_of  # noqa: PLC0415  # only this command needs it
    from coach.store.restore import restore as put_in_place  # noqa: PLC0415

    settings = Settings.load()
    place = place_of(settings.database, settings.data_dir)
    manifest, aside = put_in_place(file, place, datetime.now(UTC), over_newer=over_newer)
    click.echo(f"Restored: {_told(manifest.rows, manifest.recordings)}, of {manifest.made_at:%d %b %Y, %H:%M} UTC.")
    if aside:
        click.echo(f"What was here before is in {aside}.")


def _told(rows: dict[str, int], recordings: int) -> str:
    answers, people = rows.get("attempt", 0), rows.get("person", 0)
    return (
        f"{answers} answer{'' if answers == 1 else 's'} of {people} {'person' if people == 1 else 'people'}, "
        f"{sum(rows.values())} rows, {recordings} file{'' if recordings == 1 else 's'} of recordings"
    )
