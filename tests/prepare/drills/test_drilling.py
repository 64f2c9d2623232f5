"""A drill from its beginning to its history: what is kept, what is looked at, and what nobody else may see."""

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.errors import AnswerError, ConflictError, NotFoundError
from coach.prepare.drills import drill_of
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.scenarios import Scenarios
from coach.store import Database
from tests.prepare.drills.conftest import Clock, Ears
from tests.prepare.drills.drill_parts import exercise, seen

PLAIN = drill_of("plain-language")
LADDER = drill_of("result-ladder")
SCENARIOS = drill_of("hard-scenarios")
LIFTED = "She went to the emergency room once in three months, compared with five times before."


def test_what_is_typed_is_kept_looked_at_once_and_found_again(drills: Drills, clock: Clock) -> None:
    one = drills.begin("ann", LADDER, exercise("result-ladder", "fewer-visits"), AnswerKind.TYPED)
    drills.save_draft(one.id, "ann", "She went")
    assert drills.get(one.id, "ann").draft == "She went"
    clock.passes(40)
    rated = drills.hand_in(one.id, "ann", LIFTED)
    assert (rated.state, rated.seconds, rated.outcome and rated.outcome.summary) == (
        AttemptState.RATED,
        40,
        "5 of 5 met",
    )
    assert drills.hand_in(one.id, "ann", "Something else in a second tab.") == rated
    assert drills.history("ann", LADDER) == (rated,)
    assert drills.last("ann") == {LADDER.key: rated}
    with pytest.raises(ConflictError):
        drills.save_draft(one.id, "ann", "more")


def test_nobody_else_finds_it(drills: Drills, scenarios: Scenarios) -> None:
    one = drills.begin("ann", LADDER, exercise("result-ladder", "falls"), AnswerKind.TYPED)
    run = scenarios.begin("ann", exercise("hard-scenarios", "nobody-called"))
    for look in (
        lambda: drills.get(one.id, "bob"),
        lambda: scenarios.get(run.id, "bob"),
        lambda: drills.delete(one.id, "bob"),
    ):
        with pytest.raises(NotFoundError):
            look()
    assert drills.history("bob", LADDER) == ()


def test_an_empty_text_is_refused_and_the_draft_stays(drills: Drills) -> None:
    one = drills.begin("ann", LADDER, exercise("result-ladder", "falls"), AnswerKind.TYPED)
    with pytest.raises(AnswerError, match="nothing to rate"):
        drills.hand_in(one.id, "ann", "  ")
    assert drills.get(one.id, "ann").state is AttemptState.DRAFT


def test_a_second_try_stands_beside_the_first(drills: Drills, clock: Clock) -> None:
    first = drills.begin("ann", LADDER, exercise("result-ladder", "fewer-visits"), AnswerKind.TYPED)
    first = drills.hand_in(first.id, "ann", "With my help she did so much better.")
    clock.passes(60)
    second = drills.again(first, AnswerKind.TYPED)
    second = drills.hand_in(second.id, "ann", LIFTED)
    assert drills.earlier(second) == (first,)
    assert drills.earlier(first) == ()
    assert [one.outcome.met for one in drills.history("ann", LADDER) if one.outcome] == [5, 1]


def test_the_clock_of_a_drill_runs_from_the_beginning_and_cuts_nobody_off(drills: Drills, clock: Clock) -> None:
    one = drills.begin("ann", PLAIN, exercise("plain-language", "water-pill"), AnswerKind.TYPED)
    clock.passes(60)
    assert drills.left_s(one) == 30
    clock.passes(100)
    assert drills.left_s(one) == -70
    assert drills.hand_in(one.id, "ann", Ears.said).seconds == 160
    assert drills.left_s(drills.begin("ann", LADDER, exercise("result-ladder", "falls"), AnswerKind.TYPED)) is None


def test_what_is_said_is_written_down_corrected_and_its_recording_kept(drills: Drills) -> None:
    one = drills.begin("ann", PLAIN, exercise("plain-language", "water-pill"), AnswerKind.SPOKEN)
    drills.put_chunk(one.id, "ann", 1, 0, bytes(64_000))
    drills.finish_take(one.id, "ann", 1, 1)
    drills.hear(one.id, "ann")
    heard = drills.get(one.id, "ann")
    assert (heard.state, heard.draft) == (AttemptState.TRANSCRIBED, Ears.said)
    drills.hear(one.id, "ann")  # a second page must not undo corrections
    rated = drills.hand_in(one.id, "ann", f"{Ears.said} Is that all right with you?")
    assert rated.seconds is None
    assert rated.outcome
    assert rated.transcript
    assert rated.transcript.text == Ears.said
    assert drills.sound(one.id, "ann", 1) == bytes(64_000)
    drills.delete(one.id, "ann")
    with pytest.raises(NotFoundError):
        drills.get(one.id, "ann")


def test_recording_again_begins_a_new_take_and_keeps_the_first(drills: Drills) -> None:
    one = drills.begin("ann", PLAIN, exercise("plain-language", "water-pill"), AnswerKind.SPOKEN)
    drills.put_chunk(one.id, "ann", 1, 0, bytes(64_000))
    drills.finish_take(one.id, "ann", 1, 1)
    drills.hear(one.id, "ann")
    drills.record_again(one.id, "ann")
    assert drills.get(one.id, "ann").state is AttemptState.DRAFT
    assert drills.current_take(one.id, "ann").number == 2
    assert [take.number for take in drills.takes(one.id, "ann")] == [1]


def test_exercises_never_done_come_first_and_then_the_one_done_longest_ago(drills: Drills, clock: Clock) -> None:
    seen = []
    for _ in drills.exercises(LADDER):
        following = drills.next_exercise(LADDER, "ann")
        drills.begin("ann", LADDER, following, AnswerKind.TYPED)
        seen.append(following.key)
        clock.passes(1)
    assert set(seen) == {one.key for one in drills.exercises(LADDER)}
    assert drills.next_exercise(LADDER, "ann").key == seen[0]
    assert drills.next_exercise(LADDER, "ann", but=seen[0]).key == seen[1]


def test_ones_own_result_is_an_exercise_and_an_empty_one_is_not(drills: Drills) -> None:
    one = drills.begin_own("ann", LADDER, "Things went better.", "4 visits, then 1", AnswerKind.TYPED)
    rated = drills.hand_in(one.id, "ann", "Her visits went down from 4 in a month to 1.")
    assert rated.outcome
    assert rated.outcome.summary == "5 of 5 met"
    with pytest.raises(AnswerError, match="Write down the result"):
        drills.begin_own("ann", LADDER, " ", "", AnswerKind.TYPED)
    with pytest.raises(AnswerError, match="longer than a result"):
        drills.begin_own("ann", LADDER, "x" * 3_000, "", AnswerKind.TYPED)


def test_a_scenario_goes_on_with_a_reply_and_is_deleted_with_all_of_it(drills: Drills, scenarios: Scenarios) -> None:
    run = scenarios.choose(scenarios.begin("ann", exercise("hard-scenarios", "nobody-called")), 0)
    one = drills.begin("ann", SCENARIOS, run.scenario.at_card(run.at), AnswerKind.TYPED, run=run.id, card=run.at)
    one = drills.hand_in(one.id, "ann", run.scenario.at_card(run.at).good)
    scenarios.go_on(one)
    scenarios.go_on(one)
    after = scenarios.get(run.id, "ann")
    assert (len(after.steps), after.steps[-1].well, after.steps[-1].reply) == (2, True, one.id)
    scenarios.delete(run.id, "ann")
    assert scenarios.all_of("ann") == ()
    assert drills.history("ann", SCENARIOS) == ()


def test_a_new_database_over_the_same_file_finds_everything(drills: Drills, database: Database) -> None:
    one = drills.begin("ann", LADDER, exercise("result-ladder", "falls"), AnswerKind.TYPED)
    database.close()
    assert drills.get(one.id, "ann") == one


def test_an_answer_on_something_else_is_told_so() -> None:
    off = "Preheat the oven, whisk three eggs with sugar and fold in the flour until the dough is smooth and shiny for the cake."
    for drill, key in (
        ("smart-goal", "get-moving"),
        ("just-the-facts", "messy-kitchen"),
        ("result-ladder", "fewer-visits"),
    ):
        assert "about this exercise" in seen(drill, key, off).remark
        assert seen(drill, key, exercise(drill, key).good).remark == ""
