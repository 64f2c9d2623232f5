"""From a question to a point on the chart, as a candidate does it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import App

Browse = Callable[..., Page]


def speak(page: Page, seconds: int) -> None:
    """Let the microphone play until the recorder's clock shows so many seconds."""
    clock = page.get_by_role("timer").locator("span").first
    for _ in range(600):
        minutes, shown = map(int, clock.inner_text().split(":"))
        if 60 * minutes + shown >= seconds:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"the clock stood at {clock.inner_text()}")


def test_a_spoken_answer_is_transcribed_rated_kept_through_a_crash_and_charted(app: App, browse: Browse) -> None:
    page = browse(app.url)
    page.get_by_role("button", name="Answer by voice").click()
    page.get_by_role("button", name="Start recording").click()
    speak(page, 25)  # the answer lasts about 24 seconds
    expect(page.get_by_text(re.compile("from the hospital"))).to_be_visible()  # while one still records
    page.get_by_role("button", name="Hide the words").click()
    expect(page.get_by_text(re.compile("from the hospital"))).to_have_count(0)
    page.get_by_role("button", name="Show the words").click()
    page.get_by_role("button", name="Finish answer").click()

    field = page.get_by_role("textbox")
    expect(field).to_have_value(re.compile("hospital"), timeout=120_000)
    heard = field.input_value()
    assert {"seventies", "independence", "permission", "approved"} <= set(re.findall(r"\w+", heard.lower()))

    page.get_by_role("button", name="Rate my answer").click()
    expect(page.get_by_text("Change this first").or_(page.get_by_text("Nothing to change"))).to_be_visible(
        timeout=60_000
    )
    card = page.locator("article.rating")
    expect(card).to_have_count(4)
    page.get_by_text("How you said it").click()
    expect(page.get_by_text("words a minute", exact=False).first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Longest silence: hear it")).click()
    assert plays(page)
    for quote in page.locator("article.rating blockquote").all_inner_texts():
        assert quote.removesuffix(" …") in heard, "a quote must stand in the answer"
    address = page.url

    app.kill()
    app.start()
    page = browse(address)
    expect(page.locator("article.rating")).to_have_count(4)
    page.goto(f"{app.url}/progress")
    expect(page.locator(".js-plotly-plot .scatterlayer .point")).not_to_have_count(0)
    page.goto(f"{app.url}/answers")
    expect(page.get_by_role("button", name="Open")).to_have_count(1)
    assert "hospital" not in app.log, "no answer reaches the log"


def plays(page: Page) -> bool:
    """Whether a recording is heard within some seconds, in a component of its own or not."""
    for _ in range(100):
        if page.locator("audio").evaluate_all("all => all.some((one) => one.currentTime > 0.2)"):
            return True
        page.wait_for_timeout(200)
    return False


def test_a_recording_survives_a_reload_and_a_killed_server(app: App, browse: Browse) -> None:
    page = browse(app.url)
    page.get_by_role("button", name="Answer by voice").click()
    page.get_by_role("button", name="Start recording").click()
    speak(page, 7)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    kept = page.get_by_text(re.compile(r"\d+ seconds of your answer are kept"))
    expect(kept).to_be_visible()
    assert int(re.search(r"\d+", kept.inner_text())[0]) >= 6  # type: ignore[index]  # the text was just matched

    page.get_by_role("button", name="Continue recording").click()
    speak(page, 11)
    app.kill()
    page.wait_for_timeout(4000)
    app.start()
    speak(page, 18)
    page.get_by_role("button", name="Finish answer").click()
    expect(page.get_by_role("textbox")).to_have_value(re.compile(r"\w+ \w+"), timeout=120_000)
    pieces = sorted(int(path.stem) for path in app.data.glob("takes/*/001/*.pcm"))
    assert pieces == list(range(len(pieces))), "no piece is missing"
    seconds = sum(path.stat().st_size for path in app.data.glob("takes/*/001/*.pcm")) / 32_000
    assert seconds >= 17


def test_a_typed_draft_survives_a_reload_and_a_killed_server(app: App, browse: Browse) -> None:
    page = browse(app.url)
    page.get_by_role("button", name="Type the answer").click()
    field = page.get_by_role("textbox")
    field.fill("I had a client who")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(field).to_have_value("I had a client who")
    app.kill()
    field.fill("I had a client who could not read the letter")
    page.wait_for_timeout(1500)
    app.start()
    page.reload()
    expect(field).to_have_value("I had a client who could not read the letter")


def test_recording_stops_by_itself_at_the_limit(app: App, browse: Browse) -> None:
    page = browse(app.url)
    page.get_by_role("button", name="Answer by voice").click()
    page.get_by_role("button", name="Start recording").click()
    minutes, seconds = re.search(r"of (\d):(\d\d)", page.get_by_role("timer").inner_text()).groups()  # type: ignore[union-attr]
    limit_s = 60 * int(minutes) + int(seconds)
    speak(page, 5)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_role("button", name="Continue recording")).to_be_visible()
    take = next(app.data.glob("takes/*/001"))
    for piece in range(
        len(list(take.glob("*.pcm"))), limit_s // 2 - 3
    ):  # as if they had spoken on until shortly before the end
        (take / f"{piece:05d}.pcm").write_bytes(bytes(64_000))
    page.reload()
    page.get_by_role("button", name="Continue recording").click()
    expect(page.get_by_text("seconds left")).to_be_visible()
    expect(page.get_by_role("textbox").or_(page.get_by_text("We heard nothing"))).to_be_visible(timeout=120_000)
    total = sum(path.stat().st_size for path in take.glob("*.pcm")) / 32_000
    assert limit_s - 1 <= total <= limit_s + 2
