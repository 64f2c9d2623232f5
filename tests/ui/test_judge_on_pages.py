"""What pages tell of the judge: who reads an answer before it is rated, both views where raters disagree, and whoever runs here noticed."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from streamlit.testing.v1 import AppTest

from coach.compose import compose
from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.feedback import CheckReport, Feedback
from coach.domain.judging import JudgeChoice, Usage
from coach.domain.people import LOCAL_ID
from coach.domain.question import Question
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, JudgeRecord, Verdict
from coach.judge import presets
from coach.recordings import utc_now
from coach.store import AttemptStore, Database
from coach.ui.resources import services
from tests.store.store_examples import TEXT, VERSIONS, attempt

ELSEWHERE = "https://judge.example/v1"


def words(test: AppTest) -> str:
    assert not test.exception
    drawn = (*test.subheader, *test.markdown, *test.info, *test.warning, *test.code)
    return "\n".join([*(one.proto.body for one in test.get("html")), *(str(one.value) for one in drawn)])


def draw(page: str, **places: str) -> AppTest:
    test = AppTest.from_string(f"from coach.ui.pages import {page}\n{page}.page()\n", default_timeout=120)
    for name, value in places.items():
        test.query_params[name] = value
    return test.run()


def seen(by: Rater, level: int) -> tuple[Rating, ...]:
    return tuple(
        Rating(criterion=c, level=level, by=by, why=f"{by} saw this.", evidence=(Span.of(TEXT, 0, 8),))
        for c in Criterion
    )


def apart() -> Feedback:
    """Checks and judge two levels apart on everything."""
    record = JudgeRecord(outcome=JudgeOutcome.RATED, model="m", sent="[1] words", host="judge.example", calls=1)
    verdict = Verdict(record=record, ratings=seen(Rater.JUDGE, 2))
    return compose(CheckReport(ratings=seen(Rater.CHECKS, 4)), verdict)


@pytest.mark.usefixtures("data")
def test_where_checks_and_judge_disagree_everywhere_both_views_are_shown() -> None:
    attempts = AttemptStore(Database(services().settings.database))
    one = attempt(LOCAL_ID, created_at=utc_now(), state=AttemptState.DRAFT)
    attempts.add(one)
    attempts.hand_in(one.id, LOCAL_ID, TEXT, utc_now())
    record = JudgeRecord(outcome=JudgeOutcome.RATED, model="m", sent="[1] what was sent", host="judge.example", calls=1)
    attempts.save_feedback(one.id, LOCAL_ID, feedback=apart(), judge=record, versions=VERSIONS, at=utc_now())

    shown = words(draw("practise", attempt=one.id))

    assert "disagree everywhere" in shown
    assert shown.count("Checks: <b>4 of 5</b>") == shown.count("Judge: <b>2 of 5</b>") == len(Criterion)
    assert "[1] what was sent" in shown


def drafted() -> str:
    return services().practice.begin(LOCAL_ID, Question.free("A barrier?"), AnswerKind.TYPED).id


def test_who_reads_an_answer_elsewhere_and_what_that_costs_stands_where_it_is_handed_in(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", ELSEWHERE)
    monkeypatch.setenv("COACH_JUDGE_MODEL", "priced")
    data.mkdir()
    (data / "prices.toml").write_text('[models]\n"priced" = { input = 1, cached = 0.1, output = 10 }\n', "utf-8")
    shown = words(draw("practise", attempt=drafted()))
    assert "priced at judge.example" in shown
    assert "with placeholders" in shown
    assert "US cents" in shown

    services().books.spend(utc_now().date().isoformat(), Usage(calls=1, prompt_tokens=1_234, usd=0.5))
    told = words(draw("setup"))
    assert "An answer costs about **" in told
    assert "Spent today: 50.00 US cents and 1,234 tokens, of at most 2.00 US dollars and 2,000,000 tokens a day" in told


def test_where_nothing_is_masked_the_pages_say_so(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data
    monkeypatch.setenv("OPENAI_BASE_URL", ELSEWHERE)
    monkeypatch.setenv("COACH_JUDGE_MASK", "false")
    assert "every word as it stands" in words(draw("practise", attempt=drafted()))
    assert "They go as they are" in words(draw("setup"))


@pytest.mark.usefixtures("data")
def test_without_a_judge_elsewhere_nothing_is_said_of_one() -> None:
    assert "Who reads this" not in words(draw("practise", attempt=drafted()))


@pytest.fixture
def here() -> Iterator[str]:
    """A server of models on this computer, at its address."""

    class Lists(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            data = json.dumps(
                {"object": "list", "data": [{"id": f"m{n}", "object": "model"} for n in range(9)]}
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Lists)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("data")
def test_a_judge_that_runs_here_is_noticed_when_set_up_opens_and_used_only_once_it_is_chosen(
    here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presets.noticed, "__defaults__", ((("Ollama", here),), 30.0))
    page = draw("setup")
    assert "Ollama runs on this computer" in words(page)
    assert not services().judge.is_on

    page.selectbox[0].select("Ollama: m3, on this computer").run()
    next(one for one in page.button if one.label == "Use this from now on").click().run()

    assert services().books.choice() == JudgeChoice(base_url=here, model="m3")
    assert "Nothing leaves this computer" in words(page)
    assert "Rating costs nothing" in words(page)
