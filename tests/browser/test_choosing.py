"""Finding one question among all."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, running

Browse = Callable[..., Page]


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("choosing")) as one:
        yield one


def test_a_question_is_found_by_filter_and_by_words_and_gives_its_model_answer_once_rated(
    shared_app: App, browse: Browse
) -> None:
    page = browse(shared_app.url)
    page.get_by_role("button", name=re.compile("All .* questions")).click()
    expect(page.get_by_text("Ethics and boundaries ·")).to_be_visible()

    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Setting").click()
    page.get_by_role("option", name="Hospital").click()
    expect(page.get_by_text(re.compile(r"\d+ questions · Hospital"))).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Find a question").fill("emergency dep")
    expect(page.get_by_text("1 question · Hospital · “emergency dep”")).to_be_visible()

    page.get_by_role("button", name=re.compile("a patient whom the emergency department knew")).click()
    expect(page.get_by_role("button", name="Back to 1 question")).to_be_visible()
    expect(page.get_by_text("How a strong answer could sound")).to_have_count(0)
    page.get_by_role("button", name="Type the answer").click()
    page.get_by_role("textbox").fill(
        "I had a patient who came in every week. Nobody had asked him why. With his permission I called the clinic and we "
        "set up a ride. In the three months after, he came in once, where before it was twelve times."
    )
    page.get_by_role("button", name="Rate my answer").click()
    expect(page.locator("article.rating")).to_have_count(4)
    folded = page.get_by_text("How a strong answer could sound")
    expect(page.get_by_text("tell a case of your own")).not_to_be_visible()
    folded.click()
    expect(page.get_by_text("tell a case of your own")).to_be_visible()

    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("1 question · Hospital · “emergency dep”")).to_be_visible()
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_text(re.compile(r"^\d{3} questions$"))).to_be_visible()


def test_a_choice_that_nothing_fits_says_so_and_can_be_cleared(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    page.get_by_label("Find a question").fill("zebra")
    expect(page.get_by_text("No question fits all of this")).to_be_visible()
    page.get_by_role("button", name="Clear all").click()
    page.get_by_role("button", name="Pick one for me").click()
    expect(page.get_by_role("button", name="Answer by voice")).to_be_visible()
