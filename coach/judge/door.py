"""The one door to a language model: every request goes through it, whatever it asks.

It holds what must not differ from one kind of request to the next: the budget, the rest after failures, the deadline, the books, what is
masked, and what is kept of an exchange. Whatever an endpoint does, what comes out is an outcome of a small closed set, and never an error.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from coach.domain.finding import Finding
from coach.domain.judging import Budget, Price, Usage
from coach.domain.verdict import Heard, JudgeOutcome, JudgeRecord
from coach.judge.breaker import Breaker
from coach.judge.endings import MESSAGES
from coach.judge.exchange import WAITS_S, Exchange, R, Request, exchange
from coach.judge.ledger import Ledger, NoLedger, key_of
from coach.judge.masking import Masks
from coach.judge.prices import price_of
from coach.judge.promptfile import Message, PromptFile
from coach.judge.request import ASKED_FOR, DEFAULT_MODEL, Endpoint, Shape


@dataclass(frozen=True)
class Terms:
    """On which terms a model is asked.

    ``deadline_s`` bounds a whole exchange, retries and waits included; ``waits_s`` are the seconds before each new try of a call that failed
    for the moment; ``keep_raw`` says whether replies are kept in records; ``ledger`` keeps replies and what was spent, ``budget`` bounds that
    for endpoints elsewhere, by ``prices``; ``mask`` says whether identifiers are masked: None means wherever words leave this computer.
    """

    deadline_s: float = 60.0
    waits_s: tuple[float, ...] = WAITS_S
    keep_raw: bool = True
    ledger: Ledger | None = None
    budget: Budget = field(default_factory=Budget)
    prices: Mapping[str, Price] = field(default_factory=dict)
    mask: bool | None = None
    own_names: tuple[str, ...] = ()


class Door:
    """The way to one endpoint; closed where there is none, and then every outcome is OFF. Safe to share between threads."""

    def __init__(self, endpoint: Endpoint | None, terms: Terms | None = None) -> None:
        self._endpoint = endpoint
        self._terms = terms or Terms()
        self._ledger = self._terms.ledger or NoLedger()
        self._breaker = Breaker()
        self._shape = (
            Shape.first(endpoint) if endpoint else Shape()
        )  # replaced as a whole when an endpoint has shown what it takes

    @property
    def is_open(self) -> bool:
        """Whether there is anybody to ask."""
        return self._endpoint is not None

    @property
    def model(self) -> str:
        """The model that is asked; empty where the endpoint chooses it."""
        if self._endpoint is None:
            return ""
        return self._endpoint.model or (DEFAULT_MODEL if self._endpoint.is_openai else "")

    @property
    def host(self) -> str:
        """Where what is asked goes; empty where nothing is."""
        return self._endpoint.host if self._endpoint else ""

    @property
    def stays_here(self) -> bool:
        """Whether nothing that is asked leaves this computer."""
        return self._endpoint is None or self._endpoint.is_local

    @property
    def masks_identifiers(self) -> bool:
        """Whether identifiers that checks found are replaced by placeholders in what is asked."""
        return not self.stays_here if self._terms.mask is None else self._terms.mask

    def to(self, model: str) -> "Door":
        """A door to another model at the same place, on the same terms."""
        return Door(self._endpoint and replace(self._endpoint, model=model), self._terms)

    def masks(self, text: str, findings: Iterable[Finding]) -> Masks:
        """Placeholders for the identifiers that checks found in ``text``; none where nothing is to be masked."""
        return Masks.of(text, findings, self._terms.own_names) if self.masks_identifiers else Masks.none()

    def ask(
        self, request: Request[R], *, masked: int = 0, kept: bool = False, deadline_s: float | None = None
    ) -> Heard[R]:
        """Ask, and tell how it ended. Never raises for what an endpoint does.

        ``masked`` stretches of what is sent are placeholders already. ``kept``: a whole reply is kept in the ledger and used again for the very
        same request. ``deadline_s`` may shorten the door's own. Blocks, so call it from a thread without a running event loop.
        """
        if self._endpoint is None:
            return self.unasked(request.prompt, JudgeOutcome.OFF)
        key = self._key(request) if kept else ""
        sent = {
            "sent": request.messages[-1]["content"],
            "masked": masked,
            "host": self._endpoint.host,
            "cache_key": key,
        }
        known = self._ledger.reply(key) if key else None
        if known:
            record = self._record(request.prompt, JudgeOutcome.RATED)
            told = {**sent, "model": known[1], "from_cache": True, "cost_usd": 0.0}
            return Heard(record.model_copy(update=told), request.read(known[0]))
        refused = self._refused()
        if refused:
            return self.unasked(request.prompt, refused)
        within_s = min(self._terms.deadline_s, deadline_s or self._terms.deadline_s)
        done = exchange(
            self._endpoint,
            request if not request.candidate else replace(request, candidate=_pseudonym(request.candidate)),
            self._shape,
            deadline_s=within_s,
            waits_s=self._terms.waits_s,
        )
        if done.outcome is not JudgeOutcome.TOO_SLOW or within_s == self._terms.deadline_s:
            self._breaker.ended(done.outcome)  # who was hurried may still be quick enough for others
        record = self._record(request.prompt, done.outcome, done.message)
        record = record.model_copy(update={**sent, **self._paid(request, done)})
        if done.reply is not None:
            self._shape = done.shape
            if key and not done.reply.problems:
                self._ledger.keep(key, done.raw, record.model)
        return Heard(record, done.reply)

    def unasked(self, prompt: PromptFile | None, outcome: JudgeOutcome, message: str = "") -> Heard[Any]:
        """What comes of a request that is not sent."""
        return Heard(self._record(prompt, outcome, message))

    def expected(self, messages: list[Message], reply_tokens: int) -> float | None:
        """About what a request will cost, in US dollars; None where the model's price is not known."""
        if self.stays_here:
            return 0.0
        price = price_of(self.model, self._terms.prices)
        return price.of(Usage(prompt_tokens=_tokens(messages), completion_tokens=reply_tokens)) if price else None

    def _key(self, request: Request[Any]) -> str:
        """The key of the reply to be kept; empty where the server chooses the model, which may be another one tomorrow."""
        if not self.model or request.prompt is None or self._endpoint is None:
            return ""
        asked_for = {**ASKED_FOR, "schema": request.prompt.schema}
        return key_of(request.prompt.sha256, request.messages, self._endpoint.base_url, self.model, asked_for)

    def _refused(self) -> JudgeOutcome | None:
        """Why nothing is sent now, if so."""
        if self._breaker.rests():
            return JudgeOutcome.RESTING
        if not self.stays_here and self._terms.budget.is_spent(self._ledger.spent(_today())):
            return JudgeOutcome.OVER_BUDGET
        return None

    def _paid(self, request: Request[Any], done: Exchange[Any]) -> dict[str, Any]:
        """What the record keeps of an exchange. Counts it in the ledger, by a guess where the endpoint does not tell the tokens."""
        price = Price.nothing() if self.stays_here else price_of(done.model, self._terms.prices)
        untold = not done.usage.prompt_tokens and (done.usage.calls or done.outcome is JudgeOutcome.TOO_SLOW)
        booked = _guessed(request.messages, done) if untold else done.usage
        usd = price.of(booked) if price else 0.0
        self._ledger.spend(_today(), booked.model_copy(update={"calls": done.calls, "usd": usd}))
        cost = price.of(done.usage) if price and (self.stays_here or not untold) else None
        return {
            "model": done.model,
            "calls": done.calls,
            "prompt_tokens": done.usage.prompt_tokens,
            "cached_tokens": done.usage.cached_tokens,
            "completion_tokens": done.usage.completion_tokens,
            "seconds": done.seconds,
            "raw": done.raw if self._terms.keep_raw else "",
            "parameters": done.shape.told,
            "cost_usd": cost,
        }

    def _record(self, prompt: PromptFile | None, outcome: JudgeOutcome, message: str = "") -> JudgeRecord:
        by = {"prompt": prompt.label, "prompt_hash": prompt.sha256, "schema_version": prompt.schema} if prompt else {}
        return JudgeRecord(outcome=outcome, message=message or MESSAGES[outcome], model=self.model, **by)


def _tokens(messages: list[Message]) -> int:
    """About how many a request has."""
    return sum(len(message["content"]) for message in messages) // 4


def _guessed(messages: list[Message], done: Exchange[Any]) -> Usage:
    """About what an exchange took, where the endpoint does not say."""
    return Usage(prompt_tokens=_tokens(messages) * max(1, done.usage.calls), completion_tokens=len(done.raw) // 4)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _pseudonym(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
