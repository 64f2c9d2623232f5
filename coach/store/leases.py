"""Leases: who is doing which piece of work. Whoever dies holding one loses it when it runs out, and somebody else takes the work up."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from coach.store.database import Database
from coach.store.rows import put
from coach.store.tables import LeaseRow

_LONGEST_LEASE = timedelta(minutes=2)  # many times what anybody takes at once
_LONGEST_WAIT = timedelta(hours=2)  # longer than anything that failed is made to wait


class LeaseStore:
    """All leases. A task is named by its kind and the id of what is worked on."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def take(self, task: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take a task, unless somebody else holds it or it is not to be tried again yet."""
        with self._db.writing() as session:
            free = and_(~_is_held(now), ~_waits(now))
            lease = LeaseRow(task=task, owner=owner, until=until, not_before=now)
            return put(session, lease, change={"owner": owner, "until": until}, only_if=free)

    def renew(self, tasks: Collection[str], owner: str, until: datetime) -> None:
        """Hold on to tasks that take longer."""
        with self._db.writing() as session:
            mine = select(LeaseRow).where(col(LeaseRow.task).in_(tasks), LeaseRow.owner == owner)
            for row in session.exec(mine):
                row.until = until

    def done(self, task: str, owner: str) -> None:
        """A task is finished, or given back as it was."""
        with self._db.writing() as session:
            row = session.get(LeaseRow, task)
            if row is not None and row.owner == owner:
                session.delete(row)

    def failed(self, task: str, owner: str, now: datetime, not_before: datetime, trouble: str) -> None:
        """A task failed, and waits until it is tried again."""
        with self._db.writing() as session:
            row = session.get(LeaseRow, task)
            if row is not None and row.owner == owner:
                row.until, row.not_before, row.tries, row.trouble = now, not_before, row.tries + 1, trouble

    def tell(self, task: str, now: datetime, trouble: str) -> None:
        """Keep what went wrong with a task that a queue hands out and will hand out again."""
        with self._db.writing() as session:
            put(session, LeaseRow(task=task, owner="", until=now, not_before=now, tries=1, trouble=trouble))

    def tries(self, task: str) -> int:
        """How often a task failed."""
        with self._db.reading() as session:
            row = session.get(LeaseRow, task)
            return row.tries if row else 0

    def trouble(self, task: str) -> str:
        """What went wrong when it was tried last; empty where nothing did."""
        with self._db.reading() as session:
            row = session.get(LeaseRow, task)
            return row.trouble if row else ""

    def forgive(self, task: str, now: datetime) -> None:
        """Let a task that failed be tried again at once."""
        with self._db.writing() as session:
            row = session.get(LeaseRow, task)
            if row is not None:
                row.not_before, row.tries, row.trouble = min(row.not_before, now), 0, ""


def _is_held(now: datetime) -> ColumnElement[bool]:
    """Whether somebody is at it. A lease that ends far from now was written before the clock was set back."""
    return col(LeaseRow.until).between(now, now + _LONGEST_LEASE) & (col(LeaseRow.until) != now)


def _waits(now: datetime) -> ColumnElement[bool]:
    """Whether it failed, and is to be tried later; as far as a clock that has not been set back can say."""
    later = col(LeaseRow.not_before).between(now, now + _LONGEST_WAIT) & (col(LeaseRow.not_before) != now)
    return (col(LeaseRow.tries) > 0) & later
