"""Stories: saved while they are typed, kept in versions, and put aside before they are deleted for good."""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from coach.domain.question import Competency, Setting
from coach.domain.story import MOST_KEPT, Story, StoryPart, StoryText, StoryVersion, Telling
from coach.errors import NotFoundError, StoryError
from coach.store.database import Database
from coach.store.tables_stories import StoryRow, StoryVersionRow, TellingRow

_TEXT = set(StoryText.model_fields)


class StoryStore:
    """Stories of all candidates. Every read names the candidate: somebody else's story is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, story: Story) -> None:
        """Store a new story. Raises StoryError where there are as many as can be kept."""
        with self._db.writing() as session:
            _check_room(session, story.candidate)
            fields = {name: getattr(story, name) for name in ("created_at", "changed_at", "deleted_at")}
            session.add(
                StoryRow(
                    **story.model_dump(mode="json", exclude={"text", *fields}), **story.text.model_dump(), **fields
                )
            )

    def get(self, story_id: str, candidate: str) -> Story:
        """One story, whether it is put aside or not. Raises NotFoundError."""
        with self._db.reading() as session:
            return to_story(_row(session, story_id, candidate))

    def all_of(self, candidate: str, *, deleted: bool = False) -> tuple[Story, ...]:
        """A candidate's stories, the oldest first; or those put aside."""
        with self._db.reading() as session:
            rows = session.exec(
                select(StoryRow)
                .where(StoryRow.candidate == candidate, col(StoryRow.deleted_at).is_not(None) == deleted)
                .order_by(col(StoryRow.created_at), col(StoryRow.id))
            )
            return tuple(map(to_story, rows))

    def save_part(self, story_id: str, candidate: str, part: StoryPart, words: str, at: datetime) -> None:
        """Keep what has been typed in one part; the others stay as they are. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, story_id, candidate)
            setattr(row, part.value, words)
            row.changed_at = at

    def save_labels(
        self,
        story_id: str,
        candidate: str,
        *,
        title: str,
        setting: Setting | None,
        competencies: tuple[Competency, ...],
        at: datetime,
    ) -> None:
        """Keep what a story is called and filed under. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, story_id, candidate)
            row.title, row.setting, row.changed_at = title, setting, at
            row.competencies = [competency.value for competency in competencies]

    def save_version(self, story_id: str, candidate: str, at: datetime) -> int:
        """Make a version of the story as it stands, unless it says what the last one says; returns the last one's number.

        Raises NotFoundError.
        """
        with self._db.writing() as session:
            return _save_version(session, _row(session, story_id, candidate), at)

    def go_back(self, story_id: str, candidate: str, number: int, at: datetime) -> None:
        """Let the story say what a version said. What it says now becomes a version before. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, story_id, candidate)
            version = session.get(StoryVersionRow, (story_id, number))
            if version is None:
                raise NotFoundError("There is no such version of this story.")
            _save_version(session, row, at)
            for name, words in version.text.items():
                setattr(row, name, words)
            row.changed_at = at
            row.revision += 1
            session.flush()
            _save_version(session, row, at)

    def versions(self, story_id: str, candidate: str) -> tuple[StoryVersion, ...]:
        """All versions, the newest first. Raises NotFoundError."""
        with self._db.reading() as session:
            _row(session, story_id, candidate)
            rows = session.exec(
                select(StoryVersionRow)
                .where(StoryVersionRow.story_id == story_id)
                .order_by(col(StoryVersionRow.number).desc())
            )
            return tuple(StoryVersion(number=row.number, at=row.at, text=StoryText(**row.text)) for row in rows)

    def put_aside(self, story_id: str, candidate: str, at: datetime) -> None:
        """Delete a story in a way that can be undone. Raises NotFoundError."""
        with self._db.writing() as session:
            _row(session, story_id, candidate).deleted_at = at

    def bring_back(self, story_id: str, candidate: str) -> None:
        """Undo a deletion. Raises NotFoundError, and StoryError where there are as many stories as can be kept."""
        with self._db.writing() as session:
            row = _row(session, story_id, candidate)
            if row.deleted_at is not None:
                _check_room(session, candidate)
                row.deleted_at = None

    def delete(self, story_id: str, candidate: str) -> None:
        """Delete a story with its versions for good; the attempts that told it stay. Raises NotFoundError."""
        with self._db.writing() as session:
            session.delete(_row(session, story_id, candidate))

    def delete_put_aside(self, candidate: str, before: datetime) -> int:
        """Delete for good what was put aside before a time; returns how many stories."""
        with self._db.writing() as session:
            old = select(StoryRow.id).where(StoryRow.candidate == candidate, col(StoryRow.deleted_at) < before)
            ids = session.exec(old).all()
            session.exec(delete(StoryRow).where(col(StoryRow.id).in_(ids)))
            return len(ids)

    def add_telling(self, telling: Telling, candidate: str) -> None:
        """Note that an attempt tells a story. Raises NotFoundError."""
        with self._db.writing() as session:
            _row(session, telling.story, candidate)
            session.add(
                TellingRow(attempt_id=telling.attempt, story_id=telling.story, version=telling.version, at=telling.at)
            )

    def tellings(self, story_id: str, candidate: str) -> tuple[Telling, ...]:
        """How often a story was told aloud, the newest telling first. Raises NotFoundError."""
        with self._db.reading() as session:
            _row(session, story_id, candidate)
            rows = session.exec(
                select(TellingRow).where(TellingRow.story_id == story_id).order_by(col(TellingRow.at).desc())
            )
            return tuple(
                Telling(story=row.story_id, attempt=row.attempt_id, version=row.version, at=row.at) for row in rows
            )


def _check_room(session: Session, candidate: str) -> None:
    count = select(func.count()).where(StoryRow.candidate == candidate, col(StoryRow.deleted_at).is_(None))
    if session.exec(count).one() >= MOST_KEPT:
        raise StoryError(
            f"You have {MOST_KEPT} stories, which is as many as can be kept. Delete the one you would miss least, or make it the new one."
        )


def _row(session: Session, story_id: str, candidate: str) -> StoryRow:
    row = session.get(StoryRow, story_id)
    if row is None or row.candidate != candidate:
        raise NotFoundError("There is no such story here. It may have been deleted; choose another under Stories.")
    return row


def _save_version(session: Session, row: StoryRow, at: datetime) -> int:
    last = session.exec(
        select(StoryVersionRow).where(StoryVersionRow.story_id == row.id).order_by(col(StoryVersionRow.number).desc())
    ).first()
    text: dict[str, Any] = row.model_dump(include=_TEXT)
    if last is not None and last.text == text:
        return last.number
    number = last.number + 1 if last else 1
    session.add(StoryVersionRow(story_id=row.id, number=number, at=at, text=text))
    return number


def to_story(row: StoryRow) -> Story:
    """The value of a row."""
    return Story.model_validate({**row.model_dump(exclude=_TEXT), "text": row.model_dump(include=_TEXT)})
