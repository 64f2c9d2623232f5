"""What could identify somebody leaves the machine as a placeholder only, and comes back as the candidate's own words."""

import pytest

from coach.domain.finding import Finding, Severity
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.judge.masking import Masks

TEXT = "Kim Ruiz called from 555-0142. I asked Kim Ruiz to wait. Mercy House agreed, and Kim  Ruiz came."


def found(words: str, label: str, suggestion: str | None = None, check: str = "identifiers") -> list[Finding]:
    spans, at = [], TEXT.find(words)
    while at >= 0:
        spans.append(Span.of(TEXT, at, at + len(words)))
        at = TEXT.find(words, at + 1)
    return [
        Finding(check=check, label=label, severity=Severity.LEAK, span=s, message="M.", suggestion=suggestion)
        for s in spans
    ]


FINDINGS = [
    *found("Kim Ruiz", "person", "the client"),
    *found("Kim  Ruiz", "person", "the client"),
    *found("555-0142", "phone", "a number"),
    *found("came", "empathy", check="empathy"),
]


def test_the_same_words_get_the_same_placeholder_and_its_kind_can_be_read() -> None:
    masks = Masks.of(TEXT, FINDINGS)
    assert " ".join(masks.mask(s) for s in sentences(TEXT)) == (
        "PERSON-1 called from PHONE-1. I asked PERSON-1 to wait. Mercy House agreed, and PERSON-1 came."
    )


def test_what_comes_back_holds_the_candidates_own_words_again() -> None:
    masks = Masks.of(TEXT, FINDINGS)
    assert masks.unmask("Say when PERSON-1 called from PHONE-1, not PERSON-12.") == (
        "Say when Kim Ruiz called from 555-0142, not PERSON-12."
    )


def test_a_sentence_to_say_gets_neutral_words_instead() -> None:
    masks = Masks.of(TEXT, FINDINGS)
    assert masks.neutralise("PERSON-1 called from PHONE-1.") == "the client called from a number."
    assert masks.neutralised(TEXT).startswith("the client called from a number.")


def test_the_candidates_own_names_are_masked_too_and_known_as_such() -> None:
    masks = Masks.of(TEXT, [], own_names=("mercy house",))
    assert "OWN-NAME-1 agreed" in masks.mask(sentences(TEXT)[2])


def test_names_are_masked_in_a_question_of_the_users_own_too() -> None:
    assert Masks.of(TEXT, FINDINGS).mask_text("What did kim ruiz want?") == "What did PERSON-1 want?"


def test_a_placeholder_that_stands_in_the_answer_itself_is_not_used() -> None:
    text = f"{TEXT} PERSON-1 is a form."
    masks = Masks.of(text, [f for f in FINDINGS if f.label == "person"])
    assert masks.unmask("PERSON-1 and PERSON-2") == "PERSON-1 and Kim Ruiz"


def test_without_masks_everything_stays_as_it_is() -> None:
    masks = Masks.none()
    assert [masks.mask(s) for s in sentences(TEXT)] == [s.quote for s in sentences(TEXT)]
    assert masks.unmask(TEXT) == masks.neutralise(TEXT) == masks.neutralised(TEXT) == TEXT


@pytest.mark.parametrize("cut", [(0, 5), (2, 40), (4, len(TEXT))])
def test_a_masked_stretch_that_reaches_into_another_is_masked_in_both(cut: tuple[int, int]) -> None:
    assert "Ruiz called" not in Masks.of(TEXT, FINDINGS).mask(Span.of(TEXT, *cut))
