from coach.domain.answer import Word
from coach.speech.gate import Segment
from coach.speech.hesitations import with_hesitations


def heard(*words: tuple[str, float]) -> tuple[Segment, ...]:
    said = tuple(Word(text=text, start=at, end=at + 0.3, probability=0.9) for text, at in words)
    text = " ".join(word.text for word in said)
    return (Segment(text, said[0].start, said[-1].end, said, no_speech=0.0, logprob=-0.2, compression=1.0),)


def test_a_hesitation_of_the_first_hearing_stands_at_its_time_in_the_second() -> None:
    first, again = heard(("Um,", 0.2), ("I", 1.0), ("uh,", 2.0)), heard(("I", 1.0), ("called", 1.4), ("them.", 2.6))

    (whole,) = with_hesitations(again, first)

    assert whole.text == "Um, I called uh, them."
    assert whole.start == 0.2
    assert [word.start for word in whole.words] == [0.2, 1.0, 1.4, 2.0, 2.6]


def test_a_hesitation_that_both_heard_stands_once() -> None:
    (whole,) = with_hesitations(heard(("Um,", 0.3), ("I", 1.0)), heard(("Um,", 0.2), ("I", 1.0)))

    assert whole.text == "Um, I"


def test_other_words_of_the_first_hearing_stay_out_and_nothing_stays_nothing() -> None:
    assert with_hesitations((), heard(("Um,", 0.2))) == ()
    assert with_hesitations(heard(("I", 1.0)), heard(("printing", 0.2))) == heard(("I", 1.0))
