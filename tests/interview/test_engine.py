"""The interview as a state machine: moves and time, by table."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from coach.domain.answer import AnswerKind, Transcript, Word
from coach.domain.interview import Interview, Mode, OwnLevel, Phase, SetUp, TurnState
from coach.domain.rubric import Criterion
from coach.interview import engine
from coach.practice import Practice
from tests.interview.conftest import QUESTIONS
from tests.practice.practice_parts import NOON

Move = Callable[[Interview, datetime], Interview]


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def begun(**choices: object) -> Interview:
    set_up = SetUp.model_validate({"thinking_s": 10, "limit_s": 60, "questions": 2, **choices})
    asked = [(q, Practice.new("ann", q, set_up.answers, NOON, "i")) for q in QUESTIONS[:2]]
    return engine.begin("i", "ann", set_up, asked, NOON)


def present(interview: Interview, now: datetime) -> Interview:
    """The page has been there all the time."""
    return engine.look(interview.model_copy(update={"seen_at": now}), now)


MOVES: dict[str, Move] = {
    "read out": engine.read_out,
    "start": engine.start,
    "close": engine.close,
    "again": engine.again,
    "skip": engine.skip,
    "type": engine.type_instead,
    "pause": engine.pause,
    "resume": engine.resume,
    "go on": engine.go_on,
    "probe": lambda one, now: engine.probe(one, one.at, ("Who said no?", "No obstacle."), now),
    "no probe": lambda one, now: engine.probe(one, one.at, None, now),
    "heard": lambda one, _: engine.heard(
        one, one.at, len(one.round.turns) - 1, Transcript(text="I called.", duration_s=3, model="m")
    ),
    "second passes": lambda one, now: present(one, now + timedelta(seconds=1)),
    "minute passes": lambda one, now: present(one, now + timedelta(minutes=1, seconds=5)),
}


@pytest.mark.parametrize(
    ("choices", "moves", "phase", "question", "turns"),
    [
        ({}, "", Phase.THINKING, 0, 1),
        ({"thinking_s": 0}, "", Phase.ANSWERING, 0, 1),
        ({"aloud": True}, "", Phase.ASKING, 0, 1),
        ({"aloud": True}, "read out", Phase.THINKING, 0, 1),
        ({"aloud": True, "thinking_s": 0}, "read out", Phase.ANSWERING, 0, 1),
        ({"aloud": True}, "start", Phase.ANSWERING, 0, 1),
        ({"aloud": True}, "minute passes", Phase.THINKING, 0, 1),
        ({}, "second passes", Phase.THINKING, 0, 1),
        ({}, "minute passes", Phase.ANSWERING, 0, 1),
        ({}, "start", Phase.ANSWERING, 0, 1),
        ({}, "start, start", Phase.ANSWERING, 0, 1),
        ({}, "close", Phase.THINKING, 0, 1),
        ({}, "start, close", Phase.LISTENING, 0, 1),
        ({}, "start, minute passes", Phase.LISTENING, 0, 1),
        ({"limit_s": None}, "start, minute passes, minute passes", Phase.ANSWERING, 0, 1),
        ({"probes": False}, "start, close", Phase.BETWEEN, 0, 1),
        ({"probes": False}, "start, close, go on", Phase.THINKING, 1, 1),
        ({"probes": False}, "start, close, go on, start, close", Phase.DONE, 1, 1),
        ({"probes": False}, "start, close, go on, start, minute passes", Phase.DONE, 1, 1),
        ({"probes": False, "mode": "practice"}, "start, close, go on, start, close", Phase.BETWEEN, 1, 1),
        ({"probes": False, "mode": "practice"}, "start, close, go on, start, close, go on", Phase.DONE, 1, 1),
        ({}, "start, close, heard, probe", Phase.ANSWERING, 0, 2),
        ({"aloud": True}, "start, close, heard, probe", Phase.ASKING, 0, 2),
        ({}, "start, close, heard, no probe", Phase.BETWEEN, 0, 1),
        ({}, "start, close, minute passes", Phase.ANSWERING, 0, 2),
        ({}, "start, close, heard, probe, close, heard, probe", Phase.ANSWERING, 0, 3),
        ({}, "start, close, heard, probe, close, heard, probe, close", Phase.BETWEEN, 0, 3),
        ({}, "start, close, heard, probe, close, minute passes", Phase.BETWEEN, 0, 2),
        ({}, "start, close, probe, probe", Phase.ANSWERING, 0, 2),
        ({}, "skip", Phase.BETWEEN, 0, 1),
        ({}, "skip, skip, skip", Phase.BETWEEN, 0, 1),
        ({}, "skip, go on, skip", Phase.DONE, 1, 1),
        ({}, "start, close, skip", Phase.LISTENING, 0, 1),
        ({}, "skip, go on, skip, start, close, go on", Phase.DONE, 1, 1),
        ({"mode": "practice"}, "pause, minute passes", Phase.THINKING, 0, 1),
        ({"mode": "practice"}, "pause, minute passes, resume", Phase.THINKING, 0, 1),
        ({"mode": "practice"}, "pause, start", Phase.ANSWERING, 0, 1),
        ({}, "pause, minute passes", Phase.ANSWERING, 0, 1),
        ({"answers": "typed"}, "start, close", Phase.BETWEEN, 0, 1),
        ({"answers": "typed", "probes": False}, "start, again", Phase.ANSWERING, 0, 1),
    ],
)
def test_moves_and_time_lead_to(
    choices: dict[str, object], moves: str, phase: Phase, question: int, turns: int
) -> None:
    interview, now = begun(**choices), NOON
    for move in filter(None, moves.split(", ")):
        interview = MOVES[move](interview, now)
        now = max(now, interview.seen_at)
    assert (interview.phase, interview.at, len(interview.round.turns)) == (phase, question, turns)


def test_one_returns_to_the_second_one_left_at() -> None:
    answering = engine.start(begun(), NOON)
    left = present(answering, at(20))
    back = engine.look(left, at(20 + 3600))
    assert engine.left_s(back, at(3620)) == 40
    assert (back.phase, back.absences, back.away_s) == (Phase.ANSWERING, 1, 3600)


def test_a_reload_is_no_absence_and_the_clock_goes_on() -> None:
    back = engine.look(present(engine.start(begun(), NOON), at(20)), at(23))
    assert (engine.left_s(back, at(23)), back.absences) == (37, 0)


def test_a_clock_that_jumps_back_takes_nothing_away() -> None:
    ahead = present(engine.start(begun(), NOON), at(20))
    back = engine.look(ahead, at(5))
    assert (back.phase, back.absences, back.seen_at) == (Phase.ANSWERING, 0, at(20))


def test_time_that_was_lost_is_no_time_of_the_answer() -> None:
    typed = engine.start(begun(answers=AnswerKind.TYPED, mode=Mode.PRACTICE), NOON)
    back = engine.look(present(typed, at(10)), at(3610))
    on = engine.resume(engine.pause(back, at(3615)), at(4000))
    assert ((on.deadline or NOON) - on.since).total_seconds() == 60, "the clock shows the share of the time there is"
    assert engine.close(on, at(4005), "I called.").rounds[0].turns[0].answered_s == 20
    assert present(on, at(9000)).rounds[0].turns[0].answered_s == 60


def test_a_pause_stands_still_however_long() -> None:
    paused = engine.pause(engine.start(begun(mode=Mode.PRACTICE), NOON), at(4))
    assert engine.left_s(paused, at(500)) == 56
    on = engine.resume(engine.look(paused, at(900)), at(904))
    assert (engine.left_s(on, at(904)), on.pauses, on.absences) == (56, 1, 0)


def test_a_recording_gets_a_moment_after_the_limit_and_a_typed_answer_none() -> None:
    spoken = engine.start(begun(), NOON)
    assert present(spoken, at(62)).phase is Phase.ANSWERING
    assert present(spoken, at(64)).phase is Phase.LISTENING
    typed = engine.start(begun(answers=AnswerKind.TYPED), NOON)
    assert present(typed, at(60)).phase is not Phase.ANSWERING


def test_recording_again_counts_and_begins_the_time_anew() -> None:
    twice = engine.again(engine.start(begun(), NOON), at(50))
    assert (twice.turn.take, twice.turn.recorded_again, engine.left_s(twice, at(50))) == (2, 1, 60)


def test_every_turn_has_recordings_of_its_own() -> None:
    asked = MOVES["probe"](engine.close(engine.again(engine.start(begun(), NOON), NOON), NOON), NOON)
    assert (asked.turn.first_take, asked.turn.take, asked.turn.recorded_again) == (3, 3, 0)


def test_a_probe_has_the_time_a_probe_needs() -> None:
    interview = engine.start(begun(limit_s=180), NOON)
    assert engine.left_s(interview, NOON) == 180
    assert engine.left_s(MOVES["probe"](engine.close(interview, NOON), NOON), NOON) == 90


def test_what_was_typed_when_the_time_ran_out_is_the_answer() -> None:
    typed = engine.start(begun(answers=AnswerKind.TYPED, probes=False), NOON)
    typed = engine.draft(typed, 0, 0, "I called the")
    over = present(typed, at(61))
    assert (over.rounds[0].turns[0].text, over.rounds[0].turns[0].state) == ("I called the", TurnState.READ)


@pytest.mark.parametrize(("question", "turn"), [(0, 1), (1, 0), (0, 7)])
def test_a_late_draft_goes_nowhere_else(question: int, turn: int) -> None:
    typed = engine.start(begun(answers=AnswerKind.TYPED), NOON)
    assert engine.draft(typed, question, turn, "late") == typed
    closed = engine.close(typed, NOON, "in time")
    assert engine.draft(closed, 0, 0, "late") == closed


def test_words_come_in_once_however_often_they_are_heard() -> None:
    closed = engine.close(engine.start(begun(), NOON), NOON)
    once = MOVES["heard"](closed, NOON)
    other = engine.heard(once, 0, 0, Transcript(text="Else.", duration_s=3, model="m"))
    assert other.rounds[0].words == "I called."


def test_hesitations_are_heard_and_not_rated() -> None:
    said = [Word(text=word, start=n, end=n + 0.5, probability=1) for n, word in enumerate(("Um,", "I", "called."))]
    transcript = Transcript(text="Um, I called.", words=tuple(said), duration_s=3, model="m")
    heard = engine.heard(engine.close(engine.start(begun(), NOON), NOON), 0, 0, transcript)
    assert (heard.rounds[0].words, heard.rounds[0].turns[0].transcript) == ("I called.", transcript)


@pytest.mark.parametrize(
    ("moves", "trouble"),
    [
        ("skip", "You skipped this question."),
        ("type, start, close", "Nothing was written before the time was over."),
    ],
)
def test_an_empty_answer_says_why(moves: str, trouble: str) -> None:
    interview = begun(probes=False)
    for move in moves.split(", "):
        interview = MOVES[move](interview, NOON)
    assert (interview.rounds[0].words, interview.rounds[0].trouble) == ("", trouble)


def test_a_silent_recording_says_why() -> None:
    closed = engine.close(engine.start(begun(probes=False), NOON), NOON)
    silent = engine.heard(closed, 0, 0, Transcript(text=" ", duration_s=3, model="m"), "It was silent.")
    assert silent.rounds[0].trouble == "It was silent."


def test_a_skipped_probe_leaves_the_answer_as_it_was() -> None:
    interview = begun()
    for move in ("start", "close", "heard", "probe", "skip"):
        interview = MOVES[move](interview, NOON)
    assert (interview.rounds[0].words, interview.rounds[0].trouble) == ("I called.", "")


def test_own_levels_are_given_once() -> None:
    first = engine.rate_yourself(begun(), 0, [OwnLevel(criterion=Criterion.SOAR, level=4)])
    again = engine.rate_yourself(first, 0, [OwnLevel(criterion=Criterion.SOAR, level=1)])
    assert again.rounds[0].own[0].level == 4
