"""The queue in PostgreSQL: Procrastinate's tables, kept at its version, and work put into them in the transaction that stores it.

A job holds no more than the id of what it is about. It is done under a lock of its candidate and kind: whoever hands in thirty answers keeps
nobody else waiting. The queue hands out a candidate's jobs of one kind in their order, so what waits for later ranks below what is new.
"""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager

from coach.errors import StoreError

log = logging.getLogger(__name__)

WAITED_FOR = 10  # somebody may look at a page until it is done
LATER = 0  # tried again after a failure, or not due yet
STALE_S = 20.0  # without a sign of life, a dead worker's jobs are free again after this
_LOCK = 7_261_204  # of whoever brings the queue's tables up to date; any number that nobody else takes


def lock(kind: str, candidate: str) -> str:
    """What work of a kind is done under, so that one candidate's goes in turn."""
    return f"{kind}/{candidate}"


class Queue:
    """Puts work into the queue, by connections that others opened."""

    def __init__(self) -> None:
        self._app = App(connector=SyncPsycopgConnector())

    def defer(self, connection: Any, kind: str, ident: str, candidate: str, due_at: datetime | None) -> None:
        """Put a piece of work in, within the transaction of the connection. Raises StoreError."""
        job = self._app.configure_task(
            kind,
            queue=kind,
            lock=lock(kind, candidate),
            priority=LATER if due_at and due_at > datetime.now(due_at.tzinfo) else WAITED_FOR,
            schedule_at=due_at,
            connection=connection,
        )
        try:
            job.defer(ident=ident)
        except ConnectorException as error:
            raise StoreError("The work behind could not be noted. Nothing was saved; try again in a moment.") from error


def put(conninfo: str, kind: str, ident: str, candidate: str) -> None:
    """Put in a piece of work that is stored already, to be done at once. Raises StoreError."""
    try:
        with psycopg.connect(conninfo) as connection:
            Queue().defer(connection, kind, ident, candidate, None)
    except psycopg.Error as error:
        raise StoreError("The work behind cannot be reached at the moment. It goes on by itself.") from error


def is_served(conninfo: str) -> bool:
    """Whether any worker has given a sign of life just now. Raises StoreError."""
    try:
        with psycopg.connect(conninfo) as connection:
            found = connection.execute(
                "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
                [STALE_S],
            ).fetchone()
    except psycopg.Error as error:
        raise StoreError("The work behind cannot be reached at the moment. It goes on by itself.") from error
    return bool(found and found[0])


def prepare(conninfo: str) -> bool:
    """Make the queue's tables, or bring them to the installed version; returns whether anything was done. Raises StoreError.

    How far they are stands in a comment on the table of jobs, as the name of the last script that was applied.
    """
    scripts = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    try:
        with psycopg.connect(conninfo, autocommit=True) as connection:  # some scripts need those before them committed
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            is_there, version = connection.execute(
                "SELECT to_regclass('procrastinate_jobs') IS NOT NULL, obj_description(to_regclass('procrastinate_jobs'))"
            ).fetchone() or (False, None)
            if not is_there:
                _apply(connection, SchemaManager.get_schema(), scripts[-1].stem)
            missing = [path for path in scripts if version and path.stem > version]
            for path in missing:
                _apply(connection, path.read_text("utf-8"), path.stem)
    except psycopg.Error as error:
        raise StoreError(
            "The tables of the work behind could not be made. Its user needs the rights of an owner."
        ) from error
    return not is_there or bool(missing)


def _apply(connection: psycopg.Connection[Any], script: str, version: str) -> None:
    with connection.transaction():
        connection.execute(script.encode())
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{version}'".encode())
    log.info("the queue's tables are those of %s", version)
