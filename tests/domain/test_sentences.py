"""Sentences are cut where a reader would cut them."""

import pytest

from coach.domain.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("... !!! ---", []),
        ("I called. She came.", ["I called.", "She came."]),
        ("i called her. she came. we talked", ["i called her.", "she came.", "we talked"]),
        ("Dr. Lee saw Mr. Jones. He left.", ["Dr. Lee saw Mr. Jones.", "He left."]),
        ("He served in the U.S. Army in Ohio.", ["He served in the U.S. Army in Ohio."]),
        ("She moved to the U.S. She found work.", ["She moved to the U.S.", "She found work."]),
        ("It was J. Smith who called.", ["It was J. Smith who called."]),
        ("He said no. Nobody came.", ["He said no.", "Nobody came."]),
        ("So did I. Then we left.", ["So did I.", "Then we left."]),
        ("We met at 9 a.m. on Monday.", ["We met at 9 a.m. on Monday."]),
        ("We met at 9 a.m. Nobody came.", ["We met at 9 a.m.", "Nobody came."]),
        ("It fell from 4.5 to 2.1. Good.", ["It fell from 4.5 to 2.1.", "Good."]),
        ("Rent, food, etc. were paid. All of it.", ["Rent, food, etc. were paid.", "All of it."]),
        ('"Why me?" she asked. I listened.', ['"Why me?" she asked.', "I listened."]),
        ("What now? i called.", ["What now?", "i called."]),
        ("Well... I waited. So... we waited", ["Well...", "I waited.", "So... we waited"]),
        ("He said (quietly.) Then he left!", ["He said (quietly.)", "Then he left!"]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("a line that\ngoes on here", ["a line that\ngoes on here"]),
        ("one part\n\nother part", ["one part", "other part"]),
        ("- housing\n- food", ["housing", "food"]),
        ("1. I called.\n2. I wrote.", ["1. I called.", "2. I wrote."]),
        ("There were 12. We saw all.", ["There were 12.", "We saw all."]),
        ("(That was in May) Then I called.", ["(That was in May)", "Then I called."]),
        ("(In May) she called me (twice) at night.", ["(In May) she called me (twice) at night."]),
        ("(a) I called her.", ["(a) I called her."]),
        ("I called (in May) Ann.", ["I called (in May) Ann."]),
        ("I called <!-- a note --> Then she came.", ["I called", "<!-- a note -->", "Then she came."]),
        ("==> done <== He had a > b and x = 2 then.", ["==> done <==", "He had a > b and x = 2 then."]),
    ],
)
def test_text_is_cut_into_the_sentences_a_reader_sees(text: str, expected: list[str]) -> None:
    assert [s.quote for s in sentences(text)] == expected


def test_every_span_stands_in_the_text() -> None:
    text = "  Um, so — I called.\r\n\r\nShe said “no.” I asked why…  And then?  "
    found = sentences(text)
    assert found
    assert all(s.stands_in(text) for s in found)


def test_no_word_is_lost_and_none_comes_twice() -> None:
    text = (
        "I met Dr. Lee at 9 a.m. and we talked\nThen I left... so what? " + "word " * 200 + "and then I called. The end"
    )
    assert " ".join(s.quote for s in sentences(text)).split() == text.split()


def test_a_long_run_without_full_stops_is_cut_before_and_then_and_so() -> None:
    part = "i went there with her and i sat down with them all in the room and listened to her"
    found = [s.quote for s in sentences(f"{part} and then {part} so {part} and so {part}")]
    assert found == [part, f"and then {part}", f"so {part}", f"and so {part}"]


def test_a_long_run_without_any_cue_is_cut_where_it_gets_too_long() -> None:
    found = [len(s.quote.split()) for s in sentences("word " * (2 * LONGEST + 30))]
    assert found == [LONGEST, LONGEST, 30]


def test_a_piece_that_is_long_enough_ends_before_a_weaker_joint_and_no_end_of_a_few_words_is_cut_off() -> None:
    part = "i went there with her and sat down with them all in the room and listened to her for a long hour"
    found = [s.quote for s in sentences(f"{part} and she cried {part} because the clerk {part} so it ended well")]
    assert found == [part, f"and she cried {part}", f"because the clerk {part} so it ended well"]


def test_a_short_sentence_with_cues_stays_whole() -> None:
    assert len(sentences("I was so tired and then I slept so long and so well, and so did the whole team")) == 1


@pytest.mark.parametrize("unit", ["word ", "a.b. ", "so ", "Mr. ", "x\n", "I called her. "])
def test_twenty_thousand_words_are_cut_without_losing_one(unit: str) -> None:
    text = unit * 20_000
    assert " ".join(s.quote for s in sentences(text)).split() == text.split()
