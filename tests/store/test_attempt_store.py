"""Attempts: kept at every step, for nobody but their candidate."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from store_examples import JUDGE, NOON, TEXT, TRANSCRIPT, VERSIONS, attempt, feedback

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt, AttemptState
from coach.domain.question import Competency
from coach.domain.rubric import Criterion
from coach.errors import ConflictError, NotFoundError
from coach.store import AttemptStore, Database
from tests.postgres_cluster import BOTH

pytestmark = BOTH

LATER = NOON + timedelta(minutes=5)


def rate(store: AttemptStore, one: Attempt, *levels: int | None, at: datetime = LATER) -> None:
    store.save_feedback(one.id, one.candidate, feedback=feedback(*levels), judge=JUDGE, versions=VERSIONS, at=at)


def count(database: Database, table: str) -> int:
    with database.reading() as session:
        return int(session.connection().execute(text(f"select count(*) from {table}")).scalar_one())  # noqa: S608  # our own tables


def test_an_attempt_comes_back_as_it_was_stored(store: AttemptStore) -> None:
    one = attempt(draft="We began", kind=AnswerKind.SPOKEN, transcript=TRANSCRIPT, state=AttemptState.TRANSCRIBED)
    store.add(one)
    assert store.get(one.id, "ann") == one


def test_every_step_is_there_after_a_new_start(address: str, database: Database) -> None:
    one = attempt(kind=AnswerKind.SPOKEN)
    AttemptStore(database).add(one)

    def after_a_new_start(step: Callable[[AttemptStore], None]) -> Attempt:
        step(AttemptStore(database))
        database.close()
        again = Database(address)
        found = AttemptStore(again).get(one.id, "ann")
        again.close()
        return found

    assert after_a_new_start(lambda s: s.save_draft(one.id, "ann", "So far")).draft == "So far"
    heard = after_a_new_start(lambda s: s.save_transcript(one.id, "ann", TRANSCRIPT))
    assert (heard.state, heard.transcript, heard.draft) == (AttemptState.TRANSCRIBED, TRANSCRIPT, TEXT)
    handed = after_a_new_start(lambda s: s.hand_in(one.id, "ann", "Corrected words", LATER))
    assert (handed.state, handed.text, handed.handed_in_at) == (AttemptState.HANDED_IN, "Corrected words", LATER)
    assert handed.transcript == TRANSCRIPT
    rated = after_a_new_start(lambda s: rate(s, one, 4, 3, None, 2))
    assert rated.state is AttemptState.RATED
    assert (rated.feedback, rated.judge, rated.versions) == (feedback(4, 3, None, 2), JUDGE, VERSIONS)
    assert rated.rated_at == LATER


STEPS: dict[str, Callable[[AttemptStore, str], object]] = {
    "get": lambda store, i: store.get(i, "bob"),
    "save_draft": lambda store, i: store.save_draft(i, "bob", "mine now"),
    "save_transcript": lambda store, i: store.save_transcript(i, "bob", TRANSCRIPT),
    "start_again": lambda store, i: store.start_again(i, "bob"),
    "hand_in": lambda store, i: store.hand_in(i, "bob", "mine now", LATER),
    "save_feedback": lambda store, i: store.save_feedback(
        i, "bob", feedback=feedback(1, 1, 1, 1), judge=JUDGE, versions=VERSIONS, at=LATER
    ),
    "delete": lambda store, i: store.delete(i, "bob"),
}


@pytest.mark.parametrize("step", STEPS)
def test_somebody_elses_attempt_is_not_found_and_stays_as_it_is(store: AttemptStore, step: str) -> None:
    one = attempt("ann", draft="hers")
    store.add(one)
    with pytest.raises(NotFoundError, match="no such answer"):
        STEPS[step](store, one.id)
    assert store.get(one.id, "ann") == one


@pytest.mark.parametrize("step", STEPS)
def test_an_attempt_that_is_not_there_is_not_found(store: AttemptStore, step: str) -> None:
    with pytest.raises(NotFoundError):
        STEPS[step](store, "0" * 32)


def test_lists_hold_only_the_candidates_own_the_newest_first(store: AttemptStore) -> None:
    mine = [attempt("ann", days=d) for d in (2, 0, 1)]
    for one in (*mine, attempt("bob")):
        store.add(one)
        rate(store, one, 3, 3, 3, 3)
    assert [a.id for a in store.all_of("ann")] == [mine[0].id, mine[2].id, mine[1].id]
    assert store.all_of("ann")[0].competencies == (Competency.COORDINATION, Competency.PLANNING)
    assert [a.id for a in store.all_of("ann", limit=1)] == [mine[0].id]
    assert [at for _, at in store.history("ann")] == [NOON, NOON + timedelta(days=1), NOON + timedelta(days=2)]
    assert {level.attempt for level in store.levels("ann")} == {a.id for a in mine}
    assert [*store.all_of("carol"), *store.history("carol"), *store.levels("carol")] == []


def test_handing_in_twice_keeps_the_first_text(store: AttemptStore) -> None:
    one = attempt()
    store.add(one)
    store.hand_in(one.id, "ann", "first", NOON)
    store.hand_in(one.id, "ann", "second", LATER)
    found = store.get(one.id, "ann")
    assert (found.text, found.handed_in_at) == ("first", NOON)


@pytest.mark.parametrize("rated", [False, True])
def test_nothing_that_comes_late_changes_what_was_handed_in(store: AttemptStore, *, rated: bool) -> None:
    one = attempt()
    store.add(one)
    store.hand_in(one.id, "ann", TEXT, NOON)
    if rated:
        rate(store, one, 4, 4, 4, 4)
    before = store.get(one.id, "ann")
    with pytest.raises(ConflictError, match="handed in already"):
        store.save_draft(one.id, "ann", "late")
    store.save_transcript(one.id, "ann", TRANSCRIPT.model_copy(update={"text": "late"}))
    store.start_again(one.id, "ann")
    assert store.get(one.id, "ann") == before


def test_a_second_page_that_hears_the_same_recording_does_not_undo_corrections(store: AttemptStore) -> None:
    one = attempt(kind=AnswerKind.SPOKEN)
    store.add(one)
    store.save_transcript(one.id, "ann", TRANSCRIPT)
    store.save_draft(one.id, "ann", "corrected")
    store.save_transcript(one.id, "ann", TRANSCRIPT)
    assert store.get(one.id, "ann").draft == "corrected"


def test_recording_again_keeps_the_transcript_and_its_corrections_to_go_back_to(store: AttemptStore) -> None:
    one = attempt(kind=AnswerKind.SPOKEN)
    store.add(one)
    store.save_transcript(one.id, "ann", TRANSCRIPT)
    store.save_draft(one.id, "ann", "corrected")
    before = store.get(one.id, "ann")
    store.start_again(one.id, "ann")
    assert store.get(one.id, "ann").state is AttemptState.DRAFT
    store.back_to_transcript(one.id, "ann")
    assert store.get(one.id, "ann") == before


def test_there_is_no_way_back_to_a_transcript_that_never_was(store: AttemptStore) -> None:
    one = attempt(kind=AnswerKind.SPOKEN)
    store.add(one)
    store.back_to_transcript(one.id, "ann")
    assert store.get(one.id, "ann") == one


def test_rating_again_replaces_the_rating(store: AttemptStore, database: Database) -> None:
    one = attempt()
    store.add(one)
    store.hand_in(one.id, "ann", TEXT, NOON)
    rate(store, one, 2, 2, 2, 2)
    rate(store, one, 5, None, 4, 3, at=LATER + timedelta(days=1))
    assert store.get(one.id, "ann").feedback == feedback(5, None, 4, 3)
    assert [(level.criterion, level.level) for level in store.levels("ann")] == [
        (Criterion.CONFIDENTIALITY, 4),
        (Criterion.OUTCOME, 3),
        (Criterion.SOAR, 5),
    ]
    assert count(database, "rating") == 4


def test_unrated_criteria_are_left_out_of_the_levels_not_counted_low(store: AttemptStore) -> None:
    one = attempt()
    store.add(one)
    rate(store, one, None, None, None, None)
    assert store.levels("ann") == ()


def test_levels_say_when_by_whom_under_which_rubric_and_for_which_competencies(store: AttemptStore) -> None:
    one = attempt(demo=True)
    store.add(one)
    store.hand_in(one.id, "ann", TEXT, LATER)
    rate(store, one, 3, None, None, None)
    (level,) = store.levels("ann")
    assert (level.at, level.by, level.rubric, level.demo) == (LATER, "checks", "v1", True)
    assert level.competencies == (Competency.COORDINATION, Competency.PLANNING)


def test_times_come_back_in_utc_whatever_zone_they_came_in(store: AttemptStore) -> None:
    there = datetime(2026, 3, 1, 20, 30, tzinfo=timezone(timedelta(hours=8)))
    one = attempt(created_at=there)
    store.add(one)
    found = store.get(one.id, "ann").created_at
    assert found == there
    assert found.isoformat() == "2026-03-01T12:30:00+00:00"


def test_times_are_stored_in_utc_so_that_they_sort(store: AttemptStore, database: Database) -> None:
    store.add(attempt(created_at=datetime(2026, 3, 1, 20, 30, tzinfo=timezone(timedelta(hours=8)))))
    with database.reading() as session:
        kept = session.connection().execute(text("select created_at from attempt")).scalar_one()
    assert str(kept).startswith("2026-03-01 12:30:00")


def test_a_time_without_a_zone_is_refused(store: AttemptStore) -> None:
    one = attempt()
    store.add(one)
    with pytest.raises(Exception, match="without a zone"):
        store.hand_in(one.id, "ann", TEXT, datetime(2026, 3, 1))  # noqa: DTZ001  # that is the point
    assert store.get(one.id, "ann").state is AttemptState.DRAFT


def test_deleting_takes_ratings_and_competencies_along(store: AttemptStore, database: Database) -> None:
    gone, kept = attempt(), attempt()
    for one in (gone, kept):
        store.add(one)
        rate(store, one, 3, 3, 3, 3)
    store.delete(gone.id, "ann")
    assert [a.id for a in store.all_of("ann")] == [kept.id]
    assert (count(database, "rating"), count(database, "attempt_competency")) == (4, 2)


def test_removing_demo_answers_leaves_the_others(store: AttemptStore) -> None:
    own, demo, bobs = attempt(), attempt(demo=True), attempt("bob", demo=True)
    for one in (own, demo, bobs):
        store.add(one)
        rate(store, one, 3, 3, 3, 3)
    assert [key for key, _ in store.history("ann")] == [own.question_key]
    assert store.delete_demo("ann") == 1
    assert [a.id for a in store.all_of("ann")] == [own.id]
    assert [a.id for a in store.all_of("bob")] == [bobs.id]
    assert store.delete_demo("ann") == 0


def test_any_text_a_person_can_write_comes_back_unchanged(store: AttemptStore, database: Database) -> None:
    words = "Zoë’s 家 👩🏽‍⚕️ '; drop table attempt; -- \x00 \r\n" + "long " * 20_000
    one = attempt()
    store.add(one)
    store.save_draft(one.id, "ann", words)
    unwritable = "\x00" if database.is_sqlite else "\ufffd"  # what nobody can type has no place in PostgreSQL's texts
    assert store.get(one.id, "ann").draft == words.replace("\x00", unwritable)


def test_writers_at_the_same_time_lose_nothing(store: AttemptStore, database: Database) -> None:
    """Eight threads read a number and write it back one higher, all on one row."""
    one = attempt(draft="0")
    store.add(one)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(25):
                with database.writing() as session:
                    row = store._row(session, one.id, "ann")
                    row.draft = str(int(row.draft) + 1)
        except BaseException as error:  # noqa: BLE001  # told below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert store.get(one.id, "ann").draft == "200"
