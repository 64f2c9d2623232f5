"""How long things are kept: what people chose, what was announced, when the last purge was."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0013"
down_revision = "0012_rollups"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "keeping",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("recordings", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_keeping_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_keeping")),
    )
    op.create_table(
        "leaving",
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("ident", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("announced_at", UTCDateTime(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "ident", name=op.f("pk_leaving")),
    )
    op.create_index("ix_leaving_owner", "leaving", ["owner"])
    op.create_table(
        "purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
    )
