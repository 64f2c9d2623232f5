"""Packs of questions: TOML files in, a bank of questions or a list of problems out.

A pack is one ``.toml`` file directly in the folder of the bank; folders inside it hold other things.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from coach.bank.rules import Fault, head_faults, question_faults
from coach.bank.toml_file import first_few, read_toml
from coach.domain.question import Competency, Difficulty, Kind, Question, Setting
from coach.domain.value import Value
from coach.errors import BankError

_LONGEST_KEY_SHOWN = 60  # characters


class Problem(Value):
    """One thing that is wrong in a pack.

    As text it reads ``file: question: field: what is wrong``; parts that are not known are left out.
    """

    file: str
    question: str = ""
    field: str = ""
    text: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.question, self.field, self.text) if part)


class Pack(Value):
    """One file of questions with its head. ``language`` is a code such as ``en``."""

    file: str
    title: str
    description: str
    language: str
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending: what the pack is called on the command line."""
        return Path(self.file).stem


class Bank(Value):
    """All packs of a folder, in the order of their file names."""

    packs: tuple[Pack, ...]
    kept: tuple[
        Question, ...
    ] = ()  # no longer offered: retired questions and earlier versions, which answers were given to

    def now(self) -> Self:
        """Itself: a bank that does not change. `Shelf` is one that does."""
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question of every pack, in order."""
        return tuple(question for pack in self.packs for question in pack.questions)

    @property
    def titles(self) -> tuple[str, ...]:
        """The packs' titles."""
        return tuple(pack.title for pack in self.packs)

    def get(self, key: str) -> Question:
        """The question with this key. Raises BankError, with keys that come near, if there is none."""
        question = self.find_key(key)
        if question:
            return question
        shown = key[:_LONGEST_KEY_SHOWN]
        near = difflib.get_close_matches(shown, [question.key for question in self.questions], n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "Choose one from the list of questions."
        raise BankError(f"There is no question '{shown}' in the bank. {hint}")

    def find_key(self, key: str) -> Question | None:
        """The question with this key, if there is one."""
        return next((question for question in self.questions if question.key == key), None)

    def asked(self, key: str, version: int) -> Question | None:
        """The question in the version it was asked in, else as it is now, else as it was last: for answers given to it."""
        now = self.find_key(key)
        if now and now.version == version:
            return now
        earlier = sorted((one for one in self.kept if one.key == key), key=lambda one: one.version, reverse=True)
        return next((one for one in earlier if one.version == version), now or next(iter(earlier), None))

    def find(
        self,
        kind: Kind | None = None,
        competency: Competency | None = None,
        *,
        setting: Setting | None = None,
        difficulty: Difficulty | None = None,
        pack: str | None = None,
        words: str = "",
    ) -> tuple[Question, ...]:
        """The questions that all of this is true of; None means any.

        Args:
            kind: the kind of question.
            competency: one of those it shows.
            setting: one of those it belongs to, the ones that belong to it alone first; questions that are asked anywhere belong to none.
            difficulty: how hard it is.
            pack: the name of its pack.
            words: each of these stands, or begins a word, in the question, its areas or its labels.
        """
        looked_for = words.lower().split()
        found = [
            question
            for one in self.packs
            if pack in (None, one.name)
            for question in one.questions
            if kind in (None, question.kind)
            and difficulty in (None, question.difficulty)
            and (competency is None or competency in question.competencies)
            and (setting is None or setting in question.settings)
            and _speaks_of(question, looked_for)
        ]
        return tuple(sorted(found, key=lambda question: len(question.settings)) if setting else found)

    def by_pack(self, questions: Iterable[Question]) -> list[tuple[Pack, list[Question]]]:
        """These questions with the packs they stand in; a pack stands where its first question stood."""
        home = {question.key: pack for pack in self.packs for question in pack.questions}
        groups: dict[str, tuple[Pack, list[Question]]] = {}
        for question in questions:
            pack = home[question.key]
            groups.setdefault(pack.name, (pack, []))[1].append(question)
        return list(groups.values())


def _speaks_of(question: Question, words: Iterable[str]) -> bool:
    labels = [*(one.label for one in question.competencies), *(one.label for one in question.settings)]
    text = " ".join([question.text, question.key, *(area.text for area in question.areas), *labels]).lower()
    return all(re.search(rf"(?<!\w){re.escape(word)}", text) for word in words)


def load_bank(folder: Path) -> Bank:
    """The packs in a folder. Raises BankError with the first few problems if there are any."""
    packs, problems = read_packs(folder)
    if problems:
        raise BankError(
            f"The question bank cannot be used. {first_few([str(problem) for problem in problems])}. "
            "Correct the pack, then check it with: coach bank check"
        )
    return Bank(packs=tuple(packs))


def read_packs(place: Path) -> tuple[list[Pack], list[Problem]]:
    """The packs of a folder, or one pack: those without problems, and everything that is wrong with the others."""
    files = sorted(place.glob("*.toml")) if place.is_dir() else [place]
    if not files:
        return [], [
            Problem(file=place.name or str(place), text="there is no pack (a file ending in .toml) in this folder")
        ]
    packs: list[Pack] = []
    problems: list[Problem] = []
    keys: dict[str, str] = {}
    for file in files:
        try:
            raw = read_toml(file)
        except BankError as error:
            problems.append(Problem(file=file.name, text=str(error)))
            continue
        found = list(_pack_problems(file.name, raw, keys))
        problems += found
        if not found:
            packs.append(Pack.model_validate({**raw, "file": file.name}))
    return packs, problems


def _pack_problems(file: str, raw: dict[str, Any], keys: dict[str, str]) -> Iterator[Problem]:
    """What is wrong in one pack. ``keys`` holds the keys seen so far with their files, and takes up the pack's own."""
    yield from _problems(file, "", head_faults(raw))
    questions = raw.get("questions", [])
    if not isinstance(questions, list):
        yield Problem(file=file, field="questions", text="must be tables, each under its own [[questions]]")
        return
    if not questions:
        yield Problem(file=file, field="questions", text="there is none; write each under its own [[questions]]")
    for number, question in enumerate(questions, 1):
        if not isinstance(question, dict):
            yield Problem(file=file, question=f"question {number}", text="must be a table under [[questions]]")
            continue
        key = question.get("key")
        known = isinstance(key, str) and key.strip()
        name = str(key)[:_LONGEST_KEY_SHOWN] if known else f"question {number}"
        yield from _problems(file, name, question_faults(question))
        if known and str(key) in keys:
            yield Problem(file=file, question=name, field="key", text=f"is used already in {keys[str(key)]}")
        elif known:
            keys[str(key)] = file


def _problems(file: str, question: str, faults: Iterable[Fault]) -> Iterator[Problem]:
    return (Problem(file=file, question=question, field=fault.field, text=fault.text) for fault in faults)
