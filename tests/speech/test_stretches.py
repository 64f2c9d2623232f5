from itertools import pairwise

import numpy as np
import pytest

from coach.speech.audio import RATE, Samples
from coach.speech.stretches import LONGEST_S, audible, cut, halved

TALK = tuple(
    (n * 5.0, n * 5.0 + (3.5 if n % 3 == 0 else 4.7)) for n in range(30)
)  # pauses of 1.5 and .3 s, 150 s in all


def test_short_speech_is_one_stretch_with_a_little_of_the_pauses_around_it() -> None:
    (stretch,) = cut(((2.0, 4.0), (5.0, 8.0)), 20.0)

    assert (stretch.start, stretch.end) == pytest.approx((1.7, 8.4))
    assert stretch.speech_s == pytest.approx(5.0)


def test_no_stretch_is_too_long_and_all_speech_is_in_one() -> None:
    stretches = cut(TALK, 150.0)

    assert all(stretch.speech[-1][1] - stretch.speech[0][0] <= LONGEST_S for stretch in stretches)
    assert tuple(run for stretch in stretches for run in stretch.speech) == TALK


def test_stretches_follow_each_other_without_overlap() -> None:
    stretches = cut(TALK, 150.0)

    assert all(a.end <= b.start for a, b in pairwise(stretches))


def test_cuts_are_made_at_long_pauses() -> None:
    ends = [stretch.speech[-1] for stretch in cut(TALK, 150.0)[:-1]]

    assert all(end - start == pytest.approx(3.5) for start, end in ends)


def test_speech_without_a_pause_does_not_lose_its_end() -> None:
    stretches = cut(((0.0, 25.0), (25.0, 50.0), (50.0, 60.0)), 60.0)

    assert [(stretch.start, stretch.end) for stretch in stretches] == [(0.0, 25.0), (25.0, 50.0), (50.0, 60.0)]


def test_no_speech_gives_no_stretch() -> None:
    assert cut((), 10.0) == ()


def voice(level: float, seconds: float = 2.0) -> Samples:
    sound: Samples = (level * np.sin(np.arange(int(seconds * RATE)) * 0.1)).astype(np.float32)
    return sound


def test_a_quiet_take_is_raised_to_a_usual_level() -> None:
    raised = audible(voice(0.005))

    assert np.sqrt(np.square(raised).mean()) == pytest.approx(0.1, rel=0.05)
    assert raised.dtype == np.float32


def test_a_usual_take_is_left_as_it_is() -> None:
    samples = voice(0.2)

    assert audible(samples) is samples


def test_a_short_loud_answer_in_a_long_silence_is_not_clipped() -> None:
    samples = np.concatenate([np.zeros(60 * RATE, np.float32), voice(0.3, 1.0)])

    assert np.abs(audible(samples)).max() < 0.99


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(100, np.float32), np.zeros(RATE, np.float32)])
def test_nothing_stays_nothing(samples: Samples) -> None:
    assert not audible(samples).any()


def test_a_long_end_is_heard_in_two_parts_cut_at_a_good_pause() -> None:
    whole = cut(((0.0, 6.0), (6.2, 7.5), (8.0, 15.0)), 15.0)

    first, second = halved(whole, 0)

    assert (first.speech, second.speech) == (((0.0, 6.0), (6.2, 7.5)), ((8.0, 15.0),))
    assert first.end <= second.start


@pytest.mark.parametrize(
    ("speech", "handed_over"),
    [
        (((0.0, 5.0), (5.5, 10.0)), 0),
        (((0.0, 7.0), (7.2, 15.0)), 0),
        (((0.0, 7.0), (7.5, 15.0)), 1),
        (((0.0, 4.0), (4.5, 15.0)), 0),
    ],
    ids=["short", "no good pause", "heard already", "a part too short to be heard well"],
)
def test_other_ends_stay_whole(speech: tuple[tuple[float, float], ...], handed_over: int) -> None:
    whole = cut(speech, 15.0)

    assert halved(whole, handed_over) == whole
