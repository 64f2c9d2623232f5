"""From stop to text, while one speaks and while three do."""

import statistics
import threading
import time

from bench.speech_clips import Clip
from bench.speech_words import fillers, wer, words
from coach.domain.answer import Transcript
from coach.speech import Live, Transcriber, pcm16, pcm_bytes

CHUNK = 64_000  # bytes: two seconds, as the recorders send them
REAL_S = 40.0  # the last seconds are spoken at the pace of speech; what came before may come as fast as it is heard


def live(ours: Transcriber, answer: Clip, stops: int) -> None:
    """Several stops at different places of one answer: the whole recording afterwards, then live, in turn."""
    whole_pcm = pcm_bytes(answer.audio)
    waits, wholes, ratios = [], [], []
    for n in range(stops):
        pcm = whole_pcm[: len(whole_pcm) - n * 2 * 44_000]  # 2.75 s earlier each time: other tails
        wall, processor = time.perf_counter(), time.process_time()
        whole = ours.transcribe(pcm16(pcm))
        wholes.append(time.perf_counter() - wall)
        processor_whole = time.process_time() - processor
        processor = time.process_time()
        heard, waited = spoken(Live(ours), f"stop {n}", pcm)
        ratios.append((time.process_time() - processor) / processor_whole)
        waits.append(waited)
        print(
            f"stop at {len(pcm) / 32_000:.0f} s: live {waited:.2f} s, whole {wholes[-1]:.2f} s, processor {ratios[-1]:.2f}",
            flush=True,
        )
        if not n:
            truth = words(answer.text)
            for name, one in (("live", heard), ("whole", whole)):
                print(
                    f"word errors {name}: {wer([(truth, words(one.text))]):.2f}, fillers {fillers(words(one.text))} of {fillers(truth)}"
                )
    sooner = statistics.median(whole / wait for whole, wait in zip(wholes, waits, strict=True))
    print(
        f"median: live {statistics.median(waits):.2f} s, whole {statistics.median(wholes):.2f} s, {sooner:.1f} times sooner, "
        f"processor {statistics.median(ratios):.2f}"
    )


def three(ours: Transcriber, answer: Clip) -> None:
    """Three people who speak and stop at the same time."""
    pcm, room = pcm_bytes(answer.audio), Live(ours)
    waited: dict[int, float] = {}

    def speak(n: int) -> None:
        waited[n] = spoken(room, f"speaker {n}", pcm)[1]

    threads = [threading.Thread(target=speak, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("stop to text:", ", ".join(f"{waited[n]:.1f} s" for n in sorted(waited)))


def spoken(room: Live, take: str, pcm: bytes) -> tuple[Transcript, float]:
    """Speak a recording into the room; its transcript, and seconds from stop to it."""
    chunks = [pcm[first : first + CHUNK] for first in range(0, len(pcm), CHUNK)]
    slow_from = max(0, len(chunks) - round(REAL_S * 32_000 / CHUNK))
    for n in range(slow_from):
        room.feed(take, n, chunks.__getitem__)
        while (state := room.so_far(take)) and state.behind_s > 0:
            time.sleep(0.02)
    begun = time.perf_counter()
    spoken_s = 0.0
    for n in range(slow_from, len(chunks)):
        spoken_s += len(chunks[n]) / 32_000
        time.sleep(max(0.0, begun + spoken_s - time.perf_counter()))
        room.feed(take, n, chunks.__getitem__, last=n == len(chunks) - 1)
        if n == len(chunks) - 2:
            stopped = begun + spoken_s + len(chunks[-1]) / 32_000
    heard = room.transcript(take, pcm)
    return heard, time.perf_counter() - stopped
