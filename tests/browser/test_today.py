"""Today and the checklist: from the first visit to an interview with a date."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ANSWER, App, running

Browse = Callable[..., Page]
OWN = "Ask *for* a [lift](http://x) :material/car:"


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("today")) as one:
        yield one


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_first_visit_leads_to_an_answer_and_its_rating_to_what_comes_next(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/")
    expect(page.get_by_text("Answer one question, by voice or keyboard")).to_be_visible()
    offered = page.locator(".pc.best .question").inner_text()
    page.reload()
    expect(page.locator(".pc.best .question")).to_have_text(offered)
    press(page, "Start")
    expect(page.locator(".pc .question")).to_have_text(offered)
    press(page, "Type the answer")
    page.get_by_role("textbox").fill(ANSWER)
    expect(page.get_by_text("Draft saved")).to_be_visible()

    page.goto(f"{shared_app.url}/")
    press(page, "Go on with the answer")
    expect(page.get_by_role("textbox")).to_have_value(ANSWER)
    press(page, "Rate my answer")
    expect(page.locator("article.rating")).to_have_count(4)
    change = page.locator(".pc.change p").inner_text()

    page.goto(f"{shared_app.url}/")
    expect(page.locator(".pc.best .reason")).to_contain_text(re.compile("weakest|no rated answer", re.IGNORECASE))
    expect(page.locator(".pc.change p")).to_have_text(change)
    expect(page.locator(".pc ol.week > li")).to_have_count(7)
    expect(page.locator(".pc ol.week > li").first).to_contain_text("1 rated answer")
    press(page, "Open that answer")
    expect(page.locator("article.rating")).to_have_count(4)


def test_an_interview_with_its_date_gets_a_checklist_that_ticks_itself(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/")
    press(page, "Add the date")
    press(page, "Add this interview")
    expect(page.get_by_text("Choose the day of the interview first.")).to_be_visible()
    page.get_by_role("textbox", name="Employer").fill("Elm House")
    day = page.get_by_test_id("stDateInput").locator("input")
    day.fill(f"{datetime.now().astimezone().date() + timedelta(days=3):%Y-%m-%d}")
    day.press("Enter")
    page.keyboard.press("Escape")  # closes the calendar, which lies over the next field
    page.get_by_test_id("stRadio").get_by_text("Online").click()
    page.get_by_role("textbox", name="Who will interview you").fill("Dana <b>Ortiz</b>")
    press(page, "Add this interview")
    expect(page.locator(".pc.countdown")).to_contain_text("In 3 days")
    expect(page.locator(".pc.countdown")).to_contain_text("With Dana <b>Ortiz</b>")

    point = page.get_by_role("checkbox", name="Five questions for the interviewer")
    page.get_by_test_id("stCheckbox").filter(has_text="Five questions for the interviewer").click()
    expect(page.get_by_text("Done · 1")).to_be_visible()
    page.get_by_role("textbox", name="A point of your own").fill(OWN)
    press(page, "Add it")
    own = page.get_by_test_id("stCheckbox").filter(has_text="Ask *for* a [lift]")
    expect(own).to_be_visible()
    expect(own.get_by_role("img")).to_have_count(0)
    page.reload()
    expect(point).to_be_checked()
    expect(own).to_be_visible()

    expect(page.get_by_text("Your microphone has not been checked here.")).to_be_visible()
    page.goto(f"{shared_app.url}/interview")
    press(page, "Check the microphone")
    expect(page.get_by_text("The microphone works. Listen to yourself below.")).to_be_visible()
    page.wait_for_timeout(2000)  # the server has been told, and has drawn the page anew
    expect(page.get_by_label("What the microphone heard")).to_be_visible()
    page.goto(f"{shared_app.url}/checklist")
    expect(page.get_by_text("Your microphone was checked, and worked, today.")).to_be_visible()
    expect(page.locator(".pc.seen")).to_contain_text("Microphone checked")

    page.goto(f"{shared_app.url}/")
    expect(page.get_by_text("Up to the interview, in 3 days")).to_be_visible()
    expect(page.locator(".pc ol.week > li")).to_have_count(4)
    press(page, "Checklist")
    page.get_by_text("Change the date or the place").click()
    press(page, "Delete this interview")
    press(page, "Delete for good")
    expect(page.get_by_text("Add the day of your interview.")).to_be_visible()
    assert "Ortiz" not in shared_app.log
