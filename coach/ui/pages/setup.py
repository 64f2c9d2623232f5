"""Set-up: what rates and transcribes here, where things are kept, and demo data."""

import streamlit as st

from coach.bank import load_demo_answers
from coach.domain.people import Person, Role
from coach.people.people import People
from coach.settings import Settings
from coach.ui.resources import candidate, services
from coach.ui.signed_in import person
from coach.ui.widgets import keeping
from coach.ui.widgets.judge_choice import choose_judge
from coach.ui.widgets.speech_models import speech_models


def page() -> None:
    """What is in use, in plain words, and the demo switch."""
    settings, people, who = services().settings, services().people, person()
    people.require_set_up(who)
    st.title("Set-up")
    st.subheader("Who rates")
    choose_judge(services())
    st.subheader("Who listens")
    if settings.whisper_url:
        st.markdown(
            f"A server at **{settings.whisper_url}**, model **{settings.whisper_model}**. Your recordings are sent there to be written down."
        )
    else:
        _whisper_here(settings)
    st.subheader("Where things are kept")
    st.markdown(
        f"In the folder `{settings.data_dir.resolve()}`: the database and the recordings. `coach backup` makes a copy of it; "
        "delete it to forget everything."
    )
    keeping.for_everybody(who)
    _demo()
    if not people.hosted:
        _coach_area(people, who)


def _whisper_here(settings: Settings) -> None:
    st.markdown(
        f"Whisper on this computer, model **{settings.whisper_model}**. Recordings never leave it. `COACH_WHISPER_MODEL` names another: "
        "one of those below, or a folder with weights."
    )
    speech_models(settings)


def _coach_area(people: People, who: Person) -> None:
    st.subheader("For coaches")
    st.markdown("See what a career coach sees, and what their students decide: cohorts, joining, sharing.")
    if who.role is Role.CANDIDATE:
        if st.button("Show the coach area", icon=":material/groups:"):
            people.try_coaching(who, on=True)
            st.rerun()
    elif st.button("Hide the coach area", icon=":material/groups:"):
        people.try_coaching(who, on=False)
        st.rerun()


def _demo() -> None:
    practice, who = services().practice, candidate()
    st.subheader("Demo data")
    present = sum(attempt.demo for attempt in practice.attempts_of(who))
    if present:
        st.markdown(f"There are {present} demo answers among yours, each marked as demo.")
        if st.button("Remove the demo answers", icon=":material/delete:"):
            practice.remove_demo(who)
            st.rerun()
        return
    st.markdown("A few weeks of invented answers, rated here and now like your own, to see what progress looks like.")
    if st.button("Add demo answers", icon=":material/science:"):
        bar = st.progress(0.0, text="Rating the demo answers …")
        practice.add_demo(
            who, load_demo_answers(), on_progress=lambda done: bar.progress(done, text="Rating the demo answers …")
        )
        st.rerun()
