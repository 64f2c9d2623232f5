"""All a page can do with drills: begin a try, keep what is typed or said, look at it, walk through a scenario."""

import logging
import random
import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from coach.checks import Checks
from coach.domain.answer import AnswerKind, Transcript
from coach.domain.attempt import AttemptState
from coach.domain.drill import Run, Try
from coach.domain.exercise import OWN_KEY, Exercise, own_exercise
from coach.domain.question import Question
from coach.errors import AnswerError, BankError
from coach.judge import OtherTurn
from coach.ports import Inquiry, Live, TakeStore, Transcriber
from coach.practice import check_length, storable
from coach.prepare.drills import ALL, Drill, cards, drill_of, look, role_play
from coach.prepare.drills.hard_scenarios import HardScenarios
from coach.prepare.drills.packs import Packs
from coach.recordings import Clock, Recordings, utc_now
from coach.settings import Keep

log = logging.getLogger(__name__)

LONGEST_OWN = 2_000  # characters of a result of one's own


class Store(Protocol):
    """Keeps tries and runs. Each method that names one raises NotFoundError where the candidate has none such."""

    def add(self, one: Try) -> None: ...
    def get(self, try_id: str, candidate: str) -> Try: ...
    def change(self, try_id: str, candidate: str, move: Callable[[Try], Try]) -> Try: ...
    def save_draft(self, try_id: str, candidate: str, draft: str) -> None: ...
    def save_transcript(self, try_id: str, candidate: str, transcript: Transcript) -> None: ...
    def all_of(self, candidate: str, drill: str | None = None) -> tuple[Try, ...]: ...
    def delete(self, try_id: str, candidate: str) -> None: ...
    def add_run(self, run: Run) -> None: ...
    def get_run(self, run_id: str, candidate: str) -> Run: ...
    def change_run(self, run_id: str, candidate: str, move: Callable[[Run], Run]) -> Run: ...
    def runs_of(self, candidate: str) -> tuple[Run, ...]: ...
    def tries_in(self, run_id: str, candidate: str) -> tuple[Try, ...]: ...
    def delete_run(self, run_id: str, candidate: str) -> None: ...


class Drills(Recordings):
    """Drills of all candidates. Each method that names a try or run raises NotFoundError where the candidate has none such."""

    def __init__(
        self,
        *,
        packs: Packs,
        store: Store,
        takes: TakeStore,
        transcriber: Transcriber,
        live: Live | None = None,
        keep: Keep = Keep.ALWAYS,
        clock: Clock = utc_now,
        own_names: Sequence[str] = (),
        rng: random.Random | None = None,
        partner: Inquiry[OtherTurn] | None = None,
    ) -> None:
        super().__init__(attempts=store, takes=takes, transcriber=transcriber, live=live, keep=keep, clock=clock)
        self._packs = packs
        self._store = store
        self._own_names = tuple(own_names)
        self._partner = partner
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

    # ── looking back ─────────────────────────────────────────────────────────────────────────────────────────────

    def history(self, candidate: str, drill: Drill) -> tuple[Try, ...]:
        """The tries at a drill that were looked at, the newest first."""
        return tuple(one for one in self._store.all_of(candidate, drill.key) if one.outcome)

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

    # ── scenarios ────────────────────────────────────────────────────────────────────────────────────────────────

    def begin_run(self, candidate: str, scenario: Exercise) -> Run:
        """A scenario at its first card."""
        run = cards.begin(uuid.uuid4().hex, candidate, scenario, self._clock())
        self._store.add_run(run)
        return run

    def run(self, run_id: str, candidate: str) -> Run:
        """One run. Raises NotFoundError."""
        return self._store.get_run(run_id, candidate)

    def runs_of(self, candidate: str) -> tuple[Run, ...]:
        """A candidate's runs, the newest first."""
        return self._store.runs_of(candidate)

    def tries_in(self, run: Run) -> tuple[Try, ...]:
        """The replies given in a run, the first first."""
        return self._store.tries_in(run.id, run.candidate)

    def choose(self, run: Run, number: int) -> Run:
        """Take a choice of the card the page showed."""
        return self._store.change_run(
            run.id, run.candidate, lambda one: cards.choose(one, run.at, number, self._clock())
        )

    def pass_by(self, run: Run) -> Run:
        """Leave the card without words."""
        return self._store.change_run(run.id, run.candidate, lambda one: cards.pass_by(one, run.at, self._clock()))

    def go_on(self, one: Try) -> None:
        """Let the scenario go on with this reply."""
        if one.run is not None:
            self._store.change_run(one.run, one.candidate, lambda run: cards.reply(run, one, self._clock()))

    # ── role-play ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def can_play(self) -> bool:
        """Whether there is a judge to play the other person."""
        return self._partner is not None and self._partner.is_on

    def begin_role_play(self, candidate: str, scenario: Exercise) -> Run:
        """A scenario with the judge as the other person, who speaks first; with cards where the judge fails. Blocks."""
        run = cards.begin(uuid.uuid4().hex, candidate, scenario, self._clock()).model_copy(update={"role_play": True})
        self._store.add_run(run)
        return self._let_speak(run)

    def say(self, one: Try) -> Run:
        """Say the words of a try in its role-play, and hear what the other person says to them. Blocks."""
        run = self._store.change_run(one.run or "", one.candidate, lambda stored: role_play.said(stored, one))
        return self._let_speak(run) if run.lines and run.lines[-1].mine else run

    def end_talk(self, run: Run) -> Run:
        """End a role-play here, and look at all that was said."""
        ended = self._store.change_run(run.id, run.candidate, lambda one: role_play.ended(one, self._clock()))
        self._look_at_whole(ended)
        return ended

    def whole(self, run: Run) -> Try | None:
        """What was seen in all that the candidate said in a role-play."""
        return next((one for one in self.tries_in(run) if one.card == role_play.WHOLE), None)

    def _let_speak(self, run: Run) -> Run:
        if self._partner is None:
            return run
        words = role_play.my_words(run)
        findings = Checks(self._own_names).run(words, Question.free(run.scenario.given)).findings if words else ()
        data = {"scene": run.scenario.given, "person": run.scenario.person, "talk": role_play.talk(run)}
        heard = self._partner.ask(data, findings, candidate=run.candidate)
        turn = heard.reply

        def spoken(stored: Run) -> Run:
            if turn is None:
                return role_play.fell_back(stored, heard.record.message)
            return role_play.answered(stored, turn.words.strip(), self._clock(), ends=turn.ends)

        after = self._store.change_run(run.id, run.candidate, spoken)
        if after.finished_at:
            self._look_at_whole(after)
        return after

    def _look_at_whole(self, run: Run) -> None:
        words = role_play.my_words(run)
        if not words or self.whole(run):
            return
        drill = drill_of(HardScenarios.key)
        one = self.begin(
            run.candidate, drill, role_play.speaking(run), AnswerKind.TYPED, run=run.id, card=role_play.WHOLE
        )
        self.hand_in(one.id, run.candidate, words)

    def delete_run(self, run_id: str, candidate: str) -> None:
        """Delete a run with its replies and their recordings. Raises NotFoundError."""
        for one in self._store.tries_in(run_id, candidate):
            self.delete(one.id, candidate)
        self._store.delete_run(run_id, candidate)
