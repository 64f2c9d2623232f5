"""Interviews, which of them an attempt belongs to, and leases on work that is being done."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "interview",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    op.create_index("ix_interview_candidate_created", "interview", ["candidate", "created_at"])
    op.create_table(
        "interview_round",
        sa.Column("interview_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name=op.f("fk_interview_round_interview_id_interview"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", "number", name=op.f("pk_interview_round")),
    )
    op.create_index("ix_interview_round_waits", "interview_round", ["waits"])
    op.add_column("attempt", sa.Column("interview_id", sa.String(32), nullable=True))
    op.create_index("ix_attempt_interview", "attempt", ["interview_id"])
    op.create_index("ix_attempt_state", "attempt", ["state"])
    op.create_table(
        "lease",
        sa.Column("task", sa.String(80), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("task", name=op.f("pk_lease")),
    )
