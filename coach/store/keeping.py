"""What is old enough to go, what was announced, and what people keep: days and ids, read without touching a word."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Select, delete, func, or_, select
from sqlmodel import Session, col

from coach.domain.keeping import Aged, Announced, ThingKind
from coach.store.database import Database
from coach.store.drills import DrillRunRow, DrillTryRow
from coach.store.rows import put
from coach.store.tables import AttemptRow, EarlierRatingRow, InterviewRow, JudgeReplyRow, UTCDateTime
from coach.store.tables_jobs import DescribedJobRow
from coach.store.tables_keeping import KeepingRow, LeavingRow, PurgeRow
from coach.store.tables_plan import AppointmentRow
from coach.store.tables_stories import StoryRow

_INTERVIEWS, _RUNS = select(col(InterviewRow.id)), select(col(DrillRunRow.id))
_ALONE = or_(col(AttemptRow.interview_id).is_(None), col(AttemptRow.interview_id).not_in(_INTERVIEWS))
_NO_REPLY = or_(col(DrillTryRow.run).is_(None), col(DrillTryRow.run).not_in(_RUNS))


class KeepingStore:
    """What is kept for how long, of everybody."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ── what a person chose ──────────────────────────────────────────────────────────────────────────────────────

    def recordings_of(self, person_id: str) -> bool | None:
        """Whether somebody wants their recordings kept; None where they never said."""
        with self._db.reading() as session:
            row = session.get(KeepingRow, person_id)
            return row.recordings if row else None

    def choose_recordings(self, person_id: str, *, keep: bool) -> None:
        """Remember what somebody wants."""
        with self._db.writing() as session:
            put(session, KeepingRow(person_id=person_id, recordings=keep))

    # ── what is old ──────────────────────────────────────────────────────────────────────────────────────────────

    def aged(self, kind: ThingKind, before: datetime) -> tuple[Aged, ...]:
        """Everybody's things of a kind whose period began before a moment. Recordings are no rows: their room knows them."""
        query, since_of = _AGES[kind](before)
        with self._db.reading() as session:
            return tuple(Aged(kind, ident, owner, since_of(since)) for ident, owner, since in session.execute(query))

    # ── what was announced ───────────────────────────────────────────────────────────────────────────────────────

    def announced(self, kind: ThingKind) -> dict[str, Announced]:
        """What was said about things of a kind, by id."""
        with self._db.reading() as session:
            rows = session.execute(select(LeavingRow).where(col(LeavingRow.kind) == kind)).scalars()
            return {row.ident: Announced(row.announced_at, row.kept) for row in rows}

    def announce(self, things: Collection[Aged], at: datetime) -> None:
        """Tell owners from now on that these will go."""
        with self._db.writing() as session:
            for one in things:
                put(
                    session,
                    LeavingRow(kind=one.kind, ident=one.id, owner=one.owner, since=one.since, announced_at=at),
                )

    def take_back(self, kind: ThingKind, idents: Collection[str]) -> None:
        """Say nothing any more about these."""
        with self._db.writing() as session:
            for ident in idents:
                session.execute(delete(LeavingRow).where(col(LeavingRow.kind) == kind, col(LeavingRow.ident) == ident))

    def leaving(self, owner: str) -> tuple[tuple[Aged, Announced], ...]:
        """What one person is told will go, the earliest first; not what they deleted since."""
        query = select(LeavingRow).where(col(LeavingRow.owner) == owner).order_by(col(LeavingRow.since))
        with self._db.reading() as session:
            rows = session.execute(query).scalars().all()
            there = {(kind, ident) for kind in {row.kind for row in rows} for ident in _ids(session, kind, owner)}
            return tuple(
                (Aged(ThingKind(row.kind), row.ident, owner, row.since), Announced(row.announced_at, row.kept))
                for row in rows
                if (row.kind, row.ident) in there
            )

    def count_leaving(self) -> tuple[int, int]:
        """How many things of how many people will go, unless they keep them."""
        query = select(func.count(), func.count(func.distinct(col(LeavingRow.owner)))).where(~col(LeavingRow.kept))
        with self._db.reading() as session:
            things, people = session.execute(query).one()
            return int(things), int(people)

    def keep(self, owner: str, kind: ThingKind, ident: str, *, keep: bool) -> bool:
        """Keep one thing whose end was announced, or let it go after all; whether there is such a thing of theirs."""
        with self._db.writing() as session:
            row = session.get(LeavingRow, (kind.value, ident))
            if row is None or row.owner != owner:
                return False
            row.kept = keep
            return True

    def forget(self, owner: str) -> None:
        """Say nothing of one person's things any more: they are deleted."""
        with self._db.writing() as session:
            session.execute(delete(LeavingRow).where(col(LeavingRow.owner) == owner))

    # ── the purge itself ─────────────────────────────────────────────────────────────────────────────────────────

    def purged_on(self) -> date | None:
        """The day of the last purge."""
        with self._db.reading() as session:
            row = session.get(PurgeRow, 1)
            return row.day if row else None

    def note_purge(self, day: date) -> None:
        """A purge was done."""
        with self._db.writing() as session:
            put(session, PurgeRow(id=1, day=day))

    def erase(self, *, whole: bool = False) -> None:
        """Delete judges' replies to answers that are gone, and let nothing that was deleted stay in the file.

        ``whole`` writes the file anew, which takes seconds and holds up who wants to write.
        """
        with self._db.writing() as session:
            known = set(_replies(session))
            kept = session.execute(select(col(JudgeReplyRow.key))).scalars().all()
            for key in set(kept) - known:
                session.execute(delete(JudgeReplyRow).where(col(JudgeReplyRow.key) == key))
        self._db.press(whole=whole)


def _replies(session: Session) -> Iterator[str]:
    for table in (AttemptRow, EarlierRatingRow):
        key = col(table.judge)["cache_key"].as_string()
        yield from filter(None, session.execute(select(key).where(key.is_not(None))).scalars())


def _ids(session: Session, kind: str, owner: str) -> Iterator[str]:
    """Every thing of a kind that somebody has; of recordings, what they may belong to."""
    for table in _TABLES[ThingKind(kind)]:
        yield from session.execute(select(col(table.id)).where(col(table.candidate) == owner)).scalars()


_TABLES: dict[ThingKind, tuple[Any, ...]] = {
    ThingKind.ANSWER: (AttemptRow,),
    ThingKind.INTERVIEW: (InterviewRow,),
    ThingKind.DRILL: (DrillTryRow,),
    ThingKind.SCENARIO: (DrillRunRow,),
    ThingKind.STORY: (StoryRow,),
    ThingKind.JOB: (DescribedJobRow,),
    ThingKind.APPOINTMENT: (AppointmentRow,),
    ThingKind.RECORDING: (AttemptRow, DrillTryRow),
}

# ── from when each kind counts ────────────────────────────────────────────────────────────────────────────────────

_Since = Callable[[Any], datetime]
_Query = tuple[Select[Any], _Since]


def _by_moment(ident: Any, owner: Any, *moments: Any, where: Any = None) -> Callable[[datetime], _Query]:
    since = func.coalesce(*moments, type_=UTCDateTime()) if len(moments) > 1 else moments[0]

    def query(before: datetime) -> _Query:
        old = select(ident, owner, since).where(since < before)
        return old if where is None else old.where(where), lambda at: at

    return query


def _appointments(before: datetime) -> _Query:
    """By the day of the interview: what lies ahead is not old."""
    row = AppointmentRow
    columns: list[Any] = [col(row.id), col(row.candidate), col(row.day)]
    return select(*columns).where(col(row.day) < before.date()), lambda day: datetime.combine(day, time(), UTC)


_AGES: dict[ThingKind, Callable[[datetime], _Query]] = {
    ThingKind.ANSWER: _by_moment(
        col(AttemptRow.id),
        col(AttemptRow.candidate),
        col(AttemptRow.handed_in_at),
        col(AttemptRow.created_at),
        where=_ALONE,
    ),
    ThingKind.INTERVIEW: _by_moment(
        col(InterviewRow.id), col(InterviewRow.candidate), col(InterviewRow.finished_at), col(InterviewRow.created_at)
    ),
    ThingKind.DRILL: _by_moment(
        col(DrillTryRow.id), col(DrillTryRow.candidate), col(DrillTryRow.created_at), where=_NO_REPLY
    ),
    ThingKind.SCENARIO: _by_moment(col(DrillRunRow.id), col(DrillRunRow.candidate), col(DrillRunRow.created_at)),
    ThingKind.STORY: _by_moment(col(StoryRow.id), col(StoryRow.candidate), col(StoryRow.changed_at)),
    ThingKind.JOB: _by_moment(col(DescribedJobRow.id), col(DescribedJobRow.candidate), col(DescribedJobRow.created_at)),
    ThingKind.APPOINTMENT: _appointments,
}
