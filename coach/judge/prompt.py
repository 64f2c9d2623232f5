"""Prompt files: front matter, then a system and a user part with ``$placeholders``. Released versions never change."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from coach import resources
from coach.domain.rubric import LEVELS, Rubric
from coach.errors import JudgeError
from coach.judge import anchors

Message = dict[str, str]

_LAYOUT = re.compile(
    r"---\n(?P<front>.*?)\n---\n+# System\n+(?P<system>.*?)\n+# User\n+(?P<user>.*?)\n*",
    re.DOTALL,
)
_FRONT = ("name", "version", "released")
_SCHEMAS = ("1", "2")
_USER_HOLDS = {"question", "answer", "last"}
_LOOKALIKES = str.maketrans("<>[]`", "\u2039\u203a()'")  # what fences, tags and numbers are made of


@dataclass(frozen=True)
class Prompt:
    """One version of a prompt, with the sha256 of its file, and of its file of marked answers if it has one."""

    name: str
    version: str
    released: str
    sha256: str
    schema: int
    system: str
    user: str
    anchors: str

    @property
    def label(self) -> str:
        """Name and version, as kept with each rating."""
        return f"{self.name}/{self.version}"

    def messages(self, question: str, rubric: Rubric, sentences: Sequence[str]) -> list[Message]:
        """What is sent: the fixed part first, so that endpoints can cache it, and the numbered answer last."""
        numbered = "\n".join(f"[{number}] {harmless(s)}" for number, s in enumerate(sentences, start=1))
        user = {"question": harmless(question), "answer": numbered, "last": len(sentences)}
        system = {"rubric": _written_out(rubric), "anchors": self.anchors}
        return [
            {"role": "system", "content": Template(self.system).substitute(system)},
            {"role": "user", "content": Template(self.user).substitute(user)},
        ]


def load(name: str = "judge", version: str = "v2", folder: Path | None = None) -> Prompt:
    """The prompt ``folder/name/version.md``. Raises JudgeError if it cannot be read or lacks a part."""
    path = (folder or resources.prompts()) / name / f"{version}.md"
    place = f"{name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise JudgeError(
            f"The prompt file {place} cannot be read ({type(error).__name__}). Put it back as it was installed."
        ) from None
    layout = _LAYOUT.fullmatch(text)
    if layout is None:
        raise JudgeError(f"The prompt file {place} needs front matter between --- lines, then # System and # User.")
    front = dict(line.split(": ", 1) for line in layout["front"].splitlines() if ": " in line)
    if any(not front.get(key, "").strip() for key in _FRONT):
        raise JudgeError(f"The front matter of {place} needs a value for each of: {', '.join(_FRONT)}.")
    if (front["name"], front["version"]) != (name, version):
        raise JudgeError(f"The prompt file {place} calls itself {front['name']}/{front['version']}. Make both agree.")
    schema = front.get("schema", "1")
    if schema not in _SCHEMAS:
        raise JudgeError(f"The schema of {place} is {schema}; this program knows {' and '.join(_SCHEMAS)}.")
    answers, written = _anchors(path, front.get("anchors", ""))
    for part, holds in (("system", {"rubric", "anchors"} if answers else {"rubric"}), ("user", _USER_HOLDS)):
        template = Template(layout[part])
        if not template.is_valid() or set(template.get_identifiers()) != holds:
            wanted = ", ".join(f"${word}" for word in sorted(holds))
            raise JudgeError(f"The {part} part of {place} must hold these placeholders and no other: {wanted}.")
    return Prompt(
        name=name,
        version=version,
        released=front["released"],
        sha256=hashlib.sha256((text + written).encode()).hexdigest(),
        schema=int(schema),
        system=layout["system"],
        user=layout["user"],
        anchors=answers,
    )


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


def harmless(text: str) -> str:
    """``text`` on one line, without anything that could pass for our own marks or hide from a reader.

    Invisible and control characters, lone surrogates and private characters go; angle brackets, square brackets and
    back-ticks become lookalikes.
    """
    spaced = "".join(" " if c.isspace() else c for c in text)
    visible = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    return " ".join(visible.split()).translate(_LOOKALIKES)


def _written_out(rubric: Rubric) -> str:
    """The rubric as text, the same for every answer."""
    parts = [
        "\n".join([f"{a.criterion} ({a.name}): {a.asks}", *(f"{level}: {a.levels[level]}" for level in LEVELS)])
        for a in rubric.anchors
    ]
    parts.append("Disregard: " + "; ".join(rubric.ignore) + ".")
    parts.append("Give no credit for: " + "; ".join(rubric.never_credit) + ".")
    return "\n\n".join(parts)
