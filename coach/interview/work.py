"""What is done behind an interview: answers written down, probes chosen, rounds handed in. Each step is stored before the next."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from coach.domain.answer import Transcript
from coach.domain.attempt import AttemptState
from coach.domain.interview import Interview, Phase, Round, TurnState
from coach.domain.question import Question
from coach.errors import AnswerError, NotFoundError
from coach.interview import engine
from coach.interview.interviews import InterviewStore
from coach.interview.probes import BY_JUDGE, Probe, choose_probe
from coach.ports import Prober
from coach.practice import Practice

SPARE_S = 2.0  # seconds of the interviewer's patience that are left to the checks, whatever a judge does


class TranscriptStore(Protocol):
    """Keeps what was heard with the attempt."""

    def save_transcript(self, attempt_id: str, candidate: str, transcript: Transcript) -> None: ...


class Listening:
    """Takes one round of an interview as far as it can go. Its id is the interview's, a slash, and the round's number.

    ``prober`` may ask the first follow-up question after an answer in place of the checks'.
    """

    name = "hear"

    def __init__(
        self,
        practice: Practice,
        store: InterviewStore,
        attempts: TranscriptStore,
        clock: Callable[[], datetime],
        prober: Prober | None = None,
    ) -> None:
        self._practice = practice
        self._store = store
        self._attempts = attempts
        self._clock = clock
        self._prober = prober

    def waiting(self) -> Sequence[str]:
        """Rounds with something to do."""
        return [f"{interview}/{number}" for interview, _, number in self._store.waiting()]

    def do(self, ident: str) -> None:
        """Write down, probe, hand in."""
        found = self._found(ident)
        if not found:
            return
        interview, at = found
        while (turn := engine.unread(interview, at)) is not None:
            interview = self._hear(interview, at, turn)
        if interview.phase is Phase.LISTENING and interview.at == at:
            interview = self._probe(interview, at)
        if interview.rounds[at].complete and not interview.rounds[at].settled:
            self._hand_in(interview, at)

    def give_up(self, ident: str, trouble: str) -> None:
        """Let what cannot be written down stand without words, and go on with the rest."""
        found = self._found(ident)
        if found:
            interview, at = found
            turn = engine.unread(interview, at)
            if turn is not None:
                self._change(interview, lambda one: engine.heard(one, at, turn, None, trouble))

    def _found(self, ident: str) -> tuple[Interview, int] | None:
        for interview, candidate, number in self._store.waiting():
            if f"{interview}/{number}" == ident:
                return self._store.get(interview, candidate), number
        return None

    def _change(self, interview: Interview, move: Callable[[Interview], Interview]) -> Interview:
        return self._store.change(interview.id, interview.candidate, move)

    def _hear(self, interview: Interview, at: int, turn: int) -> Interview:
        one, who = interview.rounds[at], interview.candidate
        number = one.turns[turn].take
        take = next((t for t in self._practice.takes(one.attempt, who) if t.number == number), None)
        if take is None:
            trouble = "Nothing was recorded. Was the microphone allowed and switched on?"
            return self._change(interview, lambda now: engine.heard(now, at, turn, None, trouble))
        transcript = self._practice.write_down(take)
        return self._change(interview, lambda now: engine.heard(now, at, turn, transcript, transcript.note))

    def _probe(self, interview: Interview, at: int) -> Interview:
        one = interview.rounds[at]
        attempt = self._practice.get(one.attempt, interview.candidate)
        question = self._practice.question_of(attempt)
        chosen = self._chosen(interview, one, question) if one.words and one.turns[-1].state is TurnState.READ else None
        return self._change(interview, lambda now: engine.probe(now, at, chosen, self._clock()))

    def _chosen(self, interview: Interview, one: Round, question: Question) -> Probe | None:
        """The judge's follow-up to the answer itself if it comes in time, and otherwise what the checks make of it."""
        report = self._practice.check(question, one.words)
        left_s = engine.left_s(interview, self._clock()) or 0.0
        if self._prober and not one.probes and left_s > self._prober.within_s + SPARE_S:
            asked = self._prober.follow_up(question.text, one.words, report.findings, interview.candidate)
            if asked:
                return asked, BY_JUDGE
        return choose_probe(question, one.words, report, tuple(turn.why for turn in one.probes))

    def _hand_in(self, interview: Interview, at: int) -> None:
        one, who = interview.rounds[at], interview.candidate
        if one.words:
            try:
                if self._practice.get(one.attempt, who).state is AttemptState.DRAFT and (
                    whole := together(interview, at)
                ):
                    self._attempts.save_transcript(one.attempt, who, whole)
                self._practice.hand_in(one.attempt, who, one.words)
            except (AnswerError, NotFoundError):
                pass  # too long to rate, or deleted: the report says so, and nobody waits for it
        self._change(interview, lambda now: engine.settled(now, at))


def together(interview: Interview, at: int) -> Transcript | None:
    """The transcripts of a round as one, each turn's times after the one before; None where nothing was spoken."""
    heard = [turn.transcript for turn in interview.rounds[at].turns if turn.transcript]
    if not heard:
        return None
    words, passed = [], 0.0
    for transcript in heard:
        words += [w.model_copy(update={"start": w.start + passed, "end": w.end + passed}) for w in transcript.words]
        passed += transcript.duration_s
    return Transcript(
        text="\n\n".join(t.text for t in heard),
        words=tuple(words),
        duration_s=passed,
        speech_s=sum(t.speech_s for t in heard),
        model=heard[0].model,
        note=" ".join(dict.fromkeys(t.note for t in heard if t.note)),
    )
