"""The tables of people, cohorts, consent and accounts."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime


class PersonRow(Table, table=True):
    """Somebody. ``id`` is what attempts and interviews call their candidate."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_person_issuer"), Index("ix_person_email", "email"))

    id: str = Field(primary_key=True, max_length=64)
    name: str = Field(max_length=200)
    email: str = Field(default="", max_length=254)
    role: str = Field(max_length=16)
    issuer: str = Field(max_length=300)
    subject: str = Field(max_length=255)
    created_at: datetime = Field(sa_type=UTCDateTime)
    active: bool = True
    sessions_from: datetime | None = Field(default=None, sa_type=UTCDateTime)


class CohortRow(Table, table=True):
    """A cohort."""

    __tablename__ = "cohort"

    id: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=200)
    join_code: str = Field(max_length=16, unique=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    demo: bool = False


class CohortCoachRow(Table, table=True):
    """A coach of a cohort."""

    __tablename__ = "cohort_coach"
    __table_args__ = (Index("ix_cohort_coach_person", "person_id"),)

    cohort_id: str = Field(primary_key=True, foreign_key="cohort.id", ondelete="CASCADE", max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", max_length=64)


class MembershipRow(Table, table=True):
    """A student of a cohort, and what they share with its coaches."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person", "person_id"),)

    cohort_id: str = Field(primary_key=True, foreign_key="cohort.id", ondelete="CASCADE", max_length=32)
    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", max_length=64)
    joined_at: datetime = Field(sa_type=UTCDateTime)
    sharing: int = 0
    earlier: bool = False


class AttemptSharingRow(Table, table=True):
    """What of one attempt is shared with one cohort, where that is not as with all others."""

    __tablename__ = "attempt_sharing"
    __table_args__ = (Index("ix_attempt_sharing_cohort", "cohort_id"),)

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    cohort_id: str = Field(primary_key=True, foreign_key="cohort.id", ondelete="CASCADE", max_length=32)
    sharing: int


class StorySharingRow(Table, table=True):
    """A story that a student lets a cohort's coaches read. It goes with the story and with the membership."""

    __tablename__ = "story_sharing"
    __table_args__ = (
        ForeignKeyConstraint(
            ("cohort_id", "person_id"), ("membership.cohort_id", "membership.person_id"), ondelete="CASCADE"
        ),
        Index("ix_story_sharing_person", "person_id", "cohort_id"),
    )

    story_id: str = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE", max_length=32)
    cohort_id: str = Field(primary_key=True, max_length=32)
    person_id: str = Field(max_length=64)


class ConsentChangeRow(Table, table=True):
    """One thing a student decided. It stays when the cohort or the attempt goes, and goes with the student."""

    __tablename__ = "consent_change"

    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", max_length=64, index=True)
    at: datetime = Field(sa_type=UTCDateTime)
    cohort: str = Field(max_length=200)
    attempt_id: str | None = Field(default=None, max_length=32)
    story_id: str | None = Field(default=None, max_length=32)
    sharing: int | None = None
    earlier: bool = False


class LookRow(Table, table=True):
    """One look of a coach. It stays when the coach, the cohort or the attempt goes, and goes with the student.

    Of a look at a story, ``attempt_id`` is the story's, and its title is not kept here.
    """

    __tablename__ = "look"
    __table_args__ = (Index("ix_look_person", "person_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
    coach_id: str = Field(max_length=64)
    coach: str = Field(max_length=200)
    cohort: str = Field(max_length=200)
    attempt_id: str = Field(max_length=32)
    question_text: str = Field(sa_type=Text)
    kind: str = Field(max_length=12)


class InvitationRow(Table, table=True):
    """An invitation to a cohort. The secret in its link is kept as a hash only."""

    __tablename__ = "invitation"

    token_hash: str = Field(primary_key=True, max_length=64)
    cohort_id: str = Field(foreign_key="cohort.id", ondelete="CASCADE", max_length=32, index=True)
    email: str = Field(max_length=254)
    name: str = Field(max_length=200)
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class AccountRow(Table, table=True):
    """A password kept here, as its argon2 hash."""

    __tablename__ = "account"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", max_length=64)
    password_hash: str = Field(max_length=200)
    changed_at: datetime = Field(sa_type=UTCDateTime)


class AccountSessionRow(Table, table=True):
    """Somebody signed in with a password, on one browser. The secret in its cookie is kept as a hash only."""

    __tablename__ = "account_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", max_length=64, index=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)


class AccountLinkRow(Table, table=True):
    """A link to set a password once. Its secret is kept as a hash only."""

    __tablename__ = "account_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", max_length=64, index=True)
    expires_at: datetime = Field(sa_type=UTCDateTime)


class SignInTryRow(Table, table=True):
    """One failed try to sign in, kept for as long as it slows down the next. The key is a hash of who and from where."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("ix_sign_in_try_key", "key", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
