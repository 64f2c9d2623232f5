"""Rows that may be there already: stored without a race, whichever database it is."""

from sqlalchemy import Table as SQLTable
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from coach.store.tables import Table


def put(session: Session, row: Table) -> None:
    """Store a row in place of the one with its key, if there is one."""
    _insert(session, row, replace=True)


def ensure(session: Session, row: Table) -> None:
    """Store a row unless its key, or anything else that is to be unique in it, is taken: then that stays as it is."""
    _insert(session, row, replace=False)


def _insert(session: Session, row: Table, *, replace: bool) -> None:
    mapper = inspect(type(row))
    table = mapper.local_table
    if not isinstance(table, SQLTable):
        raise TypeError(f"{type(row).__name__} is no table")
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    values = {mapper.get_property_by_column(column).key: column for column in table.columns}
    given = {column.name: getattr(row, key) for key, column in values.items()}
    keys = [column.name for column in table.primary_key]
    statement = insert(table).values(given)
    others = {name: statement.excluded[name] for name in given if name not in keys}
    session.flush()
    session.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=others)
        if replace and others
        else statement.on_conflict_do_nothing()
    )
