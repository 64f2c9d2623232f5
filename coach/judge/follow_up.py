"""A follow-up question by the judge, for an interview that goes on meanwhile: quick, kept to the answer, or none at all."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import Field

from coach.domain.finding import Finding
from coach.domain.value import Value
from coach.judge.advice import asked
from coach.judge.door import Door
from coach.judge.inquiry import Inquiry
from coach.judge.masking import IDENTIFIERS

QUICK_S = 4.0  # an interviewer's pause; later than that it is as if there were none


class FollowUp(Value):
    """The reply."""

    question: str = Field(max_length=300)


class Prober:
    """Asks the judge in force what it would ask next. Safe to share between threads."""

    def __init__(self, door: Callable[[], Door], *, folder: Path | None = None, within_s: float = QUICK_S) -> None:
        self.within_s = within_s
        self._inquiry = Inquiry(
            door,
            "follow_up",
            "v1",
            reply=FollowUp,
            fields=("question", "answer"),
            deadline_s=within_s,
            folder=folder,
        )

    @property
    def is_on(self) -> bool:
        """Whether there is a judge."""
        return self._inquiry.is_on

    def follow_up(self, question: str, said: str, findings: Sequence[Finding], candidate: str = "") -> str:
        """A question to ask next; empty where the judge cannot be heard in time, or asks what does not keep to the answer."""
        heard = self._inquiry.ask({"question": question, "answer": said}, findings, candidate=candidate)
        return kept(heard.reply.question, question, said, findings) if heard.reply else ""


def kept(follow_up: str, question: str, said: str, findings: Sequence[Finding]) -> str:
    """The follow-up if it is one question, names nobody, and holds no word of content that neither answer, question nor interviewers use."""
    fits = asked(follow_up, said, question)
    named = (f.span.quote.casefold() for f in findings if f.check == IDENTIFIERS)
    return "" if any(name in fits.casefold() for name in named) else fits
