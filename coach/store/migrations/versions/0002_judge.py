"""What the judge needs kept, and ratings that later ones replaced."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "earlier_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("rated_at", UTCDateTime(), nullable=False),
        sa.Column("feedback", sa.JSON(), nullable=False),
        sa.Column("judge", sa.JSON(), nullable=True),
        sa.Column("rubric_version", sa.String(16), nullable=True),
        sa.Column("checks_version", sa.String(16), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_earlier_rating_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_rating")),
    )
    op.create_index(op.f("ix_earlier_rating_attempt_id"), "earlier_rating", ["attempt_id"])
    op.create_table(
        "judge_reply",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_judge_reply")),
    )
    op.create_table(
        "judge_spend",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("cached_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        sa.Column("usd", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_judge_spend")),
    )
    op.create_table(
        "judge_wait",
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_judge_wait_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_judge_wait")),
    )
    op.create_index(op.f("ix_judge_wait_due_at"), "judge_wait", ["due_at"])
    op.create_table(
        "judge_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judge_choice")),
    )
