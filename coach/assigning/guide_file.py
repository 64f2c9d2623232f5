"""A guide as a file: TOML with everything of it, questions too, so that another installation can read it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from coach.bank import Bank
from coach.bank.importing import suggest_key
from coach.bank.rules import question_faults
from coach.bank.toml_file import faults_of, first_few, toml_fault
from coach.bank.toml_text import fields_text, question_text
from coach.domain.authored import Draft
from coach.domain.guide import Guide
from coach.domain.interview import MOST_QUESTIONS, Asked
from coach.domain.question import Question
from coach.errors import BankError

LARGEST = 500_000  # bytes: many times what eight questions take
_HEAD = ("name", "role", "setting", "competencies", "thinking_s", "limit_s", "probes", "opening", "closing", "criteria")


class GuideFile(NamedTuple):
    """What a file brings: the fields of a guide, the questions in the versions it holds, and those the bank here does not know."""

    fields: dict[str, Any]
    questions: tuple[Question, ...]
    new: tuple[Question, ...]


def guide_text(guide: Guide, questions: Sequence[Question]) -> str:
    """The file of a guide with its questions."""
    head = guide.model_dump(mode="json", include=set(_HEAD))
    about = "# An interview guide of Practice Coach: import it under Guides.\n"
    asked = (one.model_dump(mode="json", exclude={"version"}) for one in guide.questions)
    parts = [about + fields_text(_told(head, "limit_s")), *(f"[[asked]]\n{fields_text(_told(one))}" for one in asked)]
    return "\n".join([*parts, *map(question_text, questions)])


def _told(fields: Mapping[str, Any], open_one: str = "") -> dict[str, Any]:
    """Without what is not set; TOML knows no nothing, so an open limit is 0."""
    return {
        name: 0 if value is None else value for name, value in fields.items() if value is not None or name == open_one
    }


def read_guide(body: bytes, bank: Bank) -> GuideFile:
    """What stands in a file. Raises BankError with the first things that are wrong in it."""
    raw = _parsed(body)
    known = {"asked", "questions", *_HEAD}
    if strange := sorted(set(raw) - known):
        raise BankError(
            f"This is no interview guide, or one of a newer version: '{strange[0][:40]}' is not known here."
        )
    questions = _tables(raw, "questions")
    if faults := list(_question_faults(questions)):
        raise BankError(f"This guide cannot be imported. {first_few(faults)}.")
    read = [Draft.read(one).question(int(one.get("version", 1))) for one in questions]
    kept, new = _placed(read, bank)
    head: dict[str, Any] = {name: raw[name] for name in _HEAD if name in raw}
    head["limit_s"] = head.get("limit_s") or None
    try:
        guide = Guide.model_validate(
            {**head, "id": "x", "owner": "x", **dict.fromkeys(("created_at", "changed_at"), _ANY)}
        )
        asked = [Asked.model_validate({**one, "version": 1}) for one in _tables(raw, "asked")]
    except ValidationError as error:
        raise BankError(f"This guide cannot be imported. {first_few(faults_of(error))}.") from None
    if missing := [one.key for one in asked if one.key not in kept]:
        raise BankError(f"This guide cannot be imported. It asks '{missing[0][:60]}', and holds no such question.")
    order = [one.model_copy(update={"key": kept[one.key].key, "version": kept[one.key].version}) for one in asked]
    fields = {name: getattr(guide, name) for name in _HEAD} | {"questions": tuple(order)}
    return GuideFile(fields, tuple(kept.values()), tuple(new))


_ANY = "2026-01-01T00:00:00Z"


def _parsed(body: bytes) -> dict[str, Any]:
    if len(body) > LARGEST:
        raise BankError(f"This file has {len(body) / 1e6:.1f} MB; a guide has {LARGEST / 1e6:.1f} MB at the most.")
    try:
        return tomllib.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BankError("This file is not UTF-8 text. Export the guide again.") from None
    except tomllib.TOMLDecodeError as error:
        raise BankError(f"This file {toml_fault(str(error))}.") from None
    except RecursionError:
        raise BankError("This file holds lists within lists that go too deep to read.") from None


def _tables(raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    tables = raw.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise BankError(f"This guide cannot be imported. {name} must be tables, each under its own [[{name}]].")
    if not tables or len(tables) > MOST_QUESTIONS:
        raise BankError(f"This guide cannot be imported. It has {len(tables)} {name}; it takes 1 to {MOST_QUESTIONS}.")
    return tables


def _question_faults(questions: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    seen: set[str] = set()
    for number, raw in enumerate(questions, 1):
        yield from (f"Question {number}: {fault.field} {fault.text}" for fault in question_faults(raw))
        key = str(raw.get("key", ""))
        if key in seen:
            yield f"Question {number}: key '{key[:60]}' stands in the file twice"
        seen.add(key)


def _placed(questions: Sequence[Question], bank: Bank) -> tuple[dict[str, Question], list[Question]]:
    """Each question of a file by its key there, as it is called here; and those that are new here.

    One that is worded here as it is there is the same. Where another has its key, it gets one of its own.
    """
    taken = {one.key for one in (*bank.questions, *bank.kept)}
    placed: dict[str, Question] = {}
    new: list[Question] = []
    for one in questions:
        here = [known for known in (*bank.questions, *bank.kept) if known.key == one.key and known.text == one.text]
        same = next((known for known in here if known.version == one.version), None) or next(iter(here), None)
        if same is None:
            key = suggest_key(one.text, taken) if one.key in taken else one.key
            same = one.model_copy(update={"key": key})
            taken.add(key)
            new.append(same)
        placed[one.key] = same
    return placed, new
