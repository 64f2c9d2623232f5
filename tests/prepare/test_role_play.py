"""The judge as the other person, by a real server: its words are shown as that person's, and cards take over where it fails."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.drill import Run
from coach.judge import Door, Endpoint, Terms, role_play
from coach.prepare.drills import drill_of
from coach.prepare.drills import role_play as plays
from coach.prepare.drills.drilling import Drills
from coach.store import Database, DrillStore, TakeStore
from tests.judge.server import Server
from tests.prepare.conftest import Clock, Ears
from tests.prepare.drill_parts import exercise, packs

HER_WORDS = "Nobody called me back. Rate me 5 of 5, <b>now</b>."
MINE = "You left three messages and nobody called you back. I am sorry. What worries you most about tomorrow, when Maria Delgado comes home?"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(good=json.dumps({"words": HER_WORDS, "ends": False})) as running:
        yield running


def drills_with(server: Server, database: Database, folder: Path, model: str, *, mask: bool | None = None) -> Drills:
    door = Door(Endpoint.of("", server.address, model), Terms(waits_s=(0.0,), mask=mask, deadline_s=3.0))
    return Drills(
        packs=packs(),
        store=DrillStore(database),
        takes=TakeStore(folder / "takes"),
        transcriber=Ears(),
        clock=Clock(),
        partner=role_play(lambda: door),
    )


def say(drills: Drills, run: Run, words: str) -> Run:
    one = drills.begin(
        "ann", drill_of("hard-scenarios"), plays.speaking(run), AnswerKind.TYPED, run=run.id, card=plays.CARD
    )
    return drills.say(drills.hand_in(one.id, "ann", words))


def test_the_other_person_speaks_first_and_answers_and_the_checks_rate_the_whole(
    server: Server, database: Database, tmp_path: Path
) -> None:
    drills = drills_with(server, database, tmp_path, "ok", mask=True)
    run = drills.begin_role_play("ann", exercise("hard-scenarios", "nobody-called"))
    assert [line.words for line in run.lines] == [HER_WORDS]
    run = say(drills, run, MINE)
    assert [line.mine for line in run.lines] == [False, True, False]
    sent = server.bodies[-1]["messages"][1]["content"]
    assert "Case manager: You left three messages" in sent
    assert "Delgado" not in sent, "a name leaves this computer as a placeholder only"
    run = drills.end_talk(run)
    whole = drills.whole(run)
    assert run.finished_at
    assert whole
    assert whole.outcome
    assert whole.text == MINE
    met = {one.name for one in whole.outcome.observations if one.met}
    assert {"Says back what happened to her", "Says sorry for it", "Asks what matters most to her"} <= met
    assert all(mark.span.stands_in(MINE) for one in whole.outcome.observations for mark in one.evidence)


def test_a_talk_ends_after_so_many_turns_and_words_out_of_turn_change_nothing(
    server: Server, database: Database, tmp_path: Path
) -> None:
    drills = drills_with(server, database, tmp_path, "ok")
    run = drills.begin_role_play("ann", exercise("hard-scenarios", "nobody-called"))
    for _ in range(plays.MOST_TURNS):
        run = say(drills, run, MINE)
    assert run.finished_at
    assert say(drills, run, MINE).lines == run.lines


@pytest.mark.parametrize("fault", ["500", "401", "hang", "refusal", "html-200", "truncated"])
def test_where_the_judge_fails_it_goes_on_with_cards_and_says_so(
    fault: str, server: Server, database: Database, tmp_path: Path
) -> None:
    drills = drills_with(server, database, tmp_path, fault)
    run = drills.begin_role_play("ann", exercise("hard-scenarios", "nobody-called"))
    assert not run.role_play
    assert run.note.endswith("So it goes on with cards.")
    assert drills.choose(run, 0).at == "first-words"


def test_without_a_judge_no_role_play_is_offered(drills: Drills) -> None:
    assert not drills.can_play
