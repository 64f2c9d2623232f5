"""A coach's twenty minutes, in a real browser: whom to look at first, who stands where, one student, a file to take away."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import App, running
from playwright.sync_api import Page, expect

from coach.domain.people import LOCAL_ID, Cohort, Issuer, Person, Role, Sharing
from coach.store import AttemptStore, CohortStore, ConsentStore, Database, PeopleStore
from coach.store.migrate import migrate
from tests.store.store_examples import DELIVERED, JUDGE, TEXT, VERSIONS, attempt, feedback

NOW = datetime.now(UTC)
COHORT = Cohort(id="autumn", name="Autumn", join_code="ABCDEFGH", created_at=NOW - timedelta(days=90))
PAYLOAD = 300 * 1024  # bytes that a page may take


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A machine of one's own whose owner coaches three students: one slides, one shares nothing, one has not begun."""
    (tmp_path / "data").mkdir()
    with closing(Database(f"sqlite:///{tmp_path / 'data' / 'coach.db'}")) as database:
        migrate(database)
        people, consent, attempts = PeopleStore(database), ConsentStore(database), AttemptStore(database)
        people.add(_person(LOCAL_ID, "You", Role.COACH))
        CohortStore(database).add(COHORT, LOCAL_ID)
        for name, sharing in (("Sam", Sharing.TRANSCRIPTS), ("Olga", Sharing.NOTHING), ("Uma", Sharing.RATINGS)):
            people.add(_person(name.lower(), name))
            consent.join(name.lower(), COHORT.id, NOW - timedelta(days=30))
            consent.share(name.lower(), COHORT.id, sharing, NOW, earlier=True)
        for student in ("sam", "olga"):
            for n, level in enumerate((4, 4, 5, 2, 2, 1)):
                at = NOW - timedelta(days=12 - n)
                one = attempt(student, created_at=at, transcript=DELIVERED)
                attempts.add(one)
                attempts.hand_in(one.id, student, TEXT, at)
                rated = feedback(level, level, level, None)
                attempts.save_feedback(one.id, student, feedback=rated, judge=JUDGE, versions=VERSIONS, at=at)
    with running(tmp_path) as one:
        yield one


def _person(id_: str, name: str, role: Role = Role.CANDIDATE) -> Person:
    return Person(id=id_, name=name, role=role, issuer=Issuer.LOCAL, subject=id_, created_at=NOW)


def test_a_coach_finds_whom_to_look_at_and_why_and_goes_there(app: App, browse: Callable[..., Page]) -> None:
    page = browse("about:blank")
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.goto(f"{app.url}/cohorts?cohort={COHORT.id}")
    expect(page.get_by_role("heading", name="Answers a week")).to_be_visible()
    expect(page.get_by_text("fell from 4.3 to 1.7: the last three answers against those before.")).to_be_visible()
    expect(page.get_by_text("Joined 30 days ago; no answer to see yet.")).to_be_visible()
    expect(page.get_by_role("row", name="Olga not shared")).to_be_visible()
    expect(page.get_by_role("row", name="Sam")).to_contain_text("1.7↓")
    assert sum(received) < PAYLOAD
    with page.expect_download() as download:
        page.get_by_role("button", name="Table (CSV)").click()
    table = Path(download.value.path()).read_text("utf-8-sig")
    assert "Olga,not shared" in table
    assert "Sam,shared,Care planning,1.67" in table

    page.get_by_role("link", name="Sam").click()
    expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    expect(page.get_by_role("heading", name="How they say it")).to_be_visible()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("row", name="SOAR story 2 1 -1")).to_be_visible()
    expect(page.get_by_text(TEXT)).to_have_count(2)
    with closing(Database(f"sqlite:///{app.data / 'coach.db'}")) as database:
        assert len(ConsentStore(database).looks("sam")) == 2, "each of the two answers read is in the student's log"
