"""What people read about how long their things are kept, and what they decide."""

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.answer import AnswerKind
from coach.domain.keeping import ThingKind
from coach.domain.question import Question
from coach.practice import Practice
from coach.recordings import utc_now
from coach.settings import Keep
from coach.store import AttemptStore, Database
from coach.ui.resources import services
from coach.wiring import LOCAL_CANDIDATE, Services


@pytest.fixture
def parts(data: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    """A machine of one's own with periods set, and two old answers that are announced."""
    monkeypatch.setenv("COACH_TEXTS_DAYS", "365")
    monkeypatch.setenv("COACH_RECORDINGS_DAYS", "30")
    found = services()
    store = AttemptStore(Database(f"sqlite:///{data / 'coach.db'}"))
    for words in ("What helped <b>her</b>?", "What did not?"):
        at = utc_now() - timedelta(days=400)
        one = Practice.new(LOCAL_CANDIDATE, Question.free(words), AnswerKind.TYPED, at)
        store.add(one)
        store.hand_in(one.id, LOCAL_CANDIDATE, "I called the office.", at)
    assert found.purge.run().announced == 2
    return found


def draw(page: str) -> AppTest:
    return AppTest.from_string(f"from coach.ui.pages import {page}\n{page}.page()\n", default_timeout=120).run()


def said(page: AppTest) -> str:
    return " ".join(one.value for one in page.markdown)


def test_on_my_data_one_reads_what_goes_keeps_it_and_switches_recordings_off(parts: Services) -> None:
    me = parts.people.local()
    page = draw("own_data")
    assert not page.exception
    told = said(page)
    assert "Your recordings are deleted after 30 days, unless you keep one on purpose." in told
    assert "deleted after 365 days" in told
    assert "2 things will be deleted soon" in told
    next(one for one in page.button if one.label == "Keep").click().run()
    assert "1 thing will be deleted soon" in said(page)
    assert [one.kept for one in parts.keeping.leaving(me)].count(True) == 1
    next(one for one in page.button if one.label == "Let it go").click().run()
    next(one for one in page.button if one.label == "Keep all of them").click().run()
    assert all(one.kept and one.kind is ThingKind.ANSWER for one in parts.keeping.leaving(me))
    page.toggle[0].set_value(False).run()
    assert parts.keeping.recordings(me) is Keep.DAY
    assert "a day after its answer is rated" in said(page)
    assert not page.exception


def test_who_looks_after_the_installation_reads_the_periods_and_how_much_is_announced(parts: Services) -> None:
    assert parts
    page = draw("setup")
    assert not page.exception
    told = said(page)
    assert "Recordings stay until their answer is deleted" in told
    assert "deleted after 30 days (`COACH_RECORDINGS_DAYS`)" in told
    assert "Told so far: of 2 things, 1 person." in told
