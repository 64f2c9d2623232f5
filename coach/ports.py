"""What the pipeline needs of the rooms it joins: their shapes, without knowing who stands behind them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from coach.bank import Bank
from coach.domain.answer import Hearing, Take, Transcript
from coach.domain.attempt import Attempt, Earlier, Level, Versions
from coach.domain.feedback import CheckReport, Feedback
from coach.domain.finding import Finding
from coach.domain.judging import ToRate
from coach.domain.question import Question
from coach.domain.verdict import Heard, JudgeRecord, Verdict

Progress = Callable[[float], object]
Watch = Callable[[str], object]
R = TypeVar("R")


class Questions(Protocol):
    """Hands out the question bank."""

    def now(self) -> Bank:
        """The questions on offer at this moment, and those that answers were given to."""


class Transcriber(Protocol):
    """Writes down what is said in a recording."""

    def hear_pcm(self, pcm: bytes, on_progress: Progress | None = None) -> Transcript:
        """The transcript of 16 kHz mono 16-bit PCM."""

    def pcm_of_file(self, path: Path) -> tuple[bytes, str]:
        """The sound of any audio file as such PCM, and what was wrong with the file, if anything. Raises NotAudioError."""


class Live(Protocol):
    """Writes down takes while they are recorded. Whatever goes wrong with it, the kept recording is heard afterwards."""

    def feed(self, take: str, chunk: int, chunk_of: Callable[[int], bytes | None], *, last: bool = False) -> None: ...
    def so_far(self, take: str) -> Hearing | None: ...
    def hear_take(self, take: str, pcm: bytes, on_progress: Progress | None = None) -> Transcript: ...
    def forget(self, take: str) -> None: ...


class Checks(Protocol):
    """Rates by plain code."""

    version: str

    def run(self, text: str, question: Question) -> CheckReport:
        """Everything the checks make of an answer."""

    def without_addressed(self, text: str) -> str:
        """The text without sentences addressed to whoever rates."""


class Judge(Protocol):
    """Rates by a language model. Never raises: a failed call is an outcome."""

    @property
    def is_on(self) -> bool:
        """Whether there is anything to ask."""

    def rate(self, answer: ToRate, watch: Watch | None = None) -> Verdict:
        """The judge's verdict on an answer; ``watch`` is told the advice as it comes."""


class Inquiry(Protocol[R]):
    """One kind of request to the judge besides rating, such as a turn of a role-play. Never raises for what an endpoint does."""

    @property
    def is_on(self) -> bool:
        """Whether there is anybody to ask."""

    def ask(
        self, data: Mapping[str, str | Sequence[str]], findings: Sequence[Finding] = (), *, candidate: str = ""
    ) -> Heard[R]:
        """Ask about ``data``, words or lines for each field of the prompt; ``findings`` are the checks' in the same words. Blocks."""


class Prober(Protocol):
    """Asks a judge what an interviewer would ask next."""

    @property
    def is_on(self) -> bool:
        """Whether there is a judge."""

    @property
    def within_s(self) -> float:
        """Seconds it takes at the most."""

    def follow_up(self, question: str, said: str, findings: Sequence[Finding], candidate: str = "") -> str:
        """A follow-up question, or nothing; never raises for what a judge does. Blocks."""


class Waiting(Protocol):
    """Remembers which attempts the judge has still to be asked about."""

    def wait(self, attempt_id: str, candidate: str, due_at: datetime, tries: int) -> None: ...
    def tries(self, attempt_id: str) -> int: ...
    def waited_enough(self, attempt_id: str) -> None: ...


class Answered(Protocol):
    """What is answered aloud: an attempt at a question, or a try at a drill."""

    @property
    def id(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def rated_at(self) -> datetime | None: ...
    @property
    def transcript(self) -> Transcript | None: ...


class AnswerStore(Protocol):
    """Keeps what is answered aloud, as far as recordings need it. Raises NotFoundError where the candidate has none such."""

    def get(self, answer_id: str, candidate: str, /) -> Answered: ...
    def finish_recording(self, answer_id: str, candidate: str, /) -> None: ...
    def save_transcript(self, answer_id: str, candidate: str, transcript: Transcript, /) -> None: ...
    def all_of(self, candidate: str, /) -> Sequence[Answered]: ...
    def owners(self, answer_ids: Collection[str], /) -> dict[str, str]: ...


class AttemptStore(Protocol):
    """Keeps attempts. Each method that names an attempt raises NotFoundError where the candidate has none such."""

    def add(self, attempt: Attempt) -> None: ...
    def get(self, attempt_id: str, candidate: str) -> Attempt: ...
    def save_draft(self, attempt_id: str, candidate: str, draft: str) -> None: ...
    def save_transcript(self, attempt_id: str, candidate: str, transcript: Transcript) -> None: ...
    def finish_recording(self, attempt_id: str, candidate: str) -> None: ...
    def start_again(self, attempt_id: str, candidate: str) -> None: ...
    def back_to_transcript(self, attempt_id: str, candidate: str) -> None: ...
    def hand_in(self, attempt_id: str, candidate: str, text: str, at: datetime) -> None: ...
    def save_feedback(
        self,
        attempt_id: str,
        candidate: str,
        *,
        feedback: Feedback,
        judge: JudgeRecord,
        versions: Versions,
        at: datetime,
        keep_earlier: bool = False,
        first: bool = False,
    ) -> None: ...
    def all_of(self, candidate: str, limit: int = ...) -> tuple[Attempt, ...]: ...
    def unfinished(self, candidate: str) -> tuple[Attempt, ...]: ...
    def newest_rated(self, candidate: str) -> Attempt | None: ...
    def owners(self, attempt_ids: Collection[str]) -> dict[str, str]: ...
    def history(self, candidate: str) -> tuple[tuple[str, datetime], ...]: ...
    def earlier(self, attempt_id: str, candidate: str) -> tuple[Earlier, ...]: ...
    def rated_between(self, since: datetime, until: datetime) -> tuple[Attempt, ...]: ...
    def levels(self, candidate: str, newest: int | None = None) -> tuple[Level, ...]: ...
    def delete(self, attempt_id: str, candidate: str) -> None: ...
    def delete_all(self, attempt_ids: Collection[str], candidate: str) -> None: ...
    def delete_demo(self, candidate: str) -> int: ...


class Allowance(Protocol):
    """Says how often an answer may be recorded, where somebody set a limit."""

    def most_takes(self, attempt_id: str) -> int | None:
        """The most recordings of an attempt; None: as many as one likes."""


class TakeStore(Protocol):
    """Keeps recordings, chunk by chunk."""

    def put(self, attempt: str, number: int, chunk: int, pcm: bytes) -> None: ...
    def chunk(self, attempt: str, number: int, chunk: int) -> bytes | None: ...
    def seal(self, attempt: str, number: int, chunks: int, note: str = "") -> Take: ...
    def is_sealed(self, attempt: str, number: int) -> bool: ...
    def copy(self, attempt: str, number: int) -> Take: ...
    def copies(self, attempt: str) -> int: ...
    def all_of(self, attempt: str) -> tuple[Take, ...]: ...
    def current(self, attempt: str) -> Take: ...
    def begin(self, attempt: str) -> Take: ...
    def pcm(self, attempt: str, number: int) -> bytes: ...
    def pack(self, attempt: str) -> None: ...
    def choose(self, attempt: str, *, keep: bool) -> None: ...
    def chosen(self, attempt: str) -> bool | None: ...
    def attempts(self) -> tuple[str, ...]: ...
    def delete(self, attempt: str) -> None: ...
