"""A backup: the database as it was at one moment, and the recordings, in one file that is read back before anybody relies on it.

It is made while the app writes: SQLite's backup reads one state of the database, whatever is written meanwhile, and each piece of a recording is
a file that is there whole or not at all. Only for SQLite; other databases have tools of their own.
"""

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, ValidationError
from sqlalchemy import make_url

from coach.domain.value import Value
from coach.errors import BackupError
from coach.store.database import plain_store_errors

FORMAT = 1
DATABASE, MANIFEST = "coach.db", "manifest.json"
_PIECE = 1 << 20  # bytes read at a time
_PASSES = 5  # over the recordings: some are packed while we look, and have another name then


class Place(Value):
    """Where an installation keeps its things: the database's file, and the folder of recordings."""

    database: Path
    takes: Path


class Kept(Value):
    """One file in a backup."""

    size: int
    sha256: str


class Manifest(Value):
    """What a backup says it holds."""

    format: int
    made_at: AwareDatetime
    revision: str
    rows: dict[str, int]
    files: dict[str, Kept]

    @property
    def recordings(self) -> int:
        """How many files of recordings there are."""
        return len(self.files) - 1

    @property
    def size(self) -> int:
        """Bytes, unpacked."""
        return sum(one.size for one in self.files.values())


def place_of(database_url: str, data_dir: Path) -> Place:
    """Where the things of an installation are. Raises BackupError where that is no SQLite file."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":memory:", "file:")):
        raise BackupError(
            f"This installation keeps its database in {url.get_backend_name()}, which `coach backup` and `coach restore` do not copy. "
            f"Use its own tools (for PostgreSQL: pg_dump and pg_restore), and copy {data_dir / 'takes'}, where the recordings are."
        )
    return Place(database=Path(url.database), takes=data_dir / "takes")


def make(place: Place, target: Path, at: datetime) -> Manifest:
    """Write a backup and read it back. ``target`` appears when all of it is there. Raises BackupError, StoreError."""
    if target.exists():
        raise BackupError(f"{target} exists already. Choose another name; a backup never replaces one.")
    if not place.database.is_file():
        raise BackupError(f"There is no database at {place.database}, so there is nothing to back up.")
    unfinished = target.with_name(f"{target.name}.part")
    with plain_store_errors(f"the file {target}"):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.touch(mode=0o600)  # people's words: for nobody else on this computer
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as out, _folder(target.parent) as folder:
                copy = folder / DATABASE
                with _open(place.database) as source, closing(sqlite3.connect(copy)) as into:
                    source.backup(into)
                rows, revision = _rows(copy), _revision(copy)
                files = {DATABASE: _add(out, DATABASE, copy)}
                for _ in range(_PASSES):
                    new = {name: path for name, path in _recordings(place.takes) if name not in files}
                    if not new:
                        break
                    for name, path in new.items():
                        if (kept := _add_if_there(out, name, path)) is not None:
                            files[name] = kept
                manifest = Manifest(format=FORMAT, made_at=at, revision=revision, rows=rows, files=files)
                out.writestr(MANIFEST, manifest.model_dump_json(indent=2))
            verify(unfinished)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    return manifest


def verify(file: Path) -> Manifest:
    """Read a backup back: every file by its hash, the database by its own check and its counts. Raises BackupError with what is wrong."""
    try:
        with zipfile.ZipFile(file) as backup, _folder(None) as folder:
            manifest = _manifest(backup, file)
            unpack(backup, manifest, folder)
            check_database(folder / DATABASE, manifest, file)
    except FileNotFoundError:
        raise BackupError(f"There is no file {file}.") from None
    except zipfile.BadZipFile:
        raise BackupError(f"{file} is no backup, or it is damaged.") from None
    return manifest


def unpack(backup: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Unpack everything, each file checked by its hash. Raises BackupError."""
    for name, kept in manifest.files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BackupError(f"The backup names a file outside of its folder: {name}.")
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        try:
            with backup.open(name) as source, path.open("wb") as into:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    into.write(piece)
        except (KeyError, zipfile.BadZipFile):
            raise BackupError(f"The backup is damaged: {name} is missing or cannot be read.") from None
        if digest.hexdigest() != kept.sha256:
            raise BackupError(f"The backup is damaged: {name} is not what was backed up.")


def check_database(database: Path, manifest: Manifest, file: Path) -> None:
    """Raises BackupError where a database is not whole, or not what the manifest says."""
    try:
        with _open(database) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise BackupError(f"The database in {file} is damaged.")
    if _rows(database) != manifest.rows or _revision(database) != manifest.revision:
        raise BackupError(f"The database in {file} does not hold what was backed up.")


def _manifest(backup: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        manifest = Manifest.model_validate(json.loads(backup.read(MANIFEST)))
    except (KeyError, ValueError, ValidationError):
        raise BackupError(f"{file} is no backup of Practice Coach.") from None
    if manifest.format != FORMAT:
        raise BackupError(f"{file} was made by a newer version of Practice Coach. Update the program first.")
    return manifest


def _recordings(takes: Path) -> Iterator[tuple[str, Path]]:
    """Every finished file of the recordings, by its name in a backup."""
    for path in sorted(takes.rglob("*")) if takes.is_dir() else ():
        if path.is_file() and path.suffix != ".part":
            yield f"takes/{path.relative_to(takes).as_posix()}", path


def _add(out: zipfile.ZipFile, name: str, path: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    with (
        path.open("rb") as source,
        out.open(zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6]), "w", force_zip64=True) as into,
    ):
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += into.write(piece)
    return Kept(size=size, sha256=digest.hexdigest())


def _add_if_there(out: zipfile.ZipFile, name: str, path: Path) -> Kept | None:
    """None where it was deleted or packed since we looked."""
    try:
        path.stat()
        return _add(out, name, path)
    except FileNotFoundError:
        return None


def _rows(database: Path) -> dict[str, int]:
    with _open(database) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        tables = sorted(name for (name,) in names)
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608  # names of our tables


def _revision(database: Path) -> str:
    with _open(database) as connection:
        try:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            found = None
    if found is None:
        raise BackupError("The database holds nothing of Practice Coach.")
    return str(found[0])


@contextmanager
def _open(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        yield connection


@contextmanager
def _folder(beside: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as folder:
        yield Path(folder)
