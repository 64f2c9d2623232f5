"""The pipeline: question → answer → transcript → checks and judge → feedback → stored attempt.

The rooms it joins know nothing of each other; here their values are passed on. Every step is stored before the next begins, and
every step can be done again: whatever dies in between, calling it once more goes on from there.
"""

import logging
import random
import re
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from coach.bank import Bank, DemoAnswer, next_question
from coach.compose import compose
from coach.domain.answer import AnswerKind, Take, Transcript
from coach.domain.attempt import Attempt, AttemptState, Level, Versions
from coach.domain.feedback import CheckReport, Feedback
from coach.domain.question import Competency, Kind, Question
from coach.domain.rubric import Rubric
from coach.domain.verdict import JudgeRecord, Verdict
from coach.errors import AnswerError, NotFoundError

log = logging.getLogger(__name__)

MAX_WORDS = 6_000  # about 40 minutes of speech: far beyond any interview answer
MAX_CHARACTERS = 60_000  # the same for writing that puts no spaces between words
Progress = Callable[[float], object]
Clock = Callable[[], datetime]


class Transcriber(Protocol):
    """Writes down what is said in a recording."""

    def hear_pcm(self, pcm: bytes, on_progress: Progress | None = None) -> Transcript:
        """The transcript of 16 kHz mono 16-bit PCM."""

    def pcm_of_file(self, path: Path) -> tuple[bytes, str]:
        """The sound of any audio file as such PCM, and what was wrong with the file, if anything. Raises NotAudioError."""


class Checks(Protocol):
    """Rates by plain code."""

    version: str

    def run(self, text: str, question: Question) -> CheckReport:
        """Everything the checks make of an answer."""


class Judge(Protocol):
    """Rates by a language model. Never raises: a failed call is an outcome."""

    def rate(self, question: Question, text: str, rubric: Rubric) -> Verdict:
        """The judge's verdict on an answer."""


class AttemptStore(Protocol):
    """Keeps attempts. Each method that names an attempt raises NotFoundError where the candidate has none such."""

    def add(self, attempt: Attempt) -> None: ...
    def get(self, attempt_id: str, candidate: str) -> Attempt: ...
    def save_draft(self, attempt_id: str, candidate: str, draft: str) -> None: ...
    def save_transcript(self, attempt_id: str, candidate: str, transcript: Transcript) -> None: ...
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
        first: bool = False,
    ) -> None: ...
    def all_of(self, candidate: str) -> tuple[Attempt, ...]: ...
    def history(self, candidate: str) -> tuple[tuple[str, datetime], ...]: ...
    def levels(self, candidate: str) -> tuple[Level, ...]: ...
    def delete(self, attempt_id: str, candidate: str) -> None: ...
    def delete_demo(self, candidate: str) -> int: ...


class TakeStore(Protocol):
    """Keeps recordings, chunk by chunk."""

    def put(self, attempt: str, number: int, chunk: int, pcm: bytes) -> None: ...
    def seal(self, attempt: str, number: int, chunks: int, note: str = "") -> Take: ...
    def copy(self, attempt: str, number: int) -> Take: ...
    def all_of(self, attempt: str) -> tuple[Take, ...]: ...
    def current(self, attempt: str) -> Take: ...
    def begin(self, attempt: str) -> Take: ...
    def pcm(self, attempt: str, number: int) -> bytes: ...
    def delete(self, attempt: str) -> None: ...


def utc_now() -> datetime:
    """The clock of production."""
    return datetime.now(UTC)


class Practice:
    """All a page or a command can do with questions and answers."""

    def __init__(
        self,
        *,
        bank: Bank,
        rubric: Rubric,
        checks: Checks,
        judge: Judge,
        transcriber: Transcriber,
        attempts: AttemptStore,
        takes: TakeStore,
        clock: Clock = utc_now,
        rng: random.Random | None = None,
    ) -> None:
        self.bank = bank
        self.rubric = rubric
        self._checks = checks
        self._judge = judge
        self._transcriber = transcriber
        self._attempts = attempts
        self._takes = takes
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311  # choosing a question is no secret

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────────

    def suggest(self, candidate: str, kind: Kind | None = None, competency: Competency | None = None) -> Question:
        """A question to practise next: one never asked, or asked longest ago."""
        return next_question(self.bank, self._attempts.history(candidate), self._rng, kind, competency)

    def question_of(self, attempt: Attempt) -> Question:
        """The question of an attempt: from the bank, or as it was worded then if the bank no longer has it."""
        found = self.bank.find_key(attempt.question_key)
        return found or Question.free(attempt.question_text)

    # ── an answer, step by step ──────────────────────────────────────────────────────────────────────────────────

    def begin(self, candidate: str, question: Question, kind: AnswerKind) -> Attempt:
        """A new attempt at a question."""
        attempt = self.new(candidate, question, kind, self._clock())
        self._attempts.add(attempt)
        return attempt

    def get(self, attempt_id: str, candidate: str) -> Attempt:
        """One attempt of this candidate. Raises NotFoundError."""
        return self._attempts.get(attempt_id, candidate)

    def find(self, attempt_id: str, candidate: str) -> Attempt | None:
        """One attempt of this candidate, unless it was deleted."""
        try:
            return self._attempts.get(attempt_id, candidate)
        except NotFoundError:
            return None

    def save_draft(self, attempt_id: str, candidate: str, draft: str) -> None:
        """Keep what has been typed so far."""
        self._attempts.save_draft(attempt_id, candidate, storable(draft))

    def put_chunk(self, attempt_id: str, candidate: str, take: int, chunk: int, pcm: bytes) -> None:
        """Keep a piece of a recording."""
        self._attempts.get(attempt_id, candidate)
        self._takes.put(attempt_id, take, chunk, pcm)

    def begin_take(self, attempt_id: str, candidate: str) -> Take:
        """A new, empty take; earlier ones stay as they are."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.begin(attempt_id)

    def finish_take(self, attempt_id: str, candidate: str, take: int, chunks: int) -> Take:
        """The speaker has finished a take of so many chunks."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.seal(attempt_id, take, chunks)

    def add_recording(self, attempt_id: str, candidate: str, file: Path) -> Take:
        """Keep a whole audio file as a new take. Raises NotAudioError."""
        self._attempts.get(attempt_id, candidate)
        pcm, note = self._transcriber.pcm_of_file(file)
        number = self._takes.begin(attempt_id).number
        piece = 16_000 * 2 * 20  # bytes: 20 seconds
        pieces = [pcm[i : i + piece] for i in range(0, len(pcm), piece)]
        for n, chunk in enumerate(pieces):
            self._takes.put(attempt_id, number, n, chunk)
        return self._takes.seal(attempt_id, number, len(pieces), note)

    def takes(self, attempt_id: str, candidate: str) -> tuple[Take, ...]:
        """The recordings of an attempt that have sound in them, the first first."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.all_of(attempt_id)

    def current_take(self, attempt_id: str, candidate: str) -> Take:
        """The take that is being recorded, was recorded last, or will be the first."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.current(attempt_id)

    def sound(self, attempt_id: str, candidate: str, take: int) -> bytes:
        """A take's PCM."""
        self._attempts.get(attempt_id, candidate)
        return self._takes.pcm(attempt_id, take)

    def hear(self, attempt_id: str, candidate: str, on_progress: Progress | None = None) -> Transcript:
        """Write down the last take; the transcript is stored and becomes the draft to correct. Raises NotFoundError."""
        takes = self.takes(attempt_id, candidate)
        if not takes:
            raise NotFoundError("There is no recording to write down yet.")
        transcript = self.write_down(takes[-1], on_progress)
        self._attempts.save_transcript(attempt_id, candidate, transcript)
        return transcript

    def write_down(self, take: Take, on_progress: Progress | None = None) -> Transcript:
        """What is said in a take. Nothing is stored."""
        started = time.monotonic()
        transcript = self._transcriber.hear_pcm(self._takes.pcm(take.attempt, take.number), on_progress)
        lost = f"{len(take.missing)} of its pieces (2 seconds each) never arrived, so words may be missing."
        notes = [take.note, transcript.note, lost if take.missing else ""]
        log.info(
            "attempt %s transcribed: %.1f s of sound in %.1f s", take.attempt, take.seconds, time.monotonic() - started
        )
        return transcript.model_copy(update={"note": " ".join(filter(None, notes))})

    def record_again(self, attempt_id: str, candidate: str) -> None:
        """A new take, from a transcript or in the middle of recording; earlier takes are kept."""
        self._attempts.start_again(attempt_id, candidate)
        self.begin_take(attempt_id, candidate)

    def back_to_transcript(self, attempt_id: str, candidate: str) -> None:
        """From recording again back to the transcript and corrections there were."""
        self._attempts.back_to_transcript(attempt_id, candidate)

    def use_take(self, attempt_id: str, candidate: str, take: int) -> None:
        """Take an earlier recording as the answer instead of a new one."""
        self._attempts.get(attempt_id, candidate)
        self._takes.copy(attempt_id, take)

    def hand_in(self, attempt_id: str, candidate: str, text: str) -> None:
        """Fix the text to be rated. Raises AnswerError for an empty or endless one: the draft stays as it is."""
        text = storable(text)
        if self._attempts.get(attempt_id, candidate).state in (AttemptState.HANDED_IN, AttemptState.RATED):
            return
        self._attempts.save_draft(attempt_id, candidate, text)
        check_length(text)
        self._attempts.hand_in(attempt_id, candidate, text, self._clock())

    def rate(self, attempt_id: str, candidate: str) -> Attempt:
        """Rate what was handed in and store the feedback. Rating again replaces it. Raises NotFoundError.

        Of two who rate a fresh answer at the same time, the first one's feedback is kept.
        """
        attempt = self._attempts.get(attempt_id, candidate)
        if attempt.state in (AttemptState.DRAFT, AttemptState.TRANSCRIBED):
            raise AnswerError("This answer has not been handed in yet.")
        started = time.monotonic()
        feedback, record = self.score(self.question_of(attempt), attempt.text)
        self._attempts.save_feedback(
            attempt_id,
            candidate,
            feedback=feedback,
            judge=record,
            versions=self.versions,
            at=self._clock(),
            first=attempt.state is AttemptState.HANDED_IN,
        )
        log.info(
            "attempt %s %s in %.1f s, judge %s", attempt_id, feedback.state, time.monotonic() - started, record.outcome
        )
        return self._attempts.get(attempt_id, candidate)

    def check(self, question: Question, text: str) -> CheckReport:
        """What the checks alone make of a text."""
        return self._checks.run(text, question)

    def score(self, question: Question, text: str) -> tuple[Feedback, JudgeRecord]:
        """Rate a text without storing anything."""
        report = self._checks.run(text, question)
        verdict = self._judge.rate(question, text, self.rubric) if any(r.rated for r in report.ratings) else None
        feedback = compose(report, verdict)
        return feedback, verdict.record if verdict else JudgeRecord.not_asked()

    @property
    def versions(self) -> Versions:
        """What ratings are made with now."""
        return Versions(rubric=self.rubric.version, checks=self._checks.version)

    # ── looking back ─────────────────────────────────────────────────────────────────────────────────────────────

    def attempts_of(self, candidate: str) -> tuple[Attempt, ...]:
        """A candidate's attempts, the newest first.

        Those begun and left without a word are passed over, and those an interview is still busy with.
        """
        return tuple(
            a
            for a in self._attempts.all_of(candidate)
            if a.state is AttemptState.RATED
            or (
                a.interview_id is None
                and (a.state is not AttemptState.DRAFT or a.draft.strip() or self._takes.all_of(a.id))
            )
        )

    def unfinished(self, candidate: str) -> tuple[Attempt, ...]:
        """What a candidate left open and may go on with, the newest first."""
        return tuple(a for a in self.attempts_of(candidate) if a.state is not AttemptState.RATED)

    def levels_of(self, candidate: str) -> tuple[Level, ...]:
        """Every rated criterion of a candidate's attempts, the oldest first."""
        return self._attempts.levels(candidate)

    def delete(self, attempt_id: str, candidate: str) -> None:
        """Delete an attempt, its ratings and its recordings. Raises NotFoundError.

        The recordings go first: if that fails, the attempt is still there to delete again, and no voice is left behind.
        """
        self._attempts.get(attempt_id, candidate)
        self._takes.delete(attempt_id)
        self._attempts.delete(attempt_id, candidate)

    # ── demo ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def add_demo(self, candidate: str, answers: tuple[DemoAnswer, ...], on_progress: Progress | None = None) -> int:
        """Rate invented answers as if given over the last weeks, marked as demo, in place of earlier demo attempts."""
        self._attempts.delete_demo(candidate)
        for n, answer in enumerate(answers, start=1):
            at = self._clock() - timedelta(days=answer.days_ago)
            question = self.bank.get(answer.question)
            feedback, record = self.score(question, answer.text)
            attempt = self.new(candidate, question, AnswerKind.TYPED, at).model_copy(
                update={
                    "demo": True,
                    "state": AttemptState.HANDED_IN,
                    "text": answer.text,
                    "draft": answer.text,
                    "handed_in_at": at,
                }
            )
            self._attempts.add(attempt)
            self._attempts.save_feedback(
                attempt.id, candidate, feedback=feedback, judge=record, versions=self.versions, at=at
            )
            if on_progress:
                on_progress(n / len(answers))
        return len(answers)

    def remove_demo(self, candidate: str) -> int:
        """Delete all demo attempts; returns how many there were."""
        return self._attempts.delete_demo(candidate)

    @staticmethod
    def new(
        candidate: str, question: Question, kind: AnswerKind, at: datetime, interview_id: str | None = None
    ) -> Attempt:
        """An attempt as it is when it begins; not stored yet."""
        return Attempt(
            id=uuid.uuid4().hex,
            candidate=candidate,
            question_key=question.key,
            question_version=question.version,
            question_text=question.text,
            competencies=question.competencies,
            kind=kind,
            state=AttemptState.DRAFT,
            created_at=at,
            interview_id=interview_id,
        )


def check_length(text: str) -> None:
    """Raises AnswerError where there is nothing to rate, or more than can be."""
    words = len(text.split())
    if words == 0:
        raise AnswerError("There is nothing to rate yet. Say or write your answer first.")
    if words > MAX_WORDS:
        raise AnswerError(
            f"This answer has {words:,} words; up to {MAX_WORDS:,} can be rated. Shorten it and hand it in again."
        )
    if len(text) > MAX_CHARACTERS:
        raise AnswerError(
            f"This answer has {len(text):,} characters; up to {MAX_CHARACTERS:,} can be rated. Shorten it and hand it in again."
        )


def storable(text: str) -> str:
    """The text with each half of a broken character pair replaced, as no file or database takes one; all else stays in its place."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
