"""All a page can do with tries at drills: begin one, keep what is typed or said, look at it, find it again."""

import logging
import random
import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from coach.domain.answer import AnswerKind, Transcript
from coach.domain.attempt import AttemptState
from coach.domain.drill import Run, Try
from coach.domain.exercise import OWN_KEY, Exercise, own_exercise
from coach.errors import AnswerError, BankError
from coach.ports import Live, TakeStore, Transcriber
from coach.practice import check_length, storable
from coach.prepare.drills import ALL, Drill, drill_of, look
from coach.prepare.drills.hard_scenarios import HardScenarios
from coach.prepare.drills.packs import Packs
from coach.recordings import Clock, KeepOf, Recordings, nobody_chose, utc_now
from coach.settings import Keep

log = logging.getLogger(__name__)

LONGEST_OWN = 2_000  # characters of a result of one's own


class Store(Protocol):
    """Keeps tries and runs. Each method that names one raises NotFoundError where the candidate has none such."""

    def add(self, one: Try) -> None: ...
    def get(self, try_id: str, candidate: str) -> Try: ...
    def change(self, try_id: str, candidate: str, move: Callable[[Try], Try]) -> Try: ...
    def save_draft(self, try_id: str, candidate: str, draft: str) -> None: ...
    def finish_recording(self, try_id: str, candidate: str) -> None: ...
    def save_transcript(self, try_id: str, candidate: str, transcript: Transcript) -> None: ...
    def all_of(self, candidate: str, drill: str | None = None) -> tuple[Try, ...]: ...
    def owners(self, try_ids: Collection[str]) -> dict[str, str]: ...
    def delete(self, try_id: str, candidate: str) -> None: ...
    def add_run(self, run: Run) -> None: ...
    def get_run(self, run_id: str, candidate: str) -> Run: ...
    def change_run(self, run_id: str, candidate: str, move: Callable[[Run], Run]) -> Run: ...
    def runs_of(self, candidate: str) -> tuple[Run, ...]: ...
    def tries_in(self, run_id: str, candidate: str) -> tuple[Try, ...]: ...
    def delete_run(self, run_id: str, candidate: str) -> None: ...


class Drills(Recordings):
    """Drills of all candidates. Each method that names a try raises NotFoundError where the candidate has none such."""

    def __init__(
        self,
        *,
        packs: Packs,
        store: Store,
        takes: TakeStore,
        transcriber: Transcriber,
        live: Live | None = None,
        keep: Keep = Keep.ALWAYS,
        keep_of: KeepOf = nobody_chose,
        clock: Clock = utc_now,
        own_names: Sequence[str] = (),
        rng: random.Random | None = None,
    ) -> None:
        super().__init__(
            attempts=store, takes=takes, transcriber=transcriber, live=live, keep=keep, keep_of=keep_of, clock=clock
        )
        self._packs = packs
        self._store = store
        self._own_names = tuple(own_names)
        self._rng = rng or random.Random()  # noqa: S311  # choosing an exercise is no secret

    # ── exercises ────────────────────────────────────────────────────────────────────────────────────────────────

    def exercises(self, drill: Drill) -> tuple[Exercise, ...]:
        """The exercises of a drill."""
        return self._packs[drill.key]

    def exercise(self, drill: Drill, key: str) -> Exercise:
        """One exercise of a drill. Raises BankError."""
        found = next((one for one in self.exercises(drill) if one.key == key), None)
        if found is None:
            raise BankError("There is no such exercise any more. Choose another one from the list.")
        return found

    def next_exercise(self, drill: Drill, candidate: str, but: str = "") -> Exercise:
        """The exercise done longest ago, one never done first; by chance among several, and another one than ``but``."""
        done = {one.exercise.key: one.created_at for one in reversed(self._store.all_of(candidate, drill.key))}
        done |= {
            run.scenario.key: run.created_at
            for run in reversed(self._store.runs_of(candidate))
            if drill.key == HardScenarios.key
        }
        offered = [one for one in self.exercises(drill) if one.key != but]
        new = [one for one in offered if one.key not in done]
        return self._rng.choice(new) if new else min(offered, key=lambda one: done[one.key])

    # ── a try, step by step ──────────────────────────────────────────────────────────────────────────────────────

    def begin(
        self,
        candidate: str,
        drill: Drill,
        exercise: Exercise,
        kind: AnswerKind,
        *,
        run: str | None = None,
        card: str = "",
    ) -> Try:
        """A new try at an exercise; the clock of a drill that has one runs from now on."""
        one = Try(
            id=uuid.uuid4().hex,
            candidate=candidate,
            drill=drill.key,
            exercise=exercise,
            kind=kind,
            created_at=self._clock(),
            run=run,
            card=card,
        )
        self._store.add(one)
        return one

    def begin_own(self, candidate: str, drill: Drill, result: str, known: str, kind: AnswerKind) -> Try:
        """A try at a result of the candidate's own. Raises AnswerError where there is none, or too much."""
        if not result.strip():
            raise AnswerError("Write down the result as you would tell it now. Then lift it.")
        if len(result) + len(known) > LONGEST_OWN:
            raise AnswerError(f"This is longer than a result. Up to {LONGEST_OWN:,} characters can be used.")
        return self.begin(candidate, drill, own_exercise(storable(result.strip()), storable(known.strip())), kind)

    def again(self, one: Try, kind: AnswerKind) -> Try:
        """Another try at the same exercise; the earlier one is kept."""
        return self.begin(one.candidate, drill_of(one.drill), one.exercise, kind, run=one.run, card=one.card)

    def get(self, try_id: str, candidate: str) -> Try:
        """One try. Raises NotFoundError."""
        return self._store.get(try_id, candidate)

    def left_s(self, one: Try) -> float | None:
        """Seconds left of a typed try's time; below 0 where it is over, None where there is no clock. It cuts nobody off."""
        limit = drill_of(one.drill).limit_s
        return None if limit is None else limit - (self._clock() - one.created_at).total_seconds()

    def save_draft(self, try_id: str, candidate: str, draft: str) -> None:
        """Keep what has been typed so far."""
        self._store.save_draft(try_id, candidate, storable(draft))

    def record_again(self, try_id: str, candidate: str) -> None:
        """A new take; earlier ones are kept."""
        self._forget_live(try_id)
        self._store.change(try_id, candidate, lambda one: one.model_copy(update={"state": AttemptState.DRAFT}))
        self.begin_take(try_id, candidate)

    def hand_in(self, try_id: str, candidate: str, text: str) -> Try:
        """Look at what was said or written. Raises AnswerError for an empty or endless text: the draft stays. A second time changes nothing."""
        words = storable(text)
        one = self._store.get(try_id, candidate)
        if one.state is AttemptState.RATED:
            return one
        self._store.save_draft(try_id, candidate, words)
        check_length(words)
        now = self._clock()
        outcome = look(drill_of(one.drill), one.exercise, words, self._own_names)
        seconds = (now - one.created_at).total_seconds() if one.kind is AnswerKind.TYPED else None
        done = {
            "state": AttemptState.RATED,
            "text": words,
            "draft": words,
            "rated_at": now,
            "seconds": seconds,
            "outcome": outcome,
        }
        rated = self._store.change(
            try_id,
            candidate,
            lambda stored: stored if stored.state is AttemptState.RATED else stored.model_copy(update=done),
        )
        log.info("try %s at %s: %s", one.id, one.drill, outcome.summary)
        self._after_rating(try_id, candidate)
        return rated

    def claim(self, one: Try, name: str, *, on: bool) -> Try:
        """Note that the candidate says they did what was not found, or take that back. Raises NotFoundError."""

        def move(stored: Try) -> Try:
            seen = stored.outcome.observations if stored.outcome else ()
            open_ones = [other.name for other in seen if other.claimable]
            wanted = {*stored.claims, name} if on else {*stored.claims} - {name}
            return stored.model_copy(update={"claims": tuple(other for other in open_ones if other in wanted)})

        return self._store.change(one.id, one.candidate, move)

    # ── looking back ─────────────────────────────────────────────────────────────────────────────────────────────

    def history(self, candidate: str, drill: Drill) -> tuple[Try, ...]:
        """The tries at a drill that were looked at, the newest first."""
        return tuple(one for one in self._store.all_of(candidate, drill.key) if one.outcome)

    def looked_at(self, candidate: str) -> tuple[Try, ...]:
        """All tries that were looked at, the newest first."""
        return tuple(one for one in self._store.all_of(candidate) if one.outcome)

    def last(self, candidate: str) -> dict[str, Try]:
        """The last try at each drill that was looked at."""
        tries = self._store.all_of(candidate)
        return {
            drill.key: one
            for drill in ALL
            if (one := next((t for t in tries if t.drill == drill.key and t.outcome), None))
        }

    def earlier(self, one: Try) -> tuple[Try, ...]:
        """The tries at the same exercise before this one that were looked at, the newest first; in a scenario, at the same card."""
        return tuple(
            other
            for other in self.history(one.candidate, drill_of(one.drill))
            if other.exercise.key == one.exercise.key
            and (other.exercise.key != OWN_KEY or other.exercise.given == one.exercise.given)
            and other.run == one.run
            and other.created_at < one.created_at
        )

    def delete(self, try_id: str, candidate: str) -> None:
        """Delete a try and its recordings; the recordings go first. Raises NotFoundError."""
        self._store.get(try_id, candidate)
        self._forget_live(try_id)
        self._takes.delete(try_id)
        self._store.delete(try_id, candidate)
