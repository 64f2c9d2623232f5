"""Answers that are to be rated again."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rerate",
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_rerate_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_rerate")),
    )
    op.create_index(op.f("ix_rerate_asked_at"), "rerate", ["asked_at"])
