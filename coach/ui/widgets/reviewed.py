"""What coaches said of one's own answer, and asking them to: a review, or another look at what one disputes."""

import streamlit as st

from coach.domain.attempt import Attempt
from coach.domain.feedback import Feedback
from coach.domain.finding import Severity
from coach.domain.people import Person
from coach.domain.review import Request, Review, Subject
from coach.review.asking import MOST
from coach.ui import signed_in
from coach.ui.resources import services
from coach.ui.widgets.html import aside, draw, shortened, text
from coach.ui.widgets.telling import done, tried


def reviewed(attempt: Attempt) -> None:
    """Draw it; nothing for somebody who is in no cohort and was never reviewed."""
    who = signed_in.person()
    asking = services().asking
    services().notices.read_about(who, attempt.id)
    reviews, requests = asking.received(who, attempt.id), asking.requests(who, attempt.id)
    coaches = asking.who_sees(who, attempt.id)
    if reviews or requests:
        st.subheader("From your coach")
    for review in reviews:
        _review(review)
    for one in requests:
        _request(who, one)
    if coaches:
        _ask(who, attempt, coaches, requests)
    elif services().consent.memberships(who) and not attempt.demo:
        aside("Your coach", "No coach may read this answer. To have it reviewed, share its words under Sharing.")


def _review(review: Review) -> None:
    given = f"{review.finished_at.astimezone():%d %B %Y}" if review.finished_at else ""
    comments = "".join(
        f'<li class="said"><p>{text(one.words)}</p>'
        + (f"<blockquote>{text(shortened(one.span.quote))}</blockquote>" if one.span else "")
        + "</li>"
        for one in review.comments
    )
    names = {anchors.criterion: anchors.name for anchors in services().practice.rubric.anchors}
    levels = "".join(f"<li>{text(names[one.criterion])}: <b>{one.level}</b></li>" for one in review.ratings)
    own = f'<p class="eyebrow" style="margin:0.7rem 0 0">{text(review.by)}’s own ratings</p>' if levels else ""
    draw(
        f'<div class="card"><p class="eyebrow">Reviewed by {text(review.by)}, {given}</p>'
        + (f'<ul class="remarks">{comments}</ul>' if comments else "<p>No comment.</p>")
        + own
        + (f'<ul class="tags" style="margin-top:0.3rem">{levels}</ul>' if levels else "")
        + "</div>"
    )


def _request(who: Person, one: Request) -> None:
    what = f"You disputed: {one.subject.about}" if one.subject else "You asked for a review"
    state = f"answered by {one.by}, {one.answered_at.astimezone():%d %B}" if one.answered_at else "waits for your coach"
    reason = f"<p>“{text(one.reason)}”</p>" if one.reason else ""
    answer = f"<p><b>{text(one.by)}:</b> {text(one.answer)}</p>" if one.answer else ""
    with st.container(border=True):
        draw(
            f'<p class="eyebrow" style="margin:0">{one.at.astimezone():%d %B %Y} · {text(state)}</p>'
            f"<b>{text(what)}</b>{reason}{answer}"
        )
        if one.is_open:
            st.button(
                "Take it back", key=f"take-back-{one.id}", type="tertiary", on_click=_take_back, args=(who, one.id)
            )


def _take_back(who: Person, request_id: str) -> None:
    done(lambda: services().asking.take_back(who, request_id))


def _ask(who: Person, attempt: Attempt, coaches: tuple[str, ...], requests: tuple[Request, ...]) -> None:
    waits = any(one.is_open and not one.subject for one in requests)
    with st.expander("Ask your coach"):
        aside("Who reads this", f"{', '.join(coaches)}. They see this answer, and what you write here.")
        if not waits:
            with st.form(f"ask-{attempt.id}", border=False, clear_on_submit=True):
                words = st.text_area("What should they look at? (if you like)", max_chars=MOST, height=80)
                if st.form_submit_button("Ask for a review", icon=":material/rate_review:"):
                    tried(lambda: services().asking.ask(who, attempt.id, words))
        if attempt.feedback:
            _dispute(who, attempt, attempt.feedback)


def _dispute(who: Person, attempt: Attempt, feedback: Feedback) -> None:
    subjects = _subjects(feedback)
    with st.form(f"dispute-{attempt.id}", border=False, clear_on_submit=True):
        n = st.selectbox(
            "Something here is wrong", range(len(subjects)), format_func=lambda at: subjects[at].about, index=None,
            placeholder="Choose a rating, or what was flagged",
        )  # fmt: skip
        why = st.text_area("Why?", max_chars=MOST, height=80)
        if st.form_submit_button("Dispute it", icon=":material/flag:"):
            if n is None:
                st.error("Choose first what is wrong.")
            else:
                tried(lambda: services().asking.dispute(who, attempt.id, subjects[n], why))


def _subjects(feedback: Feedback) -> list[Subject]:
    """What can be disputed: each rating, rated or not, and each flagged place."""
    rubric = services().practice.rubric
    ratings = [
        Subject(
            criterion=one.criterion,
            about=f"{rubric.of(one.criterion).name}: {f'{one.level} of 5' if one.level else 'unrated'}",
        )
        for one in feedback.ratings
    ]
    flagged = [one for one in feedback.findings if one.severity in (Severity.LEAK, Severity.WARN)]
    return [
        *ratings,
        *(Subject(span=one.span, about=f"“{shortened(one.span.quote, 50)}”: {one.message}") for one in flagged),
    ]
