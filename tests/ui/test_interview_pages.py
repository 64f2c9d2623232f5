"""The pages of an interview, drawn without a browser: what is asked before it is done, what is remembered, what goes wrong."""

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.answer import AnswerKind
from coach.domain.interview import Interview, Mode, Phase, SetUp
from coach.domain.question import Kind, Setting
from coach.errors import StoreFullError
from coach.interview import engine
from coach.ui.resources import candidate, services
from coach.wiring import Services
from tests.ui.test_assigning_pages import draw, press, words

TYPED = SetUp(questions=2, thinking_s=0, answers=AnswerKind.TYPED, probes=False)
SETTING_UP = "from coach.ui.resources import services, candidate\npage.show(services().interviews, candidate())"


@pytest.fixture
def parts(data: object) -> Services:
    assert data
    return services()


@pytest.fixture
def interview(parts: Services) -> Interview:
    return parts.interviews.begin(candidate(), TYPED)


def run(interview: Interview) -> AppTest:
    return draw("interview", "page.page(None)", interview=interview.id)


def told(page: AppTest) -> list[str]:
    return [one.value for one in (*page.error, *page.warning)]


def test_an_interview_is_ended_only_by_whoever_means_it(parts: Services, interview: Interview) -> None:
    page = press(run(interview), "End here")
    assert parts.interviews.get(interview.id, candidate()).phase is Phase.ANSWERING
    page = press(page, "Go on with it")
    assert "End it" not in [one.label for one in page.button]
    press(press(page, "End here"), "End it")
    assert parts.interviews.get(interview.id, candidate()).done


def test_a_press_in_an_interview_that_was_deleted_elsewhere_says_so(parts: Services, interview: Interview) -> None:
    page = run(interview)
    parts.interviews.delete(interview.id, candidate())
    (said,) = told(press(page, "Skip"))
    assert said.startswith("There is no such interview here.")


def test_a_press_that_cannot_be_stored_says_so_and_can_be_pressed_again(
    parts: Services, interview: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFullError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(parts.interviews, "skip", full)
        page = press(run(interview), "Skip")
    assert told(page) == ["The disk is full."]
    page = press(page.run(), "Skip")
    assert told(page) == []
    assert parts.interviews.get(interview.id, candidate()).phase is Phase.BETWEEN


def test_the_next_interview_is_set_up_as_the_last_one_was(parts: Services) -> None:
    chosen = SetUp(
        setting=Setting.HOUSING,
        kind=Kind.SITUATIONAL,
        questions=2,
        mode=Mode.PRACTICE,
        thinking_s=5,
        limit_s=None,
        probes=False,
        answers=AnswerKind.TYPED,
        aloud=True,
        rate_yourself=True,
    )
    parts.interviews.begin(candidate(), chosen)
    press(draw("interview_setup", SETTING_UP), "Begin the interview")
    assert [one.set_up for one in parts.interviews.all_of(candidate())] == [chosen, chosen]


def test_a_link_sets_one_interview_up_and_not_those_after_it(parts: Services) -> None:
    page = draw("interview_setup", SETTING_UP, questions="respond-to-crisis,engage-reluctant-client")
    press(page, "Begin the interview")
    (interview,) = parts.interviews.all_of(candidate())
    assert [one.question_key for one in interview.rounds] == ["respond-to-crisis", "engage-reluctant-client"]
    assert dict(page.query_params) == {"interview": interview.id}


def test_a_recording_nobody_could_write_down_is_there_to_hear_and_to_write_down_again(parts: Services) -> None:
    set_up = TYPED.model_copy(update={"answers": AnswerKind.SPOKEN, "questions": 1})
    one = parts.interviews.begin(candidate(), set_up)
    parts.practice.put_chunk(one.round.attempt, candidate(), 1, 0, bytes(64_000))
    one = engine.close(one, one.since)
    unheard = engine.settled(engine.heard(one, 0, 0, None, "The weights are missing."), 0)
    parts.interviews._store.change(one.id, candidate(), lambda _: unheard)
    page = run(one)
    assert told(page) == ["Unrated. The weights are missing."]
    assert f"/api/attempts/{one.round.attempt}/takes/1.wav" in words(page)
    press(page, "Write it down again")
    assert engine.unread(parts.interviews.get(one.id, candidate()), 0) == 0
