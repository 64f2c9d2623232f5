"""The judge: a language model that marks an answer, point by point and sentence by sentence."""

import hashlib
from pathlib import Path

from coach.domain.question import Question
from coach.domain.rubric import Rubric
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, JudgeRecord, Verdict
from coach.judge.advice import vetted
from coach.judge.endings import MESSAGES, NO_WORDS
from coach.judge.exchange import WAITS_S, Request, exchange
from coach.judge.prompt import load
from coach.judge.rating import ratings
from coach.judge.reply import read, schema
from coach.judge.request import Endpoint, Shape

MOST_SENTENCES = 240  # numbered for the judge; in longer answers neighbours share a number


class Judge:
    """Rates answers through an OpenAI-compatible endpoint. Safe to share between threads.

    ``deadline_s`` bounds a whole rating, retries and waits included; ``keep_raw`` says whether the reply is kept in the
    record; ``prompts`` is the folder of prompt files; ``waits_s`` are the seconds before each new try of a call that
    failed for the moment. Raises JudgeError if the prompt file cannot be used.
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
        waits_s: tuple[float, ...] = WAITS_S,
    ) -> None:
        self._endpoint = Endpoint.of(api_key, base_url, model)
        self._deadline_s = deadline_s
        self._keep_raw = keep_raw
        self._prompt = load(folder=prompts)
        self._waits_s = waits_s
        self._shape = Shape.first(self._endpoint)  # replaced as a whole when an endpoint has shown what it takes

    def rate(self, question: Question, text: str, rubric: Rubric, *, candidate_key: str = "") -> Verdict:
        """The judge's verdict on ``text``. Whatever the endpoint does, it is a verdict and never an error.

        All evidence are sentences of ``text``. ``candidate_key`` reaches the endpoint only as a hash, so that it can
        tell candidates apart when it watches for misuse. Blocks, so call it from a thread without a running event loop.
        """
        numbered = units(text)
        if not numbered:
            return Verdict(record=self._record(JudgeOutcome.DECLINED, NO_WORDS))
        last = len(numbered)
        request = Request(
            messages=self._prompt.messages(question, rubric, numbered),
            schema=schema(last),
            read=lambda reply: read(reply, last),
            candidate=_pseudonym(candidate_key),
        )
        done = exchange(self._endpoint, request, self._shape, deadline_s=self._deadline_s, waits_s=self._waits_s)
        record = self._record(done.outcome, done.message).model_copy(
            update={
                "model": done.model,
                "calls": done.calls,
                "prompt_tokens": done.prompt_tokens,
                "completion_tokens": done.completion_tokens,
                "seconds": done.seconds,
                "raw": done.raw if self._keep_raw else "",
            }
        )
        if done.reply is None:
            return Verdict(record=record)
        self._shape = done.shape
        return Verdict(
            record=record,
            ratings=ratings(done.reply, numbered),
            advice=vetted(done.reply.advice, text),
        )

    def _record(self, outcome: JudgeOutcome, message: str) -> JudgeRecord:
        return JudgeRecord(
            outcome=outcome,
            message=message,
            model=self._endpoint.model,
            prompt=self._prompt.label,
            prompt_hash=self._prompt.sha256,
        )


class NoJudge:
    """Stands in where no endpoint is set: every verdict is OFF."""

    def rate(
        self,
        question: Question,  # noqa: ARG002  # the same face as Judge
        text: str,  # noqa: ARG002
        rubric: Rubric,  # noqa: ARG002
        *,
        candidate_key: str = "",  # noqa: ARG002
    ) -> Verdict:
        """A verdict without ratings."""
        return Verdict(record=JudgeRecord(outcome=JudgeOutcome.OFF, message=MESSAGES[JudgeOutcome.OFF]))


def units(text: str) -> tuple[Span, ...]:
    """What is numbered for the judge: the sentences, or in long answers evenly sized groups of neighbours."""
    single = sentences(text)
    size = -(-len(single) // MOST_SENTENCES) or 1
    groups = [single[i : i + size] for i in range(0, len(single), size)]
    return tuple(Span.of(text, group[0].start, group[-1].end) for group in groups)


def _pseudonym(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32] if key else ""
