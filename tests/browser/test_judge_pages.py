"""A judge as a person meets it: chosen under Set-up, its advice coming in, what was sent shown; its failure costs nothing."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from coach.checks import Checks
from coach.domain.rubric import Criterion
from coach.judge import Agreement, Measured, Measurements
from coach.judge.prompt import load

sys.path.append(str(Path(__file__).parents[1] / "judge"))
from conftest import ANSWER, running
from judge_examples import reply_for
from server import Server

Browse = Callable[..., Page]
TOLD = ANSWER.replace("a woman in her seventies", "Denise Ortega, a woman in her seventies,")


@pytest.fixture
def judge() -> Iterator[Server]:
    with Server(good=reply_for(TOLD)) as server:
        yield server


def answer(page: Page, url: str, text: str) -> None:
    page.goto(f"{url}/practise")
    page.get_by_role("button", name="Type").first.click()
    box = page.get_by_role("textbox", name="Your answer")
    box.fill(text)
    page.get_by_role("button", name="Rate my answer").click()


def test_the_judges_advice_comes_in_and_the_page_shows_what_was_sent(
    tmp_path: Path, browse: Browse, judge: Server
) -> None:
    with running(
        tmp_path, OPENAI_BASE_URL=judge.address, COACH_JUDGE_MODEL="slow-stream", COACH_JUDGE_MASK="true"
    ) as app:
        page = browse(app.url)
        answer(page, app.url, TOLD)
        expect(page.get_by_text("The judge is reading this answer")).to_be_visible(timeout=120_000)
        expect(page.get_by_text("by checks and judge").first).to_be_visible()
        expect(page.get_by_text("One sentence, said better")).to_be_visible()
        page.get_by_text("What was sent to the judge").click()
        expect(page.get_by_text("PERSON-1").first).to_be_visible()
        assert "Ortega" not in json.dumps(judge.bodies)


def test_with_a_judge_that_fails_the_checks_feedback_is_there_and_says_so(
    tmp_path: Path, browse: Browse, judge: Server
) -> None:
    with running(tmp_path, OPENAI_BASE_URL=judge.address, COACH_JUDGE_MODEL="400-filter") as app:
        page = browse(app.url)
        answer(page, app.url, ANSWER)
        expect(page.get_by_text("A content filter in front of the judge stopped this text")).to_be_visible()
        expect(page.get_by_text("Rated by checks").first).to_be_visible()


def test_a_judge_can_be_tried_and_switched_off_on_the_set_up_page(
    tmp_path: Path, browse: Browse, judge: Server
) -> None:
    judge.good = '{"sentence": 2, "verdict": "yes"}'
    with running(tmp_path, OPENAI_BASE_URL=judge.address, COACH_JUDGE_MODEL="ok") as app:
        page = browse(f"{app.url}/setup")
        expect(page.get_by_text("How well it rates is not measured yet")).to_be_visible()
        page.get_by_role("button", name="Try the judge").click()
        expect(page.get_by_text("It keeps to a JSON schema.")).to_be_visible()
        expect(page.get_by_text("rating costs nothing, and nothing leaves it")).to_be_visible()
        page.get_by_text("Checks only: nothing is sent anywhere").click()
        page.get_by_role("button", name="Use this from now on").click()
        expect(page.get_by_text("Checks on this computer alone")).to_be_visible()
        sent = len(judge.bodies)
        answer(page, app.url, ANSWER)
        expect(page.get_by_text("Rated by checks").first).to_be_visible()
        assert len(judge.bodies) == sent


def test_the_set_up_page_shows_what_was_measured_of_the_judge_in_use_and_where_the_checks_win(
    tmp_path: Path, browse: Browse, judge: Server
) -> None:
    better, worse = (Agreement(alone=0.8, with_judge=k, low=k - 0.9, high=k - 0.7) for k in (0.9, 0.6))
    agreement = {c: worse if c is Criterion.EMPATHY else better for c in Criterion}
    found = Measured(
        model="fake-1", asked="ok", prompt_hash=load().sha256, checks=Checks.version, answers=120, agreement=agreement
    )
    with running(tmp_path, OPENAI_BASE_URL=judge.address, COACH_JUDGE_MODEL="ok") as app:
        Measurements(app.data / "judge_measured.jsonl", Checks.version).keep(found)
        page = browse(f"{app.url}/setup")
        expect(page.get_by_text("Measured on 120 answers that people have rated")).to_be_visible()
        row = page.get_by_role("row", name="Empathy")
        expect(row).to_contain_text("0.80")
        expect(row).to_contain_text("0.60")
        expect(row).to_contain_text("-0.30 to -0.10")
        expect(row).to_contain_text("the checks win")
        expect(page.get_by_role("row", name="both are heard")).to_have_count(3)
