"""Looking for listed words."""

import pytest

from coach.prepare.drills.phrases import instead_of, listed, places, quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A prior-authorization, two Copays and Prior Auth.", ["prior-authorization", "Copays", "Prior Auth"]),
        ("The SNF and the SNFs, but no snf.", ["SNF", "SNFs"]),
        ("He was discharged; the discharge planning was good.", ["discharged", "discharge planning"]),
        ("Nothing of the kind.", []),
    ],
)
def test_listed_words_are_found_however_they_are_joined_and_every_one_has_words_instead(
    text: str, found: list[str]
) -> None:
    seen = places(text, listed("jargon"))
    assert [span.quote for span in seen] == found
    assert all(instead_of(span.quote, listed("jargon")) for span in seen)


@pytest.mark.parametrize("name", ["jargon", "judgements", "vague_aims"])
def test_every_phrase_of_every_list_is_found_by_itself_with_its_own_words(name: str) -> None:
    phrases = listed(name)
    for phrase, instead in phrases.items():
        (span,) = places(f"It was {phrase} there.", phrases)
        assert span.quote.casefold() == phrase.casefold()
        assert instead_of(span.quote, phrases) == instead


def test_what_stands_between_quotation_marks_is_found_in_both_kinds() -> None:
    assert [span.quote for span in quotations('He said "no" and “not now”.')] == ["no", "not now"]
