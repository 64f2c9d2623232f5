"""Every earlier schema, with a row in each of its tables, becomes today's and keeps what was in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, MetaData, Table, insert, select

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.question import Competency
from coach.store import AttemptStore, Database, RollupStore
from coach.store.migrate import config, known_revisions, migrate
from tests.store.store_examples import NOON

RECOUNTED = {"cohort_cell", "cohort_week", "cohort_student", "question_setting"}  # made anew from the rest
SAID = {
    "state": AttemptState.DRAFT.value,
    "kind": AnswerKind.TYPED.value,
    "draft": "kept through it all",
    "demo": False,
}
VALID = {"competency": Competency.ADVOCACY.value}
JSON_NAMES = {"feedback", "judge", "transcript"}  # absent while an answer is a draft
EARLIER = known_revisions()[:0:-1]


@pytest.fixture(params=EARLIER)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as an earlier version left it."""
    database = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    with database.engine.connect() as connection, connection.execution_options(writes=True).begin():
        command.upgrade(config(connection), request.param)
    with database.engine.connect() as connection, connection.execution_options(writes=True).begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in tables(database):
            connection.execute(insert(table), {column.name: value_of(table, column) for column in table.columns})
    yield database
    database.close()


def tables(database: Database) -> list[Table]:
    known = MetaData()
    known.reflect(database.engine)
    return [table for table in known.sorted_tables if table.name not in {"alembic_version", *RECOUNTED}]


def value_of(table: Table, column: Any) -> object:  # a table of kinds
    """Something a column of this kind may hold; ids and what points to them are all the same."""
    if table.name == "attempt" and column.name in SAID:
        return SAID[column.name]
    if column.name in VALID:
        return VALID[column.name]
    if column.name in JSON_NAMES and column.nullable:
        return None
    match column.type:
        case Boolean():
            return False
        case Integer():
            return 1
        case Float():
            return 1.5
        case DateTime():
            return NOON.replace(tzinfo=None)
        case Date():
            return NOON.date()
        case JSON():
            return {"said": "words"}
    return "x" * min(getattr(column.type, "length", None) or 10, 16)


def everything(database: Database) -> dict[str, dict[str, object]]:
    with database.engine.connect() as connection:
        rows = {table.name: connection.execute(select(table)).mappings().one() for table in tables(database)}
    return {name: dict(row) for name, row in rows.items()}


def test_an_upgrade_keeps_every_value_and_the_app_reads_it(old: Database, tmp_path: Path) -> None:
    before = everything(old)
    assert "attempt" in before
    assert migrate(old) is True
    RollupStore(old).know({})
    with old.engine.connect() as connection:
        after = {table.name: connection.execute(select(table)).mappings().first() for table in tables(old)}
    for table, values in before.items():
        row = after[table]
        assert row is not None, table
        assert {name: row[name] for name in values} == values, table
    (kept,) = AttemptStore(old).all_of(str(before["attempt"]["candidate"]))
    assert kept.draft == "kept through it all"
    old.close()
    with closing(sqlite3.connect(tmp_path / "coach.db")) as raw:
        assert raw.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert raw.execute("pragma foreign_key_check").fetchall() == []


def test_every_revision_but_the_newest_is_tried() -> None:
    assert len(EARLIER) >= 11
    assert EARLIER[0] == "0001"
