"""Cohorts, as those who coach them or look after people see them."""

import logging
import uuid
from collections.abc import Sequence
from datetime import timedelta

from coach.domain.people import NO_MEMBERSHIP, Cohort, Invitation, Membership, Person, Role
from coach.errors import CoachError, ConflictError, NotFoundError
from coach.people.invitations import Invited
from coach.people.people import Clock
from coach.people.policy import Action, Facts, Resource, Who, allows, scope
from coach.people.ports import CohortStore, PeopleStore
from coach.people.secrets import new_code, new_secret

log = logging.getLogger(__name__)
INVITED_FOR = timedelta(days=30)


class Cohorts:
    """All that is done with cohorts. What is not for whoever asks raises NotFoundError, as what is not there."""

    def __init__(self, store: CohortStore, people: PeopleStore, clock: Clock) -> None:
        self._store = store
        self._people = people
        self._clock = clock

    def create(self, who: Person, name: str, *, demo: bool = False) -> Cohort:
        """A new cohort, coached by whoever makes it. Raises CoachError for a name that is none."""
        scope(Who.of(who), Action.CREATE, Resource.COHORT)
        cohort = Cohort(
            id=uuid.uuid4().hex, name=_named(name), join_code=new_code(), created_at=self._clock(), demo=demo
        )
        self._store.add(cohort, who.id)
        log.info("cohort %s made by %s", cohort.id, who.id)
        return cohort

    def all_of(self, who: Person) -> tuple[Cohort, ...]:
        """The cohorts somebody coaches; an administrator sees all. Those at work first."""
        return self._store.all_of(_to_read(who))

    def get(self, who: Person, cohort_id: str) -> Cohort:
        """One cohort."""
        return self._store.get(cohort_id, _to_read(who))

    def members(self, who: Person, cohort_id: str) -> tuple[Membership, ...]:
        """The students of a cohort, by name."""
        return self._store.members(cohort_id, _to_read(who))

    def size(self, who: Person, cohort_id: str) -> tuple[int, int]:
        """How many students a cohort has, and how many of them share something."""
        return self._store.size(cohort_id, _to_read(who))

    def member(self, who: Person, cohort_id: str, person_id: str) -> Membership:
        """One student of a cohort."""
        for one in self.members(who, cohort_id):
            if one.person.id == person_id:
                return one
        raise NotFoundError(NO_MEMBERSHIP)

    def coaches(self, who: Person, cohort_id: str) -> tuple[Person, ...]:
        """Who coaches a cohort, by name."""
        return self._store.coaches(cohort_id, _to_read(who))

    def rename(self, who: Person, cohort_id: str, name: str) -> Cohort:
        """Call a cohort otherwise. Raises CoachError for a name that is none."""
        return self._store.change(cohort_id, _to_change(who), name=_named(name))

    def renew_code(self, who: Person, cohort_id: str) -> Cohort:
        """A new join code; the one before opens nothing any more."""
        return self._store.change(cohort_id, _to_change(who), join_code=new_code())

    def archive(self, who: Person, cohort_id: str) -> None:
        """Close a cohort: nobody joins, and its coaches see nothing of its students until it is opened again."""
        self._store.archive(cohort_id, _to_change(who), self._clock())

    def reopen(self, who: Person, cohort_id: str) -> None:
        """Open an archived cohort again, with what its students still share."""
        self._store.archive(cohort_id, _to_change(who), None)

    def delete(self, who: Person, cohort_id: str) -> None:
        """Delete a cohort with its memberships; students' answers stay theirs."""
        self._store.delete(cohort_id, scope(Who.of(who), Action.DELETE, Resource.COHORT))

    def add_coach(self, who: Person, cohort_id: str, email: str) -> Person:
        """Let another coach, known by e-mail, follow a cohort.

        Raises CoachError where no coach, or more than one, has this address: an address alone gives nobody anything.
        """
        found = [p for p in self._people.with_email(email) if p.active and p.role is not Role.CANDIDATE]
        touched = _to_change(who)
        if len(found) != 1:
            raise CoachError(
                "No coach here has this address. They sign in once, and an administrator makes them a coach; then add them again."
                if not found
                else "More than one coach here has this address. An administrator can tell them apart under People."
            )
        self._store.add_coach(cohort_id, touched, found[0].id)
        return found[0]

    def remove_coach(self, who: Person, cohort_id: str, coach: str) -> None:
        """Let a coach follow a cohort no longer. Raises ConflictError for the last one."""
        touched = _to_change(who)
        if [p.id for p in self._store.coaches(cohort_id, touched)] == [coach]:
            raise ConflictError("A cohort needs a coach. Add another first.")
        self._store.remove_coach(cohort_id, touched, coach)

    def remove_member(self, who: Person, cohort_id: str, person_id: str) -> None:
        """Take a student out of a cohort."""
        self._store.remove_member(cohort_id, scope(Who.of(who), Action.DELETE, Resource.MEMBERSHIP), person_id)

    def invite(self, who: Person, cohort_id: str, invited: Sequence[Invited]) -> tuple[tuple[Invitation, str], ...]:
        """Invitations, each with the secret of its link, which is told only now. Raises ConflictError for an archived cohort."""
        touched = _to_change(who)
        cohort = self._store.get(cohort_id, touched)
        if cohort.archived_at:
            raise ConflictError("This cohort is archived. Open it again to invite people.")
        now = self._clock()
        made = []
        for one in invited:
            secret, kept = new_secret()
            invitation = Invitation(
                cohort=cohort, email=one.email, name=one.name, created_at=now, expires_at=now + INVITED_FOR
            )
            made.append((invitation, secret, kept))
        self._store.invite(cohort_id, touched, [(kept, invitation) for invitation, _, kept in made])
        return tuple((invitation, secret) for invitation, secret, _ in made)

    def invitations(self, who: Person, cohort_id: str) -> tuple[Invitation, ...]:
        """The invitations to a cohort, the newest first."""
        return self._store.invitations(cohort_id, _to_read(who))

    def may_coach(self, who: Person) -> bool:
        """Whether somebody has a place for cohorts at all."""
        return allows(Who.of(who), Action.READ, Resource.COHORT, Facts(coached=True))


def _to_read(who: Person) -> str | None:
    return scope(Who.of(who), Action.READ, Resource.COHORT)


def _to_change(who: Person) -> str | None:
    return scope(Who.of(who), Action.CHANGE, Resource.COHORT)


def _named(name: str) -> str:
    named = " ".join(name.split())[:200]
    if not named:
        raise CoachError("A cohort needs a name, such as “Autumn 2026, evenings”.")
    return named
