"""Putting a backup in the place of what is there, which is put aside, not deleted."""

import shutil
import sqlite3
import zipfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from coach.errors import BackupError, StoreError
from coach.store.backup import DATABASE, Manifest, Place, check_database, unpack, verify
from coach.store.database import plain_store_errors
from coach.store.migrate import known_revisions
from coach.store.tables import Table, UTCDateTime

_BESIDES = ("-wal", "-shm")


def restore(file: Path, place: Place, at: datetime, *, over_newer: bool = False) -> tuple[Manifest, Path | None]:
    """Put a backup in place; returns what it holds, and the folder to which what was there has been moved.

    Raises BackupError where the backup is damaged or of a newer version, where the app is running, and where what is there is newer than the backup,
    unless ``over_newer``. Then nothing is changed.
    """
    manifest = verify(file)
    if manifest.revision not in known_revisions():
        raise BackupError(
            "This backup is of a newer version of Practice Coach. Update the program first. Nothing was changed."
        )
    newest = _newest(place.database)
    if newest and newest > manifest.made_at and not over_newer:
        raise BackupError(
            f"What is here is newer than the backup: its last entry is of {newest:%d %b %Y, %H:%M} UTC, the backup of "
            f"{manifest.made_at:%d %b %Y, %H:%M} UTC. Nothing was changed. With --over-newer it is put aside and the backup restored."
        )
    root = place.database.parent
    with plain_store_errors(f"the folder {root}"):
        root.mkdir(parents=True, exist_ok=True)
        place.takes.parent.mkdir(parents=True, exist_ok=True)
        unpacked = root / f"restoring-{at:%Y%m%d-%H%M%S}"
        unpacked.mkdir()
        try:
            with zipfile.ZipFile(file) as backup:
                unpack(backup, manifest, unpacked)
            check_database(unpacked / DATABASE, manifest, file)
            _close_up(place.database)
            aside = _put_aside(place, root / f"replaced-{at:%Y%m%d-%H%M%S}")
            (unpacked / DATABASE).replace(place.database)
            if (unpacked / "takes").is_dir():
                shutil.move(unpacked / "takes", place.takes)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
    return manifest, aside


def _newest(database: Path) -> datetime | None:
    """The latest moment that anything in a database is of; None where there is none, or it cannot be read any more."""
    if not database.is_file():
        return None
    moments: list[str] = []
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database, timeout=10)) as connection:
        for table in Table.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, UTCDateTime) and column.name not in _AHEAD:
                    with suppress(sqlite3.OperationalError):  # a table of a later version
                        (moment,) = connection.execute(f'SELECT max("{column.name}") FROM "{table.name}"').fetchone()  # noqa: S608  # names of ours
                        moments += [moment] if moment else []
    return max((datetime.fromisoformat(one).replace(tzinfo=UTC) for one in moments), default=None)


_AHEAD = {"until", "not_before", "expires_at", "due_at"}  # these lie in the future


def _close_up(database: Path) -> None:
    """Put all of SQLite's log into its file, so that this one file is the whole database. Raises BackupError where somebody has it open."""
    if not database.is_file():
        return
    try:
        with closing(sqlite3.connect(database, timeout=2)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        raise BackupError(
            "Practice Coach is running on this database. Stop it, restore, and start it again. Nothing was changed."
        ) from None
    except sqlite3.DatabaseError:
        return  # damaged: it is put aside with all its files, as it is


def _put_aside(place: Place, aside: Path) -> Path | None:
    """Move what is there, if there is anything; what cannot be moved as a whole is moved back."""
    there = [path for path in (place.database, *_besides(place.database), place.takes) if path.exists()]
    if not there:
        return None
    aside.mkdir()
    moved: list[Path] = []
    try:
        for path in there:
            path.replace(aside / path.name)
            moved.append(path)
    except OSError as error:
        for path in moved:
            (aside / path.name).replace(path)
        raise StoreError("What is there could not be put aside, so nothing was restored.") from error
    return aside


def _besides(database: Path) -> tuple[Path, ...]:
    return tuple(database.with_name(database.name + ending) for ending in _BESIDES)
