"""Interview guides, the versions of questions they hold, and assignments with what was done for them."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from coach.store.tables import UTCDateTime

revision = "0014"
down_revision = "0013"

_LENGTHS = {"id": 32, "guide_id": 32, "cohort_id": 32, "assignment_id": 32, "attempt_id": 32, "person_id": 64}


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "guide",
        _name("id"),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide")),
    )
    op.create_index("ix_guide_owner", "guide", ["owner"])
    op.create_table(
        "guide_cohort",
        _name("guide_id"),
        _name("cohort_id"),
        _goes_with("guide_cohort", "guide_id", "guide"),
        _goes_with("guide_cohort", "cohort_id", "cohort"),
        sa.PrimaryKeyConstraint("guide_id", "cohort_id", name=op.f("pk_guide_cohort")),
    )
    op.create_index("ix_guide_cohort_cohort", "guide_cohort", ["cohort_id"])
    op.create_table(
        "held_question",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", "version", name=op.f("pk_held_question")),
    )
    op.create_table(
        "assignment",
        _name("id"),
        _name("cohort_id"),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("guide_id", sa.String(32), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        _goes_with("assignment", "cohort_id", "cohort"),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["guide.id"], name=op.f("fk_assignment_guide_id_guide"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    for column in ("author", "cohort_id", "guide_id"):
        op.create_index(f"ix_assignment_{column.removesuffix('_id')}", "assignment", [column])
    _of_students("assignment_student", "assignment_id", "person_id")
    _of_students("assignment_answer", "attempt_id")
    op.create_index("ix_assignment_answer_assignment", "assignment_answer", ["assignment_id", "person_id"])
    begun, handed_in = (_time(name) for name in ("begun_at", "handed_in_at"))
    _of_students("assignment_done", "assignment_id", "person_id", begun, handed_in)


def _of_students(table: str, *keys_and_more: str | sa.Column[datetime]) -> None:
    """A table of what a student has of an assignment: it goes with the assignment, and with the membership."""
    keys = [key for key in keys_and_more if isinstance(key, str)]
    more = [column for column in keys_and_more if not isinstance(column, str)]
    names = dict.fromkeys((*keys, "assignment_id", "person_id", "cohort_id"))
    op.create_table(
        table,
        *map(_name, names),
        *more,
        *([_goes_with(table, "attempt_id", "attempt")] if "attempt_id" in names else []),
        _goes_with(table, "assignment_id", "assignment"),
        sa.ForeignKeyConstraint(
            ["cohort_id", "person_id"],
            ["membership.cohort_id", "membership.person_id"],
            name=op.f(f"fk_{table}_cohort_id_membership"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_person", table, ["person_id", "cohort_id"])


def _time(column: str) -> sa.Column[datetime]:
    return sa.Column(column, UTCDateTime(), nullable=False)


def _name(column: str) -> sa.Column[str]:
    return sa.Column(column, sa.String(_LENGTHS[column]), nullable=False)


def _goes_with(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
