"""Which stories a student shares with which cohort."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "story_sharing",
        sa.Column("story_id", sa.String(32), nullable=False),
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_sharing_story_id_story"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "person_id"],
            ["membership.cohort_id", "membership.person_id"],
            name=op.f("fk_story_sharing_cohort_id_membership"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("story_id", "cohort_id", name=op.f("pk_story_sharing")),
    )
    op.create_index("ix_story_sharing_person", "story_sharing", ["person_id", "cohort_id"])
    op.add_column("consent_change", sa.Column("story_id", sa.String(32), nullable=True))
