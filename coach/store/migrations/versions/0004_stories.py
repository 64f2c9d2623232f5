"""Stories, their versions, and which attempts tell them aloud."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "story",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidate", sa.String(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("deleted_at", UTCDateTime(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("title", "situation", "obstacle", "action", "result", "learned")
        ),
        sa.Column("setting", sa.String(24), nullable=True),
        sa.Column("competencies", sa.JSON(), nullable=False),
        sa.Column("from_attempt", sa.String(32), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
    )
    op.create_index("ix_story_candidate_created", "story", ["candidate", "created_at"])
    op.create_table(
        "story_version",
        sa.Column("story_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_version_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "number", name=op.f("pk_story_version")),
    )
    op.create_table(
        "story_telling",
        sa.Column("attempt_id", sa.String(32), nullable=False),
        sa.Column("story_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_story_telling_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_telling_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_story_telling")),
    )
    op.create_index("ix_story_telling_story_id", "story_telling", ["story_id"])
