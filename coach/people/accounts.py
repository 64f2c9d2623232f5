"""Signing in with a password, where no provider of identities does it."""

import hashlib
import logging
from datetime import datetime, timedelta
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from coach.domain.people import Person
from coach.errors import CoachError, NotFoundError, SignInError
from coach.people.consent import Consent
from coach.people.people import Clock, People
from coach.people.policy import Action, Facts, Resource, Who, require
from coach.people.ports import AccountStore
from coach.people.secrets import hashed, new_secret

log = logging.getLogger(__name__)

SESSION = timedelta(hours=12)
LINK = timedelta(days=3)
SHORTEST, LONGEST = 12, 200  # characters of a password
_WINDOW = timedelta(minutes=15)
_TRIES = 5  # at one account from one address
_TRIES_OF_ACCOUNT = 30  # from wherever: slower for its owner, too, but never shut for good
_TRIES_OF_ADDRESS = 60  # at whichever accounts: a classroom behind one address still gets in


class Accounts:
    """Passwords, sessions and links. Nothing here tells whether an address has an account."""

    def __init__(
        self,
        people: People,
        consent: Consent,
        store: AccountStore,
        clock: Clock,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._people = people
        self._consent = consent
        self._store = store
        self._clock = clock
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """The hash of nobody's password: an address without an account takes as long as a wrong password."""
        return self._hasher.hash("nobody")

    def sign_in(self, email: str, password: str, address: str) -> str:
        """The secret of a new session. Raises SignInError: wrong, shut out or too often wrong, in words that tell nothing more."""
        email = email.strip().lower()
        now = self._clock()
        limits = {
            _key(email, address): _TRIES,
            _key(email, ""): _TRIES_OF_ACCOUNT,
            _key("", address): _TRIES_OF_ADDRESS,
        }
        if any(self._store.tries(key, now - _WINDOW) >= most for key, most in limits.items()):
            raise SignInError("Too many wrong tries. Wait a quarter of an hour, then try again.")
        person = self._people.of_account(email)
        kept = self._store.password_hash(person.id) if person else None
        if not self._matches(kept or self._nobody, password) or person is None or kept is None or not person.active:
            for key in limits:
                self._store.note_try(key, now, now - _WINDOW)
            raise SignInError("This e-mail address and this password do not go together.")
        return self._begin(person, now)

    def _matches(self, kept: str, password: str) -> bool:
        try:
            return len(password) <= LONGEST and self._hasher.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _begin(self, person: Person, now: datetime) -> str:
        secret, kept = new_secret()
        self._store.begin_session(person.id, kept, now, now + SESSION)
        log.info("person %s signed in", person.id)
        return secret

    def of_session(self, secret: str) -> Person | None:
        """Who is signed in with a session's secret, if it still holds."""
        person = self._store.of_session(hashed(secret), self._clock()) if secret else None
        return person if person and person.active else None

    def sign_out(self, secret: str) -> None:
        """End one session."""
        self._store.end_session(hashed(secret))

    def new_link(self, who: Person, person_id: str) -> str:
        """The secret of a link with which somebody sets a password, once. For administrators. Raises NotFoundError."""
        require(Who.of(who), Action.CHANGE, Resource.ACCOUNT, Facts(own=who.id == person_id))
        return self.first_link(self._people.get(person_id))

    def first_link(self, person: Person) -> str:
        """The same for somebody just added, by the command line or by their own invitation."""
        secret, kept = new_secret()
        self._store.add_link(person.id, kept, self._clock() + LINK)
        return secret

    def of_link(self, secret: str) -> Person:
        """Whose link this is. Raises NotFoundError where it was used or has run out."""
        return self._store.of_link(hashed(secret), self._clock())

    def set_password(self, secret: str, password: str) -> str:
        """Set a password by a link and sign in; every earlier session ends. Returns the new session's secret.

        Raises NotFoundError for the link, CoachError for a password that is too easy to guess.
        """
        person = self.of_link(secret)
        check_password(password, person.email, person.name)
        now = self._clock()
        self._store.set_password(person.id, self._hasher.hash(password), now)
        return self._begin(person, now)

    def open_by_invitation(self, key: str, name: str, password: str) -> str:
        """A new account for whoever holds an invitation, under its address; returns the secret of their first session.

        Raises NotFoundError for the invitation, CoachError for the password, ConflictError where the address has an account.
        """
        invited = self._consent.invited_address(key)
        if invited is None:
            raise NotFoundError("An account is made by an invitation of one's own, or by an administrator.")
        email, listed = invited
        check_password(password, email, name or listed)
        person = self._people.with_account(email, name or listed)
        return self.set_password(self.first_link(person), password)


def check_password(password: str, email: str, name: str) -> None:
    """Raises CoachError for a password that is too short, too long, or made of one's own name or address."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise CoachError(
            f"A password has {SHORTEST} to {LONGEST} characters. Some words in a row are easy to remember."
        )
    plain = password.lower()
    own = [part for part in (email.lower().partition("@")[0], *name.lower().split()) if len(part) > 2]  # noqa: PLR2004
    for part in own:
        plain = plain.replace(part, "")
    if len(set(plain)) < 5:  # noqa: PLR2004
        raise CoachError("This password is easy to guess: it is mostly your name, or one sign again and again.")


def _key(email: str, address: str) -> str:
    return hashlib.sha256(f"{email}\n{address}".encode()).hexdigest()
