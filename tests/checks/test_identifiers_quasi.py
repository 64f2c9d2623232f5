"""Which details together single a client out. All people and places here are invented."""

import pytest

from coach.checks.identifiers import THRESHOLD, QuasiKind, find_quasi

OVER = [
    "We had one, it was the bus driver from the 44 line that got hit, with the bad leg.",
    "It was the only Burmese family in Millbrook, so everybody knew.",
    "He's the pastor of the Lutheran church in Fairmont and he drinks.",
    "She's the only deaf student at Lincoln High.",
    "the lady that runs the diner in Pike Hollow, with the oxygen tank",
    "It was that boy from the quarry accident, it was all over the news.",
    "The man who drives the ice cream truck in Bellmont had a stroke.",
    "One of two Hmong families in the county with a kid on a ventilator.",
    "she was the school bus driver out of wexley flats the one that had the liver transplant",
]

UNDER = [
    "I had a man in his eighties with heart failure.",
    "A 58-year-old man with diabetes and depression came to our clinic in Wexley.",
    "I worked at Harbor House in Wexley for three years and then at Mercy Hospital.",
    "I was the only bilingual case manager in Millbrook.",
    "The only thing in his way was the bus to Springfield.",
    "He was the only one of his brothers who graduated from high school.",
    "I called the pastor of the Lutheran church with her permission.",
    "The interpreter from the Somali Community Center came along.",
    "A woman in her thirties, from Honduras, with two kids, living in a shelter in Columbus.",
    "The one with the most needs got the first slot, and they were the first family in our program to buy a house.",
]


@pytest.mark.parametrize("text", OVER)
def test_a_bundle_that_singles_somebody_out_is_over_the_threshold(text: str) -> None:
    assert [b for b in find_quasi(text) if b.over]


@pytest.mark.parametrize("text", UNDER)
def test_what_fits_many_people_stays_under_it(text: str) -> None:
    assert [b.why for b in find_quasi(text) if b.over] == []


def test_a_bundle_says_what_it_is_made_of_and_where() -> None:
    text = "Well, it was the only Burmese family in Millbrook."
    (bundle,) = find_quasi(text)
    assert {d.kind: d.span.quote for d in bundle.details} == {
        QuasiKind.ONLY_ONE: "the only Burmese family",
        QuasiKind.ORIGIN: "Burmese",
        QuasiKind.SMALL_PLACE: "Millbrook",
    }
    assert bundle.span(text).quote == "the only Burmese family in Millbrook"
    assert bundle.weight == pytest.approx(sum(d.weight for d in bundle.details))
    assert bundle.over == (bundle.weight >= THRESHOLD)
    assert bundle.suggestion


def test_many_places_of_one_kind_count_once() -> None:
    text = "I rang Mercy Hospital, Harlow Clinic, Birch Manor, Lincoln High and Wexley Elementary."
    (bundle,) = find_quasi(text)
    assert bundle.weight == pytest.approx(0.3)


def test_details_of_different_stories_are_not_added_up() -> None:
    between = "We talked about what she wanted, and we wrote it down, and it took us most of a morning. " * 4
    text = "He was the only deaf student in the county. " + between + "She lived in Millbrook."
    assert [b.over for b in find_quasi(text)] == [False, False]


def test_nothing_is_found_in_nothing() -> None:
    assert find_quasi(" ") == ()
