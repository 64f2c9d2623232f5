"""PostgreSQL: how it is connected to, how writers keep out of each other's way, and what its faults are called.

Readers see one moment (``REPEATABLE READ``), as they do in SQLite. Writers run side by side, and a row that one of them has read as an
object is locked until it is done, so that reading and then writing loses nothing, as under SQLite's single writer. What is not there yet
cannot be locked: `coach.store.rows` stores such rows without a race.
"""

from typing import Any

from sqlalchemy import URL, Connection, Engine, Select, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from coach.errors import StoreError, StoreFullError, StoreReadOnlyError

INSTALL = "Install what PostgreSQL needs with: pip install 'practice-coach[hosted]'"
READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
ENGINE: dict[str, Any] = {
    "pool_pre_ping": True,  # after a restart of the server, nobody gets a connection that is dead
    "connect_args": {"connect_timeout": 10, "application_name": "practice-coach"},
}
_BUSY_S = 10
_NAMES = ("postgres", "postgresql")
_LOCK = 7_261_203  # any number, as long as all programs take the same


def is_meant(url: URL) -> bool:
    """Whether an address is of PostgreSQL, in any of the forms people write it in."""
    return url.get_backend_name() in _NAMES


def with_driver(url: URL) -> URL:
    """The address with the driver that is used here, whatever form it was written in."""
    return url.set(drivername="postgresql+psycopg") if is_meant(url) else url


def prepare(engine: Engine) -> None:
    """Set what holds for every connection."""
    event.listen(engine, "connect", _on_connect)


def _on_connect(connection: Any, _record: Any) -> None:
    from psycopg.types.string import StrDumper  # noqa: PLC0415  # comes with the extra "hosted"

    class WithoutNul(StrDumper):
        """PostgreSQL's text holds every character but NUL: it becomes the sign for what cannot be shown, in the same place."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    connection.adapters.register_dumper(str, WithoutNul)
    connection.execute(f"SET lock_timeout = '{_BUSY_S}s'")
    connection.commit()


class LockingSession(Session):
    """A session that locks every row it reads as an object. Rows that only refer to them may still be added by others."""


@event.listens_for(LockingSession, "do_orm_execute")
def _lock_what_is_read(state: ORMExecuteState) -> None:
    statement = state.statement
    if not isinstance(statement, Select) or state.is_column_load or state.is_relationship_load:
        return
    read = [one["entity"] for one in statement.column_descriptions if one["expr"] is one["entity"]]
    if read:
        state.statement = statement.with_for_update(of=read, key_share=True)


def wait_for_others(connection: Connection) -> None:
    """Go on alone: everybody who asks for this waits until this transaction ends. SQLite's writers are alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


# ── faults ────────────────────────────────────────────────────────────────────────────────────────────────────────

_BUSY = "The database is busy. Try again in a moment."
_GONE = "The connection to the database was lost. Nothing of what was being saved is there half; try again in a moment."
_BY_STATE = {
    "55P03": _BUSY,  # lock_timeout
    "40P01": _BUSY,  # deadlock
    "40001": _BUSY,  # serialization
    "53300": "The database has no connection left to give. Try again in a moment, or raise its max_connections.",
    "57P03": "The database is starting or stopping. Try again in a moment.",
    "57P01": _GONE,
    "57P02": _GONE,
    "42501": "The database's user may not do this. Give it the rights of an owner of this database.",
}
_BY_WORDS = {
    "password authentication failed": "The database refused the user or the password of DATABASE_URL.",
    "no password supplied": "The database wants a password, and DATABASE_URL has none.",
    "no pg_hba.conf entry": "The database does not let this user in from this computer. Its administrator can allow it in pg_hba.conf.",
    "is starting up": _BY_STATE["57P03"],
    "is shutting down": _BY_STATE["57P03"],
    "too many clients": _BY_STATE["53300"],
    "remaining connection slots": _BY_STATE["53300"],
    "could not translate host name": "The host in DATABASE_URL is not known. Check its name.",
    "failed to resolve host": "The host in DATABASE_URL is not known. Check its name.",
    "server closed the connection": _GONE,
    "terminating connection": _GONE,
    "connection is lost": _GONE,
    "the connection is closed": _GONE,
    "connection refused": "The database cannot be reached: nothing answers at the address in DATABASE_URL. Is PostgreSQL running there?",
    "timeout": "The database cannot be reached: the address in DATABASE_URL does not answer. Is PostgreSQL running there?",
    "no such file or directory": "The database cannot be reached: no PostgreSQL runs on this computer. Give a host in DATABASE_URL, or start it.",
}


def plain(error: DBAPIError) -> StoreError | None:
    """What an error of PostgreSQL means, in a sentence; None for an error of another kind or another database."""
    state, words = getattr(error.orig, "sqlstate", None), str(error.orig).lower()
    if not hasattr(error.orig, "sqlstate"):
        return None
    if state == "53100":
        return StoreFullError("The disk of the database is full. Free some space; what was saved until now is safe.")
    if state == "25006":
        return StoreReadOnlyError("The database can only be read at the moment: it may be a copy that stands by.")
    if "does not exist" in words and "database" in words and state in (None, "3D000"):
        return StoreError("The server has no database of the name in DATABASE_URL. Make it with: createdb")
    told = _BY_STATE.get(state or "") or next((told for key, told in _BY_WORDS.items() if key in words), None)
    return StoreError(told) if told else None
