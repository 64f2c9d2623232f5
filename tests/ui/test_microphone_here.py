"""Recording from the computer the app runs on, in the page; a recording stands in for the microphone."""

import threading
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.answer import AnswerKind
from coach.errors import MicrophoneError
from coach.speech import Audio, pcm16
from coach.speech.recorder import Device
from coach.ui.resources import services
from coach.ui.widgets import microphone
from coach.wiring import LOCAL_CANDIDATE

SOUND = bytes(2 * 16_000 * 2)
TROUBLE = "The computer was too busy, and pieces of the recording are missing."
PAGE = """
import streamlit as st
from coach.ui.resources import services
from coach.ui.widgets.microphone import microphone
from coach.wiring import LOCAL_CANDIDATE

practice = services().practice
attempt = practice.get(st.session_state["attempt"], LOCAL_CANDIDATE)
if practice.current_take(attempt.id, LOCAL_CANDIDATE).sealed:
    st.write("written down next")
else:
    microphone(practice, attempt, LOCAL_CANDIDATE, 180)
"""

Recorder = Callable[..., Audio]


@pytest.fixture
def attempt(data: object, monkeypatch: pytest.MonkeyPatch) -> str:
    assert data
    monkeypatch.setenv("COACH_WHISPER_URL", "http://127.0.0.1:9")  # nobody need listen here
    monkeypatch.setattr(microphone, "_same_machine", lambda: True)  # a page under test has no address
    monkeypatch.setattr(microphone, "devices", lambda: (Device(0, "a", default=True), Device(1, "b", default=False)))
    practice = services().practice
    return practice.begin(LOCAL_CANDIDATE, practice.suggest(LOCAL_CANDIDATE), AnswerKind.SPOKEN).id


def recorded(monkeypatch: pytest.MonkeyPatch, attempt: str, record: Recorder) -> AppTest:
    monkeypatch.setattr(microphone, "record", record)
    page = AppTest.from_string(PAGE, default_timeout=60)
    page.session_state["attempt"] = attempt
    page.run()
    page.selectbox[0].select(1)
    next(one for one in page.button if one.label.startswith("Record with")).click().run()
    assert not page.exception
    return page


def test_what_went_wrong_while_one_spoke_stands_beside_the_recording(
    attempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record(
        limit: float,
        stop: threading.Event,
        *,
        device: int,
        on_level: Callable[[float], None],
        on_chunk: Callable[[int, bytes], None],
        on_trouble: Callable[[str], None],
    ) -> Audio:
        assert (limit, device, stop.is_set()) == (180, 1, False)
        on_level(0.4)
        on_chunk(1, SOUND)
        on_trouble(TROUBLE)
        on_chunk(2, SOUND)
        return pcm16(2 * SOUND, TROUBLE)

    page = recorded(monkeypatch, attempt, record)

    (take,) = services().practice.takes(attempt, LOCAL_CANDIDATE)
    assert (take.seconds, take.sealed, take.missing, take.note) == (4.0, True, (), TROUBLE)
    assert [one.value for one in page.markdown] == ["written down next"]


def test_a_microphone_that_fails_is_told_and_uses_up_no_recording(
    attempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record(*_: object, **__: object) -> Audio:
        raise MicrophoneError("The microphone gives no sound.")

    page = recorded(monkeypatch, attempt, record)

    assert [one.value for one in page.error] == ["The microphone gives no sound."]
    assert services().practice.current_take(attempt, LOCAL_CANDIDATE).number == 1
    assert services().practice.takes(attempt, LOCAL_CANDIDATE) == ()
