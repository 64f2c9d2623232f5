"""The page script Streamlit runs for every session: set up, navigate, draw the page."""

from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.plan import ItemKind
from coach.errors import CoachError
from coach.ui.pages import (
    answers,
    checklist,
    drills,
    interview,
    job,
    practise,
    progress,
    questions,
    setup,
    stories,
    today,
)

_ASSETS = Path(__file__).with_name("assets")  # our own files: an icon by name would be fetched from the network


def main() -> None:
    """Draw the page the user is on. A fault the user can mend is a sentence, never a traceback."""
    st.set_page_config(page_title="Practice Coach", page_icon=_ASSETS / "icon.svg", layout="wide")
    st.logo(_ASSETS / "logo.svg", size="large")
    st.html(Path(__file__).with_name("theme.css"))
    page = st.navigation(_pages(), position="top")
    try:
        page.run()
    except CoachError as error:
        st.error(str(error), icon=":material/error:")


def _pages() -> dict[str, list[Page]]:
    """What a person may want to do: today's work first, then what goes around it, then what coaches do."""
    question = st.Page(practise.page, title="Practise", icon=":material/mic:", url_path="practise")
    mock = st.Page(partial(interview.page, question), title="Interview", icon=":material/timer:", url_path="interview")
    cases = st.Page(stories.page, title="Stories", icon=":material/auto_stories:", url_path="stories")
    exercises = st.Page(drills.page, title="Drills", icon=":material/fitness_center:", url_path="drills")
    target = st.Page(partial(job.page, question, mock), title="The job", icon=":material/work:", url_path="job")
    points = st.Page(
        partial(
            checklist.page,
            {"practise": question, "interview": mock, "stories": cases, "drills": exercises, "job": target},
        ),
        title="Checklist",
        icon=":material/checklist:",
        url_path="checklist",
    )
    places = {ItemKind.QUESTION: question, ItemKind.INTERVIEW: mock, ItemKind.STORY: cases, ItemKind.POINT: points}
    return {
        "": [
            st.Page(
                partial(today.page, places), title="Today", icon=":material/today:", url_path="today", default=True
            ),
            question,
            mock,
            cases,
            exercises,
            st.Page(progress.page, title="Progress", icon=":material/show_chart:", url_path="progress"),
        ],
        "More": [
            points,
            target,
            st.Page(partial(answers.page, question), title="My answers", icon=":material/history:", url_path="answers"),
            st.Page(setup.page, title="Set-up", icon=":material/tune:", url_path="setup"),
        ],
        "Coach": [
            st.Page(questions.page, title="Questions", icon=":material/edit_note:", url_path="questions"),
        ],
    }


main()
