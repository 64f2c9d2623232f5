"""All a page can do with assignments: a coach gives them and sees how far each student is, a student finds and begins them."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from coach.assigning.guides import Holder, in_their_versions
from coach.domain.answer import AnswerKind
from coach.domain.assignment import NO_ASSIGNMENT, Assignment, AssignmentState, Given, StudentWork, Way, Work
from coach.domain.attempt import Attempt
from coach.domain.interview import Asked
from coach.domain.people import Person
from coach.domain.question import Question
from coach.errors import ConflictError, NotFoundError
from coach.people import Action, Facts, Resource, Who, require
from coach.people.coaching import as_coach
from coach.ports import Questions
from coach.practice import Practice

_FIXED = ("questions", "way", "guide", "setting", "cohort")  # once somebody has begun


class Move(Protocol):
    """A change of an assignment; it is told whether a student has begun."""

    def __call__(self, one: Assignment, *, begun: bool) -> Assignment: ...


class AssignmentStore(Protocol):
    """Keeps assignments. Each method raises NotFoundError for what is not there or not for whoever is named."""

    def add(self, one: Assignment, coach: str) -> None: ...
    def get(self, ident: str, coach: str) -> Assignment: ...
    def all_of(self, coach: str, cohort_id: str | None = None) -> tuple[Assignment, ...]: ...
    def change(self, ident: str, coach: str, move: Move) -> Assignment: ...
    def delete(self, ident: str, coach: str) -> None: ...
    def progress(
        self, many: Iterable[Assignment], coach: str, student: str | None = None
    ) -> dict[str, tuple[StudentWork, ...]]: ...
    def given_to(self, person_id: str, ident: str | None = None) -> tuple[Given, ...]: ...
    def begin(self, ident: str, attempt: Attempt) -> Attempt: ...
    def of_attempt(self, attempt_id: str, person_id: str) -> Assignment | None: ...
    def siblings(self, attempt_id: str) -> tuple[int | None, tuple[str, ...]]: ...


class Assignments:
    """Assignments to the cohorts one coaches, and those one is given. What is neither is "not found"."""

    def __init__(self, store: AssignmentStore, held: Holder, bank: Questions, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._held = held
        self._bank = bank
        self._clock = clock

    @property
    def today(self) -> date:
        """The day it is, where this runs."""
        return self._clock().astimezone().date()

    def as_asked(self, keys: Sequence[str]) -> tuple[Asked, ...]:
        """Questions of the bank as they are worded now, each once. Raises BankError for a key it does not know."""
        questions = [self._bank.now().get(key) for key in dict.fromkeys(keys)]
        return tuple(Asked(key=one.key, version=one.version) for one in questions)

    def questions(self, one: Assignment) -> tuple[tuple[Asked, Question], ...]:
        """An assignment's questions in the versions it holds, in order."""
        return in_their_versions(self._bank.now(), one.questions)

    # ── a coach ──────────────────────────────────────────────────────────────────────────────────────────────────

    def all_of(self, who: Person, cohort_id: str | None = None) -> tuple[Assignment, ...]:
        """The assignments to the open cohorts somebody coaches, or to one of them, the newest first."""
        return self._store.all_of(_coach(who, Action.READ), cohort_id)

    def get(self, who: Person, ident: str) -> Assignment:
        """One of them. Raises NotFoundError."""
        return self._store.get(ident, _coach(who, Action.READ))

    def give(self, who: Person, cohort_id: str, **fields: Any) -> Assignment:
        """Give something to a cohort or some of its students. Raises NotFoundError for a cohort that is none of theirs or archived."""
        coach = _coach(who, Action.CREATE)
        new = {"id": uuid.uuid4().hex, "cohort": cohort_id, "author": who.id, "created_at": self._clock()}
        one = Assignment.model_validate({**new, **_to_some(fields)})
        self._hold(one)
        self._store.add(one, coach)
        return one

    def save(self, who: Person, ident: str, **fields: Any) -> Assignment:
        """Change what is given. Questions and way stay once a student has begun: then ConflictError. Raises NotFoundError."""

        def move(one: Assignment, *, begun: bool) -> Assignment:
            after = Assignment.model_validate({**one.model_dump(), **_to_some(fields)})
            if begun and any(getattr(after, name) != getattr(one, name) for name in _FIXED):
                raise ConflictError(
                    "A student has begun this, so its questions and the way it is done stay. Give a new one for other questions."
                )
            return after

        after = self._store.change(ident, _coach(who, Action.CHANGE), move)
        self._hold(after)
        return after

    def turn(self, who: Person, ident: str, state: AssignmentState) -> Assignment:
        """Withdraw it, archive it, or give it again. Raises NotFoundError."""

        def move(one: Assignment, *, begun: bool) -> Assignment:  # noqa: ARG001  # it may be withdrawn either way
            return one.model_copy(update={"state": state})

        return self._store.change(ident, _coach(who, Action.CHANGE), move)

    def delete(self, who: Person, ident: str) -> None:
        """Delete one that was withdrawn or archived; answers stay their students'. Raises ConflictError for an open one, NotFoundError."""
        coach = _coach(who, Action.DELETE)
        if self._store.get(ident, coach).state is AssignmentState.OPEN:
            raise ConflictError("Students still have this to do. Withdraw or archive it first.")
        self._store.delete(ident, coach)

    def progress(self, who: Person, many: Iterable[Assignment]) -> dict[str, tuple[StudentWork, ...]]:
        """How far the students of assignments are, by the assignment's id: begun and handed in, and when. Nothing of what they said."""
        return self._store.progress(many, as_coach(who, Resource.HANDING_IN))

    def of_student(self, who: Person, cohort_id: str, student: str) -> tuple[tuple[Assignment, Work], ...]:
        """What one student of a cohort was given and how far they are with it, the newest first. Withdrawn ones are for nobody."""
        given = self.all_of(who, cohort_id)
        found = self._store.progress(given, as_coach(who, Resource.HANDING_IN), student)
        return tuple((one, theirs.work) for one in given for theirs in found[one.id])

    def _hold(self, one: Assignment) -> None:
        self._held.hold(question for _, question in self.questions(one))

    # ── a student ────────────────────────────────────────────────────────────────────────────────────────────────

    def given_to(self, who: Person) -> tuple[Given, ...]:
        """What somebody is given: what is to be done first, the earliest due at the top, then what is done."""
        require(Who.of(who), Action.READ, Resource.ASSIGNMENT, Facts(own=True))
        return tuple(sorted(self._store.given_to(who.id), key=_urgency))

    def given(self, who: Person, ident: str) -> Given:
        """One thing somebody is given. Raises NotFoundError."""
        require(Who.of(who), Action.READ, Resource.ASSIGNMENT, Facts(own=True))
        for one in self._store.given_to(who.id, ident):
            return one
        raise NotFoundError(NO_ASSIGNMENT)

    def begin(self, who: Person, ident: str, kind: AnswerKind, key: str = "") -> Attempt:
        """An attempt at a question of an assignment that is done question by question: the one given, or the first that is left.

        One that is under way in this ``kind`` is gone on with. Raises ConflictError where nothing is left, NotFoundError.
        """
        require(Who.of(who), Action.CREATE, Resource.HANDING_IN, Facts(own=True))
        one = self.given(who, ident)
        if one.assignment.way is not Way.SINGLE:
            raise ConflictError("This is done as an interview. Begin it on Today.")
        key = key or next(iter(one.left), "")
        question = next((question for asked, question in self.questions(one.assignment) if asked.key == key), None)
        if not one.to_do or question is None or key not in one.left:
            raise ConflictError("You have handed this in. Answer it again under Practise as often as you like.")
        return self._store.begin(ident, Practice.new(who.id, question, kind, self._clock()))

    def of_attempt(self, who: Person, attempt_id: str) -> Assignment | None:
        """The assignment one's own attempt was made for."""
        return self._store.of_attempt(attempt_id, who.id)


class Recorded(Protocol):
    """What is known of recordings."""

    def numbers(self, attempt: str) -> tuple[int, ...]: ...
    def copies(self, attempt: str) -> int: ...


class Limits:
    """How often an answer given for an assignment may be recorded; what was recorded for the same question before counts."""

    def __init__(self, store: AssignmentStore, takes: Recorded) -> None:
        self._store = store
        self._takes = takes

    def most_takes(self, attempt_id: str) -> int | None:
        """The most recordings of an attempt; None: as many as one likes."""
        most, same = self._store.siblings(attempt_id)
        if most is None:
            return None
        others = (len(self._takes.numbers(one)) - self._takes.copies(one) for one in same if one != attempt_id)
        return max(0, most - sum(others))


def _coach(who: Person, action: Action) -> str:
    """The coach in whose name a query runs. Raises NotFoundError for whoever can be none."""
    require(Who.of(who), action, Resource.ASSIGNMENT, Facts(coached=True))
    return who.id


def _to_some(fields: dict[str, Any]) -> dict[str, Any]:
    """For the whole cohort, nobody is named."""
    return {**fields, "students": ()} if fields.get("whole") else fields


def _urgency(one: Given) -> tuple[bool, date, float]:
    due = one.assignment.due or date.max
    return (
        not one.to_do,
        due if one.to_do else date.max,
        -(one.work.handed_in_at or one.assignment.created_at).timestamp(),
    )
