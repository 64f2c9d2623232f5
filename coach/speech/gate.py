"""What of Whisper's output may be believed.

Whisper was trained on captions and writes words where nobody speaks: polite thanks to an audience at the end, a word
said twenty times, the prompt it was given. A candidate must never be rated on those, so they are dropped here.
"""

import re
from dataclasses import dataclass

from coach.domain.answer import Word
from coach.domain.fillers import FILLERS
from coach.speech.stretches import Speech, Stretch

LEAST_SPEECH_S = 0.8
"""Seconds of speech under which a recording holds nothing to rate; with less, Whisper guesses."""

NO_SPEECH, LOW_LOGPROB, COMPRESSION = 0.5, -0.6, 3.0
"""A segment is dropped if Whisper takes it for silence *and* is unsure of its words, or if its text repeats itself.

A sentence that is truly said twice reaches a compression of 2.5, so 3 is dropped.
"""

REPETITIVE = 2.4
"""The compression from which Whisper, and so we, hear a stretch again."""

GUESS_LOGPROB = -1.0
"""A segment under this is dropped: in loud noise, in another language or played backwards, all such were wrong."""

UNSURE, LOST_S = 0.65, 2.0
"""The candidate is told to check the words if their mean probability is lower, or more seconds of speech gave none."""

LEAST_WORDS_A_SECOND, LONGEST_UNHEARD_S = 1.2, 0.7
"""A stretch with fewer words per second of speech, or more speech after them, is heard again without the prompt."""

CLAUSE = 5
"""Words in a row that stand twice in a stretch: said twice, or written twice. Heard again, only what was said stays twice."""

CHECK = "Some of this was hard to make out. Please check the words before you hand them in."

NOTHING = "We heard nothing to rate. Check that the right microphone is on, speak close to it, and record again."

NO_WORDS = (
    "Somebody speaks in this recording, but no English words could be made out. Speak English, close to the microphone, "
    "where it is quiet, and record again."
)

_CAPTIONS = re.compile(
    r"(thank(s| you)( (so|very) much)?( for (watching|listening|viewing).*)?|(please )?(like and )?subscribe.*|"
    r"(subtitles?|captions?|transcri(bed|ption)|translated) (by|from|provided).*|.*amara org.*|"
    r"see you (in the )?next.*|bye( bye)*|you|music|applause|laughter|silence|blank audio)"
)
_LOOP = 6  # times a phrase stands in a row before it is a loop: people stumble two or three times, hardly six
_LONGEST_PHRASE = 8
_PROMPT_RUN = 6  # words in a row that also stand in the prompt; four or five happen by chance ("um, you know, I")
_MOSTLY = 0.5


@dataclass(frozen=True)
class Segment:
    """A phrase as Whisper gave it: times in seconds from the start of the take, and Whisper's own doubts."""

    text: str
    start: float
    end: float
    words: tuple[Word, ...]
    no_speech: float
    logprob: float
    compression: float


def believable(segments: tuple[Segment, ...], speech: Speech, prompt: str = "") -> tuple[Segment, ...]:
    """The segments that were probably said. ``speech`` is where somebody speaks, ``prompt`` what Whisper was given."""
    kept: list[Segment] = []
    for segment in segments:
        tokens = plain(segment.text)
        repeats = bool(kept) and plain(kept[-1].text) == tokens and not _spoken(segment, speech)
        if tokens and not (repeats or _guessed(segment) or _loops(tokens) or _echoes(tokens, prompt)):
            kept.append(segment)
    while kept and _CAPTIONS.fullmatch(" ".join(plain(kept[-1].text))) and not _spoken(kept[-1], speech):
        kept.pop()
    return tuple(kept)


def doubtful(segments: tuple[Segment, ...], stretch: Stretch) -> bool:
    """Whether a stretch should be heard again: too few words for its speech, speech after the last of them, or words that repeat themselves."""
    words = sum(len(segment.words) for segment in segments)
    last = max(stretch.start, _end(segments))
    unheard = sum(max(0.0, end - max(start, last)) for start, end in stretch.speech)
    lost = unheard > LONGEST_UNHEARD_S or words < LEAST_WORDS_A_SECOND * stretch.speech_s
    return lost or twice(segments) or any(segment.compression > REPETITIVE for segment in segments)


def better(again: tuple[Segment, ...], first: tuple[Segment, ...]) -> bool:
    """Whether a stretch heard again is to be believed rather than what was heard first: it says once what stood twice, or says more.

    One word more may be chance, unless it stands where the first time nothing was heard.
    """
    if twice(first) != twice(again):
        return twice(first) and 2 * content(again) >= content(first)
    further = _end(again) > _end(first) + LONGEST_UNHEARD_S
    return content(again) > content(first) + (0 if further else 1)


def twice(segments: tuple[Segment, ...]) -> bool:
    """Whether a clause stands twice."""
    words = [word for segment in segments for word in plain(segment.text)]
    runs = [tuple(words[n : n + CLAUSE]) for n in range(len(words) - CLAUSE + 1)]
    return len(set(runs)) < len(runs)


def content(segments: tuple[Segment, ...]) -> int:
    """How many words there are, fillers aside: how much of what was said is there."""
    return sum(word not in FILLERS for segment in segments for word in plain(segment.text))


def note(words: tuple[Word, ...], lost_s: float, speech_s: float = 0.0) -> str:
    """What the candidate should know: that there are no words, or that they are unsure or not all there.

    ``lost_s`` is how many seconds of speech are in stretches that gave no words, ``speech_s`` how many there are in all.
    """
    if not words:
        return NO_WORDS if speech_s > LOST_S else NOTHING
    return CHECK if unsure(words, lost_s) else ""


def unsure(words: tuple[Word, ...], lost_s: float) -> bool:
    """Whether the words may be wrong as a whole, or are not all there."""
    return lost_s > LOST_S or not words or sum(word.probability for word in words) < UNSURE * len(words)


def _end(segments: tuple[Segment, ...]) -> float:
    """The second at which the last segment ends; 0 where there is none."""
    return max((segment.end for segment in segments), default=0.0)


def plain(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)*", text.lower().replace("\u2019", "'"))


def _guessed(segment: Segment) -> bool:
    """Whether Whisper's own figures say that it wrote without hearing."""
    silence = segment.no_speech > NO_SPEECH and segment.logprob < LOW_LOGPROB
    return silence or segment.logprob < GUESS_LOGPROB or segment.compression > COMPRESSION


def _spoken(segment: Segment, speech: Speech) -> bool:
    """Whether somebody speaks for most of a segment."""
    shared = sum(max(0.0, min(end, segment.end) - max(start, segment.start)) for start, end in speech)
    return shared > _MOSTLY * max(segment.end - segment.start, 0.01)


def _loops(tokens: list[str]) -> bool:
    """Whether most of a segment is one phrase, over and over."""
    for size in range(1, min(_LONGEST_PHRASE, len(tokens) // _LOOP) + 1):
        run = longest = 0
        for n in range(size, len(tokens)):
            run = run + 1 if tokens[n] == tokens[n - size] else 0
            longest = max(longest, run)
        repeated = longest + size
        if repeated >= _LOOP * size and repeated > _MOSTLY * len(tokens):
            return True
    return False


def _echoes(tokens: list[str], prompt: str) -> bool:
    """Whether a segment repeats the prompt."""
    source = f" {' '.join(plain(prompt))} "
    return any(f" {' '.join(tokens[n : n + _PROMPT_RUN])} " in source for n in range(len(tokens) - _PROMPT_RUN + 1))
