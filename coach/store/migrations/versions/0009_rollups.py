"""Rollups that coaches' charts are drawn from, and where each question belongs. They are filled when the program next starts."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0009"
down_revision = "0008"

_LEVELS = ("answers", "unrated", "level_1", "level_2", "level_3", "level_4", "level_5")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "question_setting",
        sa.Column("question_key", sa.String(80), nullable=False),
        sa.Column("setting", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("question_key", "setting", name=op.f("pk_question_setting")),
    )
    op.create_table(
        "cohort_deleted_week",
        sa.Column("cohort_id", sa.String(32), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_deleted_week_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cohort_id", "week", name=op.f("pk_cohort_deleted_week")),
    )
    op.create_table(
        "cohort_cell",
        *_of("cohort_id", "part", "person_id", "subject"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _LEVELS),
        sa.Column("before_answers", sa.Integer(), nullable=False),
        sa.Column("comparable", sa.Integer(), nullable=False),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("latest", "of_two", "of_three", "before")),
        sa.Column("variance", sa.Float(), nullable=True),
        *_keys("cohort_cell", "cohort_id", "part", "person_id", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cohort_cell_person", "cohort_cell", ["person_id", "cohort_id"])
    op.create_table(
        "cohort_week",
        *_of("cohort_id", "part", "subject", "person_id"),
        sa.Column("week", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _LEVELS),
        *_keys("cohort_week", "cohort_id", "part", "subject", "person_id", "week"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_cohort_week_person", "cohort_week", ["person_id", "cohort_id"])


_LENGTHS = {"cohort_id": 32, "part": 48, "person_id": 64, "subject": 48}


def _of(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(_LENGTHS[name]), nullable=False) for name in names]


def _keys(table: str, *primary: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.ForeignKeyConstraint(
            ["cohort_id", "person_id"],
            ["membership.cohort_id", "membership.person_id"],
            name=op.f(f"fk_{table}_cohort_id_membership"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*primary, name=op.f(f"pk_{table}")),
    )
