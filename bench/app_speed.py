"""How fast the app is beside a Streamlit page of one line, on the same computer, in the same minutes.

    python -m bench.app_speed                                  # 5,000 attempts in the store
    python -m bench.app_speed --attempts 1000 100000 --own 200 # growth: the same person, a store that grows around them

Three things are measured, the two apps in turn so that both meet the same machine:

- start to first paint: from starting the program to the first words on the page in Chromium, and the same with the server up;
- rerun: from asking for a page to the end of its script, over Streamlit's own socket, without a browser;
- payload: the bytes that come over that socket for one rerun.

Beside the time by the clock stands the processor's own time of the server, from Linux's account of it: other work on the machine hardly changes that.

The store holds invented attempts (no models are loaded to make them): ``--own`` of the candidate, the others of 30 students of a cohort that
the same person coaches. Prints the figures of docs/app-speed.md.
"""

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import insert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from coach.bank import load_bank
from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.feedback import Feedback, FeedbackState
from coach.domain.people import LOCAL_ID, Cohort, Issuer, Person, Role, Sharing
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.resources import question_bank
from coach.store import CohortStore, Database, PeopleStore, RollupStore
from coach.store.migrate import migrate
from coach.store.rollups import refresh
from coach.store.tables import AttemptRow, CompetencyRow, RatingRow
from coach.store.tables_people import MembershipRow, PersonRow

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
NOW = datetime.now(UTC)
COHORT = "cohort"
STUDENTS = 30
ANSWER = (
    "Last year I worked with a woman who came home from the hospital after a fall. Her insurance denied the home aide. "
    "I asked her what mattered most, called the plan with her permission, and appealed. The aide was approved in nine days. "
) * 3
PAGES = (
    *("", "practise", "practise?attempt=own-0", "interview", "stories", "drills", "progress", "checklist", "job"),
    *("answers", "sharing", "my-data", "setup", "cohorts", f"cohorts?cohort={COHORT}"),
    *(f"cohorts?cohort={COHORT}&student=student-0", "review", "assign", "guides", "questions", "calibration"),
)
BAR_PAINT, BAR_RERUN, BAR_RERUN_MS, BAR_GROWTH = 1.4, 2.0, 30.0, 0.25


class Rerun(NamedTuple):
    """One rerun: milliseconds from asking to the end of the script, and the bytes that came."""

    ms: float
    payload: int


class Served(NamedTuple):
    """A server: its address, and its process."""

    url: str
    process: int

    @property
    def worked_ms(self) -> float:
        """The processor's time it took so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text("utf-8").rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Paint(NamedTuple):
    """Milliseconds to the first paint and to the words of the page, and the processor's time of the server up to then."""

    first: float
    words: float
    worked: float


def main() -> None:
    """Measure, for each size of the store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, nargs="+", default=[5000])
    parser.add_argument("--own", type=int, default=None, help="how many of them are the candidate's; default: half")
    parser.add_argument("--reruns", type=int, default=20)
    parser.add_argument("--starts", type=int, default=3, help="starts to first paint; 0 leaves them out")
    asked = parser.parse_args()
    slowest: dict[str, list[float]] = {}
    for attempts in asked.attempts:
        with tempfile.TemporaryDirectory() as folder:
            own = min(attempts, attempts // 2 if asked.own is None else asked.own)
            data = Path(folder) / "data"
            fill(data, attempts, own)
            print(f"\n{attempts:,} attempts in the store, {own:,} of them the candidate's\n")
            if asked.starts:
                paints(Path(folder), asked.starts)
            for page, ms in reruns(Path(folder), asked.reruns).items():
                slowest.setdefault(page, []).append(ms)
    if len(asked.attempts) > 1:
        print(f"\ngrowth of the median from the first store to the last (bar {BAR_GROWTH:.0%})")
        for page, times in slowest.items():
            print(f"/{page:48} {times[0]:7.0f} ms {times[-1]:7.0f} ms {times[-1] / times[0] - 1:+6.0%}")


# ── what is measured ──────────────────────────────────────────────────────────────────────────────────────────────


def paints(folder: Path, starts: int) -> None:
    """From starting each program to its first paint, and the same where the server is up."""
    cold: dict[str, list[Paint]] = {"ours": [], "bare": []}
    warm: dict[str, list[Paint]] = {"ours": [], "bare": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(starts):
            for name, app in (("ours", ours), ("bare", bare)):
                started = time.perf_counter()
                with app(folder) as at:
                    up = 1000 * (time.perf_counter() - started)
                    seen = paint(browser, at.url)
                    cold[name].append(Paint(up + seen.first, up + seen.words, at.worked_ms))
                    for _ in range(3):
                        before = at.worked_ms
                        seen = paint(browser, at.url)
                        warm[name].append(seen._replace(worked=at.worked_ms - before))
        browser.close()
    print(f"{'milliseconds, median':28} {'ours':>8} {'bare':>8} {'ratio':>6}   bar")
    for what, times in (("start to", cold), ("server up, to", warm)):
        for at, name in enumerate(Paint._fields):
            mine, theirs = (median(one[at] for one in times[app]) for app in ("ours", "bare"))
            told = f"{what} {_TOLD[name]}"
            print(f"{told:28} {mine:8.0f} {theirs:8.0f} {mine / theirs:6.2f}   {BAR_PAINT}")


def paint(browser: Browser, url: str) -> Paint:
    """A page opened in a browser that has nothing of it yet."""
    with closing(browser.new_context()) as context:
        page = context.new_page()
        started = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.locator("h1, [data-testid=stMarkdown] p").first.wait_for(timeout=120_000)
        words = 1000 * (time.perf_counter() - started)
        first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
        return Paint(float(first), words, 0.0)


_TOLD = {"first": "first paint", "words": "words of the page", "worked": "words, processor"}


def reruns(folder: Path, count: int) -> dict[str, float]:
    """Each page again and again, the bare page between; the median of each, by its address."""
    found: dict[str, list[Rerun]] = {page: [] for page in PAGES}
    plain: list[Rerun] = []
    worked: dict[str, float] = {}
    with ExitStack() as running:
        us, them = running.enter_context(ours(folder)), running.enter_context(bare(folder))
        spent = them.worked_ms
        for page in PAGES:
            with session(us.url) as mine, session(them.url) as theirs:
                rerun(mine, page)  # the first run loads what the page needs
                rerun(theirs, "")
                before = us.worked_ms
                for _ in range(count):
                    found[page].append(rerun(mine, page))
                    plain.append(rerun(theirs, ""))
                worked[page] = (us.worked_ms - before) / count
        bare_worked = (them.worked_ms - spent) / (len(PAGES) * (count + 1))
    bar = BAR_RERUN * _p95(one.ms for one in plain) + BAR_RERUN_MS
    print(f"\n{'rerun of':50} {'median':>7} {'p95 ms':>7} {'kB':>7} {'processor ms':>13}   bar: p95 of {bar:.0f} ms")
    print(f"{'the bare page':50} {_row(plain)} {bare_worked:13.0f}")
    for page, times in found.items():
        over = "   over" if _p95(one.ms for one in times) > bar else ""
        print(f"/{page:49} {_row(times)} {worked[page]:13.0f}{over}", flush=True)
    return {page: median(one.ms for one in times) for page, times in found.items()}


def _p95(values: Iterator[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def _row(times: Sequence[Rerun]) -> str:
    payload = median(one.payload for one in times) / 1000
    return f"{median(one.ms for one in times):7.0f} {_p95(one.ms for one in times):7.0f} {payload:7.1f}"


@contextmanager
def session(url: str) -> Iterator[ClientConnection]:
    """A session of Streamlit's, without a browser."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], origin=url, max_size=None) as socket_:  # type: ignore[list-item,arg-type]
        yield socket_


def rerun(at: ClientConnection, page: str) -> Rerun:
    """Ask for a page and wait for the end of its script."""
    name, _, query = page.partition("?")
    asked = BackMsg(rerun_script=ClientState(page_name=name, query_string=query))
    payload, started = 0, time.perf_counter()
    at.send(asked.SerializeToString())
    while True:
        data = at.recv(timeout=120)
        payload += len(data)
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "script_finished":
            return Rerun(1000 * (time.perf_counter() - started), payload)


# ── the two apps ──────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def ours(folder: Path) -> Iterator[Served]:
    """This app over the folder's data."""
    with _serving(["-m", "coach.cli", "run", "--no-browser", "--port"], folder) as at:
        yield at


@contextmanager
def bare(folder: Path) -> Iterator[Served]:
    """A Streamlit page of one line."""
    script = folder / "bare.py"
    script.write_text('import streamlit as st; st.write("Hello")\n', "utf-8")
    options = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    with _serving(["-m", "streamlit", "run", str(script), *options, "--server.port"], folder) as at:
        yield at


@contextmanager
def _serving(command: list[str], folder: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "COACH_", "DATABASE_"))}
    environment = {**kept, "PYTHONPATH": str(ROOT), "COACH_DATA_DIR": str(folder / "data"), "HF_HUB_OFFLINE": "1"}
    url = f"http://127.0.0.1:{port}"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, *command, str(port)], cwd=folder, env=environment, stdout=quiet, stderr=quiet
    ) as process:
        try:
            _until_up(url, process)
            yield Served(url, process.pid)
        finally:
            process.kill()


def _until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(6000):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):  # noqa: S310  # this computer
                return
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"{url} did not start") from None
            time.sleep(0.02)


# ── the store ─────────────────────────────────────────────────────────────────────────────────────────────────────


def fill(data: Path, attempts: int, own: int) -> None:
    """Invented attempts of the last year: the candidate's own, and those of a cohort that the same person coaches."""
    data.mkdir()
    with closing(Database(f"sqlite:///{data / 'coach.db'}")) as database:
        migrate(database)
        _people(database)
        _attempts(database, LOCAL_ID, "own", own)
        others = attempts - own
        for n in range(STUDENTS):
            _attempts(database, f"student-{n}", f"s{n}", others // STUDENTS + (n < others % STUDENTS))


def _people(database: Database) -> None:
    def person(name: str, role: Role) -> Person:
        return Person(id=name, name=name, role=role, issuer=Issuer.LOCAL, subject=name, created_at=NOW)

    PeopleStore(database).add(person(LOCAL_ID, Role.COACH))
    cohort = Cohort(id=COHORT, name="Bench", join_code="ABCDEFGH", created_at=NOW - timedelta(days=365))
    CohortStore(database).add(cohort, LOCAL_ID)
    RollupStore(database).know({one.key: one.settings for one in load_bank(question_bank()).questions})
    with database.writing() as at:
        at.execute(insert(PersonRow), [person(f"student-{n}", Role.CANDIDATE).model_dump() for n in range(STUDENTS)])
        member = {"cohort_id": COHORT, "joined_at": NOW, "sharing": Sharing.TRANSCRIPTS, "earlier": True}
        at.execute(insert(MembershipRow), [{"person_id": f"student-{n}", **member} for n in range(STUDENTS)])


def _attempts(database: Database, candidate: str, prefix: str, count: int) -> None:
    chance, questions = random.Random(prefix), load_bank(question_bank()).questions  # noqa: S311  # no secret
    rows, asked, rated = [], [], []
    for n in range(count):
        at = NOW - timedelta(minutes=chance.randrange(365 * 1440))
        question, levels = chance.choice(questions), [chance.choice((None, 1, 2, 3, 3, 4, 5)) for _ in Criterion]
        ident = f"{prefix}-{n}"
        rows.append(
            {
                "id": ident,
                "candidate": candidate,
                "question_key": question.key,
                "question_version": question.version,
                "question_text": question.text,
                "kind": AnswerKind.TYPED,
                "state": AttemptState.RATED,
                "created_at": at,
                "handed_in_at": at,
                "rated_at": at,
                "text": ANSWER,
                "draft": ANSWER,
                "feedback": _feedback(levels),
                "rubric_version": "v1",
                "checks_version": "1",
                "demo": False,
            }
        )
        asked += [{"attempt_id": ident, "competency": one} for one in question.competencies]
        rated += [
            {"attempt_id": ident, "criterion": c, "level": level, "rater": Rater.CHECKS}
            for c, level in zip(Criterion, levels, strict=True)
        ]
    if rows:
        with database.writing() as at:
            at.execute(insert(AttemptRow), rows)
            at.execute(insert(CompetencyRow), asked)
            at.execute(insert(RatingRow), rated)
            refresh(at, candidate)


def _feedback(levels: Sequence[int | None]) -> dict[str, object]:
    span = Span.of(ANSWER, 0, 60)
    ratings = tuple(
        Rating(
            criterion=c, level=level, by=Rater.CHECKS, why="It tells what was done.", evidence=(span,) if level else ()
        )
        for c, level in zip(Criterion, levels, strict=True)
    )
    return Feedback(state=FeedbackState.CHECKS_ONLY, ratings=ratings).model_dump(mode="json")


if __name__ == "__main__":
    main()
