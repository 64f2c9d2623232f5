"""Answering a question into this computer's microphone from the command line, for `coach record`."""

import sys
import threading
from collections.abc import Callable

from coach.domain.answer import AnswerKind, Hearing
from coach.domain.feedback import Feedback
from coach.domain.rubric import Criterion
from coach.errors import MicrophoneError
from coach.practice import Practice
from coach.settings import Settings
from coach.speech import record
from coach.wiring import LOCAL_CANDIDATE, build

Echo = Callable[[str], None]
_BAR = 30
_OVER = "\r\x1b[K"  # back to the start of the line, and empty it
_LATE_S = 3


def record_and_rate(
    settings: Settings,
    key: str | None,
    seconds: int | None,
    echo: Echo,
    device: int | str | None = None,
    *,
    words: bool = True,
) -> None:
    """Ask a question, record the answer until Enter or the limit, write it down, rate it and print the feedback."""
    services, who = build(settings), LOCAL_CANDIDATE
    practice = services.practice
    question = practice.bank.get(key) if key else practice.suggest(who)
    echo(f"\n{question.text}\n")
    services.load()  # while one reads the question, so that the first words need not wait for it
    attempt = practice.begin(who, question, AnswerKind.SPOKEN)
    take = practice.begin_take(attempt.id, who)
    kept = 0
    line = _Words(echo) if words else None

    def keep(number: int, pcm: bytes) -> None:  # numbered from 1; chunks are kept from 0
        nonlocal kept
        hearing = practice.put_chunk(attempt.id, who, take.number, number - 1, pcm)
        kept = number
        if line and hearing:
            line.show(hearing)

    stop = threading.Event()
    threading.Thread(target=_stop_on_enter, args=(stop,), daemon=True).start()
    echo("Recording. Press Enter when you are done.")
    try:
        audio = record(
            seconds or question.time_limit_s,
            stop,
            device=device,
            on_level=_show_level,
            on_chunk=keep,
        )
    except MicrophoneError:
        if not kept:  # nothing was said, so nothing is left behind
            practice.delete(attempt.id, who)
        raise
    practice.finish_take(attempt.id, who, take.number, kept, audio.note)
    echo("\nWriting down what you said …")
    transcript = practice.hear(attempt.id, who)
    if transcript.note:
        echo(transcript.note)
    if transcript.heard_nothing:
        return
    echo(f"\n{transcript.text}\n")
    practice.hand_in(attempt.id, who, transcript.clean)
    _print_feedback(practice, practice.rate(attempt.id, who).feedback, echo)


def _print_feedback(practice: Practice, feedback: Feedback | None, echo: Echo) -> None:
    if feedback is None:
        return
    for criterion in Criterion:
        rating = feedback.of(criterion)
        echo(f"{practice.rubric.of(criterion).name}: {rating.level or 'unrated'}. {rating.why}")
    if feedback.change:
        echo(f"\nChange this first: {feedback.change.text}")


def _stop_on_enter(stop: threading.Event) -> None:
    """Enter, or the end of what is typed, ends it; where there is no keyboard, the limit does."""
    if sys.stdin.readline() or sys.stdin.isatty():
        stop.set()


class _Words:
    """Prints what is written down so far, each word once."""

    def __init__(self, echo: Echo) -> None:
        self._echo = echo
        self._shown = 0  # characters

    def show(self, hearing: Hearing) -> None:
        """Print what is new, and how late it is if that is worth telling."""
        if len(hearing.text) <= self._shown:
            return
        late = f"  [catching up, {hearing.behind_s:.0f} s behind]" if hearing.behind_s >= _LATE_S else ""
        if sys.stderr.isatty():
            sys.stderr.write(_OVER)  # where the level meter stands
            sys.stderr.flush()
        self._echo(f"{hearing.text[self._shown :].strip()}{late}")
        self._shown = len(hearing.text)


def _show_level(level: float) -> None:
    if sys.stderr.isatty():
        filled = round(level * _BAR)
        sys.stderr.write(f"\r[{'#' * filled}{' ' * (_BAR - filled)}]")
        sys.stderr.flush()
