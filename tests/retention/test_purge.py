"""What is old goes, its owner is told before, and nothing of it stays anywhere."""

import logging

import pytest
from retention_parts import SOUND, Kept

from coach.domain.cohort_numbers import Chosen
from coach.domain.keeping import Periods, ThingKind
from coach.errors import NotFoundError
from coach.settings import Keep

YEAR = Periods(texts=365, recordings=30, notice=7)
TEXTS = {kind: 1 for kind in ThingKind if kind not in {ThingKind.RECORDING, ThingKind.SCENARIO}}


def test_without_a_period_nothing_ever_goes(kept: Kept) -> None:
    kept.stores_everything(kept.house.person("sam"))
    kept.passes(10_000)
    assert kept.purge.run() == ({}, 0, 0)
    kept.passes(10_000)
    assert kept.purge.run() == ({}, 0, 0)


def test_whatever_is_due_is_told_first_and_goes_when_that_was_long_enough_ago(kept: Kept) -> None:
    """The period is set when everything is ancient already: nobody's things go unannounced."""
    sam = kept.house.person("sam")
    kept.stores_everything(sam)
    kept.passes(2_000)
    kept.periods = YEAR
    told = kept.purge.run()
    assert told.deleted == {}
    assert told.announced == 8
    assert {one.kind for one in kept.keeping.leaving(sam)} == set(TEXTS) | {ThingKind.RECORDING}
    kept.passes(6.9)
    assert kept.purge.run() == ({}, 0, 0)
    kept.passes(0.1)
    assert kept.purge.run().deleted == {**TEXTS, ThingKind.ANSWER: 2, ThingKind.RECORDING: 1}
    assert kept.keeping.leaving(sam) == ()
    assert kept.purge.run() == ({}, 0, 0)


def test_a_thing_is_told_of_a_notice_before_its_day_and_goes_on_its_day(kept: Kept) -> None:
    sam = kept.house.person("sam")
    kept.answered(sam)
    kept.periods = Periods(texts=100, notice=7)
    kept.passes(92.9)
    assert kept.purge.run().announced == 0
    kept.passes(0.2)
    assert kept.purge.run().announced == 1
    (one,) = kept.keeping.leaving(sam)
    kept.passes(6.8)
    assert kept.purge.run().deleted == {}
    kept.passes((one.goes_at - kept.now).total_seconds() / 86_400)
    assert kept.purge.run().deleted == {ThingKind.ANSWER: 1}


def test_what_its_owner_keeps_stays_until_they_let_it_go_after_all(kept: Kept) -> None:
    sam, sue = kept.house.person("sam"), kept.house.person("sue")
    answer = kept.answered(sam)
    kept.periods = Periods(texts=30, notice=7)
    kept.passes(30)
    kept.purge.run()
    (one,) = kept.keeping.leaving(sam)
    with pytest.raises(NotFoundError):
        kept.keeping.keep(sue, one, keep=True)
    kept.keeping.keep(sam, one, keep=True)
    kept.passes(400)
    assert kept.purge.run() == ({}, 0, 0)
    assert kept.practice.get(answer, sam.id)
    kept.keeping.keep(sam, one, keep=False)
    assert kept.purge.run().deleted == {ThingKind.ANSWER: 1}


def test_a_story_counts_from_its_last_change_and_an_interview_ahead_from_its_day(kept: Kept) -> None:
    sam = kept.house.person("sam")
    kept.stores_everything(sam)
    kept.passes(40)
    kept.stories.save_labels("e" * 32, sam.id, title="Anew", setting=None, competencies=(), at=kept.now)
    kept.plans.change(
        "c" * 32,
        sam.id,
        lambda one: one.model_copy(update={"details": one.details.model_copy(update={"day": kept.now.date()})}),
    )
    kept.periods = Periods(texts=30, notice=7)
    kept.purge.run()
    kept.passes(8)
    gone = kept.purge.run().deleted
    assert ThingKind.STORY not in gone
    assert ThingKind.APPOINTMENT not in gone
    assert gone[ThingKind.INTERVIEW] == 1


def test_what_was_deleted_by_hand_is_not_told_of_any_longer(kept: Kept) -> None:
    sam = kept.house.person("sam")
    first, second = kept.answered(sam), kept.answered(sam)
    kept.periods = Periods(texts=30, notice=7)
    kept.passes(30)
    assert kept.purge.run().announced == 2
    kept.practice.delete(first, sam.id)
    assert [one.id for one in kept.keeping.leaving(sam)] == [second]
    assert kept.keeping.title(sam, *kept.keeping.leaving(sam)) == f"Why {kept.word}?"


def test_a_dry_run_counts_and_changes_nothing(kept: Kept) -> None:
    sam = kept.house.person("sam")
    kept.stores_everything(sam)
    kept.passes(400)
    kept.periods = YEAR
    first = kept.purge.run(dry=True)
    assert first == kept.purge.run(dry=True)
    assert kept.keeping.leaving(sam) == ()
    assert kept.purge.run() == first


# ── recordings ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_does_not_keep_recordings_has_them_deleted_a_day_after_rating_and_the_words_stay(kept: Kept) -> None:
    sam, sue = kept.house.person("sam"), kept.house.person("sue")
    lets_go, on_purpose, keeps = (
        kept.answered(sam, sound=True),
        kept.answered(sam, sound=True),
        kept.answered(sue, sound=True),
    )
    kept.keeping.choose_recordings(sam, keep=False)
    kept.practice.choose_recordings(on_purpose, sam.id, keep=True)
    assert (kept.keeping.recordings(sam), kept.keeping.recordings(sue)) == (Keep.DAY, Keep.ALWAYS)
    kept.passes(0.9)
    assert kept.purge.run().let_go == 0
    kept.passes(0.1)
    assert kept.purge.run().let_go == 1
    assert sorted(kept.recordings_of(kept.practice)) == sorted([on_purpose, keeps])
    assert kept.word in kept.practice.get(lets_go, sam.id).text


def test_where_an_installation_lets_recordings_go_a_person_may_keep_theirs(kept: Kept) -> None:
    kept.practice.keep = kept.installation = Keep.DAY
    sam, sue = kept.house.person("sam"), kept.house.person("sue")
    kept.answered(sam, sound=True)
    keeps = kept.answered(sue, sound=True)
    kept.keeping.choose_recordings(sue, keep=True)
    kept.passes(2)
    assert kept.purge.run().let_go == 1
    assert kept.recordings_of(kept.practice) == [keeps]


def test_a_recording_kept_at_the_announcement_is_kept_on_purpose(kept: Kept) -> None:
    sam = kept.house.person("sam")
    kept.answered(sam, sound=True)
    answer = kept.answered(sam, sound=True)
    kept.periods = Periods(recordings=30, notice=7)
    kept.passes(30)
    assert kept.purge.run().announced == 2
    one = next(one for one in kept.keeping.leaving(sam) if one.id == answer)
    kept.keeping.keep(sam, one, keep=True)
    kept.passes(7)
    assert kept.purge.run().deleted == {ThingKind.RECORDING: 1}
    assert kept.recordings_of(kept.practice) == [answer]
    assert kept.practice.is_kept_on_purpose(answer)


# ── nothing stays ─────────────────────────────────────────────────────────────────────────────────────────────────


def _counted(kept: Kept, coach: object, cohort: str) -> tuple[int, int]:
    weeks = kept.house.dashboards.numbers(coach, cohort, Chosen()).weeks  # type: ignore[arg-type]
    return sum(week.answers for week in weeks), sum(week.deleted for week in weeks)


def test_after_a_purge_no_file_holds_a_word_of_it_and_its_weeks_keep_their_counts(
    kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    sam = kept.house.person("sam")
    coach, cohort = kept.shared_with_a_coach(sam)
    for _ in range(30):
        kept.answered(sam)
    kept.stores_everything(sam)
    kept.replies.keep("left by a crash", f"A reply about {kept.word} that no answer names.", "model")
    kept.house.coaching.transcript(coach, kept.newest(sam))
    assert "coach.db" in " ".join(kept.found(kept.word.encode()))
    assert kept.found(SOUND[:64])
    assert _counted(kept, coach, cohort) == (32, 0)
    kept.periods = YEAR
    kept.passes(400)
    kept.purge.run()
    kept.passes(7)
    kept.purge.run()
    assert kept.found(kept.word.encode(), SOUND[:64]) == []
    assert _counted(kept, coach, cohort) == (0, 32)
    assert kept.word not in caplog.text
    assert sam.id not in caplog.text.split("purge:")[1]


def test_after_somebody_deleted_themselves_no_file_holds_a_word_of_theirs(kept: Kept) -> None:
    sam, sue = kept.house.person("sam"), kept.house.person("sue")
    coach, cohort = kept.shared_with_a_coach(sam)
    kept.stores_everything(sam)
    kept.keeping.choose_recordings(sam, keep=False)
    kept.house.coaching.transcript(coach, kept.newest(sam))
    kept.word = "another"
    others = kept.answered(sue)
    kept.periods = YEAR
    kept.passes(400)
    kept.purge.run()
    assert kept.found(b"quillfeather")
    kept.belongings.delete(sam, "delete")
    assert kept.found(b"quillfeather", SOUND[:64], sam.id.encode(), b"sam@example.org") == []
    assert _counted(kept, coach, cohort) == (0, 2)
    assert kept.practice.get(others, sue.id)
