"""Pages in a browser: what they show when empty, what they say of bad input, and how one goes from one to the next."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, running

Browse = Callable[..., Page]


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("pages")) as one:
        yield one


def type_answer(page: Page, text: str) -> None:
    page.get_by_role("button", name="Type the answer").click()
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Rate my answer").click()


def test_an_empty_start_says_what_to_do_and_demo_data_come_and_go(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/progress")
    expect(page.get_by_text("Nothing to chart yet")).to_be_visible()
    page.goto(f"{shared_app.url}/answers")
    expect(page.get_by_text("No answers yet")).to_be_visible()
    page.goto(f"{shared_app.url}/setup")
    page.get_by_role("button", name="Add demo answers").click()
    expect(page.get_by_text("demo answers among yours")).to_be_visible(timeout=60_000)
    page.goto(f"{shared_app.url}/progress")
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    page.get_by_text("The numbers behind this chart").first.click()
    expect(page.get_by_role("table").first).to_contain_text("SOAR story")
    page.goto(f"{shared_app.url}/setup")
    page.get_by_role("button", name="Remove the demo answers").click()
    expect(page.get_by_role("button", name="Add demo answers")).to_be_visible()


def test_an_answer_too_short_is_unrated_and_not_low(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    type_answer(page, "I helped a client once.")
    expect(page.get_by_text("Unrated. Only 5 words: too little to rate")).to_be_visible()
    expect(page.locator("article.rating")).to_have_count(0)


def test_a_named_client_is_marked_with_words_to_say_instead(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    type_answer(
        page,
        "My client Maria Delgado lost her flat in spring. The housing office refused her twice. I asked her what she wanted, "
        "called the office with her consent and wrote the appeal. She moved into a new flat after three weeks.",
    )
    expect(page.locator("mark.leak").first).to_contain_text("Maria Delgado")
    expect(page.get_by_text("Change this first")).to_be_visible()
    page.get_by_text("A copy without what could identify a client").click()
    expect(page.locator("pre").last).not_to_contain_text("Delgado")


def test_markup_in_an_answer_is_text(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    type_answer(
        page,
        "<img src=x onerror=alert(1)><b>I had a client</b> who was afraid of losing her home, and I helped her to appeal & win it.",
    )
    expect(page.locator("article.rating")).to_have_count(4)
    assert page.locator(".pc img").count() == 0
    expect(page.get_by_text("<b>I had a client</b>", exact=False).first).to_be_visible()


def test_an_answer_opens_from_the_list_and_leads_on_to_the_next_question(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    type_answer(page, "I helped somebody to find a home.")
    expect(page.get_by_text("Unrated.")).to_be_visible()
    page.goto(f"{shared_app.url}/answers")
    page.get_by_role("button", name="Open").first.click()
    expect(page.get_by_text("I helped somebody to find a home.")).to_be_visible()
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_role("heading", name="Practise a question")).to_be_visible()


def test_deleting_asks_first(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    type_answer(page, "I helped somebody to find a home.")
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Delete for good")).to_have_count(0)
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Practise a question")).to_be_visible()


def test_an_upload_that_is_no_sound_says_so_and_a_real_one_is_written_down(
    shared_app: App, browse: Browse, answer_wav: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "notes.wav"
    junk.write_text("this is no sound at all")
    page = browse(shared_app.url)
    page.get_by_role("button", name="Answer by voice").click()
    page.get_by_text("Other ways to answer").click()
    page.locator("input[type=file]").set_input_files(junk)
    expect(page.get_by_role("alert").first).to_contain_text("sound")
    page.locator("input[type=file]").set_input_files(answer_wav)
    expect(page.get_by_role("textbox")).not_to_have_value("", timeout=120_000)


def test_an_address_of_no_answer_is_not_found(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/?attempt={'0' * 32}")
    expect(page.get_by_text("There is no such answer here")).to_be_visible()


def test_leaving_the_recorder_turns_the_microphone_off(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    page.get_by_role("button", name="Answer by voice").click()
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("button", name="Finish answer")).to_be_visible()
    page.wait_for_timeout(3000)
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_role("heading", name="Progress", level=1)).to_be_visible()
    page.wait_for_timeout(4000)
    takes = shared_app.data / "takes"
    before = sum(path.stat().st_size for path in takes.rglob("*.pcm"))
    page.wait_for_timeout(4000)
    assert sum(path.stat().st_size for path in takes.rglob("*.pcm")) == before
    assert page.evaluate("globalThis.coachRecordings.size") == 0


def test_two_tabs_do_not_record_one_answer_at_once(shared_app: App, browse: Browse) -> None:
    page = browse(shared_app.url)
    page.get_by_role("button", name="Answer by voice").click()
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("button", name="Finish answer")).to_be_visible()
    page.wait_for_timeout(3000)
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Continue recording").click()
    expect(other.get_by_text("being recorded in another tab")).to_be_visible()


def test_recording_again_leads_back_to_the_corrected_transcript(
    shared_app: App, browse: Browse, answer_wav: Path
) -> None:
    page = browse(shared_app.url)
    page.get_by_role("button", name="Answer by voice").click()
    page.get_by_text("Other ways to answer").click()
    page.locator("input[type=file]").set_input_files(answer_wav)
    field = page.get_by_role("textbox")
    expect(field).not_to_have_value("", timeout=120_000)
    field.fill("What I corrected by hand, and do not want to lose.")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.get_by_role("button", name="Record again instead").click()
    expect(page.get_by_text("Earlier recordings of this answer (1)")).to_be_visible()
    page.get_by_role("button", name="Back to what I had").click()
    expect(field).to_have_value("What I corrected by hand, and do not want to lose.")
