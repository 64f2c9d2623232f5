"""A student's rollups packed into one row a part, and running totals by week. They are filled when the program next starts."""

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0012_rollups"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""
    op.drop_table("cohort_cell")
    op.drop_table("cohort_week")
    op.create_table(
        "cohort_student",
        *_whose(),
        sa.Column("last_at", UTCDateTime(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("spreads", sa.JSON(), nullable=False),
        *_keys("cohort_student", "cohort_id", "part", "person_id"),
    )
    op.create_index("ix_cohort_student_person", "cohort_student", ["person_id", "cohort_id"])
    op.create_table(
        "cohort_week",
        *_whose(),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("rated", sa.JSON(), nullable=False),
        sa.Column("spreads", sa.JSON(), nullable=False),
        *_keys("cohort_week", "cohort_id", "part", "person_id", "week"),
    )
    op.create_index("ix_cohort_week_person", "cohort_week", ["person_id", "cohort_id"])
    op.create_index("ix_cohort_week_answers", "cohort_week", ["cohort_id", "part", "week", "answers"])
    op.execute("DELETE FROM question_setting")  # a bank that was never told of has everything counted anew


def _whose() -> list[sa.Column[str]]:
    lengths = {"cohort_id": 32, "part": 48, "person_id": 64}
    return [sa.Column(name, sa.String(length), nullable=False) for name, length in lengths.items()]


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
