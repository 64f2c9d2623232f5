"""This computer's own microphone, for people who run the app on their own machine and whose browser cannot record."""

import threading

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach.domain.attempt import Attempt
from coach.errors import SpeechError
from coach.practice import Practice
from coach.speech import devices, record

_WAIT_S = 0.2


def microphone(practice: Practice, attempt: Attempt, who: str, limit_s: int) -> None:
    """A button that records from the machine the app runs on. Offered only to a browser on that same machine."""
    if not _same_machine():
        return
    chosen = _chosen_device()
    if not st.button(
        "Record with this computer's microphone",
        icon=":material/settings_voice:",
        help="For when the browser cannot record",
    ):
        return
    stop = threading.Event()
    take = practice.begin_take(attempt.id, who)
    kept = 0

    def keep(number: int, pcm: bytes) -> None:  # numbered from 1; chunks are kept from 0
        nonlocal kept
        practice.put_chunk(attempt.id, who, take.number, number - 1, pcm)
        kept = number

    st.button(
        "Finish", key="finish-microphone", type="primary"
    )  # any press reruns the page, which ends this run and the recording
    level = st.progress(0.0, text="Speak now …")
    try:
        record(limit_s, stop, device=chosen, on_level=lambda value: _show(level, value), on_chunk=keep)
    except SpeechError as error:
        st.error(str(error), icon=":material/error:")
        return
    finally:
        stop.set()
        if kept:
            practice.finish_take(attempt.id, who, take.number, kept)
    st.rerun()


def _chosen_device() -> int | None:
    """Which microphone, where there is a choice; otherwise the system's own."""
    try:
        found = devices()
    except SpeechError:
        return None  # said in full as soon as somebody wants to record
    if len(found) < 2:  # noqa: PLR2004 -- one is no choice
        return None
    names = {device.number: device.name for device in found}
    standard = next((n for n, device in enumerate(found) if device.default), 0)
    return st.selectbox("Microphone", names, index=standard, format_func=names.__getitem__)


def _show(bar: DeltaGenerator, loudness: float) -> None:
    bar.progress(min(1.0, loudness), text="Speak now …")


def _same_machine() -> bool:
    return st.context.ip_address in (None, "127.0.0.1", "::1")  # None: the browser is on localhost
