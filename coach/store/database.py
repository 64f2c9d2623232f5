"""The database: opened once, migrated on opening, read and written in short transactions.

SQLite runs in WAL with ``BEGIN IMMEDIATE`` for writers: a deferred transaction that turns into a writer fails with
"database is locked" whatever the timeout (measured: 403 of 480 concurrent writes), and the driver's own default loses updates.
PostgreSQL lets writers run side by side; there, whoever writes locks the rows it reads (``coach.store.postgresql``).
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from coach.errors import SettingsError, StoreError, StoreFullError, StoreReadOnlyError
from coach.store import postgresql

_BUSY_MS = 10_000
_SMALL = 200_000_000  # bytes that are written anew within seconds
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows knows no quota by number
_QUEUE = "queue"


class Queue(Protocol):
    """Hands out work that was stored. It takes part in the transaction that stores it: both are there, or neither."""

    def defer(self, connection: Any, kind: str, ident: str, candidate: str, due_at: datetime | None) -> None: ...


class Database:
    """One open database. Safe to share between threads; sessions are not.

    On a server, work that is stored is put into the queue that ``queue`` makes. Otherwise whoever looks for work reads it from what is stored.
    """

    def __init__(self, url: str, queue: Callable[[], Queue] | None = None) -> None:
        try:
            self._url = postgresql.with_driver(make_url(url))
            self._engine = create_engine(self._url, **_options(self._url))
            self._queue = queue() if queue and self.is_postgresql else None
        except (ArgumentError, ValueError):
            raise SettingsError(
                "DATABASE_URL is not a database address. Examples: sqlite:///data/coach.db, postgresql://coach@localhost/coach"
            ) from None
        except ImportError as error:
            raise SettingsError(
                f"DATABASE_URL names a database that needs the Python package {error.name}. "
                f"{postgresql.INSTALL if self.is_postgresql else 'Install it, or leave DATABASE_URL empty.'}"
            ) from None
        if self.is_postgresql:
            postgresql.prepare(self._engine)
        if self.is_sqlite:
            self._make_folder()
            event.listen(self._engine, "connect", _on_connect)
            event.listen(self._engine, "begin", _on_begin)
        self._session: type[Session] = postgresql.LockingSession if self.is_postgresql else Session
        self._reading = self._engine.execution_options(**postgresql.READING) if self.is_postgresql else self._engine
        self._writing = self._engine.execution_options(writes=True)

    def __repr__(self) -> str:
        return f"Database({self.address!r})"

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file, with one writer at a time."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def is_postgresql(self) -> bool:
        """Whether this is a server, with many writers at a time."""
        return postgresql.is_meant(self._url)

    @property
    def address(self) -> str:
        """Where it is, for people: without user, password and options."""
        if self.is_sqlite:
            return f"SQLite, {self._url.database or 'in memory'}"
        port = f":{self._url.port}" if self._url.port else ""
        return (
            f"PostgreSQL at {self._url.host or 'this computer'}{port}, database {self._url.database or '(of its user)'}"
        )

    @property
    def conninfo(self) -> str:
        """The whole address of a server, password included: for what connects to it by itself. Never to be shown."""
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def engine(self) -> Engine:
        """The engine, for migrations only."""
        return self._engine

    def _make_folder(self) -> None:
        if not self._url.database or self._url.database.startswith((":memory:", "file:")):
            return  # in memory, or SQLite's own form of address, which only names files that exist
        folder = Path(self._url.database).parent
        with plain_store_errors(f"the folder {folder}"):
            folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, all of it as it was at one moment."""
        with plain_store_errors("the database"), Session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one write transaction: committed at the end, rolled back on any error.

        A row that is read as an object in it stays as it was read until the end, whoever else writes.
        """
        with (
            plain_store_errors("the database"),
            self._session(self._writing, info={_QUEUE: self._queue}) as session,
            session.begin(),
        ):
            yield session

    def press(self, *, whole: bool = False) -> None:
        """Let nothing that was deleted stay in SQLite's files: empty the log of writes, and write small files, or ``whole`` ones, anew.

        Deleted content is overwritten as it is deleted (``secure_delete``); SQLite promises nothing about copies it made as it moved rows about.
        Another database looks after itself.
        """
        if not self.is_sqlite:
            return
        with plain_store_errors("the database"), self._engine.connect() as connection:
            driver = connection.connection.cursor()  # not through SQLAlchemy, which would begin a transaction
            try:
                size = (
                    driver.execute("PRAGMA page_count").fetchone()[0] * driver.execute("PRAGMA page_size").fetchone()[0]
                )
                if whole or size <= _SMALL:
                    driver.execute("VACUUM")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:
                raise _plain("the database", str(error)) from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def in_batches(idents: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """As many ids at a time as any database takes in one question."""
    left = iter(idents)
    while some := tuple(islice(left, 500)):
        yield some


def needs(session: Session, kind: str, ident: str, candidate: str, due_at: datetime | None = None) -> None:
    """Say in the transaction that stores it that there is work of a kind, at once or from ``due_at`` on."""
    queue: Queue | None = session.info.get(_QUEUE)
    if queue is not None:
        queue.defer(session.connection().connection.driver_connection, kind, ident, candidate, due_at)


def _options(url: URL) -> dict[str, Any]:
    return postgresql.ENGINE if postgresql.is_meant(url) else {}


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _on_begin, not by the driver
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")  # a power cut must not take the last answer with it
    connection.execute("PRAGMA secure_delete=ON")  # what was deleted is not to be found in the file
    with suppress(sqlite3.OperationalError):  # a read-only database can still be read as it is
        connection.execute("PRAGMA journal_mode=WAL")


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def plain_store_errors(what: str) -> Iterator[None]:
    """Turn what drivers and the operating system raise into plain sentences about ``what``."""
    try:
        yield
    except OSError as error:
        raise _plain(what, str(error), error.errno) from error
    except PoolTimeoutError:
        raise StoreError("The database is busy. Try again in a moment.") from None
    except DBAPIError as error:  # the statement may hold an answer's words: not chained
        raise postgresql.plain(error) or _plain(what, str(error.orig)) from None


def _plain(what: str, message: str, number: int | None = None) -> StoreError:
    lowered = message.lower()
    if number in _FULL or "disk is full" in lowered or "disk full" in lowered:
        return StoreFullError("The disk is full. Free some space; what was saved until now is safe.")
    if number in (errno.EACCES, errno.EROFS, errno.EPERM) or "readonly" in lowered or "read-only" in lowered:
        return StoreReadOnlyError(
            f"{what[0].upper()}{what[1:]} cannot be written. Give yourself write permission there, "
            "or choose another folder with COACH_DATA_DIR."
        )
    if "unable to open" in lowered:
        return StoreReadOnlyError(
            f"{what[0].upper()}{what[1:]} cannot be opened. Check that its folder exists and may be written, "
            "or choose another folder with COACH_DATA_DIR."
        )
    if "locked" in lowered:
        return StoreError("The database is busy. Try again in a moment.")
    if "malformed" in lowered or "not a database" in lowered:
        return StoreError("The database file is damaged or is no database. Move it away, or restore a copy.")
    detail = os.strerror(number) if number else "the database cannot be reached or refused what was asked"
    return StoreError(f"Something went wrong with {what}: {detail}.")
