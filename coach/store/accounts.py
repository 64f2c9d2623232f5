"""Accounts with a password: hashes, sessions, links to set a password once, and failed tries. No secret is kept as it is."""

from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, delete, select

from coach.domain.people import Person
from coach.errors import NotFoundError
from coach.store.database import Database
from coach.store.people import row_of, to_person
from coach.store.rows import put
from coach.store.tables_people import AccountLinkRow, AccountRow, AccountSessionRow, PersonRow, SignInTryRow


class AccountStore:
    """All accounts. Times are given, never looked up here."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def password_hash(self, person_id: str) -> str | None:
        """The hash of somebody's password, if they have set one."""
        with self._db.reading() as session:
            row = session.get(AccountRow, person_id)
            return row.password_hash if row else None

    def set_password(self, person_id: str, password_hash: str, at: datetime) -> None:
        """Set a password; whoever is signed in is signed out, and no link holds any more. Raises NotFoundError."""
        with self._db.writing() as session:
            row_of(session, person_id)
            put(session, AccountRow(person_id=person_id, password_hash=password_hash, changed_at=at))
            session.exec(delete(AccountSessionRow).where(col(AccountSessionRow.person_id) == person_id))
            session.exec(delete(AccountLinkRow).where(col(AccountLinkRow.person_id) == person_id))

    # ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def begin_session(self, person_id: str, token_hash: str, at: datetime, until: datetime) -> None:
        """Somebody signed in; sessions that have run out are cleared away."""
        with self._db.writing() as session:
            session.exec(delete(AccountSessionRow).where(col(AccountSessionRow.expires_at) <= at))
            session.add(AccountSessionRow(token_hash=token_hash, person_id=person_id, created_at=at, expires_at=until))

    def of_session(self, token_hash: str, at: datetime) -> Person | None:
        """Who is signed in with this session, if it has not run out and was not ended with all of theirs."""
        with self._db.reading() as session:
            row = session.exec(
                select(PersonRow)
                .join(AccountSessionRow, col(AccountSessionRow.person_id) == col(PersonRow.id))
                .where(
                    AccountSessionRow.token_hash == token_hash,
                    col(AccountSessionRow.expires_at) > at,
                    or_(
                        col(PersonRow.sessions_from).is_(None),
                        col(AccountSessionRow.created_at) >= col(PersonRow.sessions_from),
                    ),
                )
            ).first()
            return to_person(row) if row else None

    def end_session(self, token_hash: str) -> None:
        """Sign out on one browser."""
        with self._db.writing() as session:
            session.exec(delete(AccountSessionRow).where(col(AccountSessionRow.token_hash) == token_hash))

    # ── links to set a password once ─────────────────────────────────────────────────────────────────────────────

    def add_link(self, person_id: str, token_hash: str, until: datetime) -> None:
        """Keep a link for somebody, in place of any earlier one. Raises NotFoundError."""
        with self._db.writing() as session:
            row_of(session, person_id)
            session.exec(delete(AccountLinkRow).where(col(AccountLinkRow.person_id) == person_id))
            session.add(AccountLinkRow(token_hash=token_hash, person_id=person_id, expires_at=until))

    def of_link(self, token_hash: str, at: datetime) -> Person:
        """Whose link this is, if it still holds. Raises NotFoundError."""
        with self._db.reading() as session:
            row = session.get(AccountLinkRow, token_hash)
            if row is None or row.expires_at <= at:
                raise NotFoundError("This link was used or has run out. Ask an administrator for a new one.")
            return to_person(row_of(session, row.person_id))

    # ── failed tries ─────────────────────────────────────────────────────────────────────────────────────────────

    def note_try(self, key: str, at: datetime, forget_before: datetime) -> None:
        """Note a failed try; those before are forgotten."""
        with self._db.writing() as session:
            session.exec(delete(SignInTryRow).where(col(SignInTryRow.at) < forget_before))
            session.add(SignInTryRow(key=key, at=at))

    def tries(self, key: str, since: datetime) -> int:
        """How many failed tries there were since."""
        with self._db.reading() as session:
            query = select(func.count()).where(SignInTryRow.key == key, col(SignInTryRow.at) >= since)
            return session.exec(query).one()
