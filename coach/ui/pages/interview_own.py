"""Rating oneself, before the feedback is seen: calibration is a skill."""

from collections.abc import Iterable
from functools import partial

import streamlit as st

from coach.domain.interview import Interview, OwnLevel
from coach.domain.rubric import LEVELS, Anchors
from coach.ui.resources import services
from coach.ui.widgets.html import draw, text


def rate_yourself_first(interview: Interview, rounds: Iterable[int]) -> bool:
    """Ask for the first answer that was not rated by the candidate yet; False where there is nothing to ask."""
    if not interview.set_up.rate_yourself:
        return False
    at = next((n for n in rounds if interview.rounds[n].words and not interview.rounds[n].own), None)
    if at is None:
        return False
    one, rubric = interview.rounds[at], services().practice.rubric
    draw(
        f'<div class="card"><p class="eyebrow">First rate yourself · question {at + 1}</p>'
        f'<h1 class="question">{text(one.question_text)}</h1><p style="margin-top:0.7rem">{text(one.words)}</p></div>'
    )
    with st.form(f"own-{interview.id}-{at}", border=False):
        chosen = {}
        for anchors in rubric.anchors:
            chosen[anchors.criterion] = st.radio(
                f"**{anchors.name}.** {anchors.asks}",
                LEVELS,
                index=None,
                format_func=partial(_anchor, anchors),
            )
        if st.form_submit_button("Keep, and show the feedback", type="primary"):
            own = [OwnLevel(criterion=c, level=level) for c, level in chosen.items() if level]
            if not own:
                st.warning("Choose a level for at least one of the four.")
            else:
                services().interviews.rate_yourself(interview, at, own)
                st.rerun()
    return True


def _anchor(anchors: Anchors, level: int) -> str:
    return f"{level}. {anchors.levels[level]}"
