"""The page script Streamlit runs for every session: set up, navigate, draw the page."""

from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.people import Person
from coach.errors import CoachError
from coach.ui import signed_in
from coach.ui.pages import answers, cohorts, interview, own_data, people, practise, progress, setup, sharing, sign_in
from coach.ui.resources import services

_ASSETS = Path(__file__).with_name("assets")  # our own files: an icon by name would be fetched from the network


def main() -> None:
    """Draw the page the user is on. A fault the user can mend is a sentence, never a traceback."""
    st.set_page_config(page_title="Practice Coach", page_icon=_ASSETS / "icon.svg", layout="wide")
    st.logo(_ASSETS / "logo.svg", size="large")
    st.html(Path(__file__).with_name("theme.css"))
    try:
        who = signed_in.find()
        page = st.navigation(_pages(who) if who else _ways_in(), position="top" if who else "hidden")
        page.run()
    except CoachError as error:
        st.error(str(error), icon=":material/error:")


def _pages(who: Person) -> list[Page]:
    """The pages there are for somebody. What is not theirs is not among them; each page asks the policy all the same."""
    parts = services()
    home = st.Page(practise.page, title="Practise", icon=":material/mic:", url_path="practise", default=True)
    pages = [
        home,
        st.Page(partial(interview.page, home), title="Interview", icon=":material/timer:", url_path="interview"),
        st.Page(partial(answers.page, home), title="My answers", icon=":material/history:", url_path="answers"),
        st.Page(progress.page, title="Progress", icon=":material/show_chart:", url_path="progress"),
    ]
    coaches = parts.cohorts.may_coach(who)
    if coaches:
        pages.append(st.Page(cohorts.page, title="Cohorts", icon=":material/groups:", url_path="cohorts"))
    if parts.people.hosted or coaches or parts.consent.memberships(who) or signed_in.offered_key():
        pages.append(st.Page(sharing.page, title="Sharing", icon=":material/visibility:", url_path="sharing"))
    if parts.people.hosted and parts.people.may_set_up(who):
        pages.append(st.Page(people.page, title="People", icon=":material/badge:", url_path="people"))
    if parts.people.may_set_up(who):
        pages.append(st.Page(setup.page, title="Set-up", icon=":material/tune:", url_path="setup"))
    pages.append(st.Page(own_data.page, title="My data", icon=":material/person:", url_path="my-data"))
    return pages


def _ways_in() -> list[Page]:
    """The one page there is for somebody who has not signed in, whatever address they came to."""
    return [
        st.Page(sign_in.page, title="Sign in", url_path="sign-in", default=True),
        st.Page(sign_in.page, title="Sharing", url_path="sharing"),
    ]


main()
