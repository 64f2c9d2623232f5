"""All a page can do with interviews. Every press is a move of the engine, applied to the record in one transaction."""

import random
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from coach.domain.answer import AnswerKind, Take
from coach.domain.attempt import Attempt
from coach.domain.interview import Interview, OwnLevel, Phase, SetUp
from coach.interview import engine
from coach.interview.choose import choose
from coach.practice import Practice, storable

Move = Callable[[Interview], Interview]


class InterviewStore(Protocol):
    """Keeps interviews. Each method that names one raises NotFoundError where the candidate has none such."""

    def add(self, interview: Interview, attempts: Sequence[Attempt]) -> None: ...
    def get(self, interview_id: str, candidate: str) -> Interview: ...
    def change(self, interview_id: str, candidate: str, move: Move) -> Interview: ...
    def seen(self, interview_id: str, candidate: str, at: datetime) -> tuple[int, int]: ...
    def waiting(self) -> tuple[tuple[str, str, int], ...]: ...
    def all_of(self, candidate: str) -> tuple[Interview, ...]: ...
    def delete(self, interview_id: str, candidate: str) -> None: ...


class Interviews:
    """Interviews of all candidates. ``history`` tells which questions one was asked when; ``wake`` is called when there is work behind."""

    def __init__(
        self,
        practice: Practice,
        store: InterviewStore,
        *,
        history: Callable[[str], Sequence[tuple[str, datetime]]],
        clock: Callable[[], datetime],
        rng: random.Random | None = None,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._practice = practice
        self._store = store
        self._history = history
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311  # choosing a question is no secret
        self._wake = wake

    # ── the record ───────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, candidate: str, set_up: SetUp) -> Interview:
        """Choose the questions and begin. Raises BankError where none fits."""
        now, ident = self._clock(), uuid.uuid4().hex
        questions = choose(self._practice.bank, set_up, self._history(candidate), self._rng)
        asked = [(q, self._practice.new(candidate, q, set_up.answers, now, interview_id=ident)) for q in questions]
        interview = engine.begin(ident, candidate, set_up, asked, now)
        self._store.add(interview, [attempt for _, attempt in asked])
        return interview

    def get(self, interview_id: str, candidate: str) -> Interview:
        """One interview as it is stored. Raises NotFoundError."""
        return self._store.get(interview_id, candidate)

    def look(self, interview_id: str, candidate: str) -> Interview:
        """One interview as it is now; what ran out since the last look is ended, an absence is made good. Raises NotFoundError."""
        return self._move(interview_id, candidate, lambda one: engine.look(one, self._clock()))

    def seen(self, interview_id: str, candidate: str) -> tuple[int, int]:
        """A sign of life from the page; returns the step and the number of rated answers, so that it can tell whether to redraw."""
        return self._store.seen(interview_id, candidate, self._clock())

    def left_s(self, interview: Interview) -> float | None:
        """Seconds until the phase ends, by the server's clock; None where nothing presses."""
        return engine.left_s(interview, self._clock())

    def all_of(self, candidate: str) -> tuple[Interview, ...]:
        """A candidate's interviews, the newest first."""
        return self._store.all_of(candidate)

    def unfinished(self, candidate: str) -> Interview | None:
        """The interview a candidate has not come to the end of, the newest if there are several."""
        return next((one for one in self._store.all_of(candidate) if not one.done), None)

    def delete(self, interview_id: str, candidate: str) -> None:
        """Delete an interview with its answers, recordings and ratings. Raises NotFoundError.

        The record goes last: if something fails before, it is still there to delete again.
        """
        interview = self._store.get(interview_id, candidate)
        given = [ident for one in interview.rounds for ident in (one.attempt, *(later.attempt for later in one.again))]
        self._practice.delete_all(given, candidate)
        self._store.delete(interview_id, candidate)

    def attempts(self, interview: Interview) -> tuple[Attempt, ...]:
        """The interview's answers, in order."""
        found = (self._practice.find(one.attempt, interview.candidate) for one in interview.rounds)
        return tuple(attempt for attempt in found if attempt)

    # ── answering ────────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, interview: Interview) -> Take:
        """The recording of the present turn, as far as it has arrived."""
        attempt, number = interview.round.attempt, interview.turn.take
        takes = self._practice.takes(attempt, interview.candidate)
        return next((t for t in takes if t.number == number), Take(attempt=attempt, number=number, seconds=0))

    def read_out(self, interview: Interview) -> Interview:
        """The question has been read aloud."""
        return self._at(interview, engine.read_out)

    def start(self, interview: Interview) -> Interview:
        """Begin to answer now."""
        return self._at(interview, engine.start)

    def finish_spoken(self, interview: Interview, take: int, chunks: int) -> Interview:
        """The recording of the present turn is finished: so many chunks."""
        if interview.turn.over or interview.turn.take != take:
            return interview
        self._practice.finish_take(interview.round.attempt, interview.candidate, take, chunks)
        return self._at(interview, engine.close)

    def finish_typed(self, interview: Interview, text: str) -> Interview:
        """The present turn is written."""
        return self._at(interview, partial(engine.close, text=storable(text)))

    def again(self, interview: Interview) -> Interview:
        """Record the present turn once more."""
        return self._at(interview, engine.again)

    def skip(self, interview: Interview) -> Interview:
        """Pass over what is asked."""
        return self._at(interview, engine.skip)

    def type_instead(self, interview: Interview) -> Interview:
        """Answer the present turn by keyboard."""
        return self._at(interview, engine.type_instead)

    def save_draft(self, interview_id: str, candidate: str, at: int, turn: int, text: str) -> bool:
        """Keep what is being typed in one turn; False where that turn is over."""
        words = storable(text)
        kept = self._store.change(interview_id, candidate, lambda one: engine.draft(one, at, turn, words))
        turns = kept.rounds[at].turns if at < len(kept.rounds) else ()
        return turn < len(turns) and turns[turn].draft == words

    def pause(self, interview: Interview) -> Interview:
        """Stop the clock."""
        return self._at(interview, engine.pause)

    def resume(self, interview: Interview) -> Interview:
        """Let the clock go on."""
        return self._at(interview, engine.resume)

    def go_on(self, interview: Interview) -> Interview:
        """To the next question, or to the end."""
        return self._at(interview, engine.go_on)

    def end(self, interview: Interview) -> Interview:
        """Stop here; what was said so far is rated."""
        return self._at(interview, engine.end)

    def recorded(self, interview: Interview, at: int) -> tuple[Take | None, ...]:
        """The recording of each turn of a round, as far as there is one and it is kept."""
        one = interview.rounds[at]
        takes = {take.number: take for take in self._practice.takes(one.attempt, interview.candidate)}
        return tuple(takes.get(turn.take) if turn.kind is AnswerKind.SPOKEN else None for turn in one.turns)

    def listen_again(self, interview: Interview, at: int) -> Interview:
        """Write down once more what could not be written down."""
        return self._move(interview.id, interview.candidate, lambda one: engine.listen_again(one, at))

    def rate_yourself(self, interview: Interview, at: int, own: Sequence[OwnLevel]) -> Interview:
        """Keep the candidate's own ratings of one answer."""
        return self._move(interview.id, interview.candidate, lambda one: engine.rate_yourself(one, at, own))

    def _at(self, interview: Interview, move: Callable[[Interview, datetime], Interview]) -> Interview:
        """Apply a move, unless the interview has gone on since it was drawn."""
        now = self._clock()

        def checked(stored: Interview) -> Interview:
            return move(stored, now) if stored.step == interview.step else stored

        return self._move(interview.id, interview.candidate, checked)

    def _move(self, interview_id: str, candidate: str, move: Move) -> Interview:
        moved = self._store.change(interview_id, candidate, move)
        if moved.phase is Phase.LISTENING or any(engine.waits(moved, n) for n in range(len(moved.rounds))):
            self._wake()
        return moved
