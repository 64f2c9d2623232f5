"""Today: what to do now and why, how far away the interview is, the week, and where one left off."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.attempt import Attempt
from coach.domain.plan import Day, Item, ItemKind, Offer, days_ago, in_days
from coach.domain.question import FREE_KEY
from coach.domain.review import TO_COACHES, Notice
from coach.prepare.plan.planner import Today
from coach.prepare.plan.week import DAYS
from coach.ui import session, signed_in
from coach.ui.pages import tour
from coach.ui.resources import candidate, services
from coach.ui.widgets import keeping
from coach.ui.widgets.aim import leading_job
from coach.ui.widgets.appointment import countdown
from coach.ui.widgets.assigned import assigned
from coach.ui.widgets.html import aside, draw, plain, shortened, text
from coach.ui.widgets.notices import notices
from coach.ui.widgets.ratings import change_card

Places = Mapping[ItemKind, Page]
_ONE_GOES = "**One of your things will be deleted soon**, as it is old."
_NAMES = {
    ItemKind.QUESTION: "Question",
    ItemKind.INTERVIEW: "Mock interview",
    ItemKind.DRILL: "Drill",
    ItemKind.STORY: "Story",
    ItemKind.POINT: "Checklist",
}
_PARAMETERS = {ItemKind.INTERVIEW: "questions", ItemKind.DRILL: "drill", ItemKind.STORY: "story"}


def page(places: Places, data: Page, review: Page | None = None) -> None:
    """The plan as of now.

    ``places`` are the pages where items of each kind are done; ``data`` is that of one's own data, ``review`` where coaches review.
    """
    if attempt := session.attempt_id():  # answers once had this page's address
        st.switch_page(places[ItemKind.QUESTION], query_params={"attempt": attempt})
    if tour.under_way():
        tour.page()
        return
    who = candidate()
    plan = services().planner.today(who)
    st.title("Today")
    if not plan.answers:
        draw(
            "<p>Answer one question, by voice or keyboard, and read what comes of it in your own words. "
            "From then on this page says what to do next, and why.</p>",
            "aside",
        )
        tour.invitation()
    notices(signed_in.person(), partial(_told, places[ItemKind.QUESTION], review))
    _goes_soon(data)
    if plan.aim:
        leading_job(plan.aim, who)
    _left_off(who, places)
    assigned(signed_in.person(), places[ItemKind.QUESTION], places[ItemKind.INTERVIEW])
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if plan.best:
            _best(plan.best, places)
    with right:
        _interview_ahead(plan, places)
    if plan.answers:
        _last_change(who, places)
    if plan.answers or plan.appointment:
        _week(plan)


def _told(question: Page, review: Page | None, one: Notice) -> None:
    """Go to the answer somebody was told of: their own, or one they review."""
    if one.kind not in TO_COACHES:
        st.switch_page(question, query_params={"attempt": one.attempt})
    if review:
        st.switch_page(review, query_params={"answer": one.attempt})


def _best(offer: Offer, places: Places) -> None:
    draw(
        f'<div class="card"><p class="eyebrow">Your next best ten minutes · {_NAMES[offer.item.kind]}</p>'
        f'<h2 class="question">{text(offer.item.title)}</h2><p class="reason">{text(offer.reason)}</p></div>',
        "best",
    )
    with st.container(horizontal=True):
        if st.button("Start", type="primary", icon=":material/play_arrow:"):
            _start(offer.item, places)
        if st.button("Choose myself", icon=":material/list:", type="tertiary"):
            session.browse()
            st.switch_page(places[ItemKind.QUESTION])


def _start(item: Item, places: Places) -> None:
    if item.kind is ItemKind.QUESTION:
        session.offer_question(item.ref)
    parameter = _PARAMETERS.get(item.kind)
    st.switch_page(places[item.kind], query_params={parameter: item.ref} if parameter else {})


def _interview_ahead(plan: Today, places: Places) -> None:
    if plan.appointment is None:
        draw(
            '<div class="card"><p class="eyebrow">Interview</p>'
            "<p>Do you know the day? Then the week is planned up to it, with a checklist.</p></div>"
        )
        if st.button("Add the date", icon=":material/event:"):
            st.switch_page(places[ItemKind.POINT])
        return
    done = sum(row.done for row in plan.checklist)
    countdown(plan.appointment, services().appointments.today, done, len(plan.checklist))
    if st.button("Checklist", icon=":material/checklist:"):
        st.switch_page(places[ItemKind.POINT])


def _goes_soon(data: Page) -> None:
    count = keeping.soon(signed_in.person())
    if not count:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count} of your things will be deleted soon**, as they are old." if count > 1 else _ONE_GOES)
        if st.button("See, and keep", icon=":material/bookmark:"):
            st.switch_page(data)


def _left_off(who: str, places: Places) -> None:
    interview = services().interviews.unfinished(who)
    if interview:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**You left off** at question {interview.at + 1} of {len(interview.rounds)} of an interview.")
            if st.button("Go on with the interview"):
                st.switch_page(places[ItemKind.INTERVIEW], query_params={"interview": interview.id})
    unfinished = services().practice.unfinished(who)
    if unfinished:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**You left off** in the middle of an answer. {plain(shortened(unfinished[0].question_text, 100))}"
            )
            if st.button("Go on with the answer"):
                st.switch_page(places[ItemKind.QUESTION], query_params={"attempt": unfinished[0].id})


def _last_change(who: str, places: Places) -> None:
    newest = services().practice.newest_rated(who)
    if newest is None or newest.feedback is None or newest.feedback.change is None:
        return
    st.subheader("From your newest answer")
    change_card(newest.feedback.change)
    since = (services().appointments.today - _handed_in(newest)).days
    with st.container(horizontal=True, vertical_alignment="center"):
        asked = "a question of your own" if newest.question_key == FREE_KEY else newest.question_text
        aside(f"You answered {days_ago(since)}", shortened(asked, 110))
        if st.button("Open that answer", type="tertiary", icon=":material/arrow_forward:"):
            st.switch_page(places[ItemKind.QUESTION], query_params={"attempt": newest.id})


def _handed_in(attempt: Attempt) -> date:
    return (attempt.handed_in_at or attempt.created_at).astimezone().date()


# ── the week ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _week(plan: Today) -> None:
    st.subheader("The week" if plan.appointment is None or plan.days_left is None else _up_to(plan.days_left))
    today = services().appointments.today
    draw(f'<ol class="week">{"".join(_day(day, today, plan.done) for day in plan.week)}</ol>')
    aside("A missed day", "It needs no catching up: the plan is made anew each time you look.")


def _up_to(days: int) -> str:
    return f"Up to the interview, {in_days(days)}" if days < DAYS else "The week"


def _day(day: Day, today: date, done: int) -> str:
    items = [_item(offer) for offer in day.offers]
    if day.on == today and done:
        items.insert(0, f"<li><b>Done</b> {done} rated answer{'' if done == 1 else 's'}</li>")
    if day.interview:
        items = ["<li><b>The interview</b> You are ready enough. Breathe, and tell your cases.</li>"]
    name = "Today" if day.on == today else "Tomorrow" if day.on == today + timedelta(days=1) else f"{day.on:%A}"
    inside = f"<ul>{''.join(items)}</ul>" if items else "<p>Rest is part of it.</p>"
    return f"<li><h3>{name} <small>{day.on.day} {day.on:%b}</small></h3>{inside}</li>"


def _item(offer: Offer) -> str:
    return f"<li><b>{_NAMES[offer.item.kind]}</b> {text(shortened(offer.item.title, 110))} <small>{offer.item.minutes} min</small></li>"
