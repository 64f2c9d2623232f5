"""Attempts: stored at every step, so that whatever dies, the next start finds the last step done."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, delete, select

from coach.domain.answer import Transcript
from coach.domain.attempt import Attempt, AttemptState, Earlier, Level, Versions
from coach.domain.feedback import Feedback
from coach.domain.people import DELETED_QUESTION
from coach.domain.question import FREE_KEY, Competency
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion
from coach.domain.verdict import JudgeRecord
from coach.domain.work import Work
from coach.errors import ConflictError, NotFoundError
from coach.store.assigned import keep_done
from coach.store.database import Database, in_batches, needs
from coach.store.overrides import overrides, with_overrides, write_levels
from coach.store.rollups import note_deletion, refresh
from coach.store.tables import AttemptRow, CompetencyRow, EarlierRatingRow, JudgeReplyRow, RatingRow
from coach.store.tables_people import LookRow

# A level as a chart needs it: not the words of its answer, of which there may be thousands.
_OF_A_LEVEL: tuple[Any, ...] = (
    *(AttemptRow.id, AttemptRow.handed_in_at, AttemptRow.created_at, AttemptRow.question_key),
    *(AttemptRow.question_text, AttemptRow.rubric_version, AttemptRow.demo),
    *(RatingRow.criterion, RatingRow.level, RatingRow.rater),
)


class AttemptStore:
    """Attempts of all candidates. Every read names the candidate: somebody else's attempt is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, attempt: Attempt) -> None:
        """Store a new attempt."""
        with self._db.writing() as session:
            insert(session, attempt)

    def get(self, attempt_id: str, candidate: str) -> Attempt:
        """One attempt. Raises NotFoundError."""
        with self._db.reading() as session:
            row = self._row(session, attempt_id, candidate)
            given = overrides(session, col(AttemptRow.id) == attempt_id).get(attempt_id, ())
            competencies = self._competencies(session, col(AttemptRow.id) == attempt_id).get(attempt_id, ())
            return with_overrides(to_attempt(row, competencies), given)

    def save_draft(self, attempt_id: str, candidate: str, draft: str) -> None:
        """Keep what is being typed. Raises ConflictError once the answer is handed in, and NotFoundError."""
        with self._db.writing() as session:
            row = self._row(session, attempt_id, candidate)
            if row.state not in (AttemptState.DRAFT, AttemptState.TRANSCRIBED):
                raise ConflictError(
                    "This answer was handed in already, perhaps in another tab. What you typed since is kept in this browser only."
                )
            row.draft = draft

    def save_transcript(self, attempt_id: str, candidate: str, transcript: Transcript) -> None:
        """Keep what was heard; it becomes the draft the candidate may correct. Raises NotFoundError.

        Does nothing where a transcript waits already: a second page that hears the same recording must not undo corrections.
        """
        with self._db.writing() as session:
            row = self._row(session, attempt_id, candidate)
            if row.state in (AttemptState.DRAFT, AttemptState.RECORDED):
                row.transcript = transcript.model_dump(mode="json")
                row.draft = transcript.clean
                row.state = AttemptState.TRANSCRIBED

    def finish_recording(self, attempt_id: str, candidate: str) -> None:
        """The recording is finished and waits to be written down. Raises NotFoundError.

        Nothing changes for an answer in an interview, whose rounds say for themselves how far they are.
        """
        with self._db.writing() as session:
            row = self._row(session, attempt_id, candidate)
            if row.state == AttemptState.DRAFT and row.interview_id is None:
                row.state = AttemptState.RECORDED
                needs(session, Work.WRITE, attempt_id, candidate)

    def start_again(self, attempt_id: str, candidate: str) -> None:
        """Back from a transcript to recording. Earlier takes, the transcript and its corrections are kept. Raises NotFoundError."""
        with self._db.writing() as session:
            row = self._row(session, attempt_id, candidate)
            if row.state in (AttemptState.RECORDED, AttemptState.TRANSCRIBED):
                row.state = AttemptState.DRAFT

    def back_to_transcript(self, attempt_id: str, candidate: str) -> None:
        """From recording again back to the transcript there was, if there was one. Raises NotFoundError."""
        with self._db.writing() as session:
            row = self._row(session, attempt_id, candidate)
            if row.state == AttemptState.DRAFT and row.transcript is not None:
                row.state = AttemptState.TRANSCRIBED

    def hand_in(self, attempt_id: str, candidate: str, text: str, at: datetime) -> None:
        """Fix the text to be rated. Handing in twice changes nothing. Raises NotFoundError."""
        with self._db.writing() as session:
            row = self._row(session, attempt_id, candidate)
            if row.state in (AttemptState.DRAFT, AttemptState.TRANSCRIBED):
                row.text, row.draft, row.handed_in_at, row.state = text, text, at, AttemptState.HANDED_IN
                needs(session, Work.RATE, attempt_id, candidate)

    def save_feedback(
        self,
        attempt_id: str,
        candidate: str,
        *,
        feedback: Feedback,
        judge: JudgeRecord,
        versions: Versions,
        at: datetime,
        keep_earlier: bool = False,
        first: bool = False,
    ) -> None:
        """Keep the feedback in place of any earlier one, which is put aside or forgotten. Raises NotFoundError.

        With ``first`` it is kept only if there is none yet.
        """
        with self._db.writing() as session:
            row = self._row(session, attempt_id, candidate)
            if first and row.state != AttemptState.HANDED_IN:
                return
            before = (row.judge or {}).get("cache_key")
            if not keep_earlier and before and before != judge.cache_key:
                session.exec(delete(JudgeReplyRow).where(col(JudgeReplyRow.key) == before))
            if keep_earlier and row.feedback is not None and row.rated_at is not None:
                session.add(_earlier(row, row.feedback, row.rated_at))
            row.feedback = feedback.model_dump(mode="json")
            row.judge = judge.model_dump(mode="json")
            row.rubric_version, row.checks_version = versions.rubric, versions.checks
            row.rated_at, row.state = at, AttemptState.RATED
            write_levels(session, row)

    def all_of(self, candidate: str, limit: int = 200) -> tuple[Attempt, ...]:
        """A candidate's attempts, the newest first, ``limit`` at most."""
        return self._some(candidate, col(AttemptRow.created_at), limit)

    def unfinished(self, candidate: str) -> tuple[Attempt, ...]:
        """A candidate's attempts that are not rated and in no interview, the newest first."""
        begun = (col(AttemptRow.state) != AttemptState.RATED, col(AttemptRow.interview_id).is_(None))
        return self._some(candidate, col(AttemptRow.created_at), None, *begun)

    def newest_rated(self, candidate: str) -> Attempt | None:
        """The rated attempt a candidate handed in last, demo attempts aside."""
        own = (col(AttemptRow.state) == AttemptState.RATED, ~col(AttemptRow.demo))
        return next(iter(self._some(candidate, col(AttemptRow.handed_in_at), 1, *own)), None)

    def _some(self, candidate: str, order: Any, limit: int | None, *those: ColumnElement[bool]) -> tuple[Attempt, ...]:
        """A candidate's attempts of which something holds, the last by ``order`` first."""
        theirs = columns(col(AttemptRow.id)).where(col(AttemptRow.candidate) == candidate, *those)
        chosen = col(AttemptRow.id).in_(theirs.order_by(order.desc()).limit(limit).subquery().select())
        with self._db.reading() as session:
            rows = session.exec(select(AttemptRow).where(chosen).order_by(order.desc())).all()
            competencies = self._competencies(session, chosen)
            given = overrides(session, chosen)
            return tuple(
                with_overrides(to_attempt(row, competencies.get(row.id, ())), given.get(row.id, ())) for row in rows
            )

    def to_write_down(self) -> tuple[tuple[str, str], ...]:
        """Every attempt whose recording waits to be written down, with its candidate; the oldest first."""
        return self._in_state(AttemptState.RECORDED, AttemptRow.created_at)

    def to_rate(self) -> tuple[tuple[str, str], ...]:
        """Every attempt that was handed in and waits for its rating, with its candidate; the longest waiting first."""
        return self._in_state(AttemptState.HANDED_IN, AttemptRow.handed_in_at)

    def _in_state(self, state: AttemptState, order: Any) -> tuple[tuple[str, str], ...]:
        with self._db.reading() as session:
            waiting = select(AttemptRow.id, AttemptRow.candidate).where(AttemptRow.state == state)
            return tuple(session.exec(waiting.order_by(col(order))).all())

    def history(self, candidate: str) -> tuple[tuple[str, datetime], ...]:
        """Which questions a candidate was asked, and when; the oldest first. Demo attempts do not count."""
        with self._db.reading() as session:
            return tuple(
                session.exec(
                    select(AttemptRow.question_key, AttemptRow.created_at)
                    .where(AttemptRow.candidate == candidate, ~col(AttemptRow.demo))
                    .order_by(col(AttemptRow.created_at))
                ).all()
            )

    def levels(self, candidate: str, newest: int | None = None) -> tuple[Level, ...]:
        """Every rated criterion of a candidate's attempts, the oldest first. Unrated ones are left out, not counted low.

        ``newest`` so many attempts at most.
        """
        theirs = columns(col(AttemptRow.id)).where(
            col(AttemptRow.candidate) == candidate, col(AttemptRow.state) == AttemptState.RATED
        )
        chosen = col(AttemptRow.id).in_(
            theirs.order_by(col(AttemptRow.created_at).desc()).limit(newest).subquery().select()
        )
        with self._db.reading() as session:
            competencies = self._competencies(session, chosen)
            rows = session.execute(
                columns(*_OF_A_LEVEL)
                .join(RatingRow, col(RatingRow.attempt_id) == col(AttemptRow.id))
                .where(chosen, col(RatingRow.level).is_not(None))
                .order_by(col(AttemptRow.created_at), col(RatingRow.criterion))
            )
            return tuple(
                Level(
                    attempt=row.id,
                    at=row.handed_in_at or row.created_at,
                    question_key=row.question_key,
                    question_text=row.question_text,
                    criterion=Criterion(row.criterion),
                    level=row.level,
                    by=Rater(row.rater),
                    rubric=row.rubric_version or "",
                    competencies=competencies.get(row.id, ()),
                    demo=row.demo,
                )
                for row in rows
            )

    def delete(self, attempt_id: str, candidate: str) -> None:
        """Delete an attempt with all its ratings, and what the judge replied about it. Raises NotFoundError."""
        with self._db.writing() as session:
            _remove(session, self._row(session, attempt_id, candidate))
            refresh(session, candidate)

    def delete_all(self, attempt_ids: Collection[str], candidate: str) -> None:
        """Delete several attempts as one, all or none of them; what is not there is passed over."""
        with self._db.writing() as session:
            theirs = select(AttemptRow).where(AttemptRow.candidate == candidate)
            for some in in_batches(attempt_ids):
                for row in session.exec(theirs.where(col(AttemptRow.id).in_(some))).all():
                    _remove(session, row)
            refresh(session, candidate)

    def owners(self, attempt_ids: Collection[str]) -> dict[str, str]:
        """Whose these attempts are; what is no attempt is left out."""
        with self._db.reading() as session:
            query = select(AttemptRow.id, AttemptRow.candidate)
            return {
                ident: candidate
                for some in in_batches(attempt_ids)
                for ident, candidate in session.exec(query.where(col(AttemptRow.id).in_(some)))
            }

    def earlier(self, attempt_id: str, candidate: str) -> tuple[Earlier, ...]:
        """The ratings of an attempt that later ones replaced, the oldest first. Raises NotFoundError."""
        with self._db.reading() as session:
            self._row(session, attempt_id, candidate)
            rows = session.exec(
                select(EarlierRatingRow)
                .where(EarlierRatingRow.attempt_id == attempt_id)
                .order_by(col(EarlierRatingRow.id))
            )
            return tuple(
                Earlier.model_validate(
                    {
                        **row.model_dump(include={"feedback", "judge", "rated_at"}),
                        "versions": _versions(row.rubric_version, row.checks_version),
                    }
                )
                for row in rows
            )

    def rated_between(self, since: datetime, until: datetime) -> tuple[Attempt, ...]:
        """The rated attempts of all candidates, by the product, handed in from ``since`` until before ``until``, the oldest first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(AttemptRow)
                .where(
                    AttemptRow.state == AttemptState.RATED,
                    col(AttemptRow.handed_in_at) >= since,
                    col(AttemptRow.handed_in_at) < until,
                )
                .order_by(col(AttemptRow.handed_in_at))
            )
            return tuple(to_attempt(row, ()) for row in rows)

    def delete_demo(self, candidate: str) -> int:
        """Delete a candidate's demo attempts; returns how many there were."""
        with self._db.writing() as session:
            rows = session.exec(select(AttemptRow).where(AttemptRow.candidate == candidate, col(AttemptRow.demo))).all()
            for row in rows:
                session.delete(row)
            refresh(session, candidate)
            return len(rows)

    @staticmethod
    def _row(session: Session, attempt_id: str, candidate: str) -> AttemptRow:
        row = session.get(AttemptRow, attempt_id)
        if row is None or row.candidate != candidate:
            raise NotFoundError(
                "There is no such answer here. It may have been deleted; choose another under My answers."
            )
        return row

    @staticmethod
    def _competencies(session: Session, chosen: ColumnElement[bool]) -> dict[str, tuple[Competency, ...]]:
        """What each of the chosen attempts asks for, in alphabetical order."""
        found: dict[str, tuple[Competency, ...]] = {}
        rows = columns(col(CompetencyRow.attempt_id), col(CompetencyRow.competency)).join(AttemptRow).where(chosen)
        for attempt, competency in session.execute(rows.order_by(col(CompetencyRow.competency))):
            found[attempt] = (*found.get(attempt, ()), Competency(competency))
        return found


def _remove(session: Session, row: AttemptRow) -> None:
    """Delete an attempt with everything of it; of who looked at it, the student's log keeps all but the question, which may be their own words."""
    earlier = session.exec(select(EarlierRatingRow).where(EarlierRatingRow.attempt_id == row.id))
    records = [row.judge, *(one.judge for one in earlier)]
    keys = [record["cache_key"] for record in records if record and record.get("cache_key")]
    session.exec(delete(JudgeReplyRow).where(col(JudgeReplyRow.key).in_(keys)))
    if row.question_key == FREE_KEY:
        session.exec(update(LookRow).where(col(LookRow.attempt_id) == row.id).values(question_text=DELETED_QUESTION))
    note_deletion(session, row.id)
    keep_done(session, row.id)
    session.delete(row)


def insert(session: Session, attempt: Attempt) -> None:
    """Add an attempt in a transaction that is under way."""
    session.add(_row(attempt))
    session.flush()
    session.add_all(CompetencyRow(attempt_id=attempt.id, competency=c) for c in attempt.competencies)


def _row(attempt: Attempt) -> AttemptRow:
    fields = attempt.model_dump(mode="json", exclude={"competencies", "versions"})
    times = {name: getattr(attempt, name) for name in ("created_at", "handed_in_at", "rated_at")}
    versions = attempt.versions
    return AttemptRow(
        **{
            **fields,
            **times,
            "rubric_version": versions and versions.rubric,
            "checks_version": versions and versions.checks,
        }
    )


def to_attempt(row: AttemptRow, competencies: tuple[Competency, ...]) -> Attempt:
    """The value of a row, with what its question asks for, as the product rated it."""
    fields = row.model_dump(exclude={"rubric_version", "checks_version"})
    versions = _versions(row.rubric_version, row.checks_version)
    return Attempt.model_validate({**fields, "competencies": competencies, "versions": versions})


def _versions(rubric: str | None, checks: str | None) -> Versions | None:
    return Versions(rubric=rubric, checks=checks) if rubric and checks else None


def _earlier(row: AttemptRow, feedback: dict[str, Any], rated_at: datetime) -> EarlierRatingRow:
    return EarlierRatingRow(
        attempt_id=row.id,
        rated_at=rated_at,
        feedback=feedback,
        judge=row.judge,
        rubric_version=row.rubric_version,
        checks_version=row.checks_version,
    )
