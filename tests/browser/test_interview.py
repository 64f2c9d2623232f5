"""A whole spoken interview, through everything that may go wrong in one."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from coach.domain.attempt import AttemptState
from coach.domain.feedback import FeedbackState
from coach.domain.interview import Interview, TurnState
from coach.domain.verdict import JudgeOutcome
from coach.interview.engine import waits
from coach.store import AttemptStore, Database, InterviewStore
from coach.wiring import LOCAL_CANDIDATE
from tests.browser.conftest import ANSWER, CHROMIUM, FLAGS, App, running
from tests.browser.test_one_answer_all_the_way import speak
from tests.judge.judge_examples import reply
from tests.judge.server import KEY, Server

Talk = Callable[..., Page]
SLOW_MS = 150_000  # loading what listens and checks, on a busy machine
MARKS = {
    "soar": {"event": 1, "situation": 1, "obstacle": 2, "action": 2, "result": 0},
    "empathy": {"client": 1, "disrespect": 0, "method": 1, "perspective": 2, "adapted": 0},
    "confidentiality": {"subject": 1, "identifier": 0, "pickable": 0, "breach": 0, "sharing": 0},
    "outcome": {"result": 0, "number": 0, "baseline": 0, "linked": 0},
}


@pytest.fixture
def talk(answer_wav: Path) -> Iterator[Talk]:
    """Pages in a Chromium whose microphone plays the answer over and over."""
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=[*FLAGS, f"--use-file-for-fake-audio-capture={answer_wav}"]
        )

        def opened(url: str, width: int = 1280, height: int = 900) -> Page:
            context = browser.new_context(viewport={"width": width, "height": height}, permissions=["microphone"])
            context.set_default_timeout(120_000)
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(url)
            return page

        yield opened
        browser.close()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def to_between(page: Page) -> int:
    """Answer the follow-ups that come, in a few words; how many there were."""
    finish = button(page, "Finish answer")
    over = button(page, "Next question").or_(page.get_by_role("heading", name="Your interview"))
    for probes in range(3):
        expect(finish.or_(over).first).to_be_visible(timeout=SLOW_MS)
        if over.is_visible():
            return probes
        speak(page, 3)
        finish.click()
        expect(finish).to_be_hidden()
    raise AssertionError("more follow-ups than there may be")


def answer(page: Page, seconds: int) -> int:
    button(page, "Start answering").click()
    speak(page, seconds)
    button(page, "Finish answer").click()
    expect(button(page, "Finish answer")).to_be_hidden()
    return to_between(page)


def stored(app: App) -> tuple[Interview, AttemptStore, Database]:
    database = Database(f"sqlite:///{app.data / 'coach.db'}")
    return InterviewStore(database, waits).all_of(LOCAL_CANDIDATE)[0], AttemptStore(database), database


@contextmanager
def stored_writing(app: App) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(app.data / "coach.db", timeout=30)) as raw, raw:
        yield raw


def until_judged(page: Page, app: App, *expected: JudgeOutcome) -> None:
    """Until asking the judge has ended like this for the first answers, one after the other."""
    for _ in range(SLOW_MS // 500):
        interview, attempts, database = stored(app)
        answers = {a.id: a for a in attempts.all_of(LOCAL_CANDIDATE)}
        database.close()
        begun = [answers[one.attempt] for one in interview.rounds if one.attempt in answers]
        outcomes = [a.judge.outcome for a in begun if a.judge]
        if outcomes[: len(expected)] == list(expected):
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"asking the judge ended otherwise: {outcomes}")


@pytest.mark.long
def test_a_spoken_interview_survives_a_reload_a_killed_server_and_a_lost_judge(tmp_path: Path, talk: Talk) -> None:
    judge = Server(good=reply(MARKS, advice=""))
    with (
        judge,
        running(
            tmp_path,
            OPENAI_BASE_URL=judge.address,
            OPENAI_API_KEY=KEY,
            COACH_JUDGE_MODEL="ok",
            COACH_JUDGE_DEADLINE_S="5",
        ) as app,
    ):
        page = talk(f"{app.url}/interview")
        button(page, "Begin the interview").click()
        probes = [answer(page, 8)]

        button(page, "Next question").click()  # a reload in the middle of an answer
        button(page, "Start answering").click()
        speak(page, 4)
        page.reload()
        expect(button(page, "Finish answer")).to_be_visible()
        assert int(page.get_by_role("timer").locator("span").first.inner_text().split(":")[1]) >= 3
        speak(page, 7)
        button(page, "Finish answer").click()
        probes.append(to_between(page))

        button(page, "Next question").click()  # the server dies in the middle of an answer
        button(page, "Start answering").click()
        speak(page, 5)
        app.kill()
        page.wait_for_timeout(3000)
        app.start()
        speak(page, 9)
        button(page, "Finish answer").click()
        probes.append(to_between(page))
        until_judged(page, app, *[JudgeOutcome.RATED] * 3)

        judge.lose()
        button(page, "Next question").click()
        probes.append(answer(page, 6))

        expect(page.get_by_role("heading", name="Your interview")).to_be_visible()
        expect(page.get_by_text("still being rated")).to_be_hidden(timeout=2 * SLOW_MS)
        expect(page.get_by_text(re.compile("^Mean of 4 rated answers")).first).to_be_visible()
        rows = page.locator("summary").filter(has_text=re.compile(r"^\W*\w*\W*4\."))
        rows.first.click()
        expect(page.get_by_text(re.compile("Rated by checks so far")).first).to_be_visible()
        until_judged(page, app, *[JudgeOutcome.RATED] * 3, JudgeOutcome.UNREACHABLE)

        interview, attempts, database = stored(app)
        assert interview.done
        turns = [
            (t.state, t.opened_at, t.closed_at, t.first_take, t.take) for one in interview.rounds for t in one.turns
        ]
        assert [len(one.probes) for one in interview.rounds] == probes, turns
        assert sum(probes) >= 4
        assert all(t.state is TurnState.READ and t.text for one in interview.rounds for t in one.turns)
        answers = [attempts.get(one.attempt, LOCAL_CANDIDATE) for one in interview.rounds]
        assert [a.state for a in answers] == [AttemptState.RATED] * 4
        assert [a.judge and a.judge.outcome for a in answers] == [JudgeOutcome.RATED] * 3 + [JudgeOutcome.UNREACHABLE]
        assert [a.feedback and a.feedback.state for a in answers][3] is FeedbackState.CHECKS_ONLY
        for take in app.data.glob("takes/*/*/"):
            pieces = sorted(int(path.stem) for path in take.glob("*.pcm"))
            assert pieces == list(range(len(pieces))), "no piece is missing"
        assert "hospital" not in app.log, "no answer reaches the log"
        database.close()


def begin_typed(page: Page, app: App, *keys: str, mode: str = "Practice") -> None:
    page.goto(f"{app.url}/interview?questions={','.join(keys)}")
    page.get_by_text("By keyboard").click()
    page.get_by_text(f"{mode}: feedback").click()
    page.get_by_text("Follow-up questions").click()
    page.get_by_text("Rate myself first").click()
    expect(page.get_by_role("button", name="Check the microphone")).to_be_hidden()
    button(page, "Begin the interview").click()


def rate_oneself(page: Page) -> None:
    expect(page.get_by_text("First rate yourself")).to_be_visible()
    expect(page.get_by_role("radiogroup")).to_have_count(4)
    for group in page.get_by_role("radiogroup").all():
        group.get_by_text(re.compile("^4")).first.click()
    button(page, "Keep, and show the feedback").click()


def test_a_typed_interview_in_practice_mode_from_a_link(app: App, talk: Talk) -> None:
    page = talk("about:blank")
    begin_typed(page, app, "advocate-after-denial", "respond-to-crisis")
    expect(page.get_by_text("Question 1 of 2 · practice mode")).to_be_visible()
    page.keyboard.press("Control+Enter")  # everything by keyboard
    field = page.get_by_role("textbox")
    field.fill(ANSWER.partition(". ")[0])
    page.wait_for_timeout(1200)
    button(page, "Pause").click()
    expect(page.get_by_text("Paused. The clock stands still.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Paused. The clock stands still.")).to_be_visible()
    button(page, "Go on").click()
    expect(field).to_have_value(ANSWER.partition(". ")[0])
    field.fill(ANSWER)
    button(page, "Finish answer").click()
    rate_oneself(page)
    expect(page.locator("article.rating")).to_have_count(4, timeout=SLOW_MS)

    page.get_by_placeholder("Two or three sentences").fill(
        "She went home in nine days and had no falls in a year, down from four."
    )
    button(page, "See what it changes").click()
    expect(page.get_by_text("said again")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("as rated|[+-]\\d")).first).to_be_visible()

    button(page, "Say it aloud").click()
    button(page, "Start recording").click()
    speak(page, 8)
    page.reload()
    button(page, "Continue recording").click()
    speak(page, 16)
    button(page, "Finish answer").click()
    field = page.get_by_placeholder("Two or three sentences")
    expect(field).to_have_value(re.compile(r"\w+ \w+"), timeout=SLOW_MS)
    button(page, "See what it changes").click()
    expect(page.get_by_text("said again")).to_have_count(2, timeout=SLOW_MS)

    button(page, "Next question").click()
    button(page, "Skip").click()
    button(page, "See the report").click()
    expect(page.get_by_role("heading", name="Your interview")).to_be_visible()
    expect(page.get_by_text("1 pause")).to_be_visible()
    page.locator("summary").filter(has_text="unrated").click()
    expect(page.get_by_text("Unrated. You skipped this question.")).to_be_visible()
    expect(page.get_by_text("Mean of 1 rated answer. You gave yourself 4.0.").first).to_be_visible()
    for name, begins in (("PDF", b"%PDF"), ("Markdown", b"# Mock interview"), ("JSON", b"{")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.path().read_bytes().startswith(begins)
    page.goto(f"{app.url}/interview")
    expect(page.get_by_text("Your interviews")).to_be_visible()


def test_time_that_is_over_hands_in_what_was_typed(app: App, talk: Talk) -> None:
    page = talk("about:blank")
    begin_typed(page, app, "advocate-after-denial", mode="Interview")
    button(page, "Start answering").click()
    page.get_by_role("textbox").fill(ANSWER)
    page.wait_for_timeout(1200)
    with stored_writing(app) as raw:  # as if nearly all of the time had passed
        raw.execute(
            "update interview set record = json_set(record, '$.deadline', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+3 seconds'))"
        )
    page.reload()
    rate_oneself(page)
    expect(page.get_by_text("Mean of 1 rated answer.").first).to_be_visible(timeout=SLOW_MS)
