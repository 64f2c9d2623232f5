"""The first two minutes: from an empty start to an answer of one's own."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from coach.ui.resources import services
from coach.wiring import LOCAL_CANDIDATE

TODAY = (
    "from coach.domain.plan import ItemKind\nfrom coach.ui.pages import today\n"
    "today.page({kind: None for kind in ItemKind}, None)\n"
)


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def words(page: AppTest) -> str:
    assert not page.exception
    return "\n".join([*(one.value for one in page.title), *(one.proto.body for one in page.get("html"))])


def test_the_tour_shows_an_invented_answer_rated_keeps_nothing_of_it_and_ends_at_ones_own(data: Path) -> None:
    assert data
    page = press(AppTest.from_string(TODAY, default_timeout=300).run(), "Show me first: two minutes")
    assert "How this works" in words(page)
    shown = words(press(page, "See an example"))
    assert "Denise" in shown, "the invented answer names somebody"
    assert shown.count('class="card rating') == 4
    assert services().practice.attempts_of(LOCAL_CANDIDATE) == (), "it is not kept"
    own = press(page, "My turn")
    assert "Now you" in words(own)
    assert [one.label for one in own.button] == ["Answer by voice", "Type the answer", "Leave the tour"]
    assert "Today" in words(press(own, "Leave the tour"))
