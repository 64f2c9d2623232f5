"""Broken sound files, and pieces of recordings sent as no recorder would: what is kept, what is refused, how much memory it takes.

usage: python -m bench.fuzz_audio [--files 1200] [--sequences 300] [--seed 1]     (Linux and macOS)

Files (WAV, WebM, MP3) are changed at random and handed in as answers. Sequences of pieces go to the routes of an installation with two
people: in order, out of order, doubled, missing, too large, cut in half, with other sound in a kept piece's place, with forged tokens,
with one's own token for another's answer. Each kind runs in a process of its own, so that a crash of the decoder is seen. Prints a table for
docs/reliability.md; ends with status 1 where anything was lost, changed or crashed.
"""

import argparse
import io
import multiprocessing
import os
import random
import resource
import struct
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import av
import numpy as np
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coach.domain.answer import AnswerKind
from coach.domain.people import Person
from coach.errors import SpeechError
from coach.recordings import utc_now
from coach.ui.resources import candidate, services, token
from coach.ui.routes import ROUTES

RATE = 16_000
_PIECE = 3_200  # bytes: a tenth of a second, for recorders send any size
_NEW_ANSWER = 50  # files handed in for each answer
_FORMATS = (("wav", "pcm_s16le"), ("webm", "libopus"), ("mp3", "libmp3lame"))
_EXTREMES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x01\0\0\0", b"\0\0\0\x80", b"\xff\xff\xff\x7f")


class FaultError(Exception):
    """Something was lost, changed or answered wrongly."""


def hold(holds: bool, otherwise: str) -> None:  # noqa: FBT001  # as assert, also where Python leaves those out
    """Raises FaultError."""
    if not holds:
        raise FaultError(otherwise)


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def sound_files() -> dict[str, bytes]:
    """Three seconds of a warbling tone in each format."""
    at = np.arange(3 * RATE) / RATE
    tone = (9_000 * np.sin(2 * np.pi * (220 + 60 * np.sin(5 * at)) * at)).astype(np.int16).reshape(1, -1)
    return {name: _encoded(tone, name, codec) for name, codec in _FORMATS}


def _encoded(tone: np.ndarray, name: str, codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=name) as container:
        stream = container.add_stream(codec, rate=48_000 if codec == "libopus" else RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
        frame.sample_rate = RATE
        for resampled in av.AudioResampler(
            stream.format, "mono", stream.rate, frame_size=stream.frame_size or 0
        ).resample(frame):
            container.mux(stream.encode(resampled))
        container.mux(stream.encode(None))
    return out.getvalue()


def changed(body: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """A file with one to four faults."""
    ways: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
        _bits,
        _cut,
        _doubled,
        _noise,
        _extreme,
        _extreme,
        _swapped,
        partial(_joined, others=others),
    )
    new = bytearray(body)
    for _ in range(rng.randint(1, 4)):
        new = rng.choice(ways)(new, rng) or bytearray(b"\0")
    return bytes(new)


def _bits(body: bytearray, rng: random.Random) -> bytearray:
    for _ in range(rng.randint(1, 40)):
        body[rng.randrange(len(body))] ^= 1 << rng.randrange(8)
    return body


def _cut(body: bytearray, rng: random.Random) -> bytearray:
    return body[: rng.randrange(len(body))] if rng.random() < 0.7 else body[rng.randrange(len(body)) :]  # noqa: PLR2004


def _doubled(body: bytearray, rng: random.Random) -> bytearray:
    start = rng.randrange(len(body))
    return body[:start] + body[start : start + rng.randint(1, 4_000)] * rng.randint(2, 9) + body[start:]


def _noise(body: bytearray, rng: random.Random) -> bytearray:
    start, length = rng.randrange(len(body)), rng.randint(1, 2_000)
    return body[:start] + rng.randbytes(length) + body[start + length :]


def _extreme(body: bytearray, rng: random.Random) -> bytearray:
    """A number in the head of the file is nothing, one, or as large as can be."""
    at = rng.randrange(min(len(body), 120))
    return body[:at] + rng.choice(_EXTREMES) + body[at + 4 :]


def _swapped(body: bytearray, rng: random.Random) -> bytearray:
    a, b = sorted((rng.randrange(len(body)), rng.randrange(len(body))))
    return body[b:] + body[a:b] + body[:a]


def _joined(body: bytearray, rng: random.Random, others: list[bytes]) -> bytearray:
    return body + rng.choice(others) if rng.random() < 0.5 else bytearray(rng.choice(others)) + body  # noqa: PLR2004


def hostile_heads() -> list[bytes]:
    """WAV files of some kilobytes that claim to be slow, long or wide enough to fill a memory."""
    sound = bytes(16_000)
    return [
        struct.pack(
            "<4sI4s4sIHHIIHH4sI",
            b"RIFF",
            size,
            b"WAVE",
            b"fmt ",
            16,
            1,
            channels,
            rate,
            per_s,
            min(2 * channels, 65_535),
            16,
            b"data",
            size,
        )
        + sound
        for channels in (1, 2, 255, 65_535)
        for rate in (1, 7, 16_000, 2**31 - 1, 2**32 - 1)
        for per_s in (1, 2**32 - 1)
        for size in (16_000, 2**32 - 1)
    ]


def files(seed: int, count: int) -> Counter[str]:
    """Hand in so many broken files. Raises FaultError where an earlier recording changed; whatever else is raised is a crash."""
    practice, who, told, rng = services().practice, candidate(), Counter[str](), random.Random(seed)  # noqa: S311  # faults, no secrets
    sounds = sound_files()
    bodies = [*sounds.values(), *hostile_heads()]
    bodies += [
        changed(rng.choice([*sounds.values()]), rng, [*sounds.values()]) for _ in range(max(0, count - len(bodies)))
    ]
    neighbour, kept = b"", ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound"
        for number, body in enumerate(bodies[:count]):
            if number % _NEW_ANSWER == 0:
                kept = practice.begin(who, practice.suggest(who), AnswerKind.SPOKEN).id
                neighbour = rng.randbytes(_PIECE)
                practice.put_chunk(kept, who, 1, 0, neighbour)
            path.write_bytes(body)
            try:
                take = practice.add_recording(kept, who, path)
            except SpeechError as error:
                hold(str(error).endswith("."), "a refusal is no sentence")
                told["refused in a sentence"] += 1
            else:
                told["read, with a note" if take.note else "read"] += 1
            hold(practice.sound(kept, who, 1) == neighbour, "an earlier recording changed")
    return told


# ── pieces ────────────────────────────────────────────────────────────────────────────────────────────────────────


def sequences(seed: int, count: int) -> Counter[str]:
    """Send so many sequences of pieces. Raises FaultError where something was lost, changed or answered wrongly."""
    parts, told, rng = services(), Counter[str](), random.Random(seed)  # noqa: S311  # as above
    sam, uma = (parts.people.from_provider("https://id.example.org", name, name=name) for name in ("sam", "uma"))
    with TestClient(Starlette(routes=ROUTES)) as client:
        for _ in range(count):
            recording = Recording(client, rng, sam, uma)
            recording.play()
            told += recording.told
    return told


@dataclass
class Recording:
    """One recording of Sam's beside one of Uma's: the model says what must be kept, and the server is held to it."""

    client: TestClient
    rng: random.Random
    sam: Person
    uma: Person
    told: Counter[str] = field(default_factory=Counter)
    model: dict[int, bytes] = field(default_factory=dict)

    def play(self) -> None:
        """Send five to twenty pieces and look at what is kept."""
        practice = services().practice
        self.mine, self.hers = (
            practice.begin(who.id, practice.suggest(who.id), AnswerKind.SPOKEN).id for who in (self.sam, self.uma)
        )
        sound = self.rng.randbytes(_PIECE)
        practice.put_chunk(self.hers, self.uma.id, 1, 0, sound)
        self.pieces = [self.rng.randbytes(_PIECE) for _ in range(self.rng.randint(2, 8))]
        secret = services().accounts._begin(self.sam, utc_now())  # noqa: SLF001  # as signing in would
        self.cookie = {"cookie": f"coach_session={secret}"}
        for _ in range(self.rng.randint(5, 20)):
            self._send(
                self.rng.choice(("a piece", "a piece", "a piece", *_ATTACKS)), self.rng.randrange(len(self.pieces))
            )
        if self.model:
            kept = b"".join(self.model[n] for n in sorted(self.model))
            hold(practice.sound(self.mine, self.sam.id, 1) == kept, "a piece was lost or changed")
            missing = practice.finish_take(self.mine, self.sam.id, 1, len(self.pieces)).missing
            hold(set(missing) == set(range(len(self.pieces))) - self.model.keys(), "a gap was not noticed")
        hold(practice.sound(self.hers, self.uma.id, 1) == sound, "another's recording changed")

    def _send(self, what: str, n: int) -> None:
        answer, number, body, signed = self._meant(what, n)
        headers = self.cookie | {"x-coach-token": signed}
        reply = self.client.put(f"/api/attempts/{answer}/takes/1/chunks/{number}", content=body, headers=headers)
        fits = what == "a piece" or (what == "other sound in its place" and n not in self.model)
        hold(reply.status_code == (200 if fits else _ATTACKS[what]), f"{what} was answered with {reply.status_code}")
        if fits:
            self.model[n] = self.pieces[n] = body
        self.told["pieces kept, or kept already" if fits else what] += 1

    def _meant(self, what: str, n: int) -> tuple[str, int, bytes, str]:
        """The answer, the number, the sound and the token of a request."""
        own, body = token(self.mine, self.sam.id), self.pieces[n]
        match what:
            case "other sound in its place":
                return self.mine, n, self.rng.randbytes(_PIECE), own
            case "too large":
                return self.mine, n, bytes(1_000_002), own
            case "cut in half":
                return self.mine, n, body[:-1], own
            case "a number that cannot be":
                return self.mine, self.rng.choice((3_600, 10**9, 10**30)), body, own
            case "a forged token":
                return self.mine, n, body, _forged(own, self.rng)
            case "another's answer, own token":
                return self.hers, n, body, token(self.hers, self.sam.id)
            case "another's answer, another's token":
                return self.hers, n, body, token(self.hers, self.uma.id)
            case _:
                return self.mine, n, body, own


_ATTACKS = {
    "other sound in its place": 409,
    "too large": 400,
    "cut in half": 400,
    "a number that cannot be": 400,
    "a forged token": 404,
    "another's answer, own token": 404,
    "another's answer, another's token": 404,
}


def _forged(signed: str, rng: random.Random) -> str:
    at = rng.randrange(len(signed) - 1)  # the last sign holds bits that count for nothing
    return signed[:at] + ("A" if signed[at] != "A" else "B") + signed[at + 1 :]


# ── each in a process of its own ──────────────────────────────────────────────────────────────────────────────────


def _child(out: Connection, kind: str, seed: int, count: int, folder: str) -> None:
    os.chdir(folder)
    os.environ |= {
        "COACH_DATA_DIR": f"{folder}/data",
        "COACH_HOSTED": str(int(kind == "sequences")),
        "COACH_WHISPER_URL": "http://127.0.0.1:9",  # nobody listens
    }
    run = {"files": files, "sequences": sequences}[kind]
    run(seed, min(count, 5))  # warm
    before = _peak_mb()
    told = run(seed, count)
    out.send((told, before, _peak_mb()))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    """Run both kinds and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=1200)
    parser.add_argument("--sequences", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    failed = 0
    for kind, count in (("files", given.files), ("sequences", given.sequences)):
        if not count:
            continue
        with tempfile.TemporaryDirectory() as folder:
            here, there = spawn.Pipe(duplex=False)
            process = spawn.Process(target=_child, args=(there, kind, given.seed, count, folder))
            process.start()
            there.close()
            try:
                told, before, after = here.recv()
            except EOFError:  # it died: its last words are on stderr
                told, before, after = Counter[str](), 0.0, 0.0
            process.join()
        crashed = process.exitcode != 0
        failed += crashed
        lines = [(kind, count), *((f"… {what}", number) for what, number in told.most_common())]
        lines += [("… crashes, and anything lost or changed", int(crashed))]
        lines += [("… peak of memory before and after, MB", f"{before:.0f}, {after:.0f}")]
        print("\n".join(f"| {what} | {number} |" for what, number in lines), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
