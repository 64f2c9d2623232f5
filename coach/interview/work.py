"""What is done behind an interview: answers written down, probes chosen, rounds handed in. Each step is stored before the next."""

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Protocol

from coach.domain.answer import Take, Transcript
from coach.domain.attempt import AttemptState
from coach.domain.interview import Interview, Phase, Turn, TurnState
from coach.domain.work import Work
from coach.errors import AnswerError, CoachError, NotFoundError
from coach.interview import engine
from coach.interview.interviews import InterviewStore
from coach.interview.probes import BY_JUDGE, Probe, choose_probe
from coach.ports import Prober
from coach.practice import Practice

log = logging.getLogger(__name__)

AT_ONCE = 4  # judges' follow-ups that are waited for
SPARE_S = 2.0  # seconds of the interviewer's patience that are left to the checks, whatever a judge does
LATE_S = 6.0  # seconds in which the last pieces may arrive of a recording that the clock or "End here" ended, not its speaker


class TranscriptStore(Protocol):
    """Keeps what was heard with the attempt."""

    def save_transcript(self, attempt_id: str, candidate: str, transcript: Transcript) -> None: ...


class Listening:
    """Takes one round of an interview as far as it can go. Its id is the interview's, a slash, and the round's number.

    ``prober`` may ask the first follow-up question after an answer in place of the checks'. It is asked in threads of its own, so that a slow
    judge delays no other interview, and this one by its few seconds at the most. ``wait`` lets seconds pass.
    """

    name: str = Work.HEAR
    abreast = 3  # whoever speaks long keeps nobody waiting: Whisper takes their stretches in turn

    def __init__(
        self,
        practice: Practice,
        store: InterviewStore,
        attempts: TranscriptStore,
        clock: Callable[[], datetime],
        prober: Prober | None = None,
        *,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._practice = practice
        self._wait = wait
        self._store = store
        self._attempts = attempts
        self._clock = clock
        self._prober = prober
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="follow-up")
        self._asking: set[str] = set()

    def waiting(self) -> Mapping[str, str]:
        """Rounds with something to do and their candidates, but for those whose follow-up a judge is thinking about."""
        rounds = {f"{interview}/{number}": candidate for interview, candidate, number in self._store.waiting()}
        return {ident: candidate for ident, candidate in rounds.items() if ident not in self._asking}

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
        take = self._take(interview, at, turn)
        if take is None or not take.sealed:  # whoever speaks to the end of the time, or ends it all, is still sending
            self._let_pieces_arrive(interview.rounds[at].turns[turn])
            take = self._take(interview, at, turn)
        if take is None or not take.seconds:
            trouble = "Nothing was recorded. Was the microphone allowed and switched on?"
            return self._change(interview, lambda now: engine.heard(now, at, turn, None, trouble))
        transcript = self._practice.write_down(take)
        return self._change(interview, lambda now: engine.heard(now, at, turn, transcript, transcript.note))

    def _take(self, interview: Interview, at: int, turn: int) -> Take | None:
        one, who = interview.rounds[at], interview.candidate
        takes = (*self._practice.takes(one.attempt, who), self._practice.current_take(one.attempt, who))
        return next((take for take in takes if take.number == one.turns[turn].take), None)

    def _let_pieces_arrive(self, turn: Turn) -> None:
        closed_at = turn.closed_at or self._clock()
        left = closed_at + timedelta(seconds=LATE_S) - self._clock()
        if left > timedelta():
            self._wait(min(LATE_S, left.total_seconds()))

    def _probe(self, interview: Interview, at: int) -> Interview:
        """Ask what the checks make of the answer, unless a judge has time to ask something else."""
        one = interview.rounds[at]
        if not one.words or one.turns[-1].state is not TurnState.READ:
            return self._asked(interview, at, None)
        if one.wanted:
            return self._asked(interview, at, engine.wanted(one))
        attempt = self._practice.get(one.attempt, interview.candidate)
        question = self._practice.question_of(attempt)
        report = self._practice.check(question, one.words)
        chosen = choose_probe(question, one.words, report, tuple(turn.why for turn in one.probes))
        left_s = engine.left_s(interview, self._clock()) or 0.0
        prober = self._prober
        if prober is None or not prober.is_on or one.probes or left_s < prober.within_s + SPARE_S:
            return self._asked(interview, at, chosen)

        def ask(ident: str) -> None:
            try:
                asked = prober.follow_up(question.text, one.words, report.findings, interview.candidate)
                self._asked(interview, at, (asked, BY_JUDGE) if asked else chosen)
            except (
                CoachError
            ) as error:  # deleted meanwhile, or the database is away: the round is taken up again if it still waits
                log.warning("no follow-up was asked: %s", type(error).__name__)
            finally:
                self._asking.discard(ident)

        ident = f"{interview.id}/{at}"
        self._asking.add(ident)
        self._pool.submit(ask, ident)
        return interview

    def _asked(self, interview: Interview, at: int, chosen: Probe | None) -> Interview:
        return self._change(interview, lambda now: engine.probe(now, at, chosen, self._clock()))

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
        self._practice.wake()


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
