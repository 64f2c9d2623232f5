"""Recordings: every take a folder of numbered chunks, each safe on disk before it is acknowledged.

A take is 16 kHz mono 16-bit little-endian PCM. Chunks may come twice, late or out of order: they are named by number, so nothing is
doubled, and a gap is known by the numbers that are missing.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from coach.domain.answer import Take
from coach.errors import ConflictError, NotFoundError, StoreError
from coach.store.database import plain_store_errors

SAMPLE_RATE = 16_000
BYTES_PER_SECOND = SAMPLE_RATE * 2
CHUNK_LIMIT = 1_000_000  # bytes; about 31 s, while the recorder sends 2 s
MOST_CHUNKS = 3_600  # an hour of chunks of a second
MOST_TAKES = 999

_ID = re.compile(r"[0-9a-f]{32}")
_SEAL = "sealed"
_NOTE = "note"
_CHOICE = "choice"
_COPY = "copy"
_PACKED = ".packed"


class Packing(NamedTuple):
    """How a finished recording is made smaller, and made what it was again, to the last sample."""

    pack: Callable[[bytes], bytes]
    unpack: Callable[[bytes], bytes]


class TakeStore:
    """The folder of recordings. Without ``packing`` they stay as they came."""

    def __init__(self, root: Path, packing: Packing | None = None) -> None:
        self._root = root
        self._packing = packing

    def _folder(self, attempt: str, number: int) -> Path:
        if not _ID.fullmatch(attempt) or not 1 <= number <= MOST_TAKES:
            raise NotFoundError("There is no such recording.")
        return self._root / attempt / f"{number:03d}"

    def put(self, attempt: str, number: int, chunk: int, pcm: bytes) -> None:
        """Keep one chunk, numbered from 0; the same chunk again is fine.

        Raises ConflictError where other sound stands in its place, or the take is finished: somebody records in another tab.
        Raises StoreError when it cannot be kept.
        """
        if len(pcm) > CHUNK_LIMIT or len(pcm) % 2 or not 0 <= chunk < MOST_CHUNKS:
            raise StoreError("This piece of the recording cannot be kept: it is too large, too late or cut in half.")
        path = self._folder(attempt, number) / f"{chunk:05d}.pcm"
        with plain_store_errors("the folder of recordings"):
            if _packed(path.parent) and not self._is_past(path.with_name(_SEAL), chunk):
                return  # sent again: it was there before the recording was packed
            present = path.read_bytes() if path.exists() else None
            if present == pcm:
                return
            if present is not None or self._is_past(path.with_name(_SEAL), chunk):
                raise ConflictError(
                    "This answer is being recorded in another tab, or was finished there. Reload this page."
                )
        _write(path, pcm)

    def chunk(self, attempt: str, number: int, chunk: int) -> bytes | None:
        """One kept chunk, or None where it is missing. Raises NotFoundError for a take that cannot be."""
        with plain_store_errors("the folder of recordings"):
            path = self._folder(attempt, number) / f"{chunk:05d}.pcm"
            return path.read_bytes() if path.exists() else None

    @staticmethod
    def _is_past(seal: Path, chunk: int) -> bool:
        """Whether a take was finished before this chunk; one that comes late still fills its gap."""
        return seal.exists() and chunk >= int(seal.read_text(encoding="ascii"))

    def seal(self, attempt: str, number: int, chunks: int, note: str = "") -> Take:
        """Mark a take as finished, with the number of chunks its recorder made. Sealing twice is fine."""
        if note:
            _write(self._folder(attempt, number) / _NOTE, note.encode("utf-8"))
        _write(self._folder(attempt, number) / _SEAL, str(min(max(0, chunks), MOST_CHUNKS)).encode("ascii"))
        return self.get(attempt, number)

    def is_sealed(self, attempt: str, number: int) -> bool:
        """Whether a take is finished; one that was never begun is not."""
        return (self._folder(attempt, number) / _SEAL).exists()

    def get(self, attempt: str, number: int) -> Take:
        """One take as it is on disk. Raises NotFoundError."""
        folder = self._folder(attempt, number)
        if not folder.is_dir():
            raise NotFoundError("There is no such recording.")
        seal, note = folder / _SEAL, folder / _NOTE
        with plain_store_errors("the folder of recordings"):
            packed = _packed(folder)
            if packed:
                samples, last = map(int, packed.stem.split("-")[1:])
                chunks = dict.fromkeys(range(last), 0) | {last: samples * 2}
            else:
                chunks = {int(path.stem): path.stat().st_size for path in folder.glob("*.pcm")}
            expected = int(seal.read_text(encoding="ascii")) if seal.exists() else max(chunks, default=-1) + 1
        return Take(
            attempt=attempt,
            number=number,
            seconds=sum(chunks.values()) / BYTES_PER_SECOND,
            sealed=seal.exists(),
            note=note.read_text(encoding="utf-8") if note.exists() else "",
            next_chunk=max(chunks, default=-1) + 1,
            missing=tuple(sorted(set(range(expected)) - chunks.keys())),
        )

    def all_of(self, attempt: str) -> tuple[Take, ...]:
        """An attempt's takes with sound in them, the first first."""
        return tuple(take for take in (self.get(attempt, n) for n in self._numbers(attempt)) if take.seconds > 0)

    def numbers(self, attempt: str) -> tuple[int, ...]:
        """The numbers of an attempt's takes with sound in them."""
        return tuple(take.number for take in self.all_of(attempt))

    def current(self, attempt: str) -> Take:
        """The take begun last, or an empty first one."""
        numbers = self._numbers(attempt)
        return self.get(attempt, numbers[-1]) if numbers else Take(attempt=attempt, number=1, seconds=0)

    def begin(self, attempt: str) -> Take:
        """A new, empty take; earlier ones stay as they are."""
        numbers = self._numbers(attempt)
        number = numbers[-1] + 1 if numbers else 1
        with plain_store_errors("the folder of recordings"):
            self._folder(attempt, number).mkdir(parents=True, exist_ok=True)
        return self.get(attempt, number)

    def copies(self, attempt: str) -> int:
        """How many of an attempt's takes are earlier ones again."""
        return sum((self._folder(attempt, number) / _COPY).exists() for number in self._numbers(attempt))

    def _numbers(self, attempt: str) -> list[int]:
        folder = self._folder(attempt, 1).parent
        return sorted(int(path.name) for path in folder.glob("[0-9][0-9][0-9]")) if folder.is_dir() else []

    def copy(self, attempt: str, number: int) -> Take:
        """An earlier take again, as the newest and finished one. Raises NotFoundError."""
        earlier, pcm = self.get(attempt, number), self.pcm(attempt, number)
        newest = self.begin(attempt).number
        pieces = [pcm[i : i + CHUNK_LIMIT] for i in range(0, len(pcm), CHUNK_LIMIT)]
        for n, piece in enumerate(pieces):
            self.put(attempt, newest, n, piece)
        _write(self._folder(attempt, newest) / _COPY, b"")
        return self.seal(attempt, newest, len(pieces), earlier.note)

    def pcm(self, attempt: str, number: int) -> bytes:
        """A take's sound, in order; a missing chunk is left out. Raises NotFoundError."""
        folder = self._folder(attempt, number)
        if not folder.is_dir():
            raise NotFoundError("There is no such recording.")
        with plain_store_errors("the folder of recordings"):
            packed = _packed(folder)
            if packed and self._packing:
                return self._packing.unpack(packed.read_bytes())
            return b"".join(path.read_bytes() for path in sorted(folder.glob("*.pcm")))

    def pack(self, attempt: str) -> None:
        """Make an attempt's finished takes smaller. One with missing chunks stays open to them.

        The chunks go when the packed recording is on the disk and gives back every one of their bytes.
        """
        for take in self.all_of(attempt):
            folder = self._folder(attempt, take.number)
            if not self._packing or not take.sealed or take.missing or _packed(folder):
                continue
            pcm = self.pcm(attempt, take.number)
            packed = self._packing.pack(pcm)
            if self._packing.unpack(packed) != pcm:
                raise StoreError("A recording could not be packed without loss, so it stays as it was.")
            _write(folder / f"sound-{len(pcm) // 2}-{take.next_chunk - 1}{_PACKED}", packed)
            with plain_store_errors("the folder of recordings"):
                for chunk in folder.glob("*.pcm"):
                    chunk.unlink()

    def choose(self, attempt: str, *, keep: bool) -> None:
        """Remember whether the candidate wants to keep the recordings of an attempt."""
        _write(self._folder(attempt, 1).parent / _CHOICE, b"keep" if keep else b"delete")

    def chosen(self, attempt: str) -> bool | None:
        """Whether the candidate wants to keep the recordings; None where they did not say."""
        path = self._folder(attempt, 1).parent / _CHOICE
        with plain_store_errors("the folder of recordings"):
            return path.read_bytes() == b"keep" if path.exists() else None

    def attempts(self) -> tuple[str, ...]:
        """Everything that has a folder of recordings."""
        with plain_store_errors("the folder of recordings"):
            folders = self._root.iterdir() if self._root.is_dir() else ()
            return tuple(sorted(path.name for path in folders if _ID.fullmatch(path.name)))

    def delete(self, attempt: str) -> None:
        """Delete all takes of an attempt. Nothing happens where there are none."""
        folder = self._folder(attempt, 1).parent
        with plain_store_errors("the folder of recordings"):
            if folder.is_dir():
                shutil.rmtree(folder)


def _packed(folder: Path) -> Path | None:
    """The packed recording of a take, named by its samples and its last chunk."""
    return next(folder.glob(f"sound-*-*{_PACKED}"), None)


def _write(path: Path, content: bytes) -> None:
    """All of a file or nothing of it, on disk when this returns; two writers of one file do not meet."""
    with plain_store_errors("the folder of recordings"):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
