"""Numbers, in digits and in words."""

import pytest

from coach.prepare.drills.figures import figures, said


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twice a day for 10 days", ["2", "10"]),
        ("twenty-five dollars, and 1,400 more", ["25", "1400"]),
        ("a hundred and two hundred", ["100", "200"]),
        ("three hundred and twenty", ["320"]),
        ("two thousand three hundred, then one thousand two hundred and fifty dollars", ["2300", "1250"]),
        ("nobody, no one, one of them", []),
        ("one visit and one more week", ["1", "1"]),
        ("on the 14th, half an hour, 2.5 miles", ["14", "0.5", "2.5"]),
        ("the first of June", ["1"]),
    ],
)
def test_numbers_are_read(text: str, values: list[str]) -> None:
    assert [one.value for one in figures(text)] == values
    assert all(one.span.stands_in(text) for one in figures(text))


def test_any_of_several_figures_will_do() -> None:
    assert said("14|2", "in two weeks")
    assert said("7|week", "a week from now")
    assert not said("14|2", "in four weeks")
