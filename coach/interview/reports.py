"""Reports of stored interviews, and second tries at their answers."""

from collections.abc import Callable
from functools import partial

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt
from coach.domain.finding import Part
from coach.domain.interview import Interview, Retry
from coach.domain.interview_report import Calibration, Contradiction, InterviewReport
from coach.domain.question import Question
from coach.errors import AnswerError
from coach.interview import engine
from coach.interview.consistency import Story, contradictions
from coach.interview.interviews import InterviewStore
from coach.interview.report import EARLIER, build, calibration
from coach.interview.retry import combined
from coach.practice import Practice, storable


class Reports:
    """Reads interviews and their attempts. ``trouble`` says why rating an attempt failed; ``wake`` is called when one waits."""

    def __init__(
        self, practice: Practice, store: InterviewStore, trouble: Callable[[str], str], wake: Callable[[], None]
    ) -> None:
        self._practice = practice
        self._store = store
        self._trouble = trouble
        self._wake = wake

    def of(self, interview: Interview) -> InterviewReport:
        """The report as things stand now."""
        who = interview.candidate
        before = [
            one for one in self._store.all_of(who) if one.done and one.created_at < interview.created_at
        ]  # the newest first
        return build(
            interview,
            partial(self._practice.find, candidate=who),
            trouble=self._trouble,
            rubric=self._practice.rubric.version,
            earlier=before[:EARLIER][::-1],
            contradictions=self._contradictions(interview),
        )

    def calibration(self, candidate: str) -> tuple[Calibration, ...]:
        """How the candidate's own ratings met those they got, interview after interview, the oldest first."""
        find = partial(self._practice.find, candidate=candidate)
        compared = (calibration(one, find) for one in reversed(self._store.all_of(candidate)))
        return tuple(one for one in compared if one)

    def _contradictions(self, interview: Interview) -> tuple[Contradiction, ...]:
        stories = []
        for number, one in enumerate(interview.rounds, 1):
            attempt = self._practice.find(one.attempt, interview.candidate)
            if attempt and attempt.feedback and attempt.feedback.parts:
                stories.append(Story(number, attempt.text, attempt.feedback.parts))
        return contradictions(tuple(stories))

    def answer_again(self, interview: Interview, at: int, kind: AnswerKind) -> Attempt:
        """A new attempt at one whole question, outside the clock; the report shows it beside the first."""
        one = interview.rounds[at]
        question = self._practice.bank.find_key(one.question_key) or Question.free(one.question_text)
        attempt = self._practice.begin(interview.candidate, question, kind)
        self._keep(interview, at, Retry(attempt=attempt.id))
        return attempt

    def record_part(self, interview: Interview, at: int, part: Part) -> Attempt:
        """A new attempt for one part that is going to be said aloud. It is rated once `say_part_again` has put the part in its place."""
        first = self._practice.get(interview.rounds[at].attempt, interview.candidate)
        attempt = self._practice.begin(interview.candidate, self._practice.question_of(first), AnswerKind.SPOKEN)
        self._keep(interview, at, Retry(attempt=attempt.id, part=part))
        return attempt

    def part_under_way(self, interview: Interview, at: int) -> tuple[Part, Attempt] | None:
        """The part that is being said aloud now, and the attempt it is recorded in."""
        for retry in reversed(interview.rounds[at].again):
            attempt = self._practice.find(retry.attempt, interview.candidate) if retry.part else None
            if retry.part and attempt and not attempt.is_handed_in:
                return retry.part, attempt
        return None

    def say_part_again(self, interview: Interview, at: int, part: Part, said: str) -> Attempt:
        """The answer with one part said anew, handed in to be rated. Raises AnswerError where nothing was said."""
        one, who = interview.rounds[at], interview.candidate
        if not said.strip():
            raise AnswerError("There is nothing to put in its place yet. Say or write that part first.")
        first = self._practice.get(one.attempt, who)
        parts = first.feedback.parts if first.feedback else ()
        under_way = self.part_under_way(interview, at)
        attempt = (
            under_way[1]
            if under_way
            else self._practice.begin(who, self._practice.question_of(first), AnswerKind.TYPED)
        )
        self._practice.hand_in(attempt.id, who, combined(first.text, parts, part, said))
        self._keep(interview, at, Retry(attempt=attempt.id, part=part, said=storable(said)))
        self._wake()
        return attempt

    def drop_part(self, interview: Interview, at: int) -> None:
        """Give up saying a part aloud; its recording goes."""
        if under_way := self.part_under_way(interview, at):
            self._practice.delete(under_way[1].id, interview.candidate)

    def _keep(self, interview: Interview, at: int, retry: Retry) -> None:
        self._store.change(interview.id, interview.candidate, lambda now: engine.tried_again(now, at, retry))
