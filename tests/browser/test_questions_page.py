"""Questions of one's own, from the first word to a candidate's practice."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from coach.bank.csv_text import csv_text
from coach.domain.authored import Draft, DraftArea
from tests.browser.conftest import App, running

Browse = Callable[..., Page]
TEXT = "A ferry was late, and three clients missed their hearing. What did you do in the next hour?"
WHOLE = Draft(
    text=TEXT,
    competencies=("crisis",),
    areas=tuple(DraftArea(text=f"Thing {n}", examples=(f"I did thing {n}.",)) for n in range(1, 6)),
    probes=("Who rang first?", "What did the court want?"),
    weak="Waits.",
    good="Rings the court.",
    excellent="Rings the court, and every client hears from her within the hour.",
    model_answer="I rang the clerk and she gave us a new time. " * 16,
)


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("questions")) as one:
        yield one


def test_a_file_is_shown_before_it_is_imported_and_a_draft_becomes_a_question_that_can_be_retired(
    shared_app: App, browse: Browse, tmp_path: Path
) -> None:
    sheet = tmp_path / "mine.csv"
    page = browse(f"{shared_app.url}/questions")
    page.get_by_role("button", name="Import").click()
    sheet.write_text("key,kind,text\nBad Key,generel,What do you do at night?\n", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(sheet)
    expect(page.get_by_text("mine.csv: row 2: kind: 'generel' is not known; did you mean 'general'?")).to_be_visible()
    expect(page.get_by_text("No questions of your own yet")).to_be_visible()

    sheet = tmp_path / "better.csv"
    sheet.write_text(csv_text([WHOLE]), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(sheet)
    expect(page.get_by_text("1 new draft")).to_be_visible()
    page.get_by_role("button", name="Import 1 question").click()
    page.get_by_role("button", name="Open").click()

    expect(page.get_by_text("Follow-up questions: there are 2; it takes 3 to 5")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    probes = page.get_by_role("textbox", name="Follow-up questions")
    probes.fill("Who rang first?\nWhat did the court want?\nWhat came of it?")
    probes.blur()
    expect(page.get_by_text("Before it can be published")).to_have_count(0)
    page.reload()
    expect(probes).to_have_value("Who rang first?\nWhat did the court want?\nWhat came of it?")
    page.get_by_role("tab", name="As a candidate sees it").click()
    expect(page.locator(".question", has_text=TEXT)).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published, version 1")).to_be_visible()

    practise = browse(shared_app.url)
    practise.get_by_role("button", name=re.compile("All .* questions")).click()
    practise.get_by_label("Find a question").fill("ferry")
    practise.get_by_role("button", name=re.compile("A ferry was late")).click()
    expect(practise.get_by_role("button", name="Type the answer")).to_be_visible()

    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_role("button", name="Bring back")).to_be_visible()
    practise.goto(f"{shared_app.url}/practise")
    practise.get_by_role("button", name=re.compile("All .* questions")).click()
    practise.get_by_label("Find a question").fill("ferry")
    expect(practise.get_by_text("No question fits all of this")).to_be_visible()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_role("button", name="Retire")).to_be_visible()


def test_a_draft_that_asks_again_what_the_bank_asks_says_so(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/questions")
    page.get_by_role("button", name="New question").click()
    field = page.get_by_role("textbox", name="The question")
    field.fill(
        "Tell me about a client who needed several services at once. How did you pull them together, and how did it turn out?"
    )
    field.blur()
    expect(page.get_by_text("This asks much the same as")).to_be_visible()
    page.get_by_role("button", name="Throw the draft away").click()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_role("button", name="New question")).to_be_visible()
