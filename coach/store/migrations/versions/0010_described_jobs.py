"""Jobs that candidates prepare for, with their descriptions."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "described_job",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_described_job")),
    )
    op.create_index("ix_described_job_candidate_created", "described_job", ["candidate", "created_at"])
