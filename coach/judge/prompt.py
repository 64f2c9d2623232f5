"""The prompt by which answers are rated: the rubric and marked answers first, the numbered answer last."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.domain.rubric import LEVELS, Rubric
from coach.errors import JudgeError
from coach.judge import anchors
from coach.judge.promptfile import Message, PromptFile, harmless, path_of, read_prompt

_SCHEMAS = ("1", "2")
_USER_HOLDS = {"question", "answer", "last"}


@dataclass(frozen=True)
class Prompt(PromptFile):
    """A prompt for rating. Its sha256 is of its file and of its file of marked answers, if it has one."""

    anchors: str

    def messages(self, question: str, rubric: Rubric, sentences: Sequence[str]) -> list[Message]:
        """What is sent on an answer of these sentences."""
        numbered = "\n".join(f"[{number}] {harmless(s)}" for number, s in enumerate(sentences, start=1))
        user = {"question": harmless(question), "answer": numbered, "last": len(sentences)}
        return self.filled(user, {"rubric": _written_out(rubric), "anchors": self.anchors})


def load(name: str = "judge", version: str = "v2", folder: Path | None = None) -> Prompt:
    """The prompt ``folder/name/version.md``. Raises JudgeError if it cannot be read or lacks a part."""
    file, front, text = read_prompt(name, version, folder)
    schema = front.get("schema", "1")
    if schema not in _SCHEMAS:
        raise JudgeError(f"The schema of {name}/{version}.md is {schema}; this program knows {' and '.join(_SCHEMAS)}.")
    answers, written = _anchors(path_of(name, version, folder), front.get("anchors", ""))
    file.check("system", {"rubric", "anchors"} if answers else {"rubric"})
    file.check("user", _USER_HOLDS)
    sha256 = hashlib.sha256((text + written).encode()).hexdigest()
    return Prompt(**{**vars(file), "sha256": sha256, "schema": int(schema)}, anchors=answers)


def _anchors(prompt: Path, name: str) -> tuple[str, str]:
    """The marked answers beside a prompt as they stand in it, and the text of their file; nothing where it names none."""
    if not name:
        return "", ""
    if not re.fullmatch(r"anchors-\d+\.toml", name):
        raise JudgeError(
            f"{prompt.name} names {name} as its marked answers. Such a file is called anchors-1.toml, or with another number."
        )
    path = prompt.with_name(name)
    written = "\n\n".join(one.written_out() for one in anchors.load(path))
    return written, path.read_text(encoding="utf-8")


def _written_out(rubric: Rubric) -> str:
    """The rubric as text, the same for every answer."""
    parts = [
        "\n".join([f"{a.criterion} ({a.name}): {a.asks}", *(f"{level}: {a.levels[level]}" for level in LEVELS)])
        for a in rubric.anchors
    ]
    parts.append("Disregard: " + "; ".join(rubric.ignore) + ".")
    parts.append("Give no credit for: " + "; ".join(rubric.never_credit) + ".")
    return "\n\n".join(parts)
