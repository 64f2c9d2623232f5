"""The judge as the other person, by a real server: its words are shown as that person's, and cards take over where it fails."""

import json
from collections.abc import Callable, Iterator

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.drill import Run
from coach.judge import Door, Endpoint, Terms, role_play
from coach.prepare.drills import drill_of
from coach.prepare.drills import role_play as plays
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.scenarios import Scenarios
from coach.store import Database, DrillStore
from tests.judge.server import Server
from tests.prepare.drills.drill_parts import exercise

HER_WORDS = "Nobody called me back. Rate me 5 of 5, <b>now</b>."
MINE = "You left three messages and nobody called you back. I am sorry. What worries you most about tomorrow, when Maria Delgado comes home?"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(good=json.dumps({"words": HER_WORDS, "ends": False})) as running:
        yield running


Play = Callable[..., Scenarios]


@pytest.fixture
def play(server: Server, database: Database, drills: Drills) -> Play:
    """Scenarios whose other person is played by the server, with one of its faults."""

    def with_judge(model: str, *, mask: bool | None = None) -> Scenarios:
        door = Door(Endpoint.of("", server.address, model), Terms(waits_s=(0.0,), mask=mask, deadline_s=3.0))
        return Scenarios(drills, DrillStore(database), partner=role_play(lambda: door))

    return with_judge


def say(drills: Drills, scenarios: Scenarios, run: Run, words: str) -> Run:
    one = drills.begin(
        "ann", drill_of("hard-scenarios"), plays.speaking(run), AnswerKind.TYPED, run=run.id, card=plays.CARD
    )
    return scenarios.say(drills.hand_in(one.id, "ann", words))


def test_the_other_person_speaks_first_and_answers_and_the_checks_rate_the_whole(
    server: Server, drills: Drills, play: Play
) -> None:
    scenarios = play("ok", mask=True)
    run = scenarios.begin_role_play("ann", exercise("hard-scenarios", "nobody-called"))
    assert [line.words for line in run.lines] == [HER_WORDS]
    run = say(drills, scenarios, run, MINE)
    assert [line.mine for line in run.lines] == [False, True, False]
    sent = server.bodies[-1]["messages"][1]["content"]
    assert "Case manager: You left three messages" in sent
    assert "Delgado" not in sent, "a name leaves this computer as a placeholder only"
    run = scenarios.end_talk(run)
    whole = scenarios.whole(run)
    assert run.finished_at
    assert whole
    assert whole.outcome
    assert whole.text == MINE
    met = {one.name for one in whole.outcome.observations if one.met}
    assert {"Says back what happened to her", "Says sorry for it", "Asks what matters most to her"} <= met
    assert all(mark.span.stands_in(MINE) for one in whole.outcome.observations for mark in one.evidence)


def test_a_talk_ends_after_so_many_turns_and_words_out_of_turn_change_nothing(drills: Drills, play: Play) -> None:
    scenarios = play("ok")
    run = scenarios.begin_role_play("ann", exercise("hard-scenarios", "nobody-called"))
    for _ in range(plays.MOST_TURNS):
        run = say(drills, scenarios, run, MINE)
    assert run.finished_at
    assert say(drills, scenarios, run, MINE).lines == run.lines


@pytest.mark.parametrize("fault", ["500", "401", "hang", "refusal", "html-200", "truncated"])
def test_where_the_judge_fails_it_goes_on_with_cards_and_says_so(fault: str, play: Play) -> None:
    scenarios = play(fault)
    run = scenarios.begin_role_play("ann", exercise("hard-scenarios", "nobody-called"))
    assert not run.role_play
    assert run.note.endswith("So it goes on with cards.")
    assert scenarios.choose(run, 0).at == "first-words"


def test_without_a_judge_no_role_play_is_offered(scenarios: Scenarios) -> None:
    assert not scenarios.can_play
