"""All a page can do with interview guides."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from coach.assigning.guide_file import GuideFile, guide_text, read_guide
from coach.bank import Bank
from coach.domain.guide import Guide
from coach.domain.interview import MOST_QUESTIONS, Asked
from coach.domain.people import Person
from coach.domain.question import Question
from coach.errors import BankError, ConflictError
from coach.people import Action, Facts, Resource, Who, require
from coach.people.coaching import as_coach
from coach.ports import Questions

Move = Callable[[Guide], Guide]


class GuideStore(Protocol):
    """Keeps guides. Each method that names one raises NotFoundError where it is not for whoever is named."""

    def add(self, guide: Guide) -> None: ...
    def get(self, ident: str, who: str) -> Guide: ...
    def all_of(self, who: str) -> tuple[Guide, ...]: ...
    def change(self, ident: str, owner: str, move: Move) -> Guide: ...
    def show(self, ident: str, owner: str, cohorts: Sequence[str]) -> Guide: ...
    def in_use(self, ident: str) -> bool: ...
    def delete(self, ident: str, owner: str) -> None: ...


class Holder(Protocol):
    """Keeps the versions of questions that guides hold."""

    def hold(self, questions: Iterable[Question]) -> None: ...


class Guides:
    """Guides of one's own, and those that other coaches of one's cohorts show. What is neither is "not found"."""

    def __init__(self, store: GuideStore, held: Holder, bank: Questions, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._held = held
        self._bank = bank
        self._clock = clock

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────

    def all_of(self, who: Person) -> tuple[Guide, ...]:
        """Every guide somebody may read, the newest first."""
        return self._store.all_of(as_coach(who, Resource.GUIDE))

    def get(self, who: Person, ident: str) -> Guide:
        """One guide. Raises NotFoundError."""
        return self._store.get(ident, as_coach(who, Resource.GUIDE))

    def questions(self, guide: Guide) -> tuple[tuple[Asked, Question], ...]:
        """A guide's questions in the versions it holds, in order."""
        return in_their_versions(self._bank.now(), guide.questions)

    def newer(self, one: Asked) -> Question | None:
        """The question as the bank words it now, where that is later than the version a guide holds."""
        now = self._bank.now().find_key(one.key)
        return now if now and now.version > one.version else None

    def in_use(self, guide: Guide) -> bool:
        """Whether something was assigned by it: then it is archived, not deleted."""
        return self._store.in_use(guide.id)

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, who: Person, *, demo: bool = False, **fields: Any) -> Guide:
        """A new guide, empty or with some fields filled in."""
        require(Who.of(who), Action.CREATE, Resource.GUIDE, Facts(own=True))
        now = self._clock()
        guide = Guide(id=uuid.uuid4().hex, owner=who.id, created_at=now, changed_at=now, demo=demo, **fields)
        self._store.add(guide)
        return guide

    def duplicate(self, who: Person, ident: str) -> Guide:
        """A copy of one's own, of any guide one may read. Raises NotFoundError."""
        copy = self.get(who, ident).copy_for(who.id, uuid.uuid4().hex, self._clock())
        require(Who.of(who), Action.CREATE, Resource.GUIDE, Facts(own=True))
        self._store.add(copy)
        return copy

    def save(self, who: Person, ident: str, **fields: Any) -> Guide:
        """Keep some fields. Raises NotFoundError for a guide that is not one's own."""
        return self._change(who, ident, lambda guide: guide.model_copy(update=_checked(guide, fields)))

    def add(self, who: Person, ident: str, key: str) -> Guide:
        """Put a question of the bank at the end, as it is worded now. Raises BankError, NotFoundError, ConflictError where it is full."""
        question = self._bank.now().get(key)
        self._held.hold([question])

        def move(guide: Guide) -> Guide:
            if any(one.key == key for one in guide.questions):
                return guide
            if len(guide.questions) >= MOST_QUESTIONS:
                raise ConflictError(f"A guide has {MOST_QUESTIONS} questions at the most. Take one away first.")
            return guide.model_copy(update={"questions": (*guide.questions, Asked(key=key, version=question.version))})

        return self._change(who, ident, move)

    def set(self, who: Person, ident: str, key: str, **fields: Any) -> Guide:
        """Say how one question is to be asked. Raises NotFoundError."""

        def wished(one: Asked) -> Asked:
            return Asked.model_validate({**one.model_dump(), **fields}) if one.key == key else one

        return self._change(
            who, ident, lambda guide: guide.model_copy(update={"questions": tuple(map(wished, guide.questions))})
        )

    def update(self, who: Person, ident: str, key: str) -> Guide:
        """Hold a question in the version the bank has now; follow-ups that are none of it any more are left out. Raises BankError."""
        question = self._bank.now().get(key)
        self._held.hold([question])
        mine = next((one for one in self.get(who, ident).questions if one.key == key), None)
        probes = tuple(probe for probe in (mine.probes if mine else ()) if probe in question.probes)
        return self.set(who, ident, key, version=question.version, probes=probes)

    def move(self, who: Person, ident: str, key: str, by: int) -> Guide:
        """Ask a question earlier (``by`` -1) or later (1). Raises NotFoundError."""

        def moved(guide: Guide) -> Guide:
            order = list(guide.questions)
            at = next((n for n, one in enumerate(order) if one.key == key), None)
            if at is None or not 0 <= at + by < len(order):
                return guide
            order.insert(at + by, order.pop(at))
            return guide.model_copy(update={"questions": tuple(order)})

        return self._change(who, ident, moved)

    def remove(self, who: Person, ident: str, key: str) -> Guide:
        """Ask a question no more. Raises NotFoundError."""
        return self._change(
            who,
            ident,
            lambda guide: guide.model_copy(
                update={"questions": tuple(one for one in guide.questions if one.key != key)}
            ),
        )

    # ── what becomes of it ───────────────────────────────────────────────────────────────────────────────────────

    def show(self, who: Person, ident: str, cohorts: Sequence[str]) -> Guide:
        """Show a guide to the coaches of cohorts one coaches, and to nobody else. Raises NotFoundError."""
        return self._store.show(ident, as_coach(who, Resource.GUIDE, Action.CHANGE), cohorts)

    def archive(self, who: Person, ident: str, *, on: bool) -> Guide:
        """Put a guide away, or take it out again; what was assigned by it stays as it was given. Raises NotFoundError."""
        at = self._clock() if on else None
        return self._change(who, ident, lambda guide: guide.model_copy(update={"archived_at": at}))

    def delete(self, who: Person, ident: str) -> None:
        """Delete a guide nothing was assigned by. Raises ConflictError for one in use, and NotFoundError."""
        owner = as_coach(who, Resource.GUIDE, Action.DELETE)
        if self._store.in_use(ident):
            raise ConflictError("Something was assigned by this guide, so it stays. Archive it.")
        self._store.delete(ident, owner)

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────────

    def as_toml(self, who: Person, ident: str) -> bytes:
        """A guide with its questions as a file that another coach can import. Raises NotFoundError."""
        guide = self.get(who, ident)
        return guide_text(guide, [question for _, question in self.questions(guide)]).encode("utf-8")

    def read(self, body: bytes) -> GuideFile:
        """What stands in such a file. Raises BankError with everything that is wrong."""
        return read_guide(body, self._bank.now())

    def bring_in(self, who: Person, file: GuideFile) -> Guide:
        """A guide of one's own from a file; questions the bank does not know come with it. Raises BankError where it holds none."""
        if not file.fields.get("questions"):
            raise BankError("The guide holds no question.")
        self._held.hold(file.questions)
        return self.begin(who, **file.fields)

    def _change(self, who: Person, ident: str, move: Move) -> Guide:
        now = self._clock()
        return self._store.change(
            ident,
            as_coach(who, Resource.GUIDE, Action.CHANGE),
            lambda guide: move(guide).model_copy(update={"changed_at": now}),
        )


def in_their_versions(bank: Bank, asked: Iterable[Asked]) -> tuple[tuple[Asked, Question], ...]:
    """Questions as a guide or an assignment holds them, in order."""
    found = ((one, bank.asked(one.key, one.version)) for one in asked)
    return tuple((one, question) for one, question in found if question)


def _checked(guide: Guide, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as the guide may hold them. Raises ValidationError for what no form of ours sends."""
    whole = Guide.model_validate({**guide.model_dump(), **fields})
    return {name: getattr(whole, name) for name in fields}
