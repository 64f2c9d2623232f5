"""What the microphone check says of what it measured, in the browser it runs in."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from coach.ui.widgets import mic_check
from tests.browser.conftest import CHROMIUM

SCRIPT = Path(mic_check.__file__).with_name("mic_check.js").read_text("utf-8")
VOICE = [-45, -22, -14, -30, -12, -20, -44, -15, -26, -13] * 4
FAN = [-33, -34, -32.5, -33.5] * 12
FADING_HUM = [-28 - n / 2 for n in range(48)]
"""What is left of a hum as the browser learns to take it out."""

SAID = [
    ([-100] * 40, 0, "We heard nothing"),
    (VOICE, 0, "The microphone works"),
    ([-70] * 35 + VOICE[:10], 0, "The microphone works"),  # somebody who begins late
    ([db - 30 for db in VOICE], 0, "We heard you, but quietly"),
    ([db + 12 for db in VOICE], 0.02, "Too loud"),
    (FAN, 0, "We heard a steady noise and no voice"),
    (FADING_HUM, 0, "We heard a steady noise and no voice"),
    ([], 0, "We heard nothing"),
]


def test_the_check_tells_a_voice_from_silence_and_from_a_steady_noise() -> None:
    with sync_playwright() as playwright:
        if CHROMIUM is None:
            pytest.skip("chromium not installed")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/*", lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"))
        page.goto("http://localhost/")
        said = page.evaluate(
            "async (all) => { const { verdict } = await import('/check.js'); return all.map(([levels, clipped]) => verdict(levels, clipped)); }",
            [[levels, clipped] for levels, clipped, _ in SAID],
        )
        browser.close()
    for (_, _, beginning), words in zip(SAID, said, strict=True):
        assert words.startswith(beginning)
