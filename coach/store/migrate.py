"""Bring a database to this version's tables."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from coach.errors import StoreNewerError
from coach.store.database import Database, plain_store_errors
from coach.store.postgresql import wait_for_others
from coach.store.tables import Table

log = logging.getLogger(__name__)
NEWER = (
    "This database was written by a newer version of Practice Coach. Update the program, "
    "or choose another folder with COACH_DATA_DIR. Nothing was changed."
)
_SCRIPTS = Path(__file__).parent / "migrations"


def config(connection: Connection) -> Config:
    """Alembic's configuration for one connection."""
    alembic = _scripts()
    alembic.attributes["connection"] = connection
    alembic.attributes["metadata"] = Table.metadata
    return alembic


def migrate(database: Database) -> bool:
    """Apply what is missing; returns whether anything was.

    Raises StoreNewerError for a database of a newer version, StoreReadOnlyError where it would have to be written and cannot be.
    Programs that start at the same moment wait for each other.
    """
    current, head = standing(database)
    if current == head:
        return False
    with (
        plain_store_errors("the database"),
        database.engine.connect() as connection,
        _foreign_keys_off(connection),
        connection.execution_options(writes=True).begin(),
    ):
        wait_for_others(connection)
        command.upgrade(config(connection), "head")  # all in one transaction: it succeeds as a whole or changes nothing
    log.info("database migrated to %s", head)
    return True


def standing(database: Database) -> tuple[str | None, str]:
    """The revision a database is at, None for an empty one, and the newest there is. Raises StoreNewerError for one of a newer version."""
    with plain_store_errors("the database"), database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = known_revisions()
    if current is not None and current not in known:
        raise StoreNewerError(NEWER)
    return current, known[0]


def known_revisions() -> tuple[str, ...]:
    """The revisions this version knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_scripts()).walk_revisions())


def _scripts() -> Config:
    """Alembic's configuration, as far as it needs no connection."""
    alembic = Config()
    alembic.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return alembic


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Lets migrations replace a table: on SQLite a batch operation copies it and drops the old one, and its children with it.

    SQLite ignores the pragma inside a transaction, so it goes to the driver before one begins.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection
    driver.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.cursor().execute("PRAGMA foreign_keys=ON")
