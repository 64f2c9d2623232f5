"""The judge's books: replies, money, waiting attempts, the choice, and ratings that later ones replaced."""

from datetime import UTC, datetime, timedelta

import pytest
from store_examples import JUDGE, VERSIONS, attempt, feedback

from coach.domain.judging import JudgeChoice, Usage
from coach.errors import NotFoundError, StoreError
from coach.store import AttemptStore, Database, JudgeStore
from tests.postgres_cluster import BOTH

pytestmark = BOTH

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def books(database: Database) -> JudgeStore:
    return JudgeStore(database)


def test_a_reply_is_kept_under_its_key(books: JudgeStore) -> None:
    assert books.reply("k") is None
    books.keep("k", "first", "m")
    books.keep("k", "second", "m2")
    assert books.reply("k") == ("second", "m2")


def test_what_was_spent_adds_up_day_by_day(books: JudgeStore) -> None:
    books.spend("2026-03-01", Usage(calls=1, prompt_tokens=10, cached_tokens=4, completion_tokens=2, usd=0.5))
    books.spend("2026-03-01", Usage(calls=2, prompt_tokens=1, usd=0.25))
    assert books.spent("2026-03-01") == Usage(calls=3, prompt_tokens=11, cached_tokens=4, completion_tokens=2, usd=0.75)
    assert books.spent("2026-03-02") == Usage()


def test_attempts_wait_until_they_are_due_and_go_with_their_answer(database: Database, books: JudgeStore) -> None:
    attempts, one = AttemptStore(database), attempt()
    attempts.add(one)
    books.wait(one.id, "ann", NOON, 0)
    books.wait(one.id, "ann", NOON + timedelta(minutes=5), 1)
    assert books.due(NOON) == ()
    assert books.due(NOON + timedelta(minutes=5)) == ((one.id, "ann"),)
    assert books.tries(one.id) == 1
    attempts.delete(one.id, "ann")
    assert books.due(NOON + timedelta(days=1)) == ()
    books.waited_enough(one.id)
    assert books.tries(one.id) == 0


def test_an_attempt_that_does_not_exist_cannot_wait(books: JudgeStore) -> None:
    with pytest.raises(StoreError):
        books.wait("nobody", "ann", NOON, 0)


def test_the_choice_is_the_settings_own_until_another_is_made(books: JudgeStore) -> None:
    assert books.choice() == JudgeChoice()
    books.choose(JudgeChoice(on=False))
    books.choose(JudgeChoice(base_url="http://127.0.0.1:11434/v1", model="m"))
    assert books.choice() == JudgeChoice(base_url="http://127.0.0.1:11434/v1", model="m")


def test_an_earlier_rating_is_kept_only_where_that_is_asked_for(database: Database) -> None:
    store, one = AttemptStore(database), attempt()
    store.add(one)
    for level, keep in ((1, False), (2, True), (3, False), (4, True)):
        store.save_feedback(
            one.id,
            "ann",
            feedback=feedback(level, level, level, level),
            judge=JUDGE,
            versions=VERSIONS,
            at=NOON + timedelta(hours=level),
            keep_earlier=keep,
        )
    earlier = store.earlier(one.id, "ann")
    assert [e.feedback.ratings[0].level for e in earlier] == [1, 3]
    assert {e.versions for e in earlier} == {VERSIONS}
    with pytest.raises(NotFoundError):
        store.earlier(one.id, "bob")
    store.delete(one.id, "ann")


def test_with_an_answer_goes_what_the_judge_replied_about_it(database: Database, books: JudgeStore) -> None:
    store, one = AttemptStore(database), attempt()
    store.add(one)
    for key in ("old", "new"):
        books.keep(key, "reply", "m")
        record = JUDGE.model_copy(update={"cache_key": key})
        store.save_feedback(
            one.id, "ann", feedback=feedback(1, 1, 1, 1), judge=record, versions=VERSIONS, at=NOON, keep_earlier=True
        )
    books.keep("other", "reply", "m")
    store.delete(one.id, "ann")
    assert [books.reply(key) for key in ("old", "new", "other")] == [None, None, ("reply", "m")]


def test_rated_attempts_of_a_period_are_found_for_everybody(database: Database) -> None:
    store = AttemptStore(database)
    for n, candidate in enumerate(("ann", "bob", "ann")):
        one = attempt().model_copy(update={"id": str(n), "candidate": candidate})
        store.add(one)
        store.hand_in(one.id, candidate, "text", NOON + timedelta(days=n))
        if n:
            store.save_feedback(
                one.id, candidate, feedback=feedback(1, 1, 1, 1), judge=JUDGE, versions=VERSIONS, at=NOON
            )
    found = store.rated_between(NOON, NOON + timedelta(days=2))
    assert [(a.id, a.candidate) for a in found] == [("1", "bob")]
    assert len(store.rated_between(NOON, NOON + timedelta(days=3))) == 2
