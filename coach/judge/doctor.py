"""Whether the judge can be used, in plain lines: for ``coach doctor``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coach.domain.judging import Price, Usage
from coach.domain.verdict import JudgeOutcome
from coach.judge.endings import MESSAGES
from coach.judge.exchange import WAITS_S, Request, exchange
from coach.judge.presets import models
from coach.judge.prices import price_of, said
from coach.judge.promptfile import Message
from coach.judge.reply import objects
from coach.judge.request import Endpoint, Format, Shape

_MESSAGES: list[Message] = [
    {
        "role": "system",
        "content": "You answer small questions about a text. Reply with one JSON object and nothing else.",
    },
    {
        "role": "user",
        "content": "[1] The bus was late. [2] I walked the client to the clinic.\n"
        "Which sentence says what the speaker did? Reply in this shape: "
        '{"sentence": 0, "verdict": "yes"}, with the sentence\'s number and yes or no.',
    },
]
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "sentence": {"type": "integer", "enum": [0, 1, 2]},
        "verdict": {"type": "string", "enum": ["yes", "no"]},
    },
    "required": ["sentence", "verdict"],
    "additionalProperties": False,
}
_FORMATS = {
    Format.JSON_SCHEMA: "It keeps to a JSON schema.",
    Format.JSON_OBJECT: "It takes no JSON schema, but replies in JSON.",
    Format.TEXT: "It takes no JSON mode; replies are read from plain text.",
}


_NAMED = 8  # models
_ONE_ANSWER = Usage(calls=1, prompt_tokens=6_000, completion_tokens=900)


@dataclass(frozen=True)
class _Reply:
    problems: tuple[str, ...]
    right: bool = False

    @property
    def usable(self) -> bool:
        return not self.problems


def _read(text: str) -> _Reply:
    found = [thing for thing in objects(text) if "sentence" in thing and "verdict" in thing]
    if not found:
        return _Reply(("there is no JSON object with sentence and verdict",))
    return _Reply((), right=(found[-1]["sentence"], found[-1]["verdict"]) == (2, "yes"))


def doctor(
    *,
    api_key: str = "",
    base_url: str = "",
    model: str = "",
    deadline_s: float = 60.0,
    waits_s: tuple[float, ...] = WAITS_S,
    known: Mapping[str, Price] | None = None,
    mask: bool | None = None,
) -> list[str]:
    """What one small question to the endpoint shows: can it be reached, which models it has, which format works.

    Also what an answer costs by the ``known`` prices, and what leaves this computer, identifiers as placeholders unless ``mask`` is off.

    Never raises for what an endpoint does. The lines hold the host's name, and neither the key nor the whole address.
    """
    if not api_key and not base_url:
        return [f"Judge: off. {MESSAGES[JudgeOutcome.OFF]}"]
    endpoint = Endpoint.of(api_key, base_url, model)
    request = Request(messages=_MESSAGES, schema=_SCHEMA, read=_read)
    done = exchange(endpoint, request, Shape.first(endpoint), deadline_s=deadline_s, waits_s=waits_s)
    lines = [f"Judge: {endpoint.host}, model {done.model or 'not named'}."]
    if done.outcome is not JudgeOutcome.UNREACHABLE:
        lines += _listed(models(endpoint))
    if done.reply is None:
        return [*lines, f"It cannot be used now ({done.outcome}). {done.message}"]
    lines.append(f"It replied after {done.seconds:.1f} s and {done.calls} call{'s' if done.calls > 1 else ''}.")
    lines.append(_FORMATS[done.shape.format])
    if not done.reply.right:
        lines.append("It got a very easy question wrong, so do not rely on its ratings. Try a larger model.")
    return [*lines, *_consequences(endpoint, done.model, known or {}, mask=mask is not False)]


def _listed(names: tuple[str, ...]) -> list[str]:
    if not names:
        return ["It lists no models."]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [f"It lists {', '.join(names[:_NAMED])}{more}."]


def _consequences(endpoint: Endpoint, model: str, known: Mapping[str, Price], *, mask: bool) -> list[str]:
    """What using it costs, and what leaves this computer."""
    if endpoint.is_local:
        return ["It runs on this computer: rating costs nothing, and nothing leaves it."]
    price = price_of(model, known)
    cost = said(price.of(_ONE_ANSWER) if price else None)
    return [
        f"Rating one answer costs about {cost}, by the list of prices that this program has.",
        f"Your question and your answer leave this computer for {endpoint.host}.",
        "Names, numbers and dates in it that could identify somebody are replaced by placeholders. Recordings stay here."
        if mask
        else "Nothing in it is replaced by placeholders: COACH_JUDGE_MASK is off. Recordings stay here.",
    ]
