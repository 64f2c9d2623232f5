"""The pipeline: question → answer → transcript → checks and judge → feedback → stored attempt.

The rooms it joins know nothing of each other; here their values are passed on. Every step is stored before the next begins, and
every step can be done again: whatever dies in between, calling it once more goes on from there.
"""

import logging
import random
import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from coach.bank import Bank, DemoAnswer, next_question
from coach.compose import compose
from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt, AttemptState, Earlier, Level, Versions
from coach.domain.feedback import CheckReport, Feedback, FeedbackState
from coach.domain.judging import ToRate
from coach.domain.question import FREE_KEY, Question
from coach.domain.rubric import Rubric
from coach.domain.verdict import JudgeOutcome, JudgeRecord, Verdict
from coach.errors import AnswerError, NotFoundError
from coach.ports import (
    Allowance,
    AttemptStore,
    Checks,
    Judge,
    Live,
    Progress,
    Questions,
    TakeStore,
    Transcriber,
    Waiting,
    Watch,
)
from coach.recordings import Clock, KeepOf, Recordings, nobody_chose, utc_now
from coach.settings import Keep

log = logging.getLogger(__name__)

MAX_WORDS = 6_000  # about 40 minutes of speech: far beyond any interview answer
MAX_CHARACTERS = 60_000  # the same for writing that puts no spaces between words
MOST_LISTED = 200  # answers, where nobody asks for more
MOST_TRIES = 8  # of asking a judge about one attempt: the last about a day after the first
_FIRST_WAIT = timedelta(minutes=5)  # longer than any exchange may take; each further wait is twice as long
ANY_CASE = "Tell me about a case."
WAITING = "The judge is reading this answer; what it says is added here."


class Practice(Recordings):
    """All a page or a command can do with questions, answers and their recordings."""

    _attempts: AttemptStore

    def __init__(
        self,
        *,
        bank: Questions,
        rubric: Rubric,
        checks: Checks,
        judge: Judge,
        transcriber: Transcriber,
        attempts: AttemptStore,
        takes: TakeStore,
        waiting: Waiting,
        live: Live | None = None,
        keep: Keep = Keep.ALWAYS,
        keep_of: KeepOf = nobody_chose,
        clock: Clock = utc_now,
        rng: random.Random | None = None,
        allowance: Allowance | None = None,
    ) -> None:
        super().__init__(
            attempts=attempts,
            takes=takes,
            transcriber=transcriber,
            live=live,
            keep=keep,
            keep_of=keep_of,
            clock=clock,
            allowance=allowance,
        )
        self._questions = bank
        self.rubric = rubric
        self._checks = checks
        self._judge = judge
        self._waiting = waiting
        self._rng = rng or random.Random()  # noqa: S311  # choosing a question is no secret

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def bank(self) -> Bank:
        """The questions on offer now."""
        return self._questions.now()

    def suggest(self, candidate: str, among: Sequence[Question] | None = None) -> Question:
        """A question to practise next, from the whole bank or ``among`` some: one never asked, or asked longest ago."""
        questions = self.bank.questions if among is None else among
        return next_question(questions, self._attempts.history(candidate), self._rng)

    def answered(self, candidate: str) -> frozenset[str]:
        """The keys of the questions a candidate has begun to answer."""
        return frozenset(key for key, _ in self._attempts.history(candidate))

    def question_of(self, attempt: Attempt) -> Question:
        """The question of an attempt in the words it was asked in, whatever the bank has made of it since."""
        found = self.bank.asked(attempt.question_key, attempt.question_version)
        if found is None:
            return Question.free(attempt.question_text)
        return found.model_copy(update={"version": attempt.question_version, "text": attempt.question_text})

    def question_today(self, attempt: Attempt) -> Question:
        """The question of an attempt as the bank words it now, to ask it again; as it was asked if the bank no longer has it."""
        return self.bank.find_key(attempt.question_key) or self.question_of(attempt)

    def model_answer_of(self, attempt: Attempt) -> str:
        """A model answer to the attempt's question; empty until the attempt is rated, so that nobody answers from it."""
        rated = attempt.feedback is not None and attempt.feedback.state is not FeedbackState.UNRATED
        return self.question_of(attempt).model_answer if rated else ""

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

    def record_again(self, attempt_id: str, candidate: str) -> None:
        """A new take, from a transcript or in the middle of recording; earlier takes are kept.

        Raises ConflictError, and leaves everything as it is, where there may be no more.
        """
        self._require_another(attempt_id)
        self._forget_live(attempt_id)
        self._attempts.start_again(attempt_id, candidate)
        self.begin_take(attempt_id, candidate)

    def back_to_transcript(self, attempt_id: str, candidate: str) -> None:
        """From recording again back to the transcript and corrections there were."""
        self._attempts.back_to_transcript(attempt_id, candidate)

    def hand_in(self, attempt_id: str, candidate: str, text: str) -> None:
        """Fix the text to be rated. Raises AnswerError for an empty or endless one: the draft stays as it is."""
        text = storable(text)
        if self._attempts.get(attempt_id, candidate).is_handed_in:
            return
        self._attempts.save_draft(attempt_id, candidate, text)
        check_length(text)
        self._attempts.hand_in(attempt_id, candidate, text, self._clock())

    def rate(self, attempt_id: str, candidate: str, *, keep_earlier: bool = False) -> Attempt:
        """Rate what was handed in, by the checks and then by the judge, and store the feedback. Raises NotFoundError."""
        attempt = self.rate_by_checks(attempt_id, candidate, keep_earlier=keep_earlier)
        waits = attempt.judge is not None and attempt.judge.outcome is JudgeOutcome.WAITING
        return self.ask_judge(attempt_id, candidate) if waits else attempt

    def rate_by_checks(
        self, attempt_id: str, candidate: str, *, keep_earlier: bool = False, behind: bool = False
    ) -> Attempt:
        """Rate what was handed in by the checks, at once, and remember to ask the judge if there is one. Raises NotFoundError.

        Rating again replaces feedback there is; ``keep_earlier`` puts it aside instead of forgetting it. ``behind``: whoever works
        behind is to ask the judge now; otherwise only if the caller does not come to do it.
        """
        attempt = self._handed_in(attempt_id, candidate)
        report = self._checks.run(attempt.text, self.question_of(attempt))
        verdict = None
        if any(r.rated for r in report.ratings):
            outcome, message = (JudgeOutcome.WAITING, WAITING) if self._judge.is_on else (JudgeOutcome.OFF, "")
            verdict = Verdict(record=JudgeRecord(outcome=outcome, message=message))
            if self._judge.is_on:
                self._waiting.wait(attempt_id, candidate, self._clock() + (timedelta() if behind else _FIRST_WAIT), 0)
        self._save(attempt, report, verdict, keep_earlier=keep_earlier)
        if behind:
            self.wake()
        return self._attempts.get(attempt_id, candidate)

    def ask_judge(self, attempt_id: str, candidate: str, watch: Watch | None = None) -> Attempt:
        """Ask the judge about a handed-in attempt and store what comes of it with the checks. Raises NotFoundError.

        Where it fails for the moment, the attempt waits to be asked about again, each time twice as long.
        """
        attempt = self._handed_in(attempt_id, candidate)
        question = self.question_of(attempt)
        report = self._checks.run(attempt.text, question)
        tries = self._waiting.tries(attempt_id) + 1
        verdict = self._judge.rate(self._to_rate(question, attempt.text, report, candidate), watch)
        if attempt.judge is not None and tries > 1:
            verdict = verdict.model_copy(update={"record": verdict.record.after(attempt.judge)})
        again = verdict.record.outcome.may_pass and tries < MOST_TRIES
        self._save(attempt, report, verdict, again=again)
        if again:
            self._waiting.wait(attempt_id, candidate, self._clock() + _FIRST_WAIT * 2**tries, tries)
        else:
            self._waiting.waited_enough(attempt_id)
        return self._attempts.get(attempt_id, candidate)

    def _handed_in(self, attempt_id: str, candidate: str) -> Attempt:
        attempt = self._attempts.get(attempt_id, candidate)
        if not attempt.is_handed_in:
            raise AnswerError("This answer has not been handed in yet.")
        return attempt

    def _save(
        self,
        attempt: Attempt,
        report: CheckReport,
        verdict: Verdict | None,
        *,
        keep_earlier: bool = False,
        again: bool = False,
    ) -> None:
        feedback = compose(report, verdict, again=again)
        record = verdict.record if verdict else JudgeRecord.not_asked()
        self._attempts.save_feedback(
            attempt.id,
            attempt.candidate,
            feedback=feedback,
            judge=record,
            versions=self.versions,
            at=self._clock(),
            keep_earlier=keep_earlier,
            first=attempt.state is AttemptState.HANDED_IN,
        )
        log.info("attempt %s %s, judge %s", attempt.id, feedback.state, record.outcome)
        self._after_rating(attempt.id, attempt.candidate)

    def check(self, question: Question, text: str) -> CheckReport:
        """What the checks alone make of a text."""
        return self._checks.run(text, question)

    def score(self, question: Question, text: str) -> tuple[Feedback, JudgeRecord]:
        """Rate a text without storing anything."""
        report = self._checks.run(text, question)
        verdict = None
        if any(r.rated for r in report.ratings):
            verdict = self._judge.rate(self._to_rate(question, text, report))
        return compose(report, verdict), verdict.record if verdict else JudgeRecord.not_asked()

    def by_checks(self, question: Question, text: str) -> Feedback:
        """Rate a text by the checks alone, without storing or sending anything."""
        return compose(self._checks.run(text, question), None)

    def _to_rate(self, question: Question, text: str, report: CheckReport, candidate: str = "") -> ToRate:
        """The answer as the judge gets it: a question in the user's own words may hold no orders to the judge."""
        if question.key == FREE_KEY:
            plain = self._checks.without_addressed(question.text) or ANY_CASE
            question = question.model_copy(update={"text": plain})
        return ToRate(
            question=question,
            text=text,
            rubric=self.rubric,
            findings=report.findings,
            unshown=report.unshown,
            candidate=candidate,
        )

    @property
    def versions(self) -> Versions:
        """What ratings are made with now."""
        return Versions(rubric=self.rubric.version, checks=self._checks.version)

    # ── looking back ─────────────────────────────────────────────────────────────────────────────────────────────

    def attempts_of(self, candidate: str, limit: int = MOST_LISTED) -> tuple[Attempt, ...]:
        """A candidate's attempts, the newest first, of ``limit`` at most.

        Those begun and left without a word are passed over, and those an interview is still busy with.
        """
        return tuple(filter(self._is_listed, self._attempts.all_of(candidate, limit)))

    def unfinished(self, candidate: str) -> tuple[Attempt, ...]:
        """What a candidate left open and may go on with, the newest first."""
        return tuple(filter(self._is_listed, self._attempts.unfinished(candidate)))

    def _is_listed(self, attempt: Attempt) -> bool:
        begun = attempt.state is not AttemptState.DRAFT or attempt.draft.strip() or self._takes.all_of(attempt.id)
        return attempt.state is AttemptState.RATED or bool(attempt.interview_id is None and begun)

    def newest_rated(self, candidate: str) -> Attempt | None:
        """The rated answer a candidate handed in last, demo answers aside."""
        return self._attempts.newest_rated(candidate)

    def rated_between(self, since: datetime, until: datetime) -> tuple[Attempt, ...]:
        """The rated attempts of all candidates that were handed in from ``since`` until before ``until``, the oldest first."""
        return self._attempts.rated_between(since, until)

    def earlier_ratings(self, attempt_id: str, candidate: str) -> tuple[Earlier, ...]:
        """The ratings of an attempt that later ones replaced and that were kept, the oldest first. Raises NotFoundError."""
        return self._attempts.earlier(attempt_id, candidate)

    def levels_of(self, candidate: str, newest: int | None = None) -> tuple[Level, ...]:
        """Every rated criterion of a candidate's attempts, the oldest first; of the ``newest`` so many attempts."""
        return self._attempts.levels(candidate, newest)

    def delete(self, attempt_id: str, candidate: str) -> None:
        """Delete an attempt, its ratings and its recordings. Raises NotFoundError.

        The recordings go first: if that fails, the attempt is still there to delete again, and no voice is left behind.
        """
        self._attempts.get(attempt_id, candidate)
        self._forget_live(attempt_id)
        self._takes.delete(attempt_id)
        self._attempts.delete(attempt_id, candidate)

    def delete_all(self, attempt_ids: Sequence[str], candidate: str) -> None:
        """Delete several attempts of one candidate, as `delete` does one; what is not there is passed over."""
        theirs = [one for one, owner in self._attempts.owners(attempt_ids).items() if owner == candidate]
        for attempt_id in theirs:
            self._forget_live(attempt_id)
            self._takes.delete(attempt_id)
        self._attempts.delete_all(theirs, candidate)

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
