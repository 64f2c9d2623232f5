"""A story from its first word to the question it answers, as a candidate builds it."""

import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Page, expect

from tests.browser.conftest import App
from tests.browser.test_one_answer_all_the_way import speak

Browse = Callable[..., Page]
PARTS = {
    "Obstacle": "The problem was that her insurance denied the home aide, and she was afraid of losing her independence.",
    "Action": "I asked her what mattered most to her, and with her permission I called the plan and appealed.",
    "Result": "The aide was approved in nine days, and in the next three months she had no falls, compared with four before.",
}


def read_the_matrix(page: Page, app: App) -> None:
    """From the list of stories to the matrix, and to the question that one of them answers."""
    page.get_by_role("button", name="All stories").click()
    expect(page.get_by_text(re.compile("told aloud 1×"))).to_be_visible()  # noqa: RUF001  # times
    page.get_by_text("Matrix").click()
    expect(page.get_by_text("5 more to build")).to_be_visible(timeout=120_000)
    expect(page.get_by_text(re.compile(r"[1-9]\d* of \d+ have a story"))).to_be_visible()
    page.get_by_role("combobox", name="A question").fill("turned down for something")
    page.get_by_role("option").first.click()
    expect(page.get_by_text("Open with your own words: “Last year I worked with the client")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    rows = page.locator("ul.matrix li").evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")
    assert max(rows) <= 390, "the matrix fits a phone"

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{app.url}/practise")
    page.get_by_role("button", name=re.compile("All .* questions")).click()
    page.get_by_label("Find a question").fill("turned down for something")
    page.get_by_role("button", name=re.compile("a client who was turned down")).click()
    expect(page.get_by_text("Your story “The aide” fits this question.")).to_be_visible()


def test_a_story_is_built_through_a_reload_told_aloud_and_matched_to_questions(app: App, browse: Browse) -> None:
    page = browse(f"{app.url}/stories")
    expect(page.get_by_text("No stories yet")).to_be_visible()
    page.get_by_role("button", name="New story").click()
    situation = page.get_by_label(re.compile("^Situation"))
    situation.fill("Last year I worked with Maria Delgado, who came home from the hospital after a fall.")
    expect(page.get_by_text("Could identify a client.")).to_be_visible()
    page.get_by_role("button", name="Say “the client” instead").click()
    expect(situation).to_have_value("Last year I worked with the client, who came home from the hospital after a fall.")
    expect(page.get_by_text("Could identify a client.")).to_have_count(0)
    expect(page.get_by_text("This sets the scene.")).to_be_visible()
    page.get_by_role("button", name="Save and go on").click()

    obstacle = page.get_by_label(re.compile("^Obstacle"))
    obstacle.fill("I called the plan the same day, and then I drove to the office.")
    expect(page.get_by_text("Nothing here reads as an obstacle yet")).to_be_visible()
    page.reload()
    expect(obstacle).to_have_value("I called the plan the same day, and then I drove to the office.")
    for part, words in PARTS.items():
        one = page.get_by_label(re.compile(f"^{part}"))
        one.fill(words)
        expect(page.get_by_text("Draft saved")).to_be_visible()
        page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_label(re.compile("^What I learned"))).to_be_visible()
    page.get_by_role("button", name="Whole story", exact=True).click()

    page.get_by_label("Title").fill("The aide")
    expect(page.get_by_role("heading", name="The aide", exact=True)).to_be_visible()
    page.get_by_text("Versions (4)").click()
    expect(page.get_by_role("button", name="Go back to this version")).to_be_visible()

    page.get_by_role("button", name="Tell it aloud").click()
    page.get_by_role("button", name="Start recording").click()
    speak(page, 25)  # the answer lasts about 24 seconds
    page.get_by_role("button", name="Finish answer").click()
    expect(page.get_by_role("textbox")).to_have_value(re.compile("hospital"), timeout=120_000)
    page.get_by_role("button", name="Rate my answer").click()
    expect(page.get_by_text(re.compile(r"\d+ seconds under a minute"))).to_be_visible(timeout=60_000)
    expect(page.get_by_text("4 of 4")).to_be_visible()
    expect(page.locator("article.rating")).to_have_count(4)
    page.get_by_role("button", name="Back to the story").first.click()
    expect(page.get_by_text(re.compile(r"0:\d\d · 4 of 4 sentences told"))).to_be_visible()

    read_the_matrix(page, app)
    assert "independence" not in app.log, "no story reaches the log"


def keep_it(page: Page) -> None:
    """Press as a person would: again, where nothing happens. Streamlit drops a press when another redraw is asked for right after it."""
    for _ in range(3):
        page.get_by_role("button", name="Keep it").click()
        with suppress(AssertionError):
            expect(page.get_by_role("button", name="Keep it")).to_have_count(0, timeout=30_000)
            return


def test_a_rated_answer_becomes_a_story_that_is_deleted_and_brought_back(app: App, browse: Browse) -> None:
    page = browse(app.url)
    page.get_by_role("button", name="Type the answer").click()
    page.get_by_role("textbox").fill(
        f"I had a client who came home after a fall. {' '.join(PARTS.values())} Since then I call on the first day."
    )
    page.get_by_role("button", name="Rate my answer").click()
    expect(page.locator("article.rating")).to_have_count(4)
    page.goto(f"{app.url}/stories")
    page.get_by_text("Bring in an answer I gave").click()
    page.get_by_role("button", name="Make a story of it").click()
    expect(page.locator(".part", has_text="Obstacle")).to_contain_text("denied the home aide")
    expect(page.locator(".part", has_text="Result")).to_contain_text("approved in nine days")

    page.get_by_role("button", name="Delete this story").click()
    keep_it(page)
    page.get_by_role("button", name="Delete this story").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("No stories yet")).to_be_visible()
    page.get_by_text("Deleted stories (1)").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("button", name="Open")).to_have_count(1)
