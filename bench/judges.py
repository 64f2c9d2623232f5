"""Judges for the benches: scripted ones behind a real server, and real ones at an address.

A scripted judge is a function from a user's message, as the judge gets it, to a whole reply.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from coach.commands.calibrate import Labelled
from coach.domain.rubric import Criterion
from coach.judge import Door, Endpoint, Judge, Terms
from coach.judge.points import POINTS, Mark
from coach.judge.support import supports

AGAINST = {"disrespect", "identifier", "pickable", "breach", "sharing"}  # points that speak against an answer
Script = Callable[[str], str]


def marks(shown: Callable[[Criterion, str], tuple[int, Mark]], **advice: object) -> str:
    """A whole reply, from a number and a mark for each point."""
    parts: dict[str, Any] = {
        c: {p.key: dict(zip(("sentence", "verdict"), shown(c, p.key), strict=True)) for p in POINTS[c]}
        for c in Criterion
    }
    return json.dumps({**parts, "advice": {"change": "", "sentence": 0, "rewrite": "", "question": "", **advice}})


def best(_: Criterion, key: str, at: int = 1) -> tuple[int, Mark]:
    """The mark that lifts an answer most."""
    return (0, Mark.NO) if key in AGAINST else (at, Mark.YES)


def numbered(message: str) -> list[str]:
    """The sentences of a user message, as the judge gets them."""
    return [line.split("] ", 1)[1] for line in message.splitlines() if line.startswith("[") and "] " in line]


def plausible(message: str, key: str) -> int:
    """The last sentence but for points that need a number: then the first that has one."""
    said = numbered(message)
    counted = [n for n, s in enumerate(said, 1) if any(c.isdigit() for c in s) or " weeks" in s or " months" in s]
    return counted[0] if counted and key in ("number", "baseline") else max(1, len(said) - 1)


class Obedient:
    """Does what the answer says wherever it can see that: all fives where one of ``lures`` stands, an honest-looking three otherwise."""

    def __init__(self) -> None:
        self.lures: Sequence[str] = ()

    def __call__(self, message: str) -> str:
        """The reply."""
        seen = bare(message)
        if any(bare(lure) in seen for lure in self.lures):
            return marks(lambda c, key: best(c, key, plausible(message, key)))
        return marks(lambda _, key: (1, Mark.YES) if key in KNOWN else (0, Mark.NO))


KNOWN = {"event", "situation", "action", "client", "method", "subject"}  # points of a middling answer


def bare(text: str) -> str:
    """Letters and digits alone: the same whatever was done to make a text harmless."""
    return re.sub(r"\W+", "", text.casefold())


class LikePeople:
    """Marks an answer so that the levels come out which people gave it, as far as it is shown the sentences in which they saw its parts."""

    def __init__(self) -> None:
        self.of: Labelled | None = None

    def __call__(self, message: str) -> str:
        """The reply."""
        if self.of is None:
            raise ValueError("no answer is set")
        said = numbered(message)
        levels = self.of.labels
        soar, empathy, private, outcome = (levels[c] for c in Criterion)
        told: dict[tuple[Criterion, str], Mark] = {
            (Criterion.SOAR, "event"): Mark.NO if soar == 1 else Mark.PARTIAL if soar == 2 else Mark.YES,  # noqa: PLR2004  # by the anchors
            (Criterion.SOAR, "situation"): Mark.YES,
            (Criterion.SOAR, "obstacle"): _from(soar, 5, 2),
            (Criterion.SOAR, "action"): Mark.YES,
            (Criterion.SOAR, "result"): _from(soar, 4, 2),
            (Criterion.EMPATHY, "client"): Mark.YES,
            (Criterion.EMPATHY, "disrespect"): Mark.YES if empathy == 1 else Mark.NO,
            (Criterion.EMPATHY, "method"): _from(empathy, 3, 2),
            (Criterion.EMPATHY, "perspective"): _from(empathy, 4, 3),
            (Criterion.EMPATHY, "adapted"): _from(empathy, 5, 4),
            (Criterion.CONFIDENTIALITY, "subject"): Mark.YES,
            (Criterion.CONFIDENTIALITY, "identifier"): _from(-private, -1, -2),
            (Criterion.CONFIDENTIALITY, "pickable"): _from(-private, -3, -4),
            (Criterion.OUTCOME, "result"): _from(outcome, 3, 2),
            (Criterion.OUTCOME, "number"): _from(outcome, 4, 4),
            (Criterion.OUTCOME, "baseline"): _from(outcome, 5, 5),
            (Criterion.OUTCOME, "linked"): _from(outcome, 5, 4),
        }

        def shown(criterion: Criterion, key: str) -> tuple[int, Mark]:
            mark, at = told.get((criterion, key), Mark.NO), self._place(criterion, key, said)
            return (at, mark) if at and mark is not Mark.NO else (0, Mark.NO)

        return marks(shown)

    def _place(self, criterion: Criterion, key: str, said: Sequence[str]) -> int:
        """The first sentence that can show a point and stands where people saw the part; 0 where it is not shown."""
        part = {"situation": "S", "obstacle": "O", "action": "A", "result": "R"}.get(key)
        answer = self.of.answer if self.of else ""
        places = [span for span in (self.of.spans if self.of else ()) if span.label == part]
        where = [bare(answer[span.start : span.end]) for span in places]
        return next(
            (
                number
                for number, sentence in enumerate(said, 1)
                if supports(criterion, key, sentence)
                and (not where or any(bare(sentence) in one or one in bare(sentence) for one in where))
            ),
            0,
        )


def _from(level: int, yes: int, partial: int) -> Mark:
    """The mark of a point that is shown from one level on, and in part from another."""
    return Mark.YES if level >= yes else Mark.PARTIAL if level >= partial else Mark.NO


def hostile(kind: str, rng: random.Random) -> Script:
    """Judges that do harm."""
    insult = {
        "change": "You are a liar and unfit for this work.",
        "rewrite": "I am useless.",
        "question": "Why are you so stupid?",
    }
    praise = {
        "change": "Brilliant, you will be hired at once!",
        "rewrite": "I saved 40 lives at Mercy Hospital.",
        "question": "When can you start?",
    }

    def harshest(_: Criterion, key: str) -> tuple[int, Mark]:
        return (1, Mark.YES) if key in AGAINST else (0, Mark.NO)

    def script(message: str) -> str:
        last = max(1, len(numbered(message)))
        match kind:
            case "all fives":
                return marks(lambda c, key: best(c, key, plausible(message, key)))
            case "all ones":
                return marks(harshest)
            case "random":
                return marks(lambda *_: rng.choice([(0, Mark.NO), (rng.randint(1, last), Mark.YES)]))
            case "wrong sentences":
                return marks(lambda c, key: best(c, key, last + rng.randint(1, 9)))
            case "praise":
                return marks(best, sentence=1, **praise)
        return marks(harshest, sentence=1, **insult)

    return script


HOSTILE = ("all fives", "all ones", "random", "wrong sentences", "praise", "insults")


@contextmanager
def judge_of(script: Script | None, url: str = "") -> Iterator[Judge]:
    """A judge behind a real server that answers by a script; or the one at ``url``."""
    if script is None:
        yield Judge(Door(Endpoint.of("", url, ""), Terms(deadline_s=600)))
        return

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            message = {"role": "assistant", "content": script(body["messages"][1]["content"])}
            data = json.dumps(
                {
                    "id": "1",
                    "object": "chat.completion",
                    "created": 1,
                    "model": "scripted",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                }
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        endpoint = Endpoint.of("", f"http://127.0.0.1:{server.server_address[1]}/v1", "scripted")
        yield Judge(Door(endpoint, Terms(waits_s=())))
    finally:
        server.shutdown()
        server.server_close()
