"""All a page can do with hard scenarios: walk through one card by card, or play it with the judge as the other person."""

import uuid
from collections.abc import Sequence

from coach.checks import Checks
from coach.checks.suspected import Suspected
from coach.domain.answer import AnswerKind
from coach.domain.drill import Run, Try
from coach.domain.exercise import Exercise
from coach.domain.question import Question
from coach.judge import OtherTurn
from coach.ports import Inquiry
from coach.prepare.drills import cards, drill_of, role_play
from coach.prepare.drills.drilling import Drills, Store
from coach.prepare.drills.hard_scenarios import HardScenarios
from coach.recordings import Clock, utc_now


class Scenarios:
    """Scenarios of all candidates; their replies are tries. ``partner`` plays the other person, where there is one.

    Each method that names a run raises NotFoundError where the candidate has none such.
    """

    def __init__(
        self,
        drills: Drills,
        store: Store,
        *,
        partner: Inquiry[OtherTurn],
        own_names: Sequence[str] = (),
        clock: Clock = utc_now,
    ) -> None:
        self._drills = drills
        self._store = store
        self._partner = partner
        self._own_names = tuple(own_names)
        self._clock = clock

    # ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, candidate: str, scenario: Exercise) -> Run:
        """A scenario at its first card."""
        run = cards.begin(uuid.uuid4().hex, candidate, scenario, self._clock())
        self._store.add_run(run)
        return run

    def get(self, run_id: str, candidate: str) -> Run:
        """One run. Raises NotFoundError."""
        return self._store.get_run(run_id, candidate)

    def all_of(self, candidate: str) -> tuple[Run, ...]:
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
        return self._partner.is_on

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
        words = role_play.my_words(run)
        found = Checks(self._own_names).run(words, Question.free(run.scenario.given)).findings if words else ()
        # Words to "you" are for the other person here, who rates nobody: only what plainly speaks to a rater is left out.
        findings = [one for one in found if one.check != Suspected.name]
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
        one = self._drills.begin(
            run.candidate, drill, role_play.speaking(run), AnswerKind.TYPED, run=run.id, card=role_play.WHOLE
        )
        self._drills.hand_in(one.id, run.candidate, words)

    def delete(self, run_id: str, candidate: str) -> None:
        """Delete a run with its replies and their recordings. Raises NotFoundError."""
        for one in self._store.tries_in(run_id, candidate):
            self._drills.delete(one.id, candidate)
        self._store.delete_run(run_id, candidate)
