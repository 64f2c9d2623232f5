"""Versions of questions that guides and assignments hold. They stay: answers given to them name them."""

from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import col, select

from coach.domain.question import Question
from coach.store.database import Database
from coach.store.tables_assignments import HeldQuestionRow


class HeldQuestionStore:
    """All of them, whoever holds them."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def hold(self, questions: Iterable[Question]) -> None:
        """Keep questions in the version they are in; one that is kept already stays as it is."""
        with self._db.writing() as session:
            for one in questions:
                if session.get(HeldQuestionRow, (one.key, one.version)) is None:
                    record = one.model_dump(mode="json")
                    session.add(HeldQuestionRow(key=one.key, version=one.version, question=record))

    def stamp(self) -> str:
        """A text that changes whenever there are more."""
        with self._db.reading() as session:
            return str(session.exec(select(func.count()).select_from(HeldQuestionRow)).one())

    def all_of(self) -> tuple[Question, ...]:
        """Every one, by key and version."""
        with self._db.reading() as session:
            rows = session.exec(
                select(HeldQuestionRow).order_by(col(HeldQuestionRow.key), col(HeldQuestionRow.version))
            )
            return tuple(Question.model_validate(row.question) for row in rows)
