"""A disk of some megabytes that fills up, is freed, may only be read, and may be written again; in a namespace of its own.

Prints what was seen as JSON; started by test_small_disk.py.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from coach.domain.answer import AnswerKind
from coach.ui import resources
from coach.ui.resources import candidate, services, token
from coach.ui.routes import ROUTES
from coach.ui.server import SCRIPT

SECOND = bytes(range(256)) * 125


def mounted(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (100_000, 4_096):  # to the last page
            with suppress(OSError):
                while True:
                    file.write(bytes(size))


def main(disk: Path) -> dict[str, Any]:
    mounted(disk, "size=64m")
    os.environ["COACH_DATA_DIR"] = str(disk / "data")
    os.environ["COACH_WHISPER_URL"] = "http://127.0.0.1:9"  # nobody listens
    practice, who, seen = services().practice, candidate(), dict[str, Any]()
    attempt = practice.begin(who, practice.suggest(who), AnswerKind.SPOKEN).id
    sent = {"x-coach-token": token(attempt, who)}
    acknowledged: list[int] = []
    with TestClient(Starlette(routes=ROUTES)) as client:

        def put(what: str, body: bytes) -> tuple[int, str]:
            reply = client.put(f"/api/attempts/{attempt}/{what}", content=body, headers=sent)
            return reply.status_code, reply.json().get("problem", "")

        def chunk(number: int) -> tuple[int, str]:
            told = put(f"takes/1/chunks/{number}", SECOND)
            if told[0] == 200:
                acknowledged.append(number)
            return told

        chunk(0)
        put("draft", b"the first words")
        fill(disk / "filler")
        seen["chunk on a full disk"] = chunk(1)
        seen["draft on a full disk"] = put("draft", b"more words than fit " * 20_000)
        seen["sound on a full disk"] = len(practice.sound(attempt, who, 1)) // len(SECOND)
        seen["words on a full disk"] = practice.get(attempt, who).draft
        (disk / "filler").unlink()
        seen["chunk once freed"], seen["draft once freed"] = chunk(1), put("draft", b"the second words")

        practice._attempts._db.close()  # type: ignore[attr-defined]  # a disk with a file open to write stays writable
        mounted(disk, "remount,ro")
        seen["chunk where nothing may be written"] = chunk(2)
        seen["draft where nothing may be written"] = put("draft", b"lost?")
        seen["page where nothing may be written"] = page(disk / "nowhere")
        mounted(disk, "remount,rw")
        seen["chunk once it may be"], seen["draft once it may be"] = chunk(2), put("draft", b"the third words")
    resources._built.cache_clear()  # as after a restart
    again = services().practice
    seen["kept"] = again.sound(attempt, who, 1) == SECOND * len(acknowledged)
    seen["acknowledged"], seen["words"] = acknowledged, again.get(attempt, who).draft
    return seen


def page(folder: Path) -> str:
    """What the app shows whose folder cannot be made."""
    os.environ["COACH_DATA_DIR"], before = str(folder), os.environ["COACH_DATA_DIR"]
    kept = services()
    resources._built.cache_clear()
    shown = AppTest.from_file(str(SCRIPT), default_timeout=120).run()
    os.environ["COACH_DATA_DIR"] = before
    resources._built.cache_clear()
    assert kept
    assert not shown.exception
    return " ".join(one.value for one in shown.error)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))  # noqa: T201  # read by the test
