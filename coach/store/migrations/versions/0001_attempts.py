"""Attempts, their competencies and their ratings."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("question_key", sa.String(80), nullable=False),
        sa.Column("question_version", sa.Integer(), nullable=False),
        sa.Column("question_text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("handed_in_at", UTCDateTime(), nullable=True),
        sa.Column("rated_at", UTCDateTime(), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("transcript", sa.JSON(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("feedback", sa.JSON(), nullable=True),
        sa.Column("judge", sa.JSON(), nullable=True),
        sa.Column("rubric_version", sa.String(16), nullable=True),
        sa.Column("checks_version", sa.String(16), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_candidate_created", "attempt", ["candidate", "created_at"])
    op.create_table(
        "attempt_competency",
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("competency", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_competency_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "competency", name=op.f("pk_attempt_competency")),
    )
    op.create_table(
        "rating",
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("criterion", sa.String(20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("rater", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_rating_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "criterion", name=op.f("pk_rating")),
    )
    op.create_index("ix_rating_criterion_level", "rating", ["criterion", "level"])
