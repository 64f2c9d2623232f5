"""Many people at once: candidates who type and record, coaches who read their cohort, each with a tab of their own.

    python -m bench.load --people 50 --minutes 30
    python -m bench.load --people 100 --minutes 10 --apps 2 --database postgresql://coach@localhost/load   (an empty database)

Starts the app, hosted, in a folder of its own, with a cohort whose students have forty rated answers
each; then every one of so many people, signed in,
opens a tab and goes on as people do, with pauses of two to six seconds. One in ten is a coach, one in ten speaks: pieces of two
seconds of a tone, sent as fast as one would speak. With two apps half of the people go to each. Each rerun is timed from the message sent to
the script's end; memory is looked at each ten seconds. Ends what it started by its process. Prints a table for docs/reliability.md. (Linux)
"""

import argparse
import asyncio
import os
import platform
import random
import resource
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import numpy as np
from websockets.exceptions import WebSocketException

from bench import cohorts
from bench.visitor import Drawn, RefusedError, Visitor
from coach.people.accounts import SESSION
from coach.people.secrets import new_secret
from coach.recordings import utc_now
from coach.settings import Settings
from coach.store import AccountStore
from coach.wiring import open_database

ONE_IN = 10  # people are coaches, and as many speak
ANSWERS = 40  # of each student, before anybody comes
PIECES = 5  # of two seconds each, in a recording
MOST_PEOPLE, MOST_MINUTES = 300, 60
_SECOND = np.arange(32_000) / 16_000
_PIECE = (3_000 * np.sin(2 * np.pi * 220 * _SECOND)).astype("<i2").tobytes()
_WORDS = (
    "A woman in her seventies came home after a fall. Her insurance denied the aide, and she was afraid to lose her independence. "
    "I asked her what mattered most to her, and with her permission I appealed. The aide was approved within nine days."
)


@dataclass
class Seen:
    """What everybody met."""

    reruns: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    rated: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)

    def draw(self, drawn: Drawn) -> Drawn:
        """Count a rerun."""
        self.reruns.append(drawn.seconds)
        self.faults.update(drawn.failed)
        return drawn

    def take(self, reply: httpx2.Response, started: float) -> None:
        """Count a request."""
        self.sent.append(time.perf_counter() - started)
        if reply.is_error:
            self.faults[f"{reply.request.method} {reply.status_code}"] += 1


class Person:
    """Somebody with a tab open. ``chance`` decides what they do and how long they think."""

    def __init__(self, visitor: Visitor, seen: Seen, chance: random.Random, until: float) -> None:
        self._at = visitor
        self._seen = seen
        self._chance = chance
        self._until = until

    async def think(self) -> None:
        """As long as one looks at a page."""
        await asyncio.sleep(self._chance.uniform(2, 6))

    async def goes_on(self, what: str) -> None:
        """Do the same thing again and again until the time is over."""
        doing = {"coach": self._look, "speaks": self._speak, "types": self._type}[what]
        async with self._at.connected():
            self._seen.first.append((await self._at.open()).seconds)
            while time.monotonic() < self._until:
                await self.think()
                await doing()

    async def _look(self) -> None:
        for page, query in (("cohorts", f"cohort={cohorts.COHORT}"), ("review", ""), ("", "")):
            self._seen.draw(await self._at.open(page, query))
            await self.think()
        self._seen.done["looks at a cohort"] += 1

    async def _type(self) -> None:
        self._seen.draw(await self._at.open(""))
        await self.think()
        offered = self._seen.draw(await self._at.open("practise"))
        await self.think()
        begun = self._seen.draw(await self._at.press(offered, "Type the answer"))
        writer = begun.components["writer"][1]
        for end in range(40, len(_WORDS) + 40, 40):
            await asyncio.sleep(self._chance.uniform(0.5, 2))
            started = time.perf_counter()
            self._seen.take(await self._at.draft(writer, _WORDS[:end]), started)
        page = await self._at.tell(begun, "writer", "handed_in", {"text": _WORDS})  # drawn once it is rated
        self._seen.faults.update(page.failed)
        self._seen.rated.append(page.seconds)
        if "Next question" not in page.buttons:
            self._seen.faults["answer not rated"] += 1
        self._seen.done["answers typed and rated"] += 1

    async def _speak(self) -> None:
        offered = self._seen.draw(await self._at.open("practise"))
        await self.think()
        begun = self._seen.draw(await self._at.press(offered, "Answer by voice"))
        recorder = begun.components["recorder"][1]
        for number in range(PIECES):
            await asyncio.sleep(2)
            started = time.perf_counter()
            self._seen.take(await self._at.piece(recorder, number, _PIECE), started)
        ended = {"take": recorder["take"], "chunks": PIECES}
        self._seen.draw(await self._at.tell(begun, "recorder", "finished", ended))
        self._seen.done["recordings finished"] += 1


# ── the server ────────────────────────────────────────────────────────────────────────────────────────────────────


class App:
    """One process of the app on a port of its own. ``frozen``: as it comes; otherwise without setting aside what stays."""

    def __init__(self, folder: Path, environment: dict[str, str], *, frozen: bool) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        run = "from coach.cli import main; main()"
        script = run if frozen else f"from coach.ui import garbage; garbage.LOOK_S = 1e6; {run}"
        with (folder / f"{port}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", script, "run", "--no-browser", "--port", str(port)],
                cwd=folder,
                env={**environment, "PYTHONPATH": str(Path(__file__).parents[1])},
                stdout=log,
                stderr=log,
            )
        for _ in range(600):
            with suppress(httpx2.HTTPError):
                httpx2.get(f"{self.url}/_stcore/health").raise_for_status()
                return
            time.sleep(0.2)
        self.end()
        raise SystemExit(f"The app does not start; see {folder / f'{port}.log'}.")

    def memory(self) -> int:
        """Megabytes it holds."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1])
        return pages * resource.getpagesize() // 2**20

    def worked_s(self) -> float:
        """Seconds of processor it has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Stop it."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def sessions(database: str, folder: Path, people: int) -> list[tuple[str, str]]:
    """A cohort with its coach and so many students; the secret of a session for each of so many people, with what they do."""
    opened = open_database(Settings(database_url=database, data_dir=folder))
    cohorts.people(opened, people)
    cohorts.fill(opened, people, ANSWERS)
    store, now, found = AccountStore(opened), utc_now(), []
    for n in range(people):
        what = {0: "coach", 1: "speaks"}.get(n % ONE_IN, "types")
        secret, kept = new_secret()
        store.begin_session("coach" if what == "coach" else f"student-{n}", kept, now, now + SESSION)
        found.append((secret, what))
    opened.close()
    return found


# ── all of it ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def watched(apps: Sequence[App], seen: Seen, until: float) -> None:
    """Look at the memory of all apps together, each ten seconds."""
    while time.monotonic() < until:
        await asyncio.sleep(10)
        seen.memory.append(sum(app.memory() for app in apps))


async def crowd(apps: Sequence[App], people: Sequence[tuple[str, str]], minutes: float, seed: int) -> Seen:
    """Everybody at once, coming within half a minute."""
    seen, chance = Seen(), random.Random(seed)  # noqa: S311  # no secret
    until = time.monotonic() + 60 * minutes

    async def one(n: int, secret: str, what: str) -> None:
        await asyncio.sleep(chance.uniform(0, 30))
        async with Visitor(apps[n % len(apps)].url) as visitor:
            visitor.http.cookies.set("coach_session", secret, path="/")
            person = Person(visitor, seen, random.Random(seed + n), until)  # noqa: S311
            try:
                await person.goes_on(what)
            except (OSError, TimeoutError, RefusedError, KeyError, WebSocketException, httpx2.HTTPError) as error:
                seen.faults[f"{what}: {type(error).__name__}"] += 1

    await asyncio.gather(watched(apps, seen, until), *(one(n, secret, what) for n, (secret, what) in enumerate(people)))
    return seen


def told(seconds: Sequence[float]) -> str:
    """Median, p95, p99 and most, in milliseconds."""
    ordered = sorted(seconds) or [0.0]
    at = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 for share in (0.5, 0.95, 0.99, 1.0))
    return ", ".join(f"{ms:.0f}" for ms in at) + f" ({len(seconds)})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--apps", type=int, default=1)
    parser.add_argument("--database", default="", help="Default: SQLite in the folder.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--unfrozen", action="store_true", help="Without setting aside what stays, to see what that brings."
    )
    asked = parser.parse_args(arguments)
    if not (0 < asked.people <= MOST_PEOPLE and 0 < asked.minutes <= MOST_MINUTES and 0 < asked.apps <= 4):  # noqa: PLR2004
        parser.error(f"up to {MOST_PEOPLE} people, {MOST_MINUTES} minutes and 4 apps")
    with tempfile.TemporaryDirectory() as name, ExitStack() as ends:
        folder = Path(name)
        data = folder / "data"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "COACH_", "DATABASE_"))}
        environment = {**kept, "COACH_HOSTED": "1", "COACH_DATA_DIR": str(data), "DATABASE_URL": asked.database}
        environment |= {
            "COACH_WHISPER_MODEL": "tiny.en",
            "HF_HUB_OFFLINE": "1",
            "COACH_SECRET": secrets.token_hex(16),
        }
        people = sessions(asked.database, data, asked.people)
        apps = []
        for _ in range(asked.apps):
            apps.append(App(folder, environment, frozen=not asked.unfrozen))
            ends.callback(apps[-1].end)
        before, started = sum(app.worked_s() for app in apps), time.monotonic()
        seen = asyncio.run(crowd(apps, people, asked.minutes, asked.seed))
        worked, took = sum(app.worked_s() for app in apps) - before, time.monotonic() - started
    print(
        f"{datetime.now(UTC):%d %B %Y}, Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    )
    print(
        f"load of the machine {os.getloadavg()[2]:.1f}; {asked.people} people, {asked.apps} apps, {took / 60:.0f} minutes\n"
    )
    print("| what | median, p95, p99, most; ms (how many) |\n|---|---|")
    print(f"| first page of a tab | {told(seen.first)} |")
    print(f"| rerun | {told(seen.reruns)} |")
    print(f"| draft or piece of a recording | {told(seen.sent)} |")
    print(f"| handed in to rated and drawn | {told(seen.rated)} |")
    print("\n| what | how much |\n|---|---|")
    for what, count in sorted(seen.done.items()):
        print(f"| {what} | {count} |")
    print(
        f"| processor of the apps for a rerun, with all that goes with it | {1000 * worked / max(1, len(seen.reruns)):.0f} ms |"
    )
    quarter = max(1, len(seen.memory) // 4)
    quarters = (seen.memory[quarter * n - 1] for n in range(1, 5) if quarter * n <= len(seen.memory))
    print(f"| memory of the apps after each quarter, MB | {', '.join(map(str, quarters))} |")
    print(f"| faults | {dict(seen.faults) or 'none'} |")
    sys.exit(bool(seen.faults))


if __name__ == "__main__":
    main()
