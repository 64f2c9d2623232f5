"""The pipeline from question to feedback, and that it can be taken up again wherever it broke off."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from practice_parts import NOON, ORDER, QUESTIONS, SPOKEN, Clock, Desk, Ears

from coach.bank import Bank, DemoAnswer, load_bank, load_demo_answers, load_rubric
from coach.checks import Checks
from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt, AttemptState, Versions
from coach.domain.feedback import FeedbackState
from coach.domain.question import Question
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion
from coach.domain.verdict import JudgeOutcome
from coach.errors import AnswerError, BankError, NotAudioError, NotFoundError
from coach.judge import NoJudge
from coach.practice import MAX_CHARACTERS, MAX_WORDS, Practice, storable
from coach.resources import question_bank
from coach.store import AttemptStore, Database, JudgeStore, TakeStore
from coach.store.migrate import migrate

BARRIER = QUESTIONS[0]
SECOND = b"\x01\x00" * 16_000
ANSWER = "I asked her what mattered most, and we began there."


def typed(practice: Practice, text: str = ANSWER) -> Attempt:
    attempt = practice.begin("ann", BARRIER, AnswerKind.TYPED)
    practice.hand_in(attempt.id, "ann", text)
    return attempt


def recorded(practice: Practice, chunks: tuple[int, ...] = (0, 1), of: int = 2) -> Attempt:
    attempt = practice.begin("ann", BARRIER, AnswerKind.SPOKEN)
    take = practice.begin_take(attempt.id, "ann")
    for number in chunks:
        practice.put_chunk(attempt.id, "ann", take.number, number, SECOND)
    practice.finish_take(attempt.id, "ann", take.number, of)
    return practice.get(attempt.id, "ann")


# ── all the way ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_spoken_answer_goes_all_the_way(practice: Practice, desk: Desk) -> None:
    attempt = recorded(practice)
    seen: list[float] = []
    assert practice.hear(attempt.id, "ann", on_progress=seen.append).text == SPOKEN
    assert seen == [1.0]
    assert desk.ears.sounds == [SECOND * 2]
    practice.hand_in(attempt.id, "ann", "Corrected: " + SPOKEN)
    rated = practice.rate(attempt.id, "ann")
    assert rated.state is AttemptState.RATED
    assert rated.feedback
    assert rated.feedback.of(Criterion.SOAR).by is Rater.BOTH
    assert desk.judge.asked == ["Corrected: " + SPOKEN]
    assert rated.transcript
    assert rated.transcript.text == SPOKEN
    assert rated.versions == Versions(rubric="t1", checks="t")
    assert rated.created_at < (rated.handed_in_at or NOON) < (rated.rated_at or NOON)
    assert [level.level for level in practice.levels_of("ann")] == [4, 4, 4, 4]


def test_it_goes_on_at_every_step_after_everything_was_killed(desk: Desk) -> None:
    """Each step is taken by a pipeline that knows nothing but the files."""
    attempt = desk.again().begin("ann", BARRIER, AnswerKind.SPOKEN)
    take = desk.again().begin_take(attempt.id, "ann").number
    desk.again().put_chunk(attempt.id, "ann", take, 0, SECOND)
    kept = desk.again().current_take(attempt.id, "ann")
    assert (kept.seconds, kept.next_chunk, kept.sealed) == (1.0, 1, False)
    desk.again().put_chunk(attempt.id, "ann", take, kept.next_chunk, SECOND)
    desk.again().finish_take(attempt.id, "ann", take, 2)
    assert desk.again().unfinished("ann")[0].state is AttemptState.RECORDED
    desk.again().hear(attempt.id, "ann")
    assert desk.again().unfinished("ann")[0].state is AttemptState.TRANSCRIBED
    desk.again().save_draft(attempt.id, "ann", "half corrected")
    assert desk.again().get(attempt.id, "ann").draft == "half corrected"
    desk.again().hand_in(attempt.id, "ann", ANSWER)
    assert desk.again().unfinished("ann")[0].state is AttemptState.HANDED_IN
    assert desk.again().rate(attempt.id, "ann").state is AttemptState.RATED
    assert desk.again().unfinished("ann") == ()


def test_what_dies_while_rating_is_rated_by_asking_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = typed(desk.again())

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(desk.judge, "rate", die)
        with pytest.raises(KeyboardInterrupt):
            desk.again().rate(attempt.id, "ann")
    left = desk.again().get(attempt.id, "ann")
    assert left.feedback
    assert left.feedback.state is FeedbackState.CHECKS_ONLY
    assert desk.waiting().due(desk.clock.now + timedelta(days=1)) == ((attempt.id, "ann"),)
    rated = desk.again().rate(attempt.id, "ann").feedback
    assert rated
    assert rated.state is FeedbackState.RATED


def test_rating_again_replaces_the_feedback(practice: Practice, desk: Desk) -> None:
    attempt = typed(practice)
    practice.rate(attempt.id, "ann")
    desk.judge.level = 2
    again = practice.rate(attempt.id, "ann").feedback
    assert again
    assert [r.level for r in again.ratings] == [2, 2, 2, 2]
    assert len(practice.levels_of("ann")) == 4


# ── what cannot be rated ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u2003\u00a0"])
def test_an_empty_answer_is_not_taken_and_can_be_gone_on_with(practice: Practice, text: str) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.TYPED)
    with pytest.raises(AnswerError, match="nothing to rate yet"):
        practice.hand_in(attempt.id, "ann", text)
    assert practice.get(attempt.id, "ann").state is AttemptState.DRAFT
    practice.hand_in(attempt.id, "ann", ANSWER)
    assert practice.get(attempt.id, "ann").text == ANSWER


def test_an_endless_answer_is_not_taken_but_kept_as_draft(practice: Practice) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.TYPED)
    endless = "word " * 20_000
    with pytest.raises(AnswerError, match="has 20,000 words; up to 6,000"):
        practice.hand_in(attempt.id, "ann", endless)
    found = practice.get(attempt.id, "ann")
    assert (found.state, found.draft) == (AttemptState.DRAFT, endless)


def test_an_endless_answer_without_spaces_is_not_taken_either(practice: Practice) -> None:
    with pytest.raises(AnswerError, match="has 60,001 characters"):
        typed(practice, "字" * (MAX_CHARACTERS + 1))


def test_the_longest_answer_is_taken(practice: Practice) -> None:
    assert practice.rate(typed(practice, "word " * MAX_WORDS).id, "ann").state is AttemptState.RATED


def test_what_is_not_handed_in_is_not_rated(practice: Practice, desk: Desk) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.TYPED)
    practice.save_draft(attempt.id, "ann", ANSWER)
    with pytest.raises(AnswerError, match="not been handed in"):
        practice.rate(attempt.id, "ann")
    assert desk.judge.asked == []


def test_the_judge_is_asked_only_where_something_could_be_rated(practice: Practice, desk: Desk) -> None:
    feedback, record = practice.score(BARRIER, "Hm, I do not know.")
    assert feedback.state is FeedbackState.UNRATED
    assert all(r.level is None for r in feedback.ratings)
    assert feedback.note == "Too little was said."
    assert record.outcome is JudgeOutcome.OFF
    assert desk.judge.asked == []
    practice.score(BARRIER, ANSWER)
    assert desk.judge.asked == [ANSWER]


def test_a_judge_that_fails_leaves_the_checks_ratings_and_its_reason(practice: Practice, desk: Desk) -> None:
    desk.judge.outcome = JudgeOutcome.TOO_SLOW
    rated = practice.rate(typed(practice).id, "ann")
    assert rated.feedback
    assert rated.feedback.state is FeedbackState.CHECKS_ONLY
    assert {r.by for r in rated.feedback.ratings} == {Rater.CHECKS}
    assert (
        rated.feedback.note
        == "Rated by checks so far. The judge said so. It is asked again on its own, and what it says is added here."
    )
    assert rated.judge
    assert rated.judge.outcome is JudgeOutcome.TOO_SLOW


def test_a_question_of_ones_own_takes_no_orders_to_the_judge_along(practice: Practice, desk: Desk) -> None:
    for asked in (f"What went wrong? {ORDER}", ORDER):
        practice.score(Question.free(asked), ANSWER)
        attempt = practice.begin("ann", Question.free(asked), AnswerKind.TYPED)
        practice.hand_in(attempt.id, "ann", ANSWER)
        practice.rate(attempt.id, "ann")
    assert desk.judge.questions == ["What went wrong?"] * 2 + ["Tell me about a case."] * 2


def test_what_the_checks_would_have_no_judge_see_is_told_to_it_with_the_answer(practice: Practice, desk: Desk) -> None:
    practice.score(BARRIER, f"{ANSWER} {ORDER}")
    assert desk.judge.unshown == [ORDER]


def test_half_a_character_pair_is_replaced_and_everything_else_stays_in_its_place(practice: Practice) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.TYPED)
    practice.save_draft(attempt.id, "ann", "a\ud83d b")
    assert practice.get(attempt.id, "ann").draft == "a\ufffd b"
    practice.hand_in(attempt.id, "ann", "a\ud83d b 😀")
    assert practice.get(attempt.id, "ann").text == "a\ufffd b 😀"
    assert storable("\ud800x\udfff") == "\ufffdx\ufffd"


# ── recordings ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_pieces_are_told_with_the_transcript(practice: Practice) -> None:
    attempt = recorded(practice, chunks=(0, 3), of=5)
    assert practice.hear(attempt.id, "ann").note.startswith("3 of its pieces (2 seconds each) never arrived")
    found = practice.get(attempt.id, "ann").transcript
    assert found
    assert "never arrived" in found.note


def test_missing_pieces_are_told_beside_what_the_ears_had_to_say(practice: Practice, desk: Desk) -> None:
    desk.ears.note = "Very quiet."
    note = practice.hear(recorded(practice, chunks=(0,), of=2).id, "ann").note
    assert note.startswith("Very quiet. 1 of its pieces")


def test_without_a_recording_there_is_nothing_to_write_down(practice: Practice) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.SPOKEN)
    with pytest.raises(NotFoundError, match="no recording"):
        practice.hear(attempt.id, "ann")


def test_recording_again_keeps_the_first_take_and_hears_the_second(practice: Practice, desk: Desk) -> None:
    attempt = recorded(practice)
    practice.hear(attempt.id, "ann")
    practice.record_again(attempt.id, "ann")
    assert practice.get(attempt.id, "ann").state is AttemptState.DRAFT
    assert practice.current_take(attempt.id, "ann").number == 2
    practice.put_chunk(attempt.id, "ann", 2, 0, SECOND)
    practice.finish_take(attempt.id, "ann", 2, 1)
    practice.hear(attempt.id, "ann")
    assert [len(sound) for sound in desk.ears.sounds] == [64_000, 32_000]
    assert [t.number for t in practice.takes(attempt.id, "ann")] == [1, 2]
    assert practice.sound(attempt.id, "ann", 1) == SECOND * 2


def test_a_finished_recording_waits_and_an_old_one_never_takes_the_place_of_a_new_one(practice: Practice) -> None:
    one = recorded(practice)
    assert practice.get(one.id, "ann").state is AttemptState.RECORDED

    def again(_share: float) -> None:
        practice.record_again(one.id, "ann")

    practice.hear(one.id, "ann", again)
    assert practice.get(one.id, "ann").state is AttemptState.DRAFT
    practice.put_chunk(one.id, "ann", 2, 0, SECOND)
    practice.finish_take(one.id, "ann", 2, 1)
    practice.hear(one.id, "ann")
    assert practice.get(one.id, "ann").state is AttemptState.TRANSCRIBED


def test_a_whole_file_becomes_a_take_of_its_own(tmp_path: Path, practice: Practice) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.SPOKEN)
    (tmp_path / "sound").write_bytes(SECOND * 45)
    take = practice.add_recording(attempt.id, "ann", tmp_path / "sound")
    assert (take.seconds, take.sealed, take.missing) == (45.0, True, ())
    assert practice.sound(attempt.id, "ann", take.number) == SECOND * 45


def test_what_was_wrong_with_a_file_is_said_with_its_transcript(tmp_path: Path, practice: Practice) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.SPOKEN)
    (tmp_path / "sound.cut").write_bytes(SECOND * 5)
    practice.add_recording(attempt.id, "ann", tmp_path / "sound.cut")
    assert "The file ends early." in practice.hear(attempt.id, "ann").note


def test_a_file_without_sound_leaves_no_take_behind(tmp_path: Path, practice: Practice) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.SPOKEN)
    with pytest.raises(NotAudioError):
        practice.add_recording(attempt.id, "ann", tmp_path / "nothing")
    assert practice.takes(attempt.id, "ann") == ()
    assert practice.current_take(attempt.id, "ann").number == 1


def test_nobody_reaches_somebody_elses_recordings(practice: Practice) -> None:
    i = recorded(practice).id
    for use in (
        lambda: practice.takes(i, "bob"),
        lambda: practice.sound(i, "bob", 1),
        lambda: practice.put_chunk(i, "bob", 1, 0, SECOND),
        lambda: practice.begin_take(i, "bob"),
        lambda: practice.finish_take(i, "bob", 1, 1),
        lambda: practice.current_take(i, "bob"),
        lambda: practice.hear(i, "bob"),
        lambda: practice.record_again(i, "bob"),
        lambda: practice.add_recording(i, "bob", Path("x")),
        lambda: practice.delete(i, "bob"),
    ):
        with pytest.raises(NotFoundError):
            use()
    assert practice.sound(i, "ann", 1) == SECOND * 2


def test_deleting_takes_the_recordings_along(tmp_path: Path, practice: Practice) -> None:
    gone, kept = recorded(practice), recorded(practice)
    practice.delete(gone.id, "ann")
    assert [p.name for p in (tmp_path / "takes").iterdir()] == [kept.id]
    with pytest.raises(NotFoundError):
        practice.get(gone.id, "ann")


def test_recordings_that_cannot_be_deleted_leave_the_attempt_to_be_deleted_again(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = recorded(practice)

    def refuse(_: object) -> None:
        raise PermissionError(13, "denied")

    with monkeypatch.context() as broken:
        broken.setattr("shutil.rmtree", refuse)
        with pytest.raises(Exception, match="cannot be written"):
            practice.delete(attempt.id, "ann")
    assert practice.get(attempt.id, "ann") == attempt
    practice.delete(attempt.id, "ann")


# ── choosing and looking back ─────────────────────────────────────────────────────────────────────────────────────


def test_the_suggested_question_is_one_not_asked_yet(practice: Practice) -> None:
    practice.begin("ann", BARRIER, AnswerKind.TYPED)
    assert practice.suggest("ann").key == "role"
    assert {practice.suggest("bob").key for _ in range(40)} == {"barrier", "role"}


def test_an_attempt_at_a_question_that_left_the_bank_keeps_its_words(practice: Practice) -> None:
    attempt = practice.begin("ann", Question.free("What would you do first?"), AnswerKind.TYPED)
    assert practice.question_of(attempt).text == "What would you do first?"
    assert practice.question_of(practice.begin("ann", BARRIER, AnswerKind.TYPED)) == BARRIER


def test_an_attempt_keeps_the_words_and_the_version_of_its_question(practice: Practice) -> None:
    attempt = practice.begin("ann", BARRIER, AnswerKind.TYPED)
    reworded = BARRIER.model_copy(update={"version": 2, "text": "Which barrier did you remove?"})
    practice._questions = Bank(packs=(practice.bank.packs[0].model_copy(update={"questions": (reworded,)}),))

    kept = practice.question_of(practice.get(attempt.id, "ann"))

    assert (kept.version, kept.text) == (1, BARRIER.text)
    assert practice.question_today(attempt) == reworded


def test_the_suggestion_comes_from_the_questions_given(practice: Practice) -> None:
    assert {practice.suggest("ann", [BARRIER]).key for _ in range(20)} == {"barrier"}


def test_what_was_begun_counts_as_answered(practice: Practice) -> None:
    assert practice.answered("ann") == frozenset()
    practice.begin("ann", BARRIER, AnswerKind.TYPED)
    assert practice.answered("ann") == {"barrier"}
    assert practice.answered("bob") == frozenset()


def test_a_model_answer_is_shown_only_once_the_attempt_is_rated(practice: Practice) -> None:
    asked = BARRIER.model_copy(update={"model_answer": "I asked her what she wanted."})
    practice._questions = Bank(packs=(practice.bank.packs[0].model_copy(update={"questions": (asked,)}),))
    attempt = practice.begin("ann", asked, AnswerKind.TYPED)

    assert practice.model_answer_of(attempt) == ""
    practice.hand_in(attempt.id, "ann", "I called the county office for her, and she kept her flat in the end.")
    assert practice.model_answer_of(practice.get(attempt.id, "ann")) == ""
    assert practice.model_answer_of(practice.rate(attempt.id, "ann")) == "I asked her what she wanted."


def test_an_attempt_with_nothing_in_it_is_passed_over(practice: Practice) -> None:
    practice.begin("ann", BARRIER, AnswerKind.TYPED)
    spoken = recorded(practice)
    draft = practice.begin("ann", BARRIER, AnswerKind.TYPED)
    practice.save_draft(draft.id, "ann", "So")
    assert [a.id for a in practice.unfinished("ann")] == [draft.id, spoken.id]
    assert len(practice.attempts_of("ann")) == 2


def test_the_log_tells_ids_and_times_and_nothing_that_was_said(
    practice: Practice, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        attempt = recorded(practice)
        practice.hear(attempt.id, "ann")
        practice.hand_in(attempt.id, "ann", SPOKEN)
        practice.rate(attempt.id, "ann")
    assert attempt.id in caplog.text
    assert not [word for word in ("county", "flat", "ann") if word in caplog.text]


# ── demo ──────────────────────────────────────────────────────────────────────────────────────────────────────────

DEMO = (
    DemoAnswer(question="barrier", days_ago=20, text="Once I called them."),
    DemoAnswer(question="role", days_ago=5, text="We talk a lot."),
)


def test_demo_answers_are_rated_dated_and_marked(practice: Practice) -> None:
    own = typed(practice)
    seen: list[float] = []
    assert practice.add_demo("ann", DEMO, on_progress=seen.append) == 2
    assert seen == [0.5, 1.0]
    newest, late, early = practice.attempts_of("ann")
    assert newest.id == own.id
    assert [a.demo for a in (newest, late, early)] == [False, True, True]
    assert {a.state for a in (late, early)} == {AttemptState.RATED}
    for attempt, answer in ((early, DEMO[0]), (late, DEMO[1])):
        age = NOON - attempt.created_at
        assert timedelta(days=answer.days_ago - 1) < age <= timedelta(days=answer.days_ago)
        assert attempt.text == answer.text
    assert {level.demo for level in practice.levels_of("ann")} == {True}
    assert practice.suggest("ann").key == "role"


def test_demo_answers_loaded_twice_stand_there_once_and_go_without_the_others(practice: Practice) -> None:
    own = typed(practice)
    practice.add_demo("ann", DEMO)
    practice.add_demo("ann", DEMO)
    assert len(practice.attempts_of("ann")) == 3
    assert practice.remove_demo("ann") == 2
    assert [a.id for a in practice.attempts_of("ann")] == [own.id]


def test_a_demo_answer_to_an_unknown_question_is_told(practice: Practice) -> None:
    with pytest.raises(BankError, match="no question 'barier'"):
        practice.add_demo("ann", (DemoAnswer(question="barier", days_ago=1, text="x"),))


# ── with the real checks ──────────────────────────────────────────────────────────────────────────────────────────


def test_with_the_real_parts_a_better_answer_gets_better_ratings_and_every_quote_stands_in_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    migrate(database)
    practice = Practice(
        bank=load_bank(question_bank()),
        rubric=load_rubric(),
        checks=Checks(),
        judge=NoJudge(),
        transcriber=Ears(),
        attempts=AttemptStore(database),
        takes=TakeStore(tmp_path / "takes"),
        waiting=JudgeStore(database),
        clock=Clock(),
    )
    demo = load_demo_answers()
    practice.add_demo("ann", (demo[0], demo[-1]))
    last, first = practice.attempts_of("ann")
    assert last.feedback
    assert first.feedback
    assert (last.feedback.of(Criterion.SOAR).level or 0) > (first.feedback.of(Criterion.SOAR).level or 9)
    for attempt in (first, last):
        assert attempt.feedback
        spans = [
            *(s for r in attempt.feedback.ratings for s in r.evidence),
            *(f.span for f in attempt.feedback.findings),
            *(p.span for p in attempt.feedback.parts),
            *(c.covered_by for c in attempt.feedback.coverage if c.covered_by),
            *([attempt.feedback.change.about] if attempt.feedback.change and attempt.feedback.change.about else []),
        ]
        assert spans
        assert all(span.stands_in(attempt.text) for span in spans)
    database.close()
