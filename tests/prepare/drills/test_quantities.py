"""What counts what, and which numbers follow from others: by their units."""

import pytest

from coach.prepare.drills.quantities import follows, quantities

VISITS = (
    "She went to the emergency room 5 times in the three months before. In the three months after, she went 1 time."
)
RENT = "The eviction was to happen in 12 days. He owed 1,400 dollars; the fund you found paid 1,000. He paid late 4 times in the half year before."
CLAIMS = (
    "Before, 3 in 10 claims came back. With your checklist, 1 in 10 came back. The team filed 120 claims that year."
)
LETTER = "We applied on March 3, and the answer came on March 26. 9 of my 12 clients waited longer."


def invented(given: str, text: str) -> list[str]:
    known = quantities(given)
    return [one.span.quote for one in quantities(text) if not follows(one, known)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("five home visits, twice, half an hour and 20 per cent", ["visit", "time", "hour", "percent"]),
        ("$40 more, a 12-day notice, 3 people", ["dollar", "day", "person"]),
        ("from 60 to 80 percent, and 9 of my 12 clients", ["percent", "percent", "client", "client"]),
        ("14 days missed before, 6 after", ["day", "day"]),
        ("4 times in three months, 1 after", ["time", "month", "time"]),
        ("He owed 1,400 dollars; the fund paid 1,000.", ["dollar", "dollar"]),
        ("It was 7 then", [""]),
    ],
)
def test_what_is_counted_is_read(text: str, units: list[str]) -> None:
    found = quantities(text)
    assert [one.unit for one in found] == units
    assert all(one.span.stands_in(text) for one in found)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (VISITS, "From 5 visits to 1 in ninety days: four times fewer, which is 80 percent less, and one fifth or 20 percent of before."),
        (VISITS, "It was one trip in twelve weeks, down from five trips."),
        (RENT, "I found a fund for 1,000 of the 1,400 dollars, so 400 dollars were left; within six months he had been late four times."),
        (CLAIMS, "From 30 percent to 10 percent, 20 percentage points less. So 12 claims came back, and 90 percent did not."),
        (LETTER, "The answer came in 23 days, about three weeks. 75 percent of the clients waited longer, and 3 clients did not."),
        ("She slept 8 hours a night, up from 4.", "She sleeps twice as long: 4 hours more."),
    ],
)  # fmt: skip
def test_what_follows_by_its_units_passes(given: str, text: str) -> None:
    assert invented(given, text) == []


@pytest.mark.parametrize(
    ("given", "text", "expected"),
    [
        (VISITS, "She went 2 times fewer.", ["2"]),  # five times less three months
        (VISITS, "She stayed away for five months.", ["five"]),  # five were visits
        (VISITS, "It saved 8 days.", ["8"]),
        (VISITS, "Her visits fell by 60 percent.", ["60"]),  # three months of five visits
        (RENT, "He was 8 days late.", ["8"]),  # twelve days less four times
        (RENT, "He kept 350 dollars.", ["350"]),  # 1,400 dollars by four times
        (RENT, "He paid within four weeks.", ["four"]),
        (CLAIMS, "The team filed 110 claims.", ["110"]),  # of ten, one is a share
        (LETTER, "The answer came in 40 days, on April 2.", ["40", "April 2"]),
        ("She slept 8 hours, and called me 4 times.", "She slept 4 hours more.", ["4"]),
        ("9 students; 14 days missed before, 6 after.", "They missed 5 days fewer.", ["5"]),  # fourteen days less nine students
    ],
)  # fmt: skip
def test_what_follows_by_arithmetic_alone_is_invented(given: str, text: str, expected: list[str]) -> None:
    assert invented(given, text) == expected
