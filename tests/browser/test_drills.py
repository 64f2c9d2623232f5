"""Drills as a person does them: typed, spoken, and a scenario walked to its end."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, running
from tests.browser.test_one_answer_all_the_way import speak

Browse = Callable[..., Page]
WORSE = "With my help she did so much better than before."
BETTER = "She went to the emergency room once in three months, compared with five times before."


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("drills")) as one:
        yield one


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def take_up(page: Page, drill: str, exercise: str) -> None:
    press(page, f"Open {drill}")
    page.get_by_text("Choose an exercise yourself").click()
    press(page, exercise)


def write(page: Page, words: str) -> None:
    page.get_by_role("textbox").fill(words)
    press(page, "Look at it")


def result(page: Page, words: str) -> None:
    expect(page.get_by_text(f"There already. {words}")).to_be_visible()


def test_a_typed_try_is_looked_at_tried_again_beside_the_first_and_found_in_the_history(
    shared_app: App, browse: Browse
) -> None:
    page = browse(f"{shared_app.url}/drills")
    take_up(page, "Result ladder", "She did much better")
    expect(page.get_by_text("She went to the emergency room 5 times")).to_be_visible()
    press(page, "Type it")
    page.get_by_role("textbox").fill(WORSE)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value(WORSE)
    press(page, "Look at it")
    result(page, "1 of 4 met")
    expect(page.get_by_text("One good answer")).to_be_visible()
    expect(page.locator("article.observation.met li").first).to_contain_text("she did so much better")

    press(page, "Try again")
    write(page, BETTER)
    result(page, "5 of 5 met")
    sides = page.locator(".beside .card")
    expect(sides.nth(0)).to_contain_text(WORSE)
    expect(sides.nth(1)).to_contain_text(BETTER)
    press(page, "Delete this try")
    press(page, "Keep it")
    press(page, "Back to Result ladder")
    expect(page.get_by_role("button", name=re.compile("She did much better.*5 of 5 met"))).to_be_visible()
    page.goto(f"{shared_app.url}/drills")
    expect(page.get_by_text("Last time: 5 of 5 met")).to_be_visible()


def test_a_spoken_try_is_recorded_within_its_time_written_down_and_looked_at(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/drills")
    take_up(page, "Plain language", "Hospital: Going home with a water pill")
    press(page, "Say it")
    expect(page.get_by_text("of 1:30")).to_be_visible()
    press(page, "Start recording")
    speak(page, 12)
    press(page, "Finish answer")
    expect(page.get_by_role("textbox")).to_have_value(re.compile("hospital"), timeout=120_000)
    assert page.locator("audio").count() == 1
    press(page, "Look at it")
    expect(page.locator("article.observation")).to_have_count(4)
    heard = page.locator(".own").first.inner_text()
    for quote in page.locator("article.observation li").all_inner_texts():
        if quote.startswith("“"):
            assert quote[1 : quote.index("”")].removesuffix(" …") in heard, "a quote must stand in what was said"
    assert "hospital" not in shared_app.log


def test_a_scenario_is_walked_to_its_end_and_the_reply_decides(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/drills")
    take_up(page, "Hard scenarios", "Hospital: An angry daughter")
    press(page, "Stand up, say your name")
    expect(page.get_by_text("You close the door and sit down")).to_be_visible()
    press(page, "Type it")
    write(page, "You need to calm down, we are very busy here today.")
    expect(page.get_by_text("Nobody has ever calmed down from that")).to_be_visible()
    press(page, "Try again")
    write(
        page,
        "You left three messages and nobody called you back. I am sorry, that should not have happened. You are worried "
        "about your mother going home. What worries you most about tomorrow?",
    )
    result(page, "5 of 5 met")
    press(page, "Go on with this reply")
    expect(page.get_by_text("Her shoulders come down")).to_be_visible()
    press(page, "Ask the doctor and the therapist")
    page.reload()
    press(page, "Pass this card by")
    expect(page.get_by_text("How it ended")).to_be_visible()
    expect(page.get_by_role("button", name="Your reply: 5 of 5 met")).to_be_visible()
    assert page.get_by_role("button", name="Start a role-play with the judge").count() == 0


def test_too_few_words_are_unrated_and_markup_is_text(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/drills")
    take_up(page, "SMART goal", "School: Better attendance")
    press(page, "Type it")
    write(page, "<b>Better</b> attendance.")
    expect(page.get_by_text("Unrated. Only")).to_be_visible()
    expect(page.get_by_text("<b>Better</b> attendance.")).to_be_visible()
    expect(page.locator("article.observation")).to_have_count(0)


def test_an_address_of_nothing_says_so(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/drills?drill=nothing")
    expect(page.get_by_text("There is no such drill")).to_be_visible()
    page.goto(f"{shared_app.url}/drills?drill=smart-goal&try={'0' * 32}")
    expect(page.get_by_text("There is no such try here")).to_be_visible()
