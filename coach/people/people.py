"""People: found or added when they sign in, looked after by administrators."""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime

from coach.domain.people import LOCAL_ID, Issuer, Person, Role
from coach.errors import CoachError, ConflictError
from coach.people.invitations import is_address
from coach.people.policy import Action, Facts, Resource, Who, allows, require, scope
from coach.people.ports import PeopleStore

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
_NAME = 200  # characters


class People:
    """Everybody here. ``hosted``: several people use this installation, so that nobody has it to themselves."""

    def __init__(self, store: PeopleStore, clock: Clock, *, hosted: bool) -> None:
        self._store = store
        self._clock = clock
        self.hosted = hosted

    def get(self, person_id: str) -> Person:
        """Somebody by id, for whoever has their leave already. Raises NotFoundError."""
        return self._store.get(person_id)

    def local(self) -> Person:
        """The one profile of a machine of one's own; made when it is first asked for."""
        found = self._store.find(Issuer.LOCAL, LOCAL_ID)
        return found or self._store.add(
            Person(id=LOCAL_ID, name="You", issuer=Issuer.LOCAL, subject=LOCAL_ID, created_at=self._clock())
        )

    def from_provider(self, issuer: str, subject: str, *, name: str = "", email: str = "") -> Person:
        """Who a provider of identities vouches for; added as a candidate the first time.

        An e-mail address is only what the provider says: it gives nobody a role or somebody else's answers.
        """
        return self._store.find(issuer, subject) or self._add(issuer, subject, name or email or "Somebody", email)

    def with_account(self, email: str, name: str, role: Role = Role.CANDIDATE) -> Person:
        """A new person who will sign in with a password. Raises CoachError for what is no address, ConflictError where it has an account."""
        subject = email.strip().lower()
        if not is_address(subject):
            raise CoachError(f"“{subject[:60]}” is no e-mail address.")
        if self._store.find(Issuer.ACCOUNT, subject):
            raise ConflictError(f"{subject} has an account here already.")
        return self._add(Issuer.ACCOUNT, subject, name or subject, subject, role)

    def of_account(self, email: str) -> Person | None:
        """Who signs in with this address and a password."""
        return self._store.find(Issuer.ACCOUNT, email.strip().lower())

    def _add(self, issuer: str, subject: str, name: str, email: str, role: Role = Role.CANDIDATE) -> Person:
        person = Person(
            id=uuid.uuid4().hex,
            name=_name(name),
            email=email.strip().lower()[:254],
            role=role,
            issuer=issuer,
            subject=subject,
            created_at=self._clock(),
        )
        added = self._store.add(person)
        log.info("person %s added, %s", added.id, added.role)
        return added

    # ── by themselves ────────────────────────────────────────────────────────────────────────────────────────────

    def rename(self, who: Person, name: str) -> Person:
        """Call oneself otherwise."""
        require(Who.of(who), Action.CHANGE, Resource.PERSON, Facts(own=True))
        return self._store.change(who.id, name=_name(name) or who.name)

    def try_coaching(self, who: Person, *, on: bool) -> Person:
        """On a machine of one's own: see what coaches see, or no longer. Raises NotFoundError elsewhere."""
        role = Role.COACH if on else Role.CANDIDATE
        if self.hosted or who.id != LOCAL_ID:
            require(Who.of(who), Action.CHANGE, Resource.ROLE)
        return self._store.change(who.id, role=role)

    def may_set_up(self, who: Person) -> bool:
        """Whether somebody may see and change what is set for everybody here."""
        return allows(Who.of(who), Action.CHANGE, Resource.INSTALLATION, Facts(own=not self.hosted))

    def require_set_up(self, who: Person) -> None:
        """Raises NotFoundError for whoever may not see what is set for everybody here."""
        require(Who.of(who), Action.READ, Resource.INSTALLATION, Facts(own=not self.hosted))

    # ── by administrators ────────────────────────────────────────────────────────────────────────────────────────

    def all(self, who: Person) -> tuple[Person, ...]:
        """Everybody, by name. Raises NotFoundError for whoever is no administrator."""
        scope(Who.of(who), Action.READ, Resource.ROLE)
        return self._store.all()

    def add_account(self, who: Person, email: str, name: str, role: Role) -> Person:
        """An administrator adds somebody who will sign in with a password. Raises ConflictError, NotFoundError."""
        scope(Who.of(who), Action.CREATE, Resource.PERSON)
        return self.with_account(email, name, role)

    def set_role(self, who: Person, person_id: str, role: Role) -> Person:
        """Give somebody a role. Raises ConflictError for one's own, so that an installation keeps an administrator."""
        self._of_another(who, person_id)
        log.info("person %s made %s by %s", person_id, role, who.id)
        return self._store.change(person_id, role=role)

    def set_active(self, who: Person, person_id: str, *, active: bool) -> None:
        """Let somebody in or shut them out; what they stored stays. Raises ConflictError for oneself."""
        self._of_another(who, person_id)
        log.info("person %s %s by %s", person_id, "let in" if active else "shut out", who.id)
        self._store.change(person_id, active=active, sessions_from=None if active else self._clock())

    def coach_with(self, email: str) -> Person:
        """The coach with this address, for the command line. Raises CoachError where it is not one person."""
        found = [one for one in self._store.with_email(email) if one.active and one.role is not Role.CANDIDATE]
        if len(found) != 1:
            raise CoachError(f"{'No coach' if not found else 'More than one coach'} here has this address.")
        return found[0]

    def promote(self, email: str) -> Person:
        """Make somebody with this address an administrator, for the command line. Raises CoachError where it is not one person."""
        found = self._store.with_email(email)
        if len(found) != 1:
            how_many = "Nobody here has" if not found else "More than one person here has"
            raise CoachError(f"{how_many} this address. They sign in once first; then it must be theirs alone.")
        return self._store.change(found[0].id, role=Role.ADMINISTRATOR)

    def sign_out_everywhere(self, who: Person) -> None:
        """End every sign-in of one's own that is older than now."""
        require(Who.of(who), Action.CHANGE, Resource.ACCOUNT, Facts(own=True))
        self._store.change(who.id, sessions_from=self._clock())

    def _of_another(self, who: Person, person_id: str) -> None:
        scope(Who.of(who), Action.CHANGE, Resource.ROLE)
        if who.id == person_id:
            raise ConflictError("Another administrator has to change this for you.")


def _name(name: str) -> str:
    return " ".join(name.split())[:_NAME]
