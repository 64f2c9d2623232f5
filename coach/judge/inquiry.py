"""A kind of request to the judge besides rating: a prompt file, a pydantic reply, and whatever module makes something of it.

How to add one stands in docs/judge.md.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from coach.domain.finding import Finding
from coach.domain.verdict import Heard, JudgeOutcome
from coach.judge.breaker import Breaker
from coach.judge.door import Door
from coach.judge.exchange import Request
from coach.judge.masking import Masks
from coach.judge.promptfile import harmless, read_prompt
from coach.judge.reply import objects

UNSEEN = (
    "addressed",
    "suspected",
)  # the checks that find sentences which speak, or may speak, to whoever rates: no judge is shown them
M = TypeVar("M", bound=BaseModel)
Words = str | Sequence[str]  # one line, or several


@dataclass(frozen=True)
class Typed(Generic[M]):
    """A reply read as a model; ``problems`` say what is wrong with it, in words that may be sent back."""

    value: M | None
    problems: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


class Inquiry(Generic[M]):
    """One kind of request: ``prompts/name/version.md``, whose user part holds ``fields``, answered in the shape of ``reply``.

    ``door`` gives the door in force. ``deadline_s`` is for those who wait for the reply: a judge that misses it again and again is not asked
    for a while, so that they do not wait in vain; rating, which has more time, goes on. Raises JudgeError if the prompt cannot be used.
    """

    def __init__(
        self,
        door: Callable[[], Door],
        name: str,
        version: str,
        *,
        reply: type[M],
        fields: Sequence[str],
        deadline_s: float | None = None,
        folder: Path | None = None,
    ) -> None:
        self._door, self._reply, self._deadline_s = door, reply, deadline_s
        self._late = Breaker()
        self._prompt, _, _ = read_prompt(name, version, folder)
        self._prompt.check("system", ())
        self._prompt.check("user", fields)

    @property
    def is_on(self) -> bool:
        """Whether there is anybody to ask."""
        return self._door().is_open

    def ask(self, data: Mapping[str, Words], findings: Sequence[Finding] = (), *, candidate: str = "") -> Heard[M]:
        """Ask about ``data``, a text or lines for each field. Never raises for what an endpoint does: the outcome tells.

        ``findings`` are what the checks found in the texts: identifiers among them leave this computer as placeholders only, and come back as
        the words they were; sentences that speak, or may speak, to whoever rates are left out. Blocks.
        """
        door = self._door()
        if self._late.rests():
            return door.unasked(self._prompt, JudgeOutcome.RESTING)
        lines = {name: [words] if isinstance(words, str) else list(words) for name, words in data.items()}
        masks = door.masks("\n".join(line for part in lines.values() for line in part), findings)
        left_out = [f.span.quote for f in findings if f.check in UNSEEN]
        filled = {name: "\n".join(_sent(line, left_out, masks) for line in part) for name, part in lines.items()}
        request: Request[Typed[M]] = Request(
            messages=self._prompt.filled(filled),
            schema=strict(self._reply.model_json_schema()),
            read=lambda text: typed(text, self._reply, masks.unmask),
            candidate=candidate,
            prompt=self._prompt,
        )
        heard = door.ask(request, masked=len(masks.spans), deadline_s=self._deadline_s)
        if heard.record.calls:
            self._late.ended(heard.record.outcome)
        return Heard(heard.record, heard.reply.value if heard.reply else None)


def _sent(line: str, left_out: Sequence[str], masks: Masks) -> str:
    for quote in left_out:
        line = line.replace(quote, " ")
    return harmless(masks.mask_text(line))


def strict(schema: dict[str, Any]) -> dict[str, Any]:
    """A model's schema as endpoints take it: every property required, nothing besides, and no bounds of length, which some refuse."""
    kept = {key: value for key, value in schema.items() if key not in {"default", "title", "minLength", "maxLength"}}
    for key, value in kept.items():
        if key in {"properties", "$defs"}:
            kept[key] = {name: strict(part) for name, part in value.items()}
        elif isinstance(value, dict):
            kept[key] = strict(value)
        elif isinstance(value, list):
            kept[key] = [strict(part) if isinstance(part, dict) else part for part in value]
    if "properties" in kept:
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept


def typed(text: str, model: type[M], words: Callable[[str], str] = str) -> Typed[M]:
    """``text`` read as a ``model``; ``words`` changes every string in it before. Never raises."""
    found: list[M] = []
    problems: tuple[str, ...] = ()
    for thing in objects(text):
        if not thing.keys() & model.model_fields.keys():
            continue
        try:
            one = model.model_validate_json(json.dumps(_changed(thing, words)))
        except ValidationError as error:
            problems = tuple(f"{'.'.join(map(str, one['loc']))}: {_plain(one['msg'])}" for one in error.errors())
            continue
        if one not in found:
            found.append(one)
    if len(found) == 1:
        return Typed(found[0])
    if found:
        return Typed(None, ("there are several JSON objects",))
    return Typed(None, problems or (f"there is no JSON object with {', '.join(model.model_fields)}",))


def _changed(thing: Any, words: Callable[[str], str]) -> Any:
    if isinstance(thing, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", words(thing))
    if isinstance(thing, dict):
        return {key: _changed(value, words) for key, value in thing.items()}
    return [_changed(one, words) for one in thing] if isinstance(thing, list) else thing


def _plain(message: str) -> str:
    return message.split(" [", 1)[0]
