"""The job that leads the plan: what it brings in, and letting it stand back."""

import streamlit as st

from coach.domain.plan import Aim
from coach.ui.resources import services
from coach.ui.widgets.html import draw, shortened, text

_NAMED = 3  # of each kind


def leading_job(aim: Aim, who: str) -> None:
    """What the plan takes from the job, in two lines, and a button that lets it plan without."""
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(f"<p><b>Planned for: {text(shortened(aim.title, 80))}.</b> {text(brought_in(aim))}</p>", "aside")
        st.button(
            "Plan without it",
            icon=":material/undo:",
            type="tertiary",
            help="Under The job you can let it lead again",
            on_click=services().tailoring.let_lead,
            args=(aim.job, who),
            kwargs={"leads": False},
        )


def brought_in(aim: Aim) -> str:
    """What a job makes the plan look at, in a sentence or two."""
    where = f"Questions for {_and([one.label.lower() for one in aim.settings])}. " if aim.settings else ""
    skills = [one.label.lower() for one in aim.competencies[:_NAMED]]
    first = f"What it asks for comes first: {_and(skills)}. " if skills else ""
    people = (
        f"And the people it serves: {_and([one.lower() for one in aim.populations[:_NAMED]])}."
        if aim.populations
        else ""
    )
    return f"{where}{first}{people}".strip()


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
