"""The judge: a language model that marks an answer, point by point and sentence by sentence."""

from collections.abc import Callable, Iterable
from pathlib import Path

from coach.domain.judging import ToRate
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, JudgeRecord, Verdict
from coach.judge.advice import asked, rewritten, vetted
from coach.judge.door import Door
from coach.judge.endings import MESSAGES, NO_WORDS
from coach.judge.exchange import Request
from coach.judge.masking import Masks
from coach.judge.measured import Measured, Measurements
from coach.judge.prompt import load
from coach.judge.rating import ratings
from coach.judge.reply import Reply, change_so_far, read, schema

MOST_SENTENCES = 240  # numbered for the judge; in longer answers neighbours share a number
REPLY_TOKENS = 900  # of a usual reply
Watch = Callable[[str], object]


class Judge:
    """Rates answers through a door. Safe to share between threads.

    ``version`` names the prompt, in the folder ``prompts``; ``measurements`` say where the model is not to be believed. Raises JudgeError if
    the prompt cannot be used.
    """

    def __init__(
        self, door: Door, *, prompts: Path | None = None, version: str = "v2", measurements: Measurements | None = None
    ) -> None:
        self._door = door
        self._prompt = load(version=version, folder=prompts)
        self._measurements = measurements

    @property
    def is_on(self) -> bool:
        """Always."""
        return True

    def rate(self, answer: ToRate, watch: Watch | None = None) -> Verdict:
        """The judge's verdict on an answer. Whatever the endpoint does, it is a verdict and never an error.

        All evidence are sentences of the answer. Identifiers the checks found are masked, and what is not to be shown is
        left out. ``watch`` is told the advice, sentence by sentence, as it comes. Blocks, so call it from a thread
        without a running event loop.
        """
        text = answer.text
        numbered = units(text, answer.unshown)
        if not numbered:
            return Verdict(record=self._door.unasked(self._prompt, JudgeOutcome.DECLINED, NO_WORDS).record)
        masks = self._door.masks(text, answer.findings)
        quotes = [masks.mask(span) for span in numbered]
        request: Request[Reply] = Request(
            messages=self._prompt.messages(masks.mask_text(answer.question.text), answer.rubric, quotes),
            schema=schema(len(numbered), self._prompt.schema),
            read=lambda reply: read(reply, [span.quote for span in numbered]),
            candidate=answer.candidate,
            watch=watch and (lambda raw: watch(_advice_so_far(raw, masks, text))),
            prompt=self._prompt,
        )
        heard = self._door.ask(request, masked=len(masks.spans), kept=True)
        if heard.reply is None:
            return Verdict(record=heard.record)
        return self._told(_verdict(heard.record, heard.reply, numbered, masks, answer))

    @property
    def measured(self) -> Measured | None:
        """What was measured of it; None where nothing was."""
        return self._known(self._door.model)

    def _known(self, model: str) -> Measured | None:
        return self._measurements.of(model, self._prompt.sha256) if self._measurements else None

    def _told(self, verdict: Verdict) -> Verdict:
        """The verdict with what was measured of the model that gave it."""
        known = self._known(verdict.record.model)
        return verdict.model_copy(update={"worse": known.worse}) if known else verdict

    def expected(self, answer: ToRate) -> float | None:
        """About what rating an answer will cost, in US dollars; None where the model's price is not known."""
        quotes = [span.quote for span in units(answer.text)]
        return self._door.expected(self._prompt.messages(answer.question.text, answer.rubric, quotes), REPLY_TOKENS)


class NoJudge:
    """Stands in where no endpoint is set: every verdict is OFF."""

    @property
    def is_on(self) -> bool:
        """Never."""
        return False

    @property
    def measured(self) -> Measured | None:
        """Nothing."""
        return None

    def rate(self, answer: ToRate, watch: Watch | None = None) -> Verdict:  # noqa: ARG002  # the same face as Judge
        """A verdict without ratings."""
        return Verdict(record=JudgeRecord(outcome=JudgeOutcome.OFF, message=MESSAGES[JudgeOutcome.OFF]))

    def expected(self, answer: ToRate) -> float | None:  # noqa: ARG002  # the same face as Judge
        """Nothing."""
        return 0.0


def _verdict(record: JudgeRecord, reply: Reply, numbered: tuple[Span, ...], masks: Masks, answer: ToRate) -> Verdict:
    advice, text, plain = reply.advice, answer.text, masks.neutralised(answer.text)
    weakest = numbered[advice.sentence - 1] if advice.sentence else None
    return Verdict(
        record=record,
        ratings=ratings(reply, numbered),
        advice=vetted(masks.unmask(advice.change), text),
        rewrite=rewritten(masks.neutralise(advice.rewrite), weakest, plain) if weakest else None,
        follow_up=asked(masks.neutralise(advice.question), plain, answer.question.text),
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
