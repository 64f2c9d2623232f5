"""Sound without speech, and pauses within it."""

import statistics
from itertools import pairwise

import numpy as np

from bench.speech_clips import Clip
from coach.speech import Transcriber
from coach.speech.audio import RATE, Audio, Samples
from coach.speech.delivery import LEAST_PAUSE_S
from coach.speech.stretches import audible
from coach.speech.voice import find_speech

SECONDS = 8


def sounds(ours: Transcriber) -> None:
    """Every word written down here is invented."""
    clips = _clips()
    invented = {name: text for name, sound in clips.items() if (text := ours.transcribe(Audio(sound)).text)}
    print(f"{len(clips)} clips without speech, words in {len(invented)} of them")
    for name, text in invented.items():
        print(f"  {name}: {text[:100]}")


def pauses(clips: list[Clip]) -> None:
    """Pauses of 0.3 s and more whose place is known."""
    known = found = false = 0
    errors = []
    for clip in (one for one in clips if one.pauses):
        silences = [(a[1], b[0]) for a, b in pairwise(find_speech(audible(clip.audio.samples)))]
        for start, end in ((s, e) for s, e in clip.pauses if e - s >= LEAST_PAUSE_S):
            known += 1
            shared = [(min(end, b) - max(start, a), b - a) for a, b in silences]
            best = max(shared, default=(0.0, 0.0))
            if best[0] > (end - start) / 2:
                found += 1
                errors.append(best[1] - (end - start))
        false += sum(
            b - a >= LEAST_PAUSE_S and not any(min(b, e) - max(a, s) > 0 for s, e in clip.pauses) for a, b in silences
        )
    if not known:
        print("no clip says where its pauses are")
        return
    print(
        f"{found} of {known} found, {false} others, length error {statistics.mean(map(abs, errors)):.3f} s on average, "
        f"median {statistics.median(errors):+.3f} s"
    )


def _clips() -> dict[str, Samples]:
    chance = np.random.default_rng(5)
    n = SECONDS * RATE
    t = np.arange(n) / RATE
    made: dict[str, Samples] = {}
    for seconds in (0.1, 0.5, 2, 10, 30):
        made[f"silence {seconds} s"] = np.zeros(int(seconds * RATE))
    for db in (-60, -50, -40, -30, -20, -12):
        white = chance.normal(0, 1, n)
        made[f"white noise {db} dB"] = white * 10 ** (db / 20)
        made[f"pink noise {db} dB"] = _coloured(white, 0.5) * 10 ** (db / 20)
        made[f"brown noise {db} dB"] = _coloured(white, 1.0) * 10 ** (db / 20)
    for hertz in (50, 60, 100, 120, 440, 1000, 3000):
        made[f"tone {hertz} Hz"] = 0.2 * np.sin(2 * np.pi * hertz * t) + chance.normal(0, 0.001, n)
    for speed in (20, 35, 60):  # a fan: noise through its blades, and the hum of its motor
        made[f"fan {speed}"] = 0.03 * _coloured(chance.normal(0, 1, n), 0.8) * (
            1 + 0.4 * np.sin(2 * np.pi * speed * t)
        ) + 0.02 * np.sin(2 * np.pi * 2 * speed * t)
    for rate in (2, 5, 9):  # keys: short bursts at uneven times
        made[f"keyboard {rate} a second"] = _bursts(chance, n, rate, 0.015)
        made[f"knocks {rate} a second"] = _bursts(chance, n, rate / 4, 0.06)
    for n_tune, scale in enumerate(
        ([262, 330, 392, 523], [220, 262, 330, 440], [196, 247, 294, 392], [294, 370, 440, 587])
    ):
        for kind in ("plucked", "held", "chord"):
            made[f"music {n_tune} {kind}"] = _music(scale, kind, t)
    for seconds in (0.05, 0.1, 0.2):
        for level in (0.05, 0.3, 0.9):
            blip = np.zeros(2 * RATE)
            length = int(seconds * RATE)
            blip[RATE : RATE + length] = level * _coloured(chance.normal(0, 1, length), 0.5)
            made[f"blip {seconds} s at {level}"] = blip
    return {name: np.clip(sound, -1, 1).astype(np.float32) for name, sound in made.items()}


def _coloured(white: Samples, steepness: float) -> Samples:
    spectrum = np.fft.rfft(white)
    spectrum[1:] /= np.arange(1, len(spectrum)) ** steepness
    spectrum[0] = 0
    sound = np.fft.irfft(spectrum, len(white))
    return sound / (np.sqrt(np.square(sound).mean()) + 1e-12)


def _bursts(chance: np.random.Generator, n: int, a_second: float, seconds: float) -> Samples:
    sound = chance.normal(0, 0.001, n)
    length = int(seconds * RATE)
    for _ in range(int(a_second * n / RATE)):
        at = chance.integers(0, n - length)
        sound[at : at + length] += chance.normal(0, 0.2, length) * np.exp(-np.arange(length) / (length / 4))
    return sound


def _music(scale: list[int], kind: str, t: Samples) -> Samples:
    if kind == "chord":
        return sum(0.08 * np.sin(2 * np.pi * hertz * t) for hertz in scale)
    step = 0.3 if kind == "plucked" else 0.8
    which = (t / step).astype(int)
    hertz = np.array(scale)[which % len(scale)]
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    shape = np.exp(-6 * (t % step)) if kind == "plucked" else np.ones_like(t)
    return 0.2 * shape * (np.sin(phase) + 0.4 * np.sin(2 * phase) + 0.2 * np.sin(3 * phase))
