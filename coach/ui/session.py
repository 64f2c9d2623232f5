"""The only owner of Streamlit's session state, and of the address bar. Holds plain ids; everything else is in the store."""

from typing import Any

import streamlit as st

_QUESTION = "question"
_BROWSING = "browsing"
_ATTEMPT = "attempt"
_INTERVIEW = "interview"
_QUESTIONS = "questions"
_STORY = "story"
_PART = "part"
_EDIT = "edit"
_JOB = "job"
_DRILL = ("drill", "run", "try")
_ASK = "is-asked-"  # no key of a button begins so: what stands under the key of one may not be set
_SEEN = "seen-"


def attempt_id() -> str | None:
    """The attempt this tab is at, from the address: a reload comes back to it."""
    return st.query_params.get(_ATTEMPT)


def open_attempt(attempt: str | None) -> None:
    """Go to an attempt, or to none."""
    if attempt is None:
        st.query_params.pop(_ATTEMPT, None)
    else:
        st.query_params[_ATTEMPT] = attempt


def interview_id() -> str | None:
    """The interview this tab is at, from the address."""
    return st.query_params.get(_INTERVIEW)


def open_interview(interview: str | None) -> None:
    """Go to an interview, or to none."""
    if interview is None:
        st.query_params.pop(_INTERVIEW, None)
    else:
        st.query_params[_INTERVIEW] = interview


def story_id() -> str | None:
    """The story this tab is at, from the address."""
    return st.query_params.get(_STORY)


def story_part() -> str | None:
    """The part of it that is being written, from the address; none for the whole."""
    return st.query_params.get(_PART)


def open_story(story: str | None, part: str | None = None) -> None:
    """Go to a story as a whole or to one part of it, or to none."""
    for name, value in ((_STORY, story), (_PART, part), (_ATTEMPT, None)):
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value


def drill_place() -> tuple[str, str, str]:
    """The drill, the scenario on its way and the try this tab is at, from the address; empty where there is none."""
    drill, run, one = (st.query_params.get(name, "") for name in _DRILL)
    return drill, run, one


def open_drill(drill: str = "", run: str = "", one: str = "") -> None:
    """Go to a drill, to a scenario on its way or to a try, or to the list of drills."""
    for name, value in zip(_DRILL, (drill, run, one), strict=True):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def given_questions() -> tuple[str, ...]:
    """Questions somebody chose for this candidate: their keys, in a link they were sent (`?questions=one,two`)."""
    return tuple(filter(None, st.query_params.get(_QUESTIONS, "").split(",")))


def edited_question() -> str | None:
    """The question of one's own that is open in this tab, from the address."""
    return st.query_params.get(_EDIT)


def edit_question(question: str | None) -> None:
    """Open a question of one's own, or the list of them."""
    if question is None:
        st.query_params.pop(_EDIT, None)
    else:
        st.query_params[_EDIT] = question


def job_id() -> str | None:
    """The job that is open in this tab, from the address."""
    return st.query_params.get(_JOB)


def open_job(job: str | None) -> None:
    """Open a job, or the list of them."""
    if job is None:
        st.query_params.pop(_JOB, None)
    else:
        st.query_params[_JOB] = job


def place(name: str) -> str | None:
    """Where on a page this tab is, from the address: `cohort`, `student`."""
    return st.query_params.get(name)


def go(**places: str | None) -> None:
    """Go to places on this page; None leaves one."""
    for name, value in places.items():
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value


def question_key() -> str | None:
    """The question offered in this tab."""
    key: str | None = st.session_state.get(_QUESTION)
    return key


def offer_question(key: str | None) -> None:
    """Offer another question."""
    st.session_state[_QUESTION] = key
    st.session_state[_BROWSING] = False


def browsing() -> bool:
    """Whether the list of questions is open in this tab."""
    return bool(st.session_state.get(_BROWSING))


def browse() -> None:
    """Put the list of questions in place of the one offered."""
    st.session_state[_QUESTION] = None
    st.session_state[_BROWSING] = True


def component_says(key: str, name: str) -> dict[str, Any] | None:
    """What a component of ours just said, for use in its callback: there no other redraw can come between and lose it."""
    state = st.session_state.get(key)
    return state.get(name) if state else None


def asking(what: str) -> bool:
    """Whether the user is being asked to confirm something."""
    return bool(st.session_state.get(_ASK + what))


def ask(what: str, *, on: bool) -> None:
    """Begin or end asking the user to confirm something."""
    st.session_state[_ASK + what] = on


def empty_fields(*keys: str) -> None:
    """Empty input fields by their keys."""
    for key in keys:
        st.session_state[key] = None


def forget_fields(*beginnings: str) -> None:
    """Forget what stands in fields whose keys begin so: they are drawn anew from what is stored."""
    for key in [key for key in st.session_state if str(key).startswith(beginnings)]:
        del st.session_state[key]


def remember(what: str, lines: tuple[Any, ...]) -> None:
    """Keep the outcome of a look or a try on this page until it is left or done again."""
    st.session_state[_SEEN + what] = lines


def remembered(what: str) -> tuple[Any, ...]:
    """What was remembered, or nothing."""
    return tuple(st.session_state.get(_SEEN + what, ()))


def chosen(key: str) -> Any:
    """What stands in an input, by the key it was drawn with, for use in its callback."""
    return st.session_state.get(key)


def switched_on(key: str) -> bool:
    """How a switch stands, by the key it was drawn with."""
    return bool(st.session_state.get(key))
