from coach.domain.delivery import Delivery, Moment, Pace
from coach.domain.usual import NOT_JUDGED, Row, rows

MEASURED = Delivery(
    duration_s=100,
    words_a_minute=150,
    pace=(Pace(start=2, words_a_minute=120), Pace(start=32, words_a_minute=190)),
    first_word_s=2,
    last_word_s=98,
    pauses=(Moment(start=10, end=10.5), Moment(start=20, end=23.5), Moment(start=50, end=51.2)),
    silence_share=0.2,
    fillers=(Moment(start=5, end=5.3, words="um"),),
    loudness_spread_db=9,
)


def row(name: str, delivery: Delivery = MEASURED, limit_s: float = 180) -> Row:
    return next(one for one in rows(delivery, limit_s) if one.name == name)


def test_every_measure_says_what_is_usual_or_that_nobody_knows() -> None:
    assert all(one.usual for one in rows(MEASURED, 180))


def test_hesitations_are_not_counted_as_none_where_whoever_listened_leaves_them_out() -> None:
    none = row("Um and uh", MEASURED.model_copy(update={"fillers": (), "verbatim": False}))
    kept = row("Um and uh", MEASURED.model_copy(update={"verbatim": False}))

    assert none.figure == "not counted"
    assert kept.figure == "at least 1, 0.6 a minute"


def test_hesitations_are_at_least_so_many_and_can_be_heard() -> None:
    one = row("Um and uh")

    assert one.figure == "at least 1, 0.6 a minute"
    assert one.places == MEASURED.fillers


def test_the_pace_says_where_it_was_fastest() -> None:
    assert row("Pace").means == "Slowest around 0:02 (120), fastest around 0:32 (190)."
    assert row("Pace").places[0].start == 32


def test_the_longest_silence_and_pauses_of_a_second_can_be_heard() -> None:
    assert row("Longest silence").figure == "3.5 s"
    assert row("Pauses").figure == "3, 2 of them of a second or more"
    assert [place.start for place in row("Pauses").places] == [20, 50]


def test_length_is_compared_with_the_limit() -> None:
    assert row("Length").figure == "1:36 of 3:00"
    assert row("Length").means == ""
    assert "Less than a third" in row("Length", limit_s=600).means
    assert "All of the time" in row("Length", limit_s=96).means


def test_the_page_says_what_is_not_judged() -> None:
    assert {"accent", "feelings", "personality"} <= set(NOT_JUDGED.replace(",", " ").replace(":", " ").split())
