"""What is left to choose in any interview, whoever set it up: when there is feedback, and how one answers."""

from functools import partial

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.interview import Mode, SetUp
from coach.ui.resources import candidate, services
from coach.ui.widgets.mic_check import mic_check

_MODES = {Mode.INTERVIEW: "Interview: feedback at the end", Mode.PRACTICE: "Practice: feedback after each answer"}
_ANSWERS = {AnswerKind.SPOKEN: "By voice", AnswerKind.TYPED: "By keyboard"}


def own_choices(set_up: SetUp, *, mode_is_fixed: bool = False) -> SetUp:
    """Draw the choices as ``set_up`` has them, and the microphone check where it is needed; the set-up as chosen."""
    mode = set_up.mode
    if not mode_is_fixed:
        mode = st.radio(
            "Feedback", list(_MODES), index=list(_MODES).index(mode), format_func=_MODES.__getitem__, horizontal=True
        )
    answers = st.radio(
        "You answer",
        list(_ANSWERS),
        index=list(_ANSWERS).index(set_up.answers),
        format_func=_ANSWERS.__getitem__,
        horizontal=True,
    )
    with st.container(horizontal=True, gap="large"):
        aloud = st.toggle(
            "Read the questions aloud",
            value=set_up.aloud,
            help="With your browser's voice; the words are always shown",
        )
        own = st.toggle(
            "Rate myself first", value=set_up.rate_yourself, help="On the same scale, before you see the feedback"
        )
    if answers is AnswerKind.SPOKEN:
        mic_check(partial(services().appointments.microphone_worked, candidate()))
    return set_up.model_copy(update={"mode": mode, "answers": answers, "aloud": aloud, "rate_yourself": own})
