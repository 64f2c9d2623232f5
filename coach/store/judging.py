"""What the judge needs kept: replies, what was spent, which attempts wait for it, and which judge was chosen."""

from datetime import datetime

from sqlmodel import col, select

from coach.domain.judging import JudgeChoice, Usage
from coach.domain.work import Work
from coach.store.database import Database, needs
from coach.store.rows import ensure, put
from coach.store.tables import JudgeChoiceRow, JudgeReplyRow, JudgeSpendRow, JudgeWaitRow


class JudgeStore:
    """The judge's books. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ── replies ──────────────────────────────────────────────────────────────────────────────────────────────────

    def reply(self, key: str) -> tuple[str, str] | None:
        """The reply kept under a key, and the model it came from."""
        with self._db.reading() as session:
            row = session.get(JudgeReplyRow, key)
            return (row.reply, row.model) if row else None

    def keep(self, key: str, reply: str, model: str) -> None:
        """Keep a reply, in place of an earlier one."""
        with self._db.writing() as session:
            put(session, JudgeReplyRow(key=key, reply=reply, model=model))

    # ── money ────────────────────────────────────────────────────────────────────────────────────────────────────

    def spent(self, day: str) -> Usage:
        """What was spent on a day."""
        with self._db.reading() as session:
            row = session.get(JudgeSpendRow, day)
            return Usage.model_validate(row.model_dump(exclude={"day"})) if row else Usage()

    def spend(self, day: str, usage: Usage) -> None:
        """Add to what was spent on a day."""
        with self._db.writing() as session:
            ensure(session, JudgeSpendRow(day=day))
            row = session.get_one(JudgeSpendRow, day)
            so_far = Usage.model_validate(row.model_dump(exclude={"day"}))
            row.sqlmodel_update((so_far + usage).model_dump())

    # ── waiting attempts ─────────────────────────────────────────────────────────────────────────────────────────

    def wait(self, attempt_id: str, candidate: str, due_at: datetime, tries: int) -> None:
        """Ask about an attempt again, not before ``due_at``."""
        with self._db.writing() as session:
            put(session, JudgeWaitRow(attempt_id=attempt_id, candidate=candidate, due_at=due_at, tries=tries))
            needs(session, Work.JUDGE, attempt_id, candidate, due_at)

    def tries(self, attempt_id: str) -> int:
        """How often the judge was asked in vain about an attempt that waits."""
        with self._db.reading() as session:
            row = session.get(JudgeWaitRow, attempt_id)
            return row.tries if row else 0

    def waited_enough(self, attempt_id: str) -> None:
        """Do not ask again about an attempt."""
        with self._db.writing() as session:
            row = session.get(JudgeWaitRow, attempt_id)
            if row:
                session.delete(row)

    def due(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Attempts to ask about now, with their candidates, the longest due first."""
        with self._db.reading() as session:
            due = select(JudgeWaitRow.attempt_id, JudgeWaitRow.candidate).where(col(JudgeWaitRow.due_at) <= now)
            return tuple(session.exec(due.order_by(col(JudgeWaitRow.due_at))).all())

    # ── the choice ───────────────────────────────────────────────────────────────────────────────────────────────

    def choice(self) -> JudgeChoice:
        """The judge chosen under Set-up."""
        with self._db.reading() as session:
            row = session.get(JudgeChoiceRow, 1)
            return JudgeChoice.model_validate(row.choice) if row else JudgeChoice()

    def choose(self, choice: JudgeChoice) -> None:
        """Use another judge from now on."""
        with self._db.writing() as session:
            put(session, JudgeChoiceRow(id=1, choice=choice.model_dump(mode="json")))
