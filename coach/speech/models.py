"""Which models can listen here: what is on this computer, what can be fetched, and how fast each is."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import WeightsError
from coach.speech.engine import Engine, device
from coach.speech.weights import BUNDLED, unusable

KNOWN = {
    "tiny": 75,
    "tiny.en": 75,
    "base": 145,
    "base.en": 145,
    "distil-small.en": 335,
    "small": 485,
    "small.en": 485,
    "medium.en": 1530,
    "large-v3-turbo": 1620,
}
"""Models one can fetch by name, and about how many megabytes they are; the more accurate later."""

FAST_ENOUGH = 0.35
"""Seconds for a second of speech on one core, up to which words keep up with a speaker and are there soon after they stop."""

_STRETCH_S, _TOKENS = 15, 50  # what is measured: a usual stretch, with as many tokens as one says in it


@dataclass(frozen=True)
class Speed:
    """How fast a model is here: seconds to load it, and seconds of work for a second of speech."""

    name: str
    load_s: float
    work: float

    @property
    def keeps_up(self) -> bool:
        """Whether words can appear while one speaks."""
        return self.work <= FAST_ENOUGH


def present(hf_home: Path | None) -> tuple[str, ...]:
    """Names of the models on this computer, the more accurate later."""
    return tuple(name for name in KNOWN if name in BUNDLED or _kept(name, hf_home))


def fetch(name: str, hf_home: Path | None, on_progress: Callable[[float], object]) -> None:
    """Download a model from the hub into its cache. ``on_progress`` gets the share of bytes that is there (0-1).

    Raises WeightsError with what to do where it isn't known or cannot be fetched.
    """
    if name in BUNDLED:
        on_progress(1.0)
        return
    from faster_whisper.utils import _MODELS  # noqa: PLC0415 -- heavy, so only when asked for
    from huggingface_hub import snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import RepositoryNotFoundError  # noqa: PLC0415
    from tqdm.auto import tqdm  # noqa: PLC0415

    total = KNOWN.get(name, 0) * 1_000_000

    class Counted(tqdm):  # type: ignore[misc]  # the library has no types
        """Counts bytes for us instead of drawing bars of its own."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **(named | {"disable": False, "file": _Nowhere()}))

        def update(self, n: float | None = 1) -> bool | None:
            done = super().update(n)
            if self.unit == "B" and (self.total or total):
                on_progress(min(1.0, self.n / max(self.total or 0, total)))
            return bool(done)

    repository = _MODELS.get(name, name)
    try:
        folder = snapshot_download(
            repository,
            allow_patterns=["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"],
            cache_dir=str(hf_home / "hub") if hf_home else None,
            tqdm_class=Counted,
        )
    except (ValueError, RepositoryNotFoundError):
        raise WeightsError(f"There is no speech model called {name!r}. Known are: {', '.join(KNOWN)}.") from None
    except OSError:
        raise WeightsError(
            f"The speech model {name!r} could not be fetched. Check the network, and that HF_HUB_OFFLINE is not set."
        ) from None
    if unusable(Path(folder)):
        raise WeightsError(f"{name!r} holds no CTranslate2 weights of Whisper. Known are: {', '.join(KNOWN)}.")
    on_progress(1.0)


def measure(name: str, hf_home: Path | None) -> Speed:
    """How fast a model is on this computer: a stretch of sound with as many tokens as one says in it. Raises WeightsError."""
    began = time.perf_counter()
    whisper = Engine(name, hf_home).whisper()
    load_s = time.perf_counter() - began
    noise = np.random.default_rng(0).normal(0, 0.01, _STRETCH_S * 16_000).astype(np.float32)
    tokenizer_end = whisper.hf_tokenizer.token_to_id("<|endoftext|>")
    start = [whisper.hf_tokenizer.token_to_id("<|startoftranscript|>")]
    clock = time.perf_counter if device() == "cuda" else time.process_time  # which other programs disturb less
    times = []
    for _ in range(3):
        began = clock()
        sound = whisper.encode(whisper.feature_extractor(noise))
        whisper.model.generate(
            sound, [start], beam_size=5, max_length=_TOKENS, suppress_tokens=[tokenizer_end], suppress_blank=False
        )
        times.append(clock() - began)
    return Speed(name=name, load_s=load_s, work=min(times) / _STRETCH_S)


def recommended(speeds: tuple[Speed, ...]) -> Speed:
    """The most accurate model that keeps up with a speaker, or the fastest where none does."""
    order = {name: n for n, name in enumerate(KNOWN)}
    fast = [speed for speed in speeds if speed.keeps_up]
    if not fast:
        return min(speeds, key=lambda speed: speed.work)
    return max(fast, key=lambda speed: order.get(speed.name, len(order)))


def runs_on() -> str:
    """What the models run on here, in words."""
    return "the graphics card" if device() == "cuda" else "the processor"


class _Nowhere:
    """A file that keeps nothing."""

    def write(self, _text: str) -> None: ...
    def flush(self) -> None: ...


def _kept(name: str, hf_home: Path | None) -> bool:
    from faster_whisper.utils import download_model  # noqa: PLC0415 -- heavy, so only when asked for

    try:
        download_model(name, local_files_only=True, cache_dir=str(hf_home / "hub") if hf_home else None)
    except (OSError, ValueError):
        return False
    return True
