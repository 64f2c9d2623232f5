"""Rows that may be there already: stored without a race, whichever database it is."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, inspect
from sqlalchemy import Table as SQLTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from coach.store.tables import Table


def put(
    session: Session, row: Table, change: Mapping[str, Any] | None = None, only_if: ColumnElement[bool] | None = None
) -> bool:
    """Store a row in place of the one with its key, if there is one; returns whether anything was stored.

    With ``change``, the row that is there is changed by this alone; with ``only_if``, as long as this holds for it.
    """
    statement, names, keys = _insert(session, row)
    others = {name: statement.excluded[name] for name in names if name not in keys}
    stored = statement.on_conflict_do_update(index_elements=keys, set_=dict(change or others), where=only_if)
    return session.connection().execute(stored.returning(*stored.table.primary_key)).first() is not None


def ensure(session: Session, row: Table) -> None:
    """Store a row unless its key, or anything else that is to be unique in it, is taken: then that stays as it is."""
    statement, _, _ = _insert(session, row)
    session.execute(statement.on_conflict_do_nothing())


def _insert(session: Session, row: Table) -> tuple[Any, list[str], list[str]]:
    """The statement in the words of this database, with the names of all columns and of those that are the key."""
    mapper = inspect(type(row))
    table = mapper.local_table
    if not isinstance(table, SQLTable):
        raise TypeError(f"{type(row).__name__} is no table")
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    given = {column.name: getattr(row, mapper.get_property_by_column(column).key) for column in table.columns}
    session.flush()
    return insert(table).values(given), list(given), [column.name for column in table.primary_key]
