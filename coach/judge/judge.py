"""The judge: a language model that marks an answer, point by point and sentence by sentence."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coach.domain.finding import Finding
from coach.domain.judging import Budget, Price, Usage
from coach.domain.question import Question
from coach.domain.rubric import Rubric
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, JudgeRecord, Verdict
from coach.judge.advice import asked, rewritten, vetted
from coach.judge.breaker import Breaker
from coach.judge.endings import MESSAGES, NO_WORDS
from coach.judge.exchange import WAITS_S, Exchange, Request, exchange
from coach.judge.ledger import Ledger, NoLedger, key_of
from coach.judge.masking import Masks
from coach.judge.measured import Measurements
from coach.judge.prices import price_of
from coach.judge.prompt import load
from coach.judge.rating import ratings
from coach.judge.reply import Reply, change_so_far, read, schema
from coach.judge.request import ASKED_FOR, DEFAULT_MODEL, Endpoint, Shape

MOST_SENTENCES = 240  # numbered for the judge; in longer answers neighbours share a number
ADDRESSED = "addressed"  # the check that finds sentences addressed to whoever rates
Watch = Callable[[str], object]


class Judge:
    """Rates answers through an OpenAI-compatible endpoint. Safe to share between threads.

    ``deadline_s`` bounds a whole rating, retries and waits included; ``keep_raw`` says whether the reply is kept in the record;
    ``version`` names the prompt, in the folder ``prompts``; ``waits_s`` are the seconds before each new try of a call that failed for the
    moment; ``ledger`` keeps replies and what was spent, ``budget`` bounds that for endpoints elsewhere, by ``prices``; ``mask`` says whether
    identifiers are masked: None means wherever the answer leaves this computer; ``measurements`` say where
    it is not to be believed. Raises JudgeError if the prompt cannot be used.
    """

    def __init__(
        self,
        *,
        api_key: str = "",
        base_url: str = "",
        model: str = "",
        deadline_s: float = 60.0,
        keep_raw: bool = True,
        prompts: Path | None = None,
        version: str = "v2",
        waits_s: tuple[float, ...] = WAITS_S,
        ledger: Ledger | None = None,
        budget: Budget | None = None,
        prices: Mapping[str, Price] | None = None,
        mask: bool | None = None,
        own_names: tuple[str, ...] = (),
        measurements: Measurements | None = None,
    ) -> None:
        self._endpoint = Endpoint.of(api_key, base_url, model)
        self._deadline_s = deadline_s
        self._keep_raw = keep_raw
        self._prompt = load(version=version, folder=prompts)
        self._waits_s = waits_s
        self._ledger = ledger or NoLedger()
        self._budget = budget or Budget()
        self._prices = prices or {}
        self._masks = not self._endpoint.is_local if mask is None else mask
        self._own_names = own_names
        self._measurements = measurements
        self._breaker = Breaker()
        self._shape = Shape.first(self._endpoint)  # replaced as a whole when an endpoint has shown what it takes

    @property
    def is_on(self) -> bool:
        """Always."""
        return True

    def rate(
        self,
        question: Question,
        text: str,
        rubric: Rubric,
        findings: tuple[Finding, ...] = (),
        *,
        candidate_key: str = "",
        watch: Watch | None = None,
    ) -> Verdict:
        """The judge's verdict on ``text``. Whatever the endpoint does, it is a verdict and never an error.

        All evidence are sentences of ``text``. Of the checks' ``findings``, identifiers are masked and sentences addressed to whoever rates
        are left out. ``watch`` is told the advice, sentence by sentence, as it comes. ``candidate_key`` reaches the endpoint only as a hash,
        so that it can tell candidates apart when it watches for misuse. Blocks, so call it from a thread without a running event loop.
        """
        numbered = units(text, [f.span for f in findings if f.check == ADDRESSED])
        if not numbered:
            return Verdict(record=self._record(JudgeOutcome.DECLINED, NO_WORDS))
        masks = Masks.of(text, findings, self._own_names) if self._masks else Masks.none()
        quotes = [masks.mask(span) for span in numbered]
        messages = self._prompt.messages(masks.mask_text(question.text), rubric, quotes)
        key = self._key(messages)
        sent = {
            "sent": messages[-1]["content"],
            "masked": len(masks.spans),
            "host": self._endpoint.host,
            "cache_key": key,
        }
        kept = self._ledger.reply(key) if key else None
        if kept:
            reply = read(kept[0], [span.quote for span in numbered])
            record = self._record(JudgeOutcome.RATED, MESSAGES[JudgeOutcome.RATED])
            record = record.model_copy(update={**sent, "model": kept[1], "from_cache": True, "cost_usd": 0.0})
            return self._told(_verdict(record, reply, numbered, masks, text))
        refused = self._refused()
        if refused:
            return Verdict(record=self._record(refused, MESSAGES[refused]))
        done = exchange(
            self._endpoint,
            Request(
                messages=messages,
                schema=schema(len(numbered), self._prompt.schema),
                read=lambda reply: read(reply, [span.quote for span in numbered]),
                candidate=_pseudonym(candidate_key),
                watch=watch and (lambda raw: watch(_advice_so_far(raw, masks, text))),
            ),
            self._shape,
            deadline_s=self._deadline_s,
            waits_s=self._waits_s,
        )
        self._breaker.ended(done.outcome)
        record = self._record(done.outcome, done.message).model_copy(update={**sent, **self._cost(done)})
        if done.reply is None:
            return Verdict(record=record)
        self._shape = done.shape
        if key and not done.reply.problems:
            self._ledger.keep(key, done.raw, record.model)
        return self._told(_verdict(record, done.reply, numbered, masks, text))

    def _told(self, verdict: Verdict) -> Verdict:
        """The verdict with what was measured of the model that gave it."""
        known = self._measurements and self._measurements.of(verdict.record.model, self._prompt.sha256)
        return verdict.model_copy(update={"worse": known.worse}) if known else verdict

    def _key(self, messages: list[dict[str, str]]) -> str:
        """The key of the reply to be kept; empty where the server chooses the model, which may be another one tomorrow."""
        asked_for = {**ASKED_FOR, "schema": self._prompt.schema}
        return (
            key_of(self._prompt.sha256, messages, self._endpoint.base_url, self._model, asked_for)
            if self._model
            else ""
        )

    @property
    def _model(self) -> str:
        return self._endpoint.model or (DEFAULT_MODEL if self._endpoint.is_openai else "")

    def _refused(self) -> JudgeOutcome | None:
        """Why nothing is sent now, if so."""
        if self._breaker.rests():
            return JudgeOutcome.RESTING
        if not self._endpoint.is_local and self._budget.is_spent(self._ledger.spent(_today())):
            return JudgeOutcome.OVER_BUDGET
        return None

    def _cost(self, done: Exchange[Reply]) -> dict[str, Any]:
        """What the record keeps of an exchange. Counts it in the ledger."""
        price = Price.nothing() if self._endpoint.is_local else price_of(done.model, self._prices)
        cost = price.of(done.usage) if price else None
        self._ledger.spend(_today(), done.usage.model_copy(update={"calls": done.calls, "usd": cost or 0.0}))
        return {
            "model": done.model,
            "calls": done.calls,
            "prompt_tokens": done.usage.prompt_tokens,
            "cached_tokens": done.usage.cached_tokens,
            "completion_tokens": done.usage.completion_tokens,
            "seconds": done.seconds,
            "raw": done.raw if self._keep_raw else "",
            "parameters": done.shape.told,
            "cost_usd": cost,
        }

    def _record(self, outcome: JudgeOutcome, message: str) -> JudgeRecord:
        return JudgeRecord(
            outcome=outcome,
            message=message,
            model=self._model,
            prompt=self._prompt.label,
            prompt_hash=self._prompt.sha256,
            schema_version=self._prompt.schema,
        )

    def expected(self, question: Question, text: str, rubric: Rubric) -> float | None:
        """About what rating ``text`` will cost, in US dollars; None where the model's price is not known."""
        if self._endpoint.is_local:
            return 0.0
        price = price_of(self._model, self._prices)
        length = sum(
            len(m["content"]) for m in self._prompt.messages(question.text, rubric, [s.quote for s in units(text)])
        )
        return price.of(Usage(prompt_tokens=length // 4, completion_tokens=900)) if price else None


class NoJudge:
    """Stands in where no endpoint is set: every verdict is OFF."""

    @property
    def is_on(self) -> bool:
        """Never."""
        return False

    def rate(
        self,
        question: Question,  # noqa: ARG002  # the same face as Judge
        text: str,  # noqa: ARG002
        rubric: Rubric,  # noqa: ARG002
        findings: tuple[Finding, ...] = (),  # noqa: ARG002
        *,
        candidate_key: str = "",  # noqa: ARG002
        watch: Watch | None = None,  # noqa: ARG002
    ) -> Verdict:
        """A verdict without ratings."""
        return Verdict(record=JudgeRecord(outcome=JudgeOutcome.OFF, message=MESSAGES[JudgeOutcome.OFF]))

    def expected(self, question: Question, text: str, rubric: Rubric) -> float | None:  # noqa: ARG002  # the same face as Judge
        """Nothing."""
        return 0.0


def _verdict(record: JudgeRecord, reply: Reply, numbered: tuple[Span, ...], masks: Masks, text: str) -> Verdict:
    advice, plain = reply.advice, masks.neutralised(text)
    weakest = numbered[advice.sentence - 1] if advice.sentence else None
    return Verdict(
        record=record,
        ratings=ratings(reply, numbered),
        advice=vetted(masks.unmask(advice.change), text),
        rewrite=rewritten(masks.neutralise(advice.rewrite), weakest, plain) if weakest else None,
        follow_up=asked(masks.neutralise(advice.question), plain),
    )


def _advice_so_far(raw: str, masks: Masks, text: str) -> str:
    """The whole sentences of advice that have come, vetted before anybody sees them."""
    change = change_so_far(raw)
    whole = change if change.endswith((".", "!", "?")) else change[: change.rfind(". ") + 1]
    return vetted(masks.unmask(whole), text) if whole else ""


def units(text: str, left_out: Iterable[Span] = ()) -> tuple[Span, ...]:
    """What is numbered for the judge: the sentences, or in long answers evenly sized groups of neighbours."""
    out = tuple(left_out)
    runs: list[list[Span]] = [[]]  # of neighbours: what lies between two of them goes out with them
    for span in sentences(text):
        if any(span.start < o.end and o.start < span.end for o in out):
            runs.append([])
        else:
            runs[-1].append(span)
    size = -(-sum(map(len, runs)) // MOST_SENTENCES) or 1
    groups = [run[i : i + size] for run in runs for i in range(0, len(run), size)]
    return tuple(Span.of(text, group[0].start, group[-1].end) for group in groups)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _pseudonym(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32] if key else ""
