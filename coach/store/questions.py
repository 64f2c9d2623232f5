"""Questions made in the app: drafts as they are written, and every version that was ever published."""

from collections.abc import Callable, Sequence

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from coach.domain.authored import Authored, Standing
from coach.domain.question import Question
from coach.errors import ConflictError, NotFoundError
from coach.store.database import Database
from coach.store.tables_questions import QuestionRow, QuestionVersionRow

_PUBLISHED = and_(
    col(QuestionVersionRow.question_id) == col(QuestionRow.id),
    col(QuestionVersionRow.version) == col(QuestionRow.version),
)


class QuestionStore:
    """All questions made here, whoever made them."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def save(self, many: Sequence[Authored]) -> None:
        """Store new ones and replace those with the same id: all of them or none."""
        with self._db.writing() as session:
            for one in many:
                _keep(session, session.get(QuestionRow, one.id), one)

    def change(self, ident: str, move: Callable[[Authored], Authored]) -> Authored:
        """Apply a move to a question as it is now. Raises NotFoundError, and ConflictError for a key that is taken."""
        with self._db.writing() as session:
            row = _row(session, ident)
            before = _authored(session, row)
            after = move(before)
            if after != before:
                _keep(session, row, after)
            return after

    def get(self, ident: str) -> Authored:
        """One question. Raises NotFoundError."""
        with self._db.reading() as session:
            return _authored(session, _row(session, ident))

    def all_of(self) -> tuple[Authored, ...]:
        """All questions, the last changed first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(QuestionRow, QuestionVersionRow)
                .join(QuestionVersionRow, _PUBLISHED, isouter=True)
                .order_by(col(QuestionRow.changed_at).desc(), col(QuestionRow.id))
            )
            return tuple(_with(row, published) for row, published in rows)

    def delete(self, ident: str) -> None:
        """Delete a question that was never published. Raises NotFoundError, and ConflictError for one that was."""
        with self._db.writing() as session:
            row = _row(session, ident)
            if row.version:
                raise ConflictError(
                    "This question was published in the meantime, and stays: answers may name it. Retire it."
                )
            session.delete(row)

    def stamp(self) -> str:
        """A text that changes whenever a question is published, retired or brought back."""
        with self._db.reading() as session:
            count, turns = session.exec(
                select(func.count(), func.sum(QuestionRow.turn)).where(QuestionRow.version > 0)
            ).one()
            return f"{count}-{turns}"

    def ever_published(self) -> tuple[tuple[Authored, tuple[Question, ...]], ...]:
        """Every question that was ever published, with all its versions; the earliest first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(QuestionRow).where(QuestionRow.version > 0).order_by(col(QuestionRow.created_at), QuestionRow.id)
            ).all()
            return tuple((_authored(session, row), _versions(session, row.id)) for row in rows)


def _row(session: Session, ident: str) -> QuestionRow:
    row = session.get(QuestionRow, ident)
    if row is None:
        raise NotFoundError("There is no such question here. It may have been deleted; choose another under Questions.")
    return row


def _versions(session: Session, ident: str) -> tuple[Question, ...]:
    rows = session.exec(
        select(QuestionVersionRow)
        .where(QuestionVersionRow.question_id == ident)
        .order_by(col(QuestionVersionRow.version))
    )
    return tuple(Question.model_validate(row.question) for row in rows)


def _authored(session: Session, row: QuestionRow) -> Authored:
    return _with(row, session.get(QuestionVersionRow, (row.id, row.version)) if row.version else None)


def _with(row: QuestionRow, published: QuestionVersionRow | None) -> Authored:
    fields = row.model_dump(include={"id", "author", "standing", "origin", "draft", "created_at", "changed_at"})
    return Authored.model_validate({**fields, "question": published and published.question})


def _keep(session: Session, row: QuestionRow | None, one: Authored) -> None:
    row = row or QuestionRow(
        **one.model_dump(include={"id", "author", "standing", "origin", "created_at", "changed_at"})
    )
    version = one.question.version if one.question else 0
    if (version, one.standing) != (row.version, row.standing):
        row.turn += 1
    row.standing, row.changed_at = Standing(one.standing).value, one.changed_at
    row.draft = one.draft.model_dump(mode="json") if one.draft else None
    if one.question and version != row.version:
        _take_key(session, row, one.question.key)
        row.version = version
    session.add(row)
    session.flush()
    if one.question and session.get(QuestionVersionRow, (row.id, version)) is None:
        record = one.question.model_dump(mode="json")
        session.add(QuestionVersionRow(question_id=row.id, version=version, question=record))


def _take_key(session: Session, row: QuestionRow, key: str) -> None:
    """Give a question its key for good. Raises ConflictError where another has it."""
    other = session.exec(select(QuestionRow.id).where(QuestionRow.key == key, QuestionRow.id != row.id)).first()
    if other:
        raise ConflictError(f"Another question has the key '{key}' already. Choose another.")
    row.key = key
