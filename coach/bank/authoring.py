"""All a page can do with questions that are made in the app."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from coach.bank.csv_text import csv_text
from coach.bank.importing import Fate, ImportPlan, plan_import, suggest_key
from coach.bank.likeness import Alike, Encode, too_alike
from coach.bank.packs import Bank
from coach.bank.rules import Fault, question_faults
from coach.bank.shelf import OWN_TITLE, Shelf
from coach.bank.toml_text import pack_text
from coach.domain.authored import Authored, Draft, DraftArea, Origin, Standing
from coach.domain.question import Question
from coach.errors import BankError, ConflictError

Move = Callable[[Authored], Authored]


class AuthoredStore(Protocol):
    """Keeps questions made in the app."""

    def save(self, many: Sequence[Authored]) -> None:
        """Store new ones and replace those with the same id: all of them or none."""

    def change(self, ident: str, move: Move) -> Authored:
        """Apply a move to a question as it is now. Raises NotFoundError, and ConflictError for a key that is taken."""

    def get(self, ident: str) -> Authored:
        """One question. Raises NotFoundError."""

    def all_of(self) -> tuple[Authored, ...]:
        """All questions, the last changed first."""

    def delete(self, ident: str) -> None:
        """Delete a question that was never published. Raises NotFoundError, and ConflictError for one that was."""


class Authoring:
    """Drafts, versions, import and export. ``encode`` reads texts, to see which questions are too much alike."""

    def __init__(self, store: AuthoredStore, shelf: Shelf, encode: Encode, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._shelf = shelf
        self._encode = encode
        self._clock = clock

    @property
    def bank(self) -> Bank:
        """What is offered to candidates now."""
        return self._shelf.now()

    def all_of(self) -> tuple[Authored, ...]:
        """Every question made here, the last changed first."""
        return self._store.all_of()

    def get(self, ident: str) -> Authored:
        """One of them. Raises NotFoundError."""
        return self._store.get(ident)

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, author: str, draft: Draft | None = None, origin: Origin = Origin.WRITTEN) -> Authored:
        """A new draft, empty or with words to begin from; it needs a key of its own."""
        now = self._clock()
        one = Authored(
            id=uuid.uuid4().hex,
            author=author,
            origin=origin,
            draft=(draft or Draft()).model_copy(update={"key": ""}),
            created_at=now,
            changed_at=now,
        )
        self._store.save([one])
        return one

    def save(self, ident: str, **fields: Any) -> Authored:
        """Keep some fields of the draft; of a published question they make a draft of its next version. Raises NotFoundError."""
        return self._store.change(ident, lambda one: self._edited(one, **fields))

    def save_area(self, ident: str, number: int, **fields: Any) -> Authored:
        """Keep a part of an area of the draft; areas before it that are not there yet stay empty. Raises NotFoundError."""

        def move(one: Authored) -> Authored:
            areas = [*one.words.areas, *[DraftArea()] * (number + 1 - len(one.words.areas))]
            areas[number] = areas[number].model_copy(update=fields)
            return self._edited(one, areas=tuple(areas))

        return self._store.change(ident, move)

    def faults(self, one: Authored) -> tuple[Fault, ...]:
        """What keeps the draft from being published: the rules of every pack, and keys that are taken."""
        return tuple(self._faults(one, self._store.all_of()))

    def complete(self) -> tuple[Authored, ...]:
        """The drafts never published that could be, at once; generated ones are left to be read first."""
        here = self._store.all_of()
        drafts = (one for one in here if one.standing is Standing.DRAFT and one.origin is not Origin.GENERATED)
        return tuple(one for one in drafts if not any(self._faults(one, here)))

    def _faults(self, one: Authored, here: Sequence[Authored]) -> Iterator[Fault]:
        raw = one.words.raw()
        if not raw.get("key"):  # one is made from the question's words
            raw["key"] = "made-later"
        yield from question_faults(raw)
        key = str(raw["key"])
        if one.question and key != one.question.key:
            yield Fault("key", f"is permanent, since the question was published: '{one.question.key}'")
        elif key in self._taken(one, here):
            yield Fault("key", f"'{key[:60]}' is used by another question; choose another")

    def alike(self, one: Authored) -> Alike | None:
        """The question on offer that the draft asks again in other words, if there is one."""
        others = [question for question in self.bank.questions if question.key != one.key]
        return too_alike(one.words.text, others, self._encode)

    def publish(self, ident: str) -> Authored:
        """Offer the draft to candidates as the question's next version. Raises BankError where a rule is not kept, and NotFoundError."""

        def move(one: Authored) -> Authored:
            if one.draft is None:
                return one
            if faults := self.faults(one):
                more = f" There are {len(faults) - 1} more." if len(faults) > 1 else ""
                raise BankError(f"This cannot be published yet: {faults[0].field} {faults[0].text}.{more}")
            draft = Draft.read(one.draft.raw())
            draft = draft.model_copy(
                update={"key": one.key or suggest_key(draft.text, self._taken(one, self._store.all_of()))}
            )
            version = one.question.version + 1 if one.question else 1
            return self._changed(one, draft=None, question=draft.question(version), standing=Standing.PUBLISHED)

        return self._store.change(ident, move)

    def retire(self, ident: str) -> Authored:
        """Offer a question no more; it can be brought back. Raises NotFoundError."""
        return self._store.change(ident, lambda one: self._turned(one, Standing.PUBLISHED, Standing.RETIRED))

    def bring_back(self, ident: str) -> Authored:
        """Offer a retired question again. Raises NotFoundError."""
        return self._store.change(ident, lambda one: self._turned(one, Standing.RETIRED, Standing.PUBLISHED))

    def discard(self, ident: str) -> None:
        """Throw a draft away; what was published stays as it is. Raises NotFoundError."""
        if self._store.get(ident).question is None:
            self._store.delete(ident)
        else:
            self._store.change(ident, lambda one: self._changed(one, draft=None))

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────────

    def plan(self, file: str, body: bytes) -> ImportPlan:
        """What importing a file would do, and everything that is wrong with it."""
        return plan_import(file, body, self._shelf.packs, self._store.all_of())

    def bring_in(self, plan: ImportPlan, author: str) -> int:
        """Do what a plan says; returns how many questions it changed. All of them or none."""
        now, here = self._clock(), {one.id: one for one in self._store.all_of()}
        changed = []
        for incoming in plan.to_do:
            if incoming.fate is Fate.NEXT and (mine := here.get(incoming.replaces)):
                changed.append(self._changed(mine, draft=incoming.draft))
            else:
                changed.append(
                    Authored(
                        id=uuid.uuid4().hex,
                        author=author,
                        origin=Origin.IMPORTED,
                        draft=incoming.draft,
                        created_at=now,
                        changed_at=now,
                    )
                )
        self._store.save(changed)
        return len(changed)

    def as_toml(self) -> str:
        """The published questions as a pack."""
        return pack_text(self._published(), OWN_TITLE, "Made in Practice Coach.")

    def as_csv(self) -> str:
        """The published questions and the drafts as a spreadsheet; of a question with both, the draft."""
        return csv_text([one.words for one in self._store.all_of() if one.standing is not Standing.RETIRED])

    def example_csv(self) -> str:
        """A spreadsheet with one whole question, to begin from. Its key is left out: it belongs to the program."""
        return csv_text([Draft.of(self._shelf.packs.questions[0]).model_copy(update={"key": ""})])

    def _published(self) -> list[Question]:
        return [one.question for one in self._store.all_of() if one.question and one.standing is Standing.PUBLISHED]

    def _taken(self, one: Authored, here: Sequence[Authored]) -> set[str]:
        others = {other.key for other in here if other.id != one.id and other.question}
        return others | {question.key for question in self._shelf.packs.questions}

    def _turned(self, one: Authored, before: Standing, after: Standing) -> Authored:
        return self._changed(one, standing=after) if one.standing is before else one

    def _edited(self, one: Authored, **fields: Any) -> Authored:
        if one.standing is Standing.RETIRED:
            raise ConflictError("This question was retired in the meantime. Bring it back to change it.")
        return self._changed(one, draft=one.words.model_copy(update=fields))

    def _changed(self, one: Authored, **fields: Any) -> Authored:
        return one.model_copy(update={**fields, "changed_at": self._clock()})
