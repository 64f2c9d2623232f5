"""What is sent to the endpoint, and how that is adapted to what it accepts."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from coach.judge.endings import LIMIT_NAMES

OPENAI_ADDRESS = "https://api.openai.com/v1"
DEFAULT_MODEL = "gpt-5.4-mini"  # for OpenAI's own endpoint: a small model from the list of openai 3.54
LIMITS = (4_000, 16_000)  # tokens of a reply: about ten times what one holds, and room for models that think first
SEED = 7
ASKED_FOR: dict[str, int] = {"temperature": 0, "seed": SEED}  # of every endpoint; some take neither

STREAM = "stream"  # the reply in pieces as it is written, for whoever watches
_STEADY = ("temperature", "seed", "safety_identifier")


class Format(StrEnum):
    """Ways of asking for JSON, the strictest first."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True)
class Endpoint:
    """Where the judge is. The key is never shown."""

    api_key: str = field(repr=False)
    base_url: str
    model: str

    @classmethod
    def of(cls, api_key: str, base_url: str, model: str) -> Self:
        """The endpoint that settings name. Without an address it is OpenAI's; local servers need no key."""
        address = base_url.strip() or OPENAI_ADDRESS
        return cls(api_key=api_key.strip() or "none", base_url=address, model=model.strip())

    @property
    def is_openai(self) -> bool:
        """Whether this is OpenAI's own endpoint."""
        return self.base_url.rstrip("/") == OPENAI_ADDRESS

    @property
    def is_local(self) -> bool:
        """Whether it is on this computer, so that nothing leaves it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def host(self) -> str:
        """The host's name, without anything else the address may hold."""
        try:
            return urlsplit(self.base_url).hostname or "an address without a host"
        except ValueError:
            return "an address that cannot be read"


def shown_address(base_url: str) -> str:
    """An endpoint's address as a page may show it: without a name, password or key that stands in it."""
    try:
        parts = urlsplit(base_url)
    except ValueError:
        return "an address that cannot be read"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


@dataclass(frozen=True)
class Shape:
    """What an endpoint takes, as far as it is known. A step makes a new one, or None where nothing is left to try."""

    format: Format = Format.JSON_SCHEMA
    limit: int = LIMITS[0]
    limit_names: tuple[str, ...] = LIMIT_NAMES
    rejected: frozenset[str] = frozenset()

    @classmethod
    def first(cls, endpoint: Endpoint) -> Self:
        """Where to begin: OpenAI limits replies by max_completion_tokens, most other servers by max_tokens."""
        return cls(limit_names=LIMIT_NAMES if endpoint.is_openai else LIMIT_NAMES[::-1])

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that are sent and could be left out."""
        names = [name for name in (*_STEADY, *self.limit_names) if name not in self.rejected]
        limits = [name for name in names if name in LIMIT_NAMES]
        return tuple(name for name in names if name not in limits[1:])

    def reformatted(self) -> Self | None:
        """The next simpler way of asking for JSON."""
        later = list(Format)[list(Format).index(self.format) + 1 :]
        return replace(self, format=later[0]) if later else None

    def without(self, name: str) -> Self:
        """The same without a parameter. The limit is then tried under its other name."""
        return replace(self, rejected=self.rejected | {name})

    def grown(self) -> Self | None:
        """The same with more room for the reply."""
        later = [limit for limit in LIMITS if limit > self.limit]
        return replace(self, limit=later[0]) if later else None

    @property
    def told(self) -> dict[str, str | int | float]:
        """The parameters as they are kept with a rating and in the key of a cached reply."""
        kept = {name: value for name, value in self.arguments({}, "").items() if name != "response_format"}
        return {**kept, "format": self.format.value}

    def arguments(self, schema: dict[str, Any], candidate: str) -> dict[str, Any]:
        """The arguments of a call besides model and messages."""
        values: dict[str, Any] = {**ASKED_FOR, "safety_identifier": candidate}
        values |= dict.fromkeys(LIMIT_NAMES, self.limit)
        given = {name: values[name] for name in self.parameters if values[name] != ""}
        if self.format is Format.JSON_SCHEMA:
            asked = {"name": "reply", "strict": True, "schema": schema}
            given["response_format"] = {"type": "json_schema", "json_schema": asked}
        elif self.format is Format.JSON_OBJECT:
            given["response_format"] = {"type": "json_object"}
        return given
