"""Delivery in words a person understands, each figure with what is usual and where that is known from.

Nothing here judges: a figure outside the usual range is a place to listen to, no fault. Where no range is known that holds for
interviews, that is what it says.
"""

from coach.domain.delivery import Delivery, Moment
from coach.domain.value import Value

NOT_JUDGED = (
    "These are counts and times, to listen to and decide for yourself. They are no part of any rating, and they say nothing about your "
    "accent, your feelings or your personality: nobody can hear those in figures, so we do not try."
)

_LISTED = 8  # places to listen to at most; more are no help
_LONG_PAUSE_S = 1.0
_DISFLUENT = (
    "In unprepared talk, um, uh, repetitions and restarts together come to two to six in a hundred words "
    "(Bortfeld and others 2001, Language and Speech 44)."
)
_NO_RANGE = "No range is known that holds for interviews. Compare it with your other answers."


class Row(Value):
    """One measure: its name, its figure, what that means, what is usual by whom, and where to listen."""

    name: str
    figure: str
    means: str = ""
    usual: str
    places: tuple[Moment, ...] = ()


def rows(delivery: Delivery, limit_s: float) -> tuple[Row, ...]:
    """All measures of one recording; ``limit_s`` is the time the question gives."""
    long = tuple(pause for pause in delivery.pauses if pause.seconds >= _LONG_PAUSE_S)
    longest = delivery.longest_pause
    return (
        Row(
            name="Pace",
            figure=f"{delivery.words_a_minute:.0f} words a minute",
            means=_pace(delivery),
            usual="In British English, radio talks run at about 160 and interviews at about 190 "
            "(Tauroza and Allison 1990, Applied Linguistics 11).",
            places=_fastest(delivery),
        ),
        Row(
            name="Before the first word",
            figure=f"{delivery.first_word_s:.1f} s",
            usual="In everyday talk answers begin within half a second on average (Stivers and others 2009, PNAS 106). "
            "A few seconds to think are fine in an interview: that is our own rule of thumb.",
        ),
        Row(
            name="Pauses",
            figure=f"{len(delivery.pauses)}, {len(long)} of them of a second or more",
            means=f"Silence is {100 * delivery.silence_share:.0f} % of the time between your first sound and your last.",
            usual="Pauses of 0.2 to 1 second are part of all speech; longer ones were found in unprepared speech only, so they "
            "are what thinking aloud sounds like (Campione and Véronis 2002, Speech Prosody).",
            places=_longest(long),
        ),
        Row(
            name="Longest silence",
            figure=f"{longest.seconds:.1f} s" if longest else "none",
            usual=_NO_RANGE,
            places=(longest,) if longest else (),
        ),
        _hesitations(delivery),
        Row(
            name="Said twice or begun again",
            figure=str(len(delivery.repetitions)),
            usual=f"{_DISFLUENT} Yours, as far as words show it: {_per_hundred(len(delivery.repetitions), delivery)}.",
            places=delivery.repetitions[:_LISTED],
        ),
        Row(
            name="Words that take something back",
            figure=str(len(delivery.hedges)),
            means="Such as “maybe”, “kind of”, “I think”. Sometimes they are just honest; before your own results they make them smaller.",
            usual=_NO_RANGE,
            places=delivery.hedges[:_LISTED],
        ),
        Row(
            name="Length",
            figure=f"{_clock(delivery.spoken_s)} of {_clock(limit_s)}",
            means=_length(delivery.spoken_s, limit_s),
            usual="The question's own time limit.",
        ),
        Row(
            name="Loud and soft",
            figure=f"{delivery.loudness_spread_db:.0f} dB between your softer and your louder words",
            means=_loudness(delivery.loudness_spread_db),
            usual=_NO_RANGE + " A microphone that evens out the volume by itself makes it smaller.",
        ),
    )


def _hesitations(delivery: Delivery) -> Row:
    """Counted as far as they were written down. None is no count where whoever listened leaves them out."""
    if delivery.fillers_a_minute is None:
        return Row(
            name="Um and uh",
            figure="not counted",
            means="They are counted in what was written down, and the server that listened usually leaves them out.",
            usual=_DISFLUENT,
        )
    count = len(delivery.fillers)
    return Row(
        name="Um and uh",
        figure=f"at least {count}, {delivery.fillers_a_minute:.1f} a minute",
        means="Some go unheard, above all in noise. They are left out of the text that is rated.",
        usual=f"{_DISFLUENT} Yours, um and uh alone: {_per_hundred(count, delivery)}.",
        places=delivery.fillers[:_LISTED],
    )


def _pace(delivery: Delivery) -> str:
    if len(delivery.pace) < 2:  # noqa: PLR2004 -- one part has nothing to be compared with
        return ""
    slow, fast = (pick(delivery.pace, key=lambda part: part.words_a_minute) for pick in (min, max))
    return (
        f"Slowest around {_clock(slow.start)} ({slow.words_a_minute:.0f}), fastest around {_clock(fast.start)} "
        f"({fast.words_a_minute:.0f})."
    )


def _fastest(delivery: Delivery) -> tuple[Moment, ...]:
    if len(delivery.pace) < 2:  # noqa: PLR2004 -- see above
        return ()
    fast = max(delivery.pace, key=lambda part: part.words_a_minute)
    return (Moment(start=fast.start, end=fast.start + 10, words="fastest part"),)


def _longest(pauses: tuple[Moment, ...]) -> tuple[Moment, ...]:
    chosen = sorted(pauses, key=lambda pause: -pause.seconds)[:_LISTED]
    return tuple(sorted(chosen, key=lambda pause: pause.start))


def _per_hundred(count: int, delivery: Delivery) -> str:
    return f"{100 * count / max(delivery.words, 1):.1f} in a hundred"


def _length(spoken_s: float, limit_s: float) -> str:
    share = spoken_s / max(limit_s, 1.0)
    if share < 1 / 3:
        return "Less than a third of the time: there is room for more of what you did and what came of it."
    if share > 0.95:  # noqa: PLR2004 -- the last seconds of the limit
        return "All of the time: make sure that the result came before the clock ran out."
    return ""


def _loudness(spread_db: float) -> str:
    if spread_db < 5:  # noqa: PLR2004 -- half a second of talk differs from the next by 5 to 8 dB
        return "Quite even."
    return "Lively." if spread_db > 12 else "Some ups and downs."  # noqa: PLR2004 -- twice and more as loud, to the ear


def _clock(seconds: float) -> str:
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"
