"""What students let their coaches see: memberships, consent with its history, and who looked at what. All of it one's own."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from coach.domain.people import (
    DELETED_STORY,
    NO_ANSWER,
    NO_COHORT,
    NO_STORY,
    Cohort,
    ConsentChange,
    Invitation,
    Look,
    LookKind,
    Membership,
    Person,
    Sharing,
)
from coach.domain.story import StoryText
from coach.errors import NotFoundError
from coach.store.cohorts import coaches_of, to_cohort, to_membership
from coach.store.database import Database
from coach.store.people import row_of, to_person
from coach.store.rollups import refresh
from coach.store.tables import AttemptRow
from coach.store.tables_people import (
    AttemptSharingRow,
    CohortRow,
    ConsentChangeRow,
    InvitationRow,
    LookRow,
    MembershipRow,
    StorySharingRow,
)
from coach.store.tables_stories import StoryRow


class ConsentStore:
    """Consent of all students. Every method names whose it is."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ── joining and leaving ──────────────────────────────────────────────────────────────────────────────────────

    def by_code(self, code: str) -> tuple[Cohort, tuple[Person, ...]]:
        """The open cohort with this join code, and its coaches. Raises NotFoundError."""
        with self._db.reading() as session:
            row = session.exec(
                select(CohortRow).where(CohortRow.join_code == code, col(CohortRow.archived_at).is_(None))
            ).first()
            if row is None:
                raise NotFoundError("No open cohort has this code. Ask your coach for the code of today.")
            return to_cohort(row), coaches_of(session, row.id)

    def invitation(self, token_hash: str, now: datetime) -> tuple[Invitation, tuple[Person, ...]]:
        """An invitation that still holds, and the cohort's coaches. Raises NotFoundError."""
        with self._db.reading() as session:
            row, cohort = _invited(session, token_hash, now)
            fields = row.model_dump(include={"email", "name", "created_at", "expires_at", "used_at"})
            return Invitation(cohort=to_cohort(cohort), **fields), coaches_of(session, row.cohort_id)

    def join(self, person_id: str, cohort_id: str, at: datetime, token_hash: str | None = None) -> None:
        """Become a student of a cohort that shares nothing yet; twice is fine. An invitation is used up. Raises NotFoundError."""
        with self._db.writing() as session:
            row_of(session, person_id)
            cohort = session.get(CohortRow, cohort_id)
            if cohort is None or cohort.archived_at is not None:
                raise NotFoundError(NO_COHORT)
            if session.get(MembershipRow, (cohort_id, person_id)) is None:
                _forget_attempts(
                    session, person_id, cohort_id
                )  # of an earlier membership: it must not come to life again
                session.add(MembershipRow(cohort_id=cohort_id, person_id=person_id, joined_at=at))
            if token_hash is not None:
                _invited(session, token_hash, at)[0].used_at = at

    def leave(self, person_id: str, cohort_id: str, at: datetime) -> None:
        """Leave a cohort; from now on its coaches see nothing. Raises NotFoundError."""
        with self._db.writing() as session:
            row, cohort = _membership(session, person_id, cohort_id)
            _forget_attempts(session, person_id, cohort_id)
            session.add(
                ConsentChangeRow(person_id=person_id, at=at, cohort=cohort.name, sharing=Sharing.NOTHING, earlier=True)
            )
            session.delete(row)

    def memberships(self, person_id: str) -> tuple[tuple[Membership, tuple[Person, ...]], ...]:
        """The cohorts somebody is a student of, each with its coaches; the latest joined first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(MembershipRow, CohortRow)
                .join(CohortRow, col(CohortRow.id) == col(MembershipRow.cohort_id))
                .where(MembershipRow.person_id == person_id)
                .order_by(col(MembershipRow.joined_at).desc(), CohortRow.id)
            ).all()
            if not rows:
                return ()
            person = to_person(row_of(session, person_id))
            return tuple(
                (to_membership(row, person, to_cohort(cohort)), coaches_of(session, cohort.id)) for row, cohort in rows
            )

    # ── consent ──────────────────────────────────────────────────────────────────────────────────────────────────

    def share(self, person_id: str, cohort_id: str, sharing: Sharing, at: datetime, *, earlier: bool) -> None:
        """Share this much with a cohort from now on. Raises NotFoundError."""
        with self._db.writing() as session:
            row, cohort = _membership(session, person_id, cohort_id)
            if (row.sharing, row.earlier) == (sharing, earlier):
                return
            row.sharing, row.earlier = sharing, earlier
            session.add(
                ConsentChangeRow(person_id=person_id, at=at, cohort=cohort.name, sharing=sharing, earlier=earlier)
            )
            refresh(session, person_id)

    def share_attempt(
        self, person_id: str, cohort_id: str, attempt_id: str, sharing: Sharing | None, at: datetime
    ) -> None:
        """Share this much of one attempt with a cohort; None: as all others. Raises NotFoundError."""
        with self._db.writing() as session:
            attempt = session.get(AttemptRow, attempt_id)  # before the membership, as where it is rated
            _, cohort = _membership(session, person_id, cohort_id)
            if attempt is None or attempt.candidate != person_id:
                raise NotFoundError(NO_ANSWER)
            row = session.get(AttemptSharingRow, (attempt_id, cohort_id))
            if (row.sharing if row else None) == sharing:
                return
            if row:
                session.delete(row)
                session.flush()
            if sharing is not None:
                session.add(AttemptSharingRow(attempt_id=attempt_id, cohort_id=cohort_id, sharing=sharing))
            session.add(
                ConsentChangeRow(person_id=person_id, at=at, cohort=cohort.name, attempt_id=attempt_id, sharing=sharing)
            )
            refresh(session, person_id)

    def withdraw(self, person_id: str, cohort_id: str, at: datetime) -> None:
        """Share nothing with a cohort any more, no single attempt and no story either. Raises NotFoundError."""
        with self._db.writing() as session:
            row, cohort = _membership(session, person_id, cohort_id)
            _forget_attempts(session, person_id, cohort_id)
            session.exec(
                delete(StorySharingRow).where(
                    col(StorySharingRow.person_id) == person_id, col(StorySharingRow.cohort_id) == cohort_id
                )
            )
            row.sharing, row.earlier = Sharing.NOTHING, False
            session.add(
                ConsentChangeRow(person_id=person_id, at=at, cohort=cohort.name, sharing=Sharing.NOTHING, earlier=True)
            )
            refresh(session, person_id)

    def share_story(self, person_id: str, cohort_id: str, story_id: str, at: datetime, *, on: bool) -> None:
        """Let a cohort's coaches read one story, or no longer. Raises NotFoundError."""
        with self._db.writing() as session:
            _, cohort = _membership(session, person_id, cohort_id)
            story = session.get(StoryRow, story_id)
            if story is None or story.candidate != person_id:
                raise NotFoundError(NO_STORY)
            row = session.get(StorySharingRow, (story_id, cohort_id))
            if (row is not None) is on:
                return
            if row:
                session.delete(row)
            else:
                session.add(StorySharingRow(story_id=story_id, cohort_id=cohort_id, person_id=person_id))
            sharing = Sharing.TRANSCRIPTS if on else Sharing.NOTHING
            session.add(
                ConsentChangeRow(person_id=person_id, at=at, cohort=cohort.name, story_id=story_id, sharing=sharing)
            )

    def shared_stories(self, person_id: str, cohort_id: str) -> frozenset[str]:
        """The stories a cohort's coaches may read."""
        with self._db.reading() as session:
            return frozenset(
                session.exec(
                    select(StorySharingRow.story_id).where(
                        StorySharingRow.person_id == person_id, StorySharingRow.cohort_id == cohort_id
                    )
                )
            )

    def set_apart(self, person_id: str, cohort_id: str) -> dict[str, Sharing]:
        """What of single attempts is shared with a cohort, where that is not as with all others."""
        with self._db.reading() as session:
            rows = session.exec(
                select(AttemptSharingRow)
                .join(AttemptRow, col(AttemptRow.id) == col(AttemptSharingRow.attempt_id))
                .where(AttemptRow.candidate == person_id, AttemptSharingRow.cohort_id == cohort_id)
            )
            return {row.attempt_id: Sharing(row.sharing) for row in rows}

    def history(self, person_id: str) -> tuple[ConsentChange, ...]:
        """Everything somebody decided about sharing, the latest first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(ConsentChangeRow)
                .where(ConsentChangeRow.person_id == person_id)
                .order_by(col(ConsentChangeRow.at).desc(), col(ConsentChangeRow.id).desc())
            )
            return tuple(
                ConsentChange(
                    attempt=row.attempt_id,
                    story=row.story_id,
                    **row.model_dump(include={"at", "cohort", "sharing", "earlier"}),
                )
                for row in rows
            )

    def looks(self, person_id: str) -> tuple[Look, ...]:
        """Every look of a coach at what somebody shared, the latest first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(LookRow, StoryRow.title)
                .outerjoin(StoryRow, col(StoryRow.id) == col(LookRow.attempt_id))
                .where(LookRow.person_id == person_id)
                .order_by(col(LookRow.at).desc(), col(LookRow.id).desc())
            )
            return tuple(
                Look(
                    attempt=row.attempt_id,
                    question_text=_called(title) if row.kind == LookKind.STORY else row.question_text,
                    **row.model_dump(include={"at", "coach", "cohort", "kind"}),
                )
                for row, title in rows
            )


def _called(title: str | None) -> str:
    """A story that was looked at, by the title it has now."""
    return DELETED_STORY if title is None else StoryText(title=title).name


def _membership(session: Session, person_id: str, cohort_id: str) -> tuple[MembershipRow, CohortRow]:
    cohort = session.get(
        CohortRow, cohort_id
    )  # before the membership, as everywhere: two writers never wait for each other
    row = session.get(MembershipRow, (cohort_id, person_id))
    if row is None or cohort is None:
        raise NotFoundError(NO_COHORT)
    return row, cohort


def _invited(session: Session, token_hash: str, now: datetime) -> tuple[InvitationRow, CohortRow]:
    row = session.get(InvitationRow, token_hash)
    cohort = session.get(CohortRow, row.cohort_id) if row else None
    if row is None or cohort is None or cohort.archived_at or row.used_at or row.expires_at <= now:
        raise NotFoundError("This invitation was used or has run out. Ask your coach for a new one.")
    return row, cohort


def _forget_attempts(session: Session, person_id: str, cohort_id: str) -> None:
    own = select(AttemptRow.id).where(AttemptRow.candidate == person_id)
    session.exec(
        delete(AttemptSharingRow).where(
            col(AttemptSharingRow.cohort_id) == cohort_id, col(AttemptSharingRow.attempt_id).in_(own)
        )
    )
