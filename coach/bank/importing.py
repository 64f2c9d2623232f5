"""Questions from a file: read as a whole, checked as a whole; what will happen is known before it happens."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from coach.bank.csv_text import csv_rows
from coach.bank.packs import Bank, Problem
from coach.bank.rules import Fault, question_faults
from coach.bank.toml_file import toml_fault
from coach.domain.authored import Authored, Draft
from coach.domain.value import Value
from coach.errors import BankError

LARGEST = 2_000_000  # bytes of a file: far more than all questions of the program together
MOST_QUESTIONS = 500
_KEY_WORDS = 6  # of a question's text, in a key made from it
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a about an and are at by did do does for from had how in is it me of on or tell that the to was were what when which who you your",
    )
)


class Fate(StrEnum):
    """What an import does with a question."""

    NEW = "new draft"
    NEXT = "draft of a next version"
    SAME = "the same as here; left alone"


class Incoming(Value):
    """A question of a file, and what an import does with it. ``unfinished``: what it still needs before it can be published."""

    place: str
    draft: Draft
    fate: Fate
    replaces: str = ""  # the id of the question it is the next version of
    unfinished: tuple[str, ...] = ()


class ImportPlan(Value):
    """What an import will do. With any problem it does nothing."""

    incoming: tuple[Incoming, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def to_do(self) -> tuple[Incoming, ...]:
        """The questions that change anything; none where there is a problem."""
        return () if self.problems else tuple(one for one in self.incoming if one.fate is not Fate.SAME)


def plan_import(file: str, body: bytes, packs: Bank, here: Sequence[Authored]) -> ImportPlan:
    """What importing a file would do beside the questions that are ``here``. Never raises: whatever is wrong is a problem of the plan."""
    try:
        found = list(_questions(file, body))
    except BankError as error:
        return ImportPlan(problems=(Problem(file=file, text=str(error)),))
    mine = {one.key: one for one in here if one.key}
    keys: dict[str, str] = {}
    incoming: list[Incoming] = []
    problems: list[Problem] = []
    for place, raw in found:
        faults = list(_faults(raw, packs, keys))
        wrong = [fault for fault in faults if not fault.unfinished]
        problems += [Problem(file=file, question=place, field=fault.field, text=_told(file, fault)) for fault in wrong]
        if wrong:
            continue
        draft = Draft.read(raw)
        taken = {*mine, *keys, *(question.key for question in packs.questions)}
        draft = draft if draft.key else draft.model_copy(update={"key": suggest_key(draft.text, taken)})
        keys[draft.key] = place
        unfinished = tuple(f"{fault.field} {fault.text}" for fault in faults if fault.field != "key")
        incoming.append(_incoming(place, draft, mine.get(draft.key), unfinished))
    return ImportPlan(incoming=tuple(incoming), problems=tuple(problems))


def suggest_key(text: str, taken: Sequence[str] | set[str]) -> str:
    """A key from a question's words that nobody has yet."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    telling = [word for word in words if word not in _SMALL_WORDS] or words or ["question"]
    key = "-".join(telling[:_KEY_WORDS])[:60].strip("-")
    if key in {"free", ""}:
        key = "question"
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(one for one in numbered if one not in taken)


def _told(file: str, fault: Fault) -> str:
    return fault.text if file.lower().endswith(".toml") else fault.text.removesuffix(" without quotes")


def _incoming(place: str, draft: Draft, mine: Authored | None, unfinished: tuple[str, ...]) -> Incoming:
    if mine is None:
        return Incoming(place=place, draft=draft, fate=Fate.NEW, unfinished=unfinished)
    fate = Fate.SAME if Draft.read(mine.words.raw()) == draft else Fate.NEXT
    return Incoming(place=place, draft=draft, fate=fate, replaces=mine.id, unfinished=unfinished)


def _faults(raw: Mapping[str, Any], packs: Bank, keys: Mapping[str, str]) -> Iterator[Fault]:
    """Faults of one question of a file; one without words at all is wrong, not unfinished."""
    for fault in question_faults(raw):
        yield fault._replace(unfinished=False) if fault.field == "text" else fault
    key = raw.get("key")
    if isinstance(key, str) and key in keys:
        yield Fault("key", f"'{key[:60]}' is used already in {keys[key]} of this file")
    if isinstance(key, str) and packs.find_key(key):
        yield Fault("key", f"'{key[:60]}' belongs to a question that came with the program; choose another")


def _questions(file: str, body: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The questions of a file, each with its place in words. Raises BankError."""
    if len(body) > LARGEST:
        raise BankError(f"has {len(body) / 1e6:.1f} MB; {LARGEST / 1e6:.0f} MB is the most")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BankError("is not UTF-8 text; save it as “CSV UTF-8”, or the pack as UTF-8") from None
    rows = _toml(text) if file.lower().endswith(".toml") else ((f"row {row.number}", row.raw) for row in csv_rows(text))
    count = 0
    for count, one in enumerate(rows, 1):
        if count > MOST_QUESTIONS:
            raise BankError(f"has more than {MOST_QUESTIONS} questions; cut it into several files")
        yield one
    if not count:
        raise BankError("holds no question")


def _toml(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        questions = tomllib.loads(text).get("questions")
    except tomllib.TOMLDecodeError as error:
        raise BankError(toml_fault(str(error))) from None
    except RecursionError:
        raise BankError("holds lists within lists that go too deep to read") from None
    if not isinstance(questions, list) or not all(isinstance(one, dict) for one in questions):
        raise BankError("questions must be tables, each under its own [[questions]]")
    for number, raw in enumerate(questions, 1):
        key = raw.get("key")
        yield f"question {number}" + (f" ({key[:60]})" if isinstance(key, str) and key else ""), raw
