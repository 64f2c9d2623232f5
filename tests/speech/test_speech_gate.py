import pytest

from coach.domain.answer import Word
from coach.speech import gate
from coach.speech.engine import PROMPT
from coach.speech.gate import Segment
from coach.speech.stretches import Stretch

SPEECH = ((0.0, 10.0),)


def segment(text: str, start: float = 0.0, end: float = 5.0, **doubts: float) -> Segment:
    words = tuple(Word(text=word, start=start, end=end, probability=0.9) for word in text.split())
    figures = {"no_speech": 0.05, "logprob": -0.2, "compression": 1.3} | doubts
    return Segment(text=text, start=start, end=end, words=words, **figures)


def kept(*segments: Segment, speech: tuple[tuple[float, float], ...] = SPEECH) -> list[str]:
    return [one.text for one in gate.believable(segments, speech, PROMPT)]


@pytest.mark.parametrize(
    "text",
    [
        "I sat down with her and we made a list.",
        "Um, I, I, I mean the, the release of information.",
        "No, no, no, no.",
        "Uh, so, hmm, you know, I called them.",
        "Thank you.",
        "We worked on it again and again and again until she had a home.",
    ],
)
def test_what_people_say_is_kept(text: str) -> None:
    assert kept(segment(text)) == [text]


@pytest.mark.parametrize(
    "invented",
    [
        segment("You", no_speech=0.9, logprob=-0.9),
        segment("They went to the car home.", logprob=-1.7),
        segment("Yeah. " * 9, compression=8.0),
        segment(". . . ."),
        segment("I'm, " * 12),
        segment("I'm going to, " * 7),
        segment("Uh, right. Um, so, hmm, you know, that is,"),
    ],
    ids=["silence", "guess", "packs well", "dots", "loop", "loop of a phrase", "prompt"],
)
def test_what_whisper_invents_is_dropped(invented: Segment) -> None:
    assert kept(segment("I called the clinic."), invented) == ["I called the clinic."]


@pytest.mark.parametrize(
    "caption",
    [
        "Thanks for watching!",
        "Thank you so much for watching.",
        "Subtitles by a friend",
        "Please subscribe.",
        "Bye bye.",
        "You",
    ],
)
def test_a_caption_at_the_end_where_nobody_speaks_is_dropped(caption: str) -> None:
    spoken, silent = segment("She moved in.", 0, 5), segment(caption, 12, 14)

    assert kept(spoken, silent) == ["She moved in."]


def test_a_thank_you_that_was_spoken_is_kept() -> None:
    assert kept(segment("She moved in.", 0, 5), segment("Thank you.", 8, 9)) == ["She moved in.", "Thank you."]


def test_a_sentence_repeated_over_silence_is_dropped() -> None:
    assert kept(segment("She moved in.", 0, 5), segment("She moved in.", 12, 17)) == ["She moved in."]


def test_a_stretch_with_few_words_for_its_speech_is_doubtful() -> None:
    stretch = Stretch(0.0, 10.0, ((0.0, 10.0),))

    assert gate.doubtful((segment("only three words", 0, 10),), stretch)
    assert not gate.doubtful(
        (segment("these are thirteen words and for ten seconds of speech that is enough", 0, 10),), stretch
    )


def test_a_stretch_with_speech_after_its_last_word_is_doubtful() -> None:
    stretch = Stretch(0.0, 10.0, ((0.0, 4.0), (6.0, 10.0)))

    assert gate.doubtful((segment("a word in each second and more " * 3, 0, 5),), stretch)
    assert gate.doubtful((), stretch)


CLAUSE = "Printing, in the only sense we are concerned with,"


def test_a_clause_that_stands_twice_is_doubtful() -> None:
    stretch = Stretch(0.0, 10.0, ((0.0, 10.0),))
    written = (segment(f"{CLAUSE} {CLAUSE.lower()} differs from most of the arts.", 0, 10),)

    assert gate.doubtful(written, stretch)


def test_a_clause_written_twice_gives_way_to_one_heard_once() -> None:
    doubled = (segment(f"{CLAUSE} {CLAUSE.lower()} differs from most of the arts."),)
    once = (segment(f"{CLAUSE} differs from most of the arts."),)

    assert gate.better(once, doubled)
    assert not gate.better(doubled, once)


def test_one_word_more_counts_where_nothing_was_heard_before_and_nowhere_else() -> None:
    first = (segment("the Bible of about", 0, 5),)

    assert gate.better((segment("the Bible of about 1455", 0, 8),), first)
    assert not gate.better((segment("the Bible of about a", 0, 5),), first)


def test_a_clause_that_is_heard_twice_both_times_was_said_twice() -> None:
    with_um = (segment("Um, I called the county office again. I called the county office again."),)
    without = (segment("I called the county office again. I called the county office again."),)

    assert not gate.better(without, with_um)


def test_a_doubled_clause_does_not_give_way_to_nearly_nothing() -> None:
    doubled = (segment(f"{CLAUSE} {CLAUSE.lower()} differs from most of the arts."),)

    assert not gate.better((), doubled)
    assert not gate.better((segment("Printing."),), doubled)


def test_fillers_are_no_content() -> None:
    assert gate.content((segment("Um, I called, uh, them."),)) == 3


def test_a_sentence_said_twice_is_kept_however_well_it_packs() -> None:
    twice = "I called the county office to restore her insurance. " * 2

    assert kept(segment(twice, compression=2.6)) == [twice]


def test_unsure_or_lost_words_are_to_be_checked() -> None:
    unsure = tuple(Word(text="word", start=0, end=1, probability=p) for p in (0.5, 0.6))
    sure = segment("a sure word").words

    assert gate.note(unsure, lost_s=0.0) == gate.CHECK
    assert gate.note(sure, lost_s=20.0) == gate.CHECK
    assert gate.note(sure, lost_s=0.0) == ""
    assert gate.note((), lost_s=20.0) == gate.NOTHING
