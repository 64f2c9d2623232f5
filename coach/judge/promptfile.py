"""Prompt files: front matter, then a system and a user part with ``$placeholders``. Released versions never change."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from coach import resources
from coach.errors import JudgeError

Message = dict[str, str]

_LAYOUT = re.compile(
    r"---\n(?P<front>.*?)\n---\n+# System\n+(?P<system>.*?)\n+# User\n+(?P<user>.*?)\n*",
    re.DOTALL,
)
_FRONT = ("name", "version", "released")
_LOOKALIKES = str.maketrans("<>[]`", "\u2039\u203a()'")  # what fences, tags and numbers are made of


@dataclass(frozen=True)
class PromptFile:
    """One version of a prompt, with the sha256 of its file, and ``schema``: which shape of reply it asks for."""

    name: str
    version: str
    released: str
    sha256: str
    schema: int
    system: str
    user: str

    @property
    def label(self) -> str:
        """Name and version, as kept with each rating."""
        return f"{self.name}/{self.version}"

    def filled(self, user: Mapping[str, object], system: Mapping[str, object] | None = None) -> list[Message]:
        """What is sent: the part that is the same for all first, so that endpoints can cache it."""
        return [
            {"role": "system", "content": Template(self.system).substitute(system or {})},
            {"role": "user", "content": Template(self.user).substitute(user)},
        ]

    def check(self, part: str, holds: Collection[str]) -> None:
        """Raises JudgeError unless the ``system`` or ``user`` part holds just these placeholders."""
        template = Template(getattr(self, part))
        if not template.is_valid() or set(template.get_identifiers()) != set(holds):
            wanted = ", ".join(f"${word}" for word in sorted(holds)) or "none"
            raise JudgeError(f"The {part} part of {self.label}.md must hold these placeholders and no other: {wanted}.")


def path_of(name: str, version: str, folder: Path | None = None) -> Path:
    """Where a version of a prompt is."""
    return (folder or resources.prompts()) / name / f"{version}.md"


def read_prompt(name: str, version: str, folder: Path | None = None) -> tuple[PromptFile, Mapping[str, str], str]:
    """The prompt ``folder/name/version.md``, its front matter, and its whole text. Raises JudgeError if it cannot be read or lacks a part."""
    path = path_of(name, version, folder)
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
    prompt = PromptFile(
        name=name,
        version=version,
        released=front["released"],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        schema=1,
        system=layout["system"],
        user=layout["user"],
    )
    return prompt, front, text


def harmless(text: str) -> str:
    """``text`` on one line, without anything that could pass for our own marks or hide from a reader.

    Invisible and control characters, lone surrogates and private characters go; angle brackets, square brackets and
    back-ticks become lookalikes.
    """
    spaced = "".join(" " if c.isspace() else c for c in text)
    visible = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    return " ".join(visible.split()).translate(_LOOKALIKES)
