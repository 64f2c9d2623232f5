"""A review in a real browser: a place chosen in the words, heard from a sentence, a comment that a reload does not lose."""

import wave
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import App, running
from playwright.sync_api import Page, expect

from coach.domain.answer import AnswerKind, Transcript, Word
from coach.domain.people import LOCAL_ID, Cohort, Issuer, Person, Role, Sharing
from coach.domain.span import Span
from coach.store import (
    AttemptStore,
    CohortStore,
    ConsentStore,
    Database,
    PeopleStore,
    RequestStore,
    ReviewStore,
    TakeStore,
)
from coach.store.migrate import migrate
from tests.store.store_examples import JUDGE, TEXT, VERSIONS, attempt, feedback

NOW = datetime.now(UTC)
COHORT = Cohort(id="autumn", name="Autumn", join_code="ABCDEFGH", created_at=NOW - timedelta(days=90))
SAID = f"{TEXT} Her aunt was the one who thanked me."
HEARD = Transcript(
    text=SAID,
    words=tuple(Word(text=word, start=n, end=n + 0.5, probability=1) for n, word in enumerate(SAID.split())),
    duration_s=20,
    speech_s=18,
    model="tiny.en",
)
SECOND_SENTENCE_S = float(len(TEXT.split()))


@pytest.fixture
def app(tmp_path: Path, answer_wav: Path) -> Iterator[App]:
    """A machine of one's own whose owner coaches Sam, who shares a spoken answer with the voice."""
    (tmp_path / "data").mkdir()
    takes = TakeStore(tmp_path / "data" / "takes")
    with closing(Database(f"sqlite:///{tmp_path / 'data' / 'coach.db'}")) as database:
        migrate(database)
        people, consent, attempts = PeopleStore(database), ConsentStore(database), AttemptStore(database)
        for id_, name, role in ((LOCAL_ID, "You", Role.COACH), ("sam", "Sam", Role.CANDIDATE)):
            people.add(Person(id=id_, name=name, role=role, issuer=Issuer.LOCAL, subject=id_, created_at=NOW))
        CohortStore(database).add(COHORT, LOCAL_ID)
        consent.join("sam", COHORT.id, NOW - timedelta(days=30))
        consent.share("sam", COHORT.id, Sharing.AUDIO, NOW, earlier=True)
        one = attempt("sam", id="a" * 32, created_at=NOW, kind=AnswerKind.SPOKEN, transcript=HEARD)
        attempts.add(one)
        with wave.open(str(answer_wav)) as sound:
            pcm = sound.readframes(16_000 * 20)
        for n in range(10):
            takes.put(one.id, 1, n, pcm[n * 64_000 : (n + 1) * 64_000])
        attempts.hand_in(one.id, "sam", SAID, NOW)
        rated = feedback(3, 4, None, 2)
        attempts.save_feedback(one.id, "sam", feedback=rated, judge=JUDGE, versions=VERSIONS, at=NOW)
    with running(tmp_path) as running_app:
        yield running_app


def test_a_coach_chooses_a_place_hears_it_comments_and_loses_nothing_by_a_reload(
    app: App, browse: Callable[..., Page]
) -> None:
    page = browse(f"{app.url}/review?answer={'a' * 32}")
    page.get_by_role("button", name="Rate blind first").click()
    expect(page.get_by_text("The product’s ratings are hidden until yours are saved.")).to_be_visible()
    page.get_by_role("button", name="Listen from sentence 2").click()
    page.wait_for_function(_PLAYS, arg=SECOND_SENTENCE_S)
    page.get_by_role("button", name="Her aunt was the one").click()
    expect(page.get_by_text("Your comment on “Her aunt was the one who thanked me.”")).to_be_visible()
    page.get_by_role("button", name="aunt", exact=True).click()
    expect(page.get_by_text("Your comment on “aunt”")).to_be_visible()
    page.get_by_role("button", name="was", exact=True).click()
    field = page.get_by_label("Your comment on “aunt was”")
    field.fill("Could somebody know her by this?")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(field).to_have_value("Could somebody know her by this?")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_role("button", name="Delete this comment")).to_be_visible()
    expect(page.get_by_text("What the product says")).not_to_be_visible()
    page.locator('[class*="st-key-level-"][class*="-empathy"]').get_by_text("2", exact=True).click()
    page.get_by_role("button", name="Save and see the product’s").click()
    expect(page.get_by_text("What the product says")).to_be_visible()
    page.get_by_role("button", name="Give it to Sam").click()
    expect(page.get_by_text("What you add from now on, they see at once.")).to_be_visible()
    with closing(Database(f"sqlite:///{app.data / 'coach.db'}")) as database:
        (given,) = RequestStore(database).received("sam")
        assert [(one.words, one.span) for one in given.comments] == [
            ("Could somebody know her by this?", Span.of(SAID, SAID.index("aunt"), SAID.index(" the one")))
        ]
        assert [(one.level, one.machine, one.blind) for one in given.ratings] == [(2, 4, True)]
        assert len(ConsentStore(database).looks("sam")) == 2, "reading and hearing are in the student's log"
        assert ReviewStore(database).drafts(LOCAL_ID, given.id) == {}


_PLAYS = """at => [...document.querySelectorAll('*')].flatMap(one => one.shadowRoot ? [...one.shadowRoot.querySelectorAll('audio')] : [])
  .concat([...document.querySelectorAll('audio')]).some(one => one.currentTime >= at)"""
