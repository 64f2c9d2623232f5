"""From a guide to an answer handed in, in a real browser: built, given, found on Today, sat, seen as done."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import ANSWER, App, running
from playwright.sync_api import Page, expect

from coach.domain.people import LOCAL_ID, Cohort, Issuer, Person, Role
from coach.store import CohortStore, ConsentStore, Database, PeopleStore
from coach.store.migrate import migrate

NOW = datetime.now(UTC)
COHORT = Cohort(id="autumn", name="Autumn", join_code="ABCDEFGH", created_at=NOW)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A machine of one's own whose owner coaches a cohort and is its only student."""
    (tmp_path / "data").mkdir()
    with closing(Database(f"sqlite:///{tmp_path / 'data' / 'coach.db'}")) as database:
        migrate(database)
        me = Person(id=LOCAL_ID, name="You", role=Role.COACH, issuer=Issuer.LOCAL, subject=LOCAL_ID, created_at=NOW)
        PeopleStore(database).add(me)
        CohortStore(database).add(COHORT, LOCAL_ID)
        ConsentStore(database).join(LOCAL_ID, COHORT.id, NOW)
    with running(tmp_path) as one:
        yield one


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_guide_is_built_given_sat_and_seen_to_be_done(app: App, browse: Callable[..., Page]) -> None:
    page = browse(f"{app.url}/guides")
    press(page, "New guide")
    page.get_by_role("textbox", name="Name").fill("Hard talks")
    page.get_by_role("textbox", name="Name").press("Enter")
    expect(page.get_by_role("heading", name="Hard talks")).to_be_visible()
    page.get_by_role("combobox", name="Add a question").click()
    page.get_by_role("combobox", name="Add a question").fill("did not want your help")
    page.get_by_role("option").first.click()
    expect(page.get_by_text("Question 1 ·")).to_be_visible()
    with page.expect_download() as download:
        press(page, "Print (PDF)")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_text("Read", exact=True).click()
    expect(page.get_by_text("Listen for")).to_be_visible()

    press(page, "Assign")
    expect(page.get_by_role("heading", name="Give an assignment")).to_be_visible()
    page.get_by_text("Follow-up questions", exact=True).click()
    press(page, "Give it")
    expect(page.get_by_role("row", name="You Not begun")).to_be_visible()
    given = page.url

    page.goto(f"{app.url}/")
    expect(page.get_by_role("heading", name="From your coach")).to_be_visible()
    press(page, "Begin")
    expect(page.get_by_text("From your coach · Autumn")).to_be_visible()
    page.get_by_text("By keyboard", exact=True).click()
    press(page, "Begin the interview")
    page.get_by_role("textbox").fill(ANSWER)  # it is there when the time to think is over
    press(page, "Finish answer")
    expect(page.get_by_role("heading", name="Your interview")).to_be_visible()

    page.goto(given)
    expect(page.get_by_role("row", name="You Handed in")).to_be_visible()
    page.goto(f"{app.url}/")
    expect(page.get_by_text("Handed in (1)")).to_be_visible()
