"""People: who somebody is, found again by who vouches for them and under which name there."""

from datetime import datetime
from typing import Any

from sqlalchemy import ScalarResult
from sqlmodel import Session, col, select

from coach.domain.people import NO_PERSON, Issuer, Person, Role
from coach.errors import NotFoundError
from coach.store.database import Database
from coach.store.rows import ensure
from coach.store.tables_people import PersonRow


class PeopleStore:
    """All people of an installation."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, person: Person) -> Person:
        """Store somebody new; returns who is there, should another tab have been first."""
        with self._db.writing() as session:
            ensure(session, PersonRow(**person.model_dump()))
            return to_person(_by_identity(session, person.issuer, person.subject).one())

    def find(self, issuer: str, subject: str) -> Person | None:
        """Who this issuer knows under this name."""
        with self._db.reading() as session:
            row = _by_identity(session, issuer, subject).first()
            return to_person(row) if row else None

    def get(self, person_id: str) -> Person:
        """Somebody by id. Raises NotFoundError."""
        with self._db.reading() as session:
            return to_person(row_of(session, person_id))

    def with_email(self, email: str) -> tuple[Person, ...]:
        """Everybody with this address, whatever its case."""
        with self._db.reading() as session:
            rows = session.exec(select(PersonRow).where(PersonRow.email == email.strip().lower()))
            return tuple(map(to_person, rows))

    def all(self) -> tuple[Person, ...]:
        """Everybody who signs in, by name."""
        with self._db.reading() as session:
            rows = session.exec(
                select(PersonRow)
                .where(col(PersonRow.issuer).not_in((Issuer.DEMO, Issuer.LOCAL)))
                .order_by(col(PersonRow.name), PersonRow.id)
            )
            return tuple(map(to_person, rows))

    def change(
        self,
        person_id: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        active: bool | None = None,
        sessions_from: datetime | None = None,
    ) -> Person:
        """Change what is given. Raises NotFoundError."""
        given: dict[str, Any] = {"name": name, "role": role, "active": active, "sessions_from": sessions_from}
        with self._db.writing() as session:
            row = row_of(session, person_id)
            for field, value in given.items():
                if value is not None:
                    setattr(row, field, value)
            return to_person(row)

    def delete(self, person_id: str) -> None:
        """Delete somebody, with memberships, consent, the log of looks at what they shared, and the account. Raises NotFoundError."""
        with self._db.writing() as session:
            session.delete(row_of(session, person_id))


def row_of(session: Session, person_id: str) -> PersonRow:
    """Somebody's row, in a transaction that is under way. Raises NotFoundError."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFoundError(NO_PERSON)
    return row


def to_person(row: PersonRow) -> Person:
    """The value of a row."""
    return Person.model_validate(row.model_dump())


def _by_identity(session: Session, issuer: str, subject: str) -> ScalarResult[PersonRow]:
    return session.exec(select(PersonRow).where(PersonRow.issuer == issuer, PersonRow.subject == subject))
