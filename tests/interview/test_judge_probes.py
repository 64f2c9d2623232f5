"""A follow-up by the judge is asked if it came in time and keeps to the answer; otherwise the interview goes on as without a judge."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.finding import Finding, Severity
from coach.domain.interview import Interview, Phase
from coach.domain.span import Span
from coach.interview.probes import BY_JUDGE
from coach.judge import Door, Endpoint, Prober, Terms
from coach.judge.follow_up import kept
from tests.interview.conftest import Clock, Room
from tests.judge.server import Server
from tests.practice.practice_parts import SPOKEN

ASKED = "What exactly did you say when you called?"
SAID = "She was afraid of the stairs, so I called the nurse and asked for an aide. Kim got one after four days and was glad."


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(good=json.dumps({"question": ASKED})) as running:
        yield running


def room_with(server: Server, folder: Path, model: str, within_s: float = 4.0) -> Room:
    door = Door(Endpoint.of("", server.address, model), Terms(waits_s=(0.0,)))
    return Room(folder, Clock(), prober=Prober(lambda: door, within_s=within_s))


def heard_out(room: Room, interview_id: str) -> Interview:
    """The interview once nobody thinks about a follow-up any more."""
    give_up = time.monotonic() + 60
    room.work()
    while (one := room.interviews.get(interview_id, "ann")).phase is Phase.LISTENING and time.monotonic() < give_up:
        time.sleep(0.02)
        room.work()
    return one


def probed(room: Room, heard_after_s: float = 0.0) -> tuple[str, str]:
    """What is asked after a spoken answer, and why."""
    one = room.speak(room.begin(answers=AnswerKind.SPOKEN, probes=True, questions=1, keys=("barrier",)))
    assert one.phase is Phase.LISTENING
    room.clock.passes(heard_after_s)
    turn = heard_out(room, one.id).turn
    room.database.close()
    return turn.asked, turn.why


def test_the_judges_follow_up_is_asked_and_marked_as_its_own(server: Server, tmp_path: Path) -> None:
    assert probed(room_with(server, tmp_path, "ok")) == (ASKED, BY_JUDGE)
    assert SPOKEN in server.bodies[0]["messages"][1]["content"]


def test_what_comes_next_is_the_checks_specific_and_the_judge_is_asked_once_an_answer(
    server: Server, tmp_path: Path
) -> None:
    room = room_with(server, tmp_path, "ok")
    one = room.speak(room.begin(answers=AnswerKind.SPOKEN, probes=True, questions=1, keys=("barrier",)))
    heard_out(room, one.id)
    one = room.speak(room.interviews.look(one.id, "ann"), 2)
    turns = heard_out(room, one.id).round.turns
    room.database.close()
    assert [turn.why for turn in turns].count(BY_JUDGE) == 1
    assert len(server.bodies) == 1


def test_while_a_judge_thinks_about_one_interview_another_goes_on(server: Server, tmp_path: Path) -> None:
    room = room_with(server, tmp_path, "hang")
    first, second = (room.begin(answers=AnswerKind.SPOKEN, probes=True, questions=1, keys=("barrier",)) for _ in "ab")
    room.speak(first)
    room.work()
    assert room.interviews.get(first.id, "ann").phase is Phase.LISTENING
    room.speak(second)
    room.work()
    assert room.interviews.get(second.id, "ann").round.turns[0].text == SPOKEN
    server.let_go.set()
    for one in (first, second):
        assert heard_out(room, one.id).phase is Phase.ANSWERING
    room.database.close()


@pytest.mark.parametrize("fault", ["500", "401", "hang", "refusal", "levels", "html-200", "reset", "truncated"])
def test_a_slow_or_failing_judge_changes_nothing(fault: str, server: Server, tmp_path: Path) -> None:
    without = probed(Room(tmp_path / "without", Clock()))
    within_s = 1.0 if fault == "hang" else 4.0
    assert probed(room_with(server, tmp_path / "with", fault, within_s)) == without
    assert server.bodies or fault == "hang"


def test_where_listening_took_too_long_the_judge_is_not_asked_at_all(server: Server, tmp_path: Path) -> None:
    without = probed(Room(tmp_path / "without", Clock()), 9.5)
    assert probed(room_with(server, tmp_path / "with", "ok"), 9.5) == without
    assert server.bodies == []


def test_a_judge_that_is_late_again_and_again_is_left_alone_by_interviews_and_by_nobody_else(
    server: Server,
) -> None:
    door = Door(Endpoint.of("", server.address, "hang"), Terms(waits_s=()))
    prober = Prober(lambda: door, within_s=0.8)
    assert [prober.follow_up("A barrier?", SAID, ()) for _ in range(5)] == [""] * 5
    assert len(server.bodies) == 3
    assert not door._breaker.rests()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How did you find out that she was afraid of the stairs?", True),
        ("What would you do differently next time?", True),
        ("Tell me about the nurse.", False),
        ("Why did you call the police?", False),
        ("How did her 3 children take it?", False),
        ("You are brilliant, what did you say?", False),
        ("What did the nurse say? And then?", False),
        ("What did Kim say?", False),
        ("Did the nurse at Mercy Hospital agree?", False),
        ("", False),
        ("What did the nurse " + "say " * 60 + "?", False),
    ],
)
def test_a_follow_up_is_one_question_that_takes_nothing_for_granted_and_names_nobody(
    question: str, *, asked: bool
) -> None:
    at = SAID.index("Kim")
    name = Finding(
        check="identifiers", label="person", severity=Severity.LEAK, span=Span.of(SAID, at, at + 3), message="M."
    )
    assert kept(question, "Tell me about a barrier you removed.", SAID, (name,)) == (question if asked else "")
