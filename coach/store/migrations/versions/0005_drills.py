"""Tries at drills, and runs through scenarios."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "drill_try",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("drill", sa.String(32), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("rated_at", UTCDateTime(), nullable=True),
        sa.Column("run", sa.String(32), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_try")),
    )
    op.create_index("ix_drill_try_candidate_drill_created", "drill_try", ["candidate", "drill", "created_at"])
    op.create_index("ix_drill_try_run", "drill_try", ["run"])
    op.create_index("ix_drill_try_state", "drill_try", ["state"])
    op.create_table(
        "drill_run",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_run")),
    )
    op.create_index("ix_drill_run_candidate_created", "drill_run", ["candidate", "created_at"])
