"""Serves an instruct model from a GGUF file on this computer, for people who have neither a key nor a server."""

import importlib
import os
import signal
import threading
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from coach.domain.judging import SERVED_PORT
from coach.errors import JudgeError

ROOM = 16_384  # tokens: the prompt has about 5,500, a long answer 3,000, a reply 1,000
_MAGIC = b"GGUF"


@dataclass(frozen=True)
class OpenModel:
    """An open model worth fetching."""

    name: str
    file_gb: float
    memory_gb: float
    licence: str
    note: str


def open_models() -> tuple[OpenModel, ...]:
    """Open models that can judge, the smallest first."""
    table = tomllib.loads(Path(__file__).with_name("models.toml").read_text(encoding="utf-8"))
    return tuple(OpenModel(**one) for one in table["models"])


class Served:
    """A model being served on 127.0.0.1, as a context manager. Raises JudgeError where that cannot be done.

    ``port`` 0 takes a free one; ``room`` is the context in tokens; ``threads`` 0 means half the cores, which leaves the rest to the app.
    """

    def __init__(self, file: Path, port: int = SERVED_PORT, room: int = ROOM, threads: int = 0) -> None:
        self._file, self._port, self._room = file, port, room
        self._threads = threads or max(1, (os.cpu_count() or 2) // 2)
        self._server: Any = None

    def __enter__(self) -> Self:
        _look_at(self._file)
        try:
            llama: Any = importlib.import_module("xllamacpp")
        except ImportError:
            raise JudgeError(
                "Serving a model needs the package xllamacpp. Install it with: pip install 'practice-coach[local-judge]'"
            ) from None
        wanted = llama.CommonParams()
        wanted.model.path = str(self._file)
        wanted.model_alias = {self._file.stem}
        wanted.n_ctx, wanted.n_parallel = self._room, 1
        wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = self._threads
        wanted.hostnames, wanted.port = ["127.0.0.1"], self._port
        wanted.use_jinja = True
        try:
            self._server = llama.Server(wanted)
        except Exception as error:  # noqa: BLE001  # whatever the native library makes of a file or a port
            raise JudgeError(
                f"{self._file.name} could not be served ({type(error).__name__}). Is the file whole, is port {self._port} free, "
                "and is there memory for it? `coach judge models` says how much a model takes."
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server = None  # its destructor stops it

    @property
    def address(self) -> str:
        """What to set OPENAI_BASE_URL to."""
        return f"{str(self._server.listening_address).rstrip('/')}/v1"


def serve(file: Path, port: int, room: int, threads: int, ready: Callable[[str], object]) -> None:
    """Serve until the process is asked to stop; ``ready`` is told the address. Raises JudgeError."""
    stop = threading.Event()
    with Served(file, port, room, threads) as served:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        ready(served.address)
        while not stop.wait(1.0):
            pass


def _look_at(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_MAGIC))
    except OSError as error:
        raise JudgeError(f"{file} cannot be read: {error.strerror}. Name a GGUF file.") from None
    if begins != _MAGIC:
        raise JudgeError(
            f"{file.name} is no GGUF file. Models in that format end in .gguf; `coach judge models` names some."
        )
