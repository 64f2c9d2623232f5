"""This computer's own microphone, for people who run the app on their own machine and whose browser cannot record."""

import threading

import streamlit as st

from coach.domain.answer import Hearing, Take
from coach.domain.attempt import Attempt
from coach.errors import SpeechError, StoreError
from coach.practice import Practice
from coach.speech import devices, record
from coach.ui.widgets.html import plain

_LATE_S = 3
_SHOWN = 600  # characters: about the last minute


def microphone(practice: Practice, attempt: Attempt, who: str, limit_s: int) -> None:
    """A button that records from the machine the app runs on. Offered only to a browser on that same machine, while one may record."""
    if not _same_machine() or practice.takes_left(attempt.id, who) == 0:
        return
    chosen = _chosen_device()
    words = st.toggle("Show the words as I speak", value=True, key=f"microphone-words-{attempt.id}")
    if st.button(
        "Record with this computer's microphone",
        icon=":material/settings_voice:",
        help="For when the browser cannot record",
    ):
        _record(practice, attempt, who, limit_s, chosen, words=words)


def _record(practice: Practice, attempt: Attempt, who: str, limit_s: int, device: int | None, *, words: bool) -> None:
    """Record until the limit, or until a press reruns the page: that ends this run, and the recording with it."""
    take: Take | None = None
    kept, note, heard = 0, "", ""

    def keep(number: int, pcm: bytes) -> None:  # numbered from 1; chunks are kept from 0
        nonlocal take, kept, heard
        take = take or practice.begin_take(attempt.id, who)  # not sooner: a microphone that fails uses up no take
        hearing = practice.put_chunk(attempt.id, who, take.number, number - 1, pcm)
        kept, heard = number, _told(hearing) if hearing else heard

    def warn(sentence: str) -> None:
        nonlocal note
        note = sentence
        trouble.warning(sentence, icon=":material/warning:")

    def show(loudness: float) -> None:
        level.progress(min(1.0, loudness), text="Speak now …")
        if words:
            spoken.markdown(plain(heard))

    st.button("Finish", key="finish-microphone", type="primary")
    level, trouble, spoken = st.progress(0.0, text="Speak now …"), st.empty(), st.empty()
    try:
        record(limit_s, threading.Event(), device=device, on_level=show, on_chunk=keep, on_trouble=warn)
    except (SpeechError, StoreError) as error:
        st.error(str(error), icon=":material/error:")
        return
    finally:
        if take:
            practice.finish_take(attempt.id, who, take.number, kept, note)
    st.rerun()


def _told(hearing: Hearing) -> str:
    """The last lines of what is written down, and how late they are where that is worth telling."""
    late = f" (catching up, {hearing.behind_s:.0f} s behind)" if hearing.behind_s >= _LATE_S else ""
    return f"{hearing.text[-_SHOWN:]}{late}"


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


def _same_machine() -> bool:
    return st.context.ip_address in (None, "127.0.0.1", "::1")  # None: the browser is on localhost
