"""Reviews by coaches, what students ask for or dispute, ratings in place of the product's, and what both are told of it."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "review_request",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("disputes", sa.Boolean(), nullable=False),
        sa.Column("criterion", sa.String(20), nullable=True),
        sa.Column("span", sa.JSON(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(64), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        _goes_with("review_request", "attempt_id", "attempt"),
        _outlives("review_request", "answered_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_request")),
    )
    op.create_index("ix_review_request_attempt_id", "review_request", ["attempt_id"])
    op.create_index("ix_review_request_answered_at", "review_request", ["answered_at"])
    op.create_table(
        "review",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("coach_id", sa.String(64), nullable=True),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("rated_at", UTCDateTime(), nullable=True),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        _goes_with("review", "attempt_id", "attempt"),
        _outlives("review", "coach_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("attempt_id", "coach_id", name="uq_review_attempt_id"),
    )
    op.create_index("ix_review_coach", "review", ["coach_id"])
    op.create_table(
        "review_rating",
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("criterion", sa.String(20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("machine", sa.Integer(), nullable=True),
        sa.Column("rubric", sa.String(16), nullable=False),
        _goes_with("review_rating", "review_id", "review"),
        sa.PrimaryKeyConstraint("review_id", "criterion", name=op.f("pk_review_rating")),
    )
    op.create_table(
        "review_comment",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("span", sa.JSON(), nullable=True),
        _goes_with("review_comment", "review_id", "review"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index("ix_review_comment_review_id", "review_comment", ["review_id"])
    op.create_table(
        "review_draft",
        sa.Column("review_id", sa.String(32), nullable=False),
        sa.Column("field", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _goes_with("review_draft", "review_id", "review"),
        sa.PrimaryKeyConstraint("review_id", "field", name=op.f("pk_review_draft")),
    )
    op.create_table(
        "rating_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("criterion", sa.String(20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("coach_id", sa.String(64), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("rubric", sa.String(16), nullable=False),
        _goes_with("rating_override", "attempt_id", "attempt"),
        _outlives("rating_override", "coach_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_override")),
    )
    op.create_index("ix_rating_override_attempt_id", "rating_override", ["attempt_id"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("by_id", sa.String(64), nullable=True),
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        _goes_with("notice", "person_id", "person"),
        _goes_with("notice", "attempt_id", "attempt"),
        _outlives("notice", "by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_person", "notice", ["person_id", "at"])
    op.create_index("ix_notice_attempt_id", "notice", ["attempt_id"])


def _goes_with(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def _outlives(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"), ondelete="SET NULL"
    )
