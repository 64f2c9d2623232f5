"""The page script Streamlit runs for every session: set up, navigate, draw the page."""

from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.people import Person
from coach.domain.plan import ItemKind
from coach.errors import CoachError
from coach.ui import signed_in
from coach.ui.pages import (
    answers,
    assign,
    calibration,
    checklist,
    cohorts,
    drills,
    guides,
    interview,
    job,
    own_data,
    people,
    practise,
    progress,
    questions,
    review,
    setup,
    sharing,
    sign_in,
    stories,
    today,
)
from coach.ui.resources import services

_ASSETS = Path(__file__).with_name("assets")  # our own files: an icon by name would be fetched from the network

# The addresses of all pages but the first: whoever comes to one of them signed out is asked to sign in.
_ADDRESSES = (
    *("practise", "interview", "stories", "drills", "progress"),
    *("checklist", "job", "answers", "sharing", "my-data", "setup", "cohorts", "questions", "people"),
    *("review", "assign", "guides", "calibration"),
)


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


def _pages(who: Person) -> dict[str, list[Page]]:
    """The pages there are for somebody: today's work first, then what goes around it, then what coaches do.

    What is not theirs is not among them; each page asks the policy all the same.
    """
    parts = services()
    coaches, administers = parts.cohorts.may_coach(who), parts.people.may_set_up(who)
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
    data = st.Page(own_data.page, title="My data", icon=":material/person:", url_path="my-data")
    places = {
        ItemKind.QUESTION: question,
        ItemKind.INTERVIEW: mock,
        ItemKind.STORY: cases,
        ItemKind.POINT: points,
        ItemKind.DRILL: exercises,
    }
    reviews = (
        st.Page(review.page, title="Review", icon=":material/rate_review:", url_path="review") if coaches else None
    )
    return {
        "": [
            st.Page(partial(today.page, places, data, reviews), title="Today", icon=":material/today:", default=True),
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
            *_sharing(who, coaches=coaches),
            data,
            *([st.Page(setup.page, title="Set-up", icon=":material/tune:", url_path="setup")] if administers else []),
        ],
        **({"Coach": coaching} if (coaching := _coaching(mock, reviews, administers=administers)) else {}),
    }


def _sharing(who: Person, *, coaches: bool) -> list[Page]:
    parts = services()
    if not (parts.people.hosted or coaches or parts.consent.memberships(who) or signed_in.offered_key()):
        return []
    return [st.Page(sharing.page, title="Sharing", icon=":material/visibility:", url_path="sharing")]


def _coaching(mock: Page, reviews: Page | None, *, administers: bool) -> list[Page]:
    """On a machine of one's own everybody may write questions and build guides. ``reviews`` is there for coaches."""
    hosted, pages = services().people.hosted, []
    give = st.Page(assign.page, title="Assign", icon=":material/assignment:", url_path="assign") if reviews else None
    if reviews:
        pages += [
            st.Page(cohorts.page, title="Cohorts", icon=":material/groups:", url_path="cohorts"),
            reviews,
        ]
    if reviews or not hosted:
        pages.append(st.Page(questions.page, title="Questions", icon=":material/edit_note:", url_path="questions"))
        guiding = partial(guides.page, mock, give)
        pages.append(st.Page(guiding, title="Guides", icon=":material/menu_book:", url_path="guides"))
    if reviews and give:
        measured = partial(calibration.page, reviews)
        pages[2:2] = [give]
        pages.append(st.Page(measured, title="Calibration", icon=":material/balance:", url_path="calibration"))
    if hosted and administers:
        pages.append(st.Page(people.page, title="People", icon=":material/badge:", url_path="people"))
    return pages


def _ways_in() -> list[Page]:
    """The one page there is for somebody who has not signed in, whatever address they came to."""
    others = [st.Page(sign_in.page, title="Sign in", url_path=address) for address in _ADDRESSES]
    return [st.Page(sign_in.page, title="Sign in", url_path="sign-in", default=True), *others]


main()
