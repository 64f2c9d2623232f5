"""The clock of an interview by itself, in a browser whose time is ours."""

from itertools import pairwise
from pathlib import Path

from playwright.sync_api import sync_playwright

from coach.ui.widgets import clock
from tests.browser.conftest import CHROMIUM, FLAGS

DRAW = """async ([script, html, data]) => {
  const { default: draw } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const box = document.createElement("div");
  box.innerHTML = html;
  document.body.append(box);
  globalThis.looks = [];
  draw({ parentElement: box, data, setTriggerValue: (name) => globalThis.looks.push([name, Date.now()]) });
}"""
OVER = {
    "interview": "i",
    "url": "/seen",
    "step": 1,
    "rated": 0,
    "left_s": 1,
    "total_s": 60,
    "grace_s": 0,
    "shown": True,
}


def test_a_page_that_takes_long_to_draw_is_given_ever_more_time_to_do_so() -> None:
    folder = Path(clock.__file__).parent
    script, html = ((folder / f"clock.{kind}").read_text("utf-8") for kind in ("js", "html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=[*FLAGS])
        page = browser.new_page()
        page.clock.install()
        page.goto("about:blank")
        page.evaluate(DRAW, [script, html, OVER])
        page.clock.run_for(60_000)
        looks = page.evaluate("globalThis.looks")
        browser.close()
    assert {name for name, _ in looks} == {"moved"}
    waits = [round((b - a) / 1000) for (_, a), (_, b) in pairwise(looks)]
    assert waits == [2, 4, 8, 16, 16]
