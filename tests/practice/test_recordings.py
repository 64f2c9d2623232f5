"""What becomes of recordings: heard while they are made, and let go when their time has come, never before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from practice_parts import QUESTIONS, SPOKEN, Desk

from coach.domain.answer import AnswerKind, Hearing, Transcript
from coach.practice import Practice
from coach.settings import Keep

SECOND = b"\x01\x00" * 16_000


@dataclass
class Listener:
    """Hears while one speaks, and keeps what it was told."""

    told: list[tuple[str, int, bool]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def feed(self, take: str, chunk: int, chunk_of: Callable[[int], bytes | None], *, last: bool = False) -> None:
        assert chunk_of(chunk) == SECOND, "a chunk is kept before it is heard"
        self.told.append((take, chunk, last))

    def so_far(self, take: str) -> Hearing | None:
        heard = sum(name == take for name, _, _ in self.told)
        return Hearing(text=" ".join(["word"] * heard), recorded_s=heard, heard_s=heard, behind_s=0)

    def hear_take(self, take: str, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        if on_progress:
            on_progress(1.0)
        return Transcript(text=f"{SPOKEN} {len(self.told)}", duration_s=len(pcm) / 32_000, model=take[-1])

    def forget(self, take: str) -> None:
        self.forgotten.append(take)


def rated(practice: Practice) -> str:
    attempt = practice.begin("ann", QUESTIONS[0], AnswerKind.SPOKEN)
    take = practice.begin_take(attempt.id, "ann")
    practice.put_chunk(attempt.id, "ann", take.number, 0, SECOND)
    practice.finish_take(attempt.id, "ann", take.number, 1)
    practice.hear(attempt.id, "ann")
    practice.hand_in(attempt.id, "ann", SPOKEN)
    practice.rate(attempt.id, "ann")
    return attempt.id


def test_what_is_heard_while_one_speaks_is_told_with_each_chunk_and_used_at_the_end(practice: Practice) -> None:
    practice._live = listener = Listener()
    attempt = practice.begin("ann", QUESTIONS[0], AnswerKind.SPOKEN)
    take = practice.begin_take(attempt.id, "ann")

    first = practice.put_chunk(attempt.id, "ann", take.number, 0, SECOND)
    second = practice.put_chunk(attempt.id, "ann", take.number, 1, SECOND, last=True)
    practice.finish_take(attempt.id, "ann", take.number, 2)

    assert [state.text for state in (first, second) if state] == ["word", "word word"]
    name = f"{attempt.id}/{take.number}"
    assert listener.told == [(name, 0, False), (name, 1, True)]
    assert practice.hear(attempt.id, "ann").text == f"{SPOKEN} 2"


def test_a_take_that_is_given_up_is_no_longer_heard(practice: Practice) -> None:
    practice._live = listener = Listener()
    attempt = practice.begin("ann", QUESTIONS[0], AnswerKind.SPOKEN)
    practice.begin_take(attempt.id, "ann")
    practice.record_again(attempt.id, "ann")
    practice.delete(attempt.id, "ann")

    assert listener.forgotten == [f"{attempt.id}/1", f"{attempt.id}/2"]


@pytest.mark.parametrize(
    ("keep", "chosen", "at_once", "after_a_day"),
    [
        (Keep.ALWAYS, None, True, True),
        (Keep.ALWAYS, False, True, False),
        (Keep.DAY, None, True, False),
        (Keep.DAY, True, True, True),
        (Keep.NEVER, None, False, False),
    ],
)
def test_recordings_go_when_their_time_has_come_and_words_stay(
    practice: Practice,
    desk: Desk,
    keep: Keep,
    chosen: bool | None,  # noqa: FBT001  # a column of the table
    at_once: bool,  # noqa: FBT001
    after_a_day: bool,  # noqa: FBT001
) -> None:
    practice.keep = keep
    attempt = rated(practice)
    if chosen is not None:
        practice.choose_recordings(attempt, "ann", keep=chosen)
    practice.tidy_recordings("ann")
    assert bool(practice.takes(attempt, "ann")) is at_once

    desk.clock.now += timedelta(days=1)
    practice.tidy_recordings("ann")

    assert bool(practice.takes(attempt, "ann")) is after_a_day
    transcript = practice.get(attempt, "ann").transcript
    assert transcript
    assert transcript.text == SPOKEN


def test_a_recording_kept_against_the_settings_survives_the_rating(practice: Practice) -> None:
    practice.keep = Keep.NEVER
    attempt = practice.begin("ann", QUESTIONS[0], AnswerKind.SPOKEN)
    take = practice.begin_take(attempt.id, "ann")
    practice.put_chunk(attempt.id, "ann", take.number, 0, SECOND)
    practice.finish_take(attempt.id, "ann", take.number, 1)
    practice.hear(attempt.id, "ann")
    practice.choose_recordings(attempt.id, "ann", keep=True)
    practice.hand_in(attempt.id, "ann", SPOKEN)
    practice.rate(attempt.id, "ann")

    assert practice.takes(attempt.id, "ann")


def test_what_is_not_rated_yet_is_never_let_go(practice: Practice, desk: Desk) -> None:
    practice.keep = Keep.NEVER
    attempt = practice.begin("ann", QUESTIONS[0], AnswerKind.SPOKEN)
    take = practice.begin_take(attempt.id, "ann")
    practice.put_chunk(attempt.id, "ann", take.number, 0, SECOND)
    practice.finish_take(attempt.id, "ann", take.number, 1)
    practice.hear(attempt.id, "ann")
    desk.clock.now += timedelta(days=400)

    assert practice.tidy_recordings("ann") == 0
    assert practice.takes(attempt.id, "ann")
