"""The page script Streamlit runs for every session: set up, navigate, draw the page."""

from functools import partial
from pathlib import Path

import streamlit as st

from coach.errors import CoachError
from coach.ui.pages import answers, drills, interview, practise, progress, setup

_ASSETS = Path(__file__).with_name("assets")  # our own files: an icon by name would be fetched from the network


def main() -> None:
    """Draw the page the user is on. A fault the user can mend is a sentence, never a traceback."""
    st.set_page_config(page_title="Practice Coach", page_icon=_ASSETS / "icon.svg", layout="wide")
    st.logo(_ASSETS / "logo.svg", size="large")
    st.html(Path(__file__).with_name("theme.css"))
    home = st.Page(practise.page, title="Practise", icon=":material/mic:", url_path="practise", default=True)
    page = st.navigation(
        [
            home,
            st.Page(partial(interview.page, home), title="Interview", icon=":material/timer:", url_path="interview"),
            st.Page(drills.page, title="Drills", icon=":material/fitness_center:", url_path="drills"),
            st.Page(partial(answers.page, home), title="My answers", icon=":material/history:", url_path="answers"),
            st.Page(progress.page, title="Progress", icon=":material/show_chart:", url_path="progress"),
            st.Page(setup.page, title="Set-up", icon=":material/tune:", url_path="setup"),
        ],
        position="top",
    )
    try:
        page.run()
    except CoachError as error:
        st.error(str(error), icon=":material/error:")


main()
