import pytest

from coach.domain.answer import Transcript, Word
from coach.domain.fillers import is_filler, without_fillers


@pytest.mark.parametrize("word", ["um", "Um,", "uh...", "Hmm.", "“er”"])
def test_hesitations_are_known_with_any_punctuation(word: str) -> None:
    assert is_filler(word)


@pytest.mark.parametrize("word", ["umbrella", "her", "a", "like", "ERA", ""])
def test_other_words_are_none(word: str) -> None:
    assert not is_filler(word)


@pytest.mark.parametrize(
    ("heard", "clean"),
    [
        ("Um, so I called.", "So I called."),
        ("It was, um, a client.", "It was a client."),
        ("and uh, I carried", "and I carried"),
        ("I called them, um. Then she came.", "I called them. Then she came."),
        ("She came. Uh, then we wrote.", "She came. Then we wrote."),
        ("Um, uh, hmm.", ""),
        ("Nothing to take out.", "Nothing to take out."),
    ],
)
def test_a_text_reads_as_if_nobody_had_hesitated(heard: str, clean: str) -> None:
    assert without_fillers(heard.split()) == clean


def said(text: str, **odds: float) -> Transcript:
    words = tuple(
        Word(text=word, start=n, end=n + 1, probability=odds.get(word, 0.9)) for n, word in enumerate(text.split())
    )
    return Transcript(text=text, words=words, duration_s=60, model="m")


def test_a_transcript_keeps_every_word_and_gives_a_clean_text_beside() -> None:
    transcript = said("Um, I called, uh, them.")

    assert (transcript.text, transcript.clean) == ("Um, I called, uh, them.", "I called them.")


def test_a_transcript_without_words_of_its_own_is_left_as_it_is() -> None:
    assert Transcript(text="Um, yes.", duration_s=1, model="m").clean == "Um, yes."


def test_words_to_check_are_the_unlikely_ones_hesitations_aside() -> None:
    transcript = said("um the medicated form", um=0.1, medicated=0.3)

    assert [word.text for word in transcript.unsure] == ["medicated"]
