"""One student of a cohort, as their coach may see them: their course, their answers, and the words of one if they are shared."""

import streamlit as st

from coach.domain.people import Cohort, Person, SharedAttempt, Sharing
from coach.domain.rubric import Criterion
from coach.errors import NotFoundError
from coach.ui import session
from coach.ui.pages import cohort_course
from coach.ui.resources import services
from coach.ui.widgets import downloads
from coach.ui.widgets import sharing as words
from coach.ui.widgets.assignment import due, how_far
from coach.ui.widgets.html import draw, empty, paragraphs, text
from coach.ui.widgets.ratings import change_card, rating_cards
from coach.ui.widgets.stories import clock
from coach.ui.widgets.table import rows
from coach.ui.widgets.takes import shared_player

_PAGE = 10  # answers of one list


def page(who: Person, cohort_id: str, student_id: str) -> None:
    """What a student shares. Raises NotFoundError where the cohort is none of theirs, or the student not in it."""
    cohort = services().cohorts.get(who, cohort_id)
    member = services().cohorts.member(who, cohort_id, student_id)
    st.button(
        cohort.name,
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session.go,
        kwargs={"student": None, "answer": None, "compare": None, "story": None},
    )
    st.title(member.person.name)
    draw(f"<p>Shares of their answers: <b>{words.name(member.sharing).lower()}</b>.</p>")
    seen = services().coaching.attempts(who, cohort_id, student_id)
    chosen = next((one for one in seen if one.id == session.place("answer")), None)
    if chosen:
        _answer(who, chosen)
    if not seen:
        empty(
            "Nothing to see",
            "They share nothing of their answers, or have none yet. They decide that on their own page, Sharing.",
        )
    else:
        cohort_course.course(who, member)
        _list(seen)
        cohort_course.compare(who, seen)
        cohort_course.delivery(who, member)
        downloads.of_student(who, member)
    _stories(who, cohort_id, student_id)
    _given(who, cohort_id, student_id)
    _remove(who, cohort, student_id)


def _list(seen: tuple[SharedAttempt, ...]) -> None:
    rubric = services().practice.rubric
    names = {anchors.criterion: anchors.name for anchors in rubric.anchors}
    st.subheader("Answers")
    pages = -(-len(seen) // _PAGE)
    at = st.selectbox("Page", range(pages), format_func=lambda n: f"{n + 1} of {pages}", width=140) if pages > 1 else 0
    for one in seen[at * _PAGE : (at + 1) * _PAGE]:
        with st.container(border=True):
            left, right = st.columns([5, 1], vertical_alignment="center")
            levels = "".join(f"<li>{text(names[c])}: <b>{level or 'unrated'}</b></li>" for c, level in _in_order(one))
            with left:
                draw(
                    f'<p class="eyebrow">{one.handed_in_at.astimezone():%d %b %Y, %H:%M}</p>'
                    f'<p style="margin:0;font-weight:600">{text(one.question_text)}</p><ul class="tags">{levels}</ul>'
                )
            if one.sharing >= Sharing.TRANSCRIPTS:
                right.button(
                    "Read", key=f"read-{one.id}", width="stretch", on_click=session.go, kwargs={"answer": one.id}
                )


def _in_order(one: SharedAttempt) -> list[tuple[Criterion, int | None]]:
    levels = dict(one.levels)
    return [(a.criterion, levels[a.criterion]) for a in services().practice.rubric.anchors if a.criterion in levels]


def _answer(who: Person, one: SharedAttempt) -> None:
    try:
        attempt = services().coaching.transcript(who, one.id)
    except NotFoundError as error:  # withdrawn between the list and this
        st.info(str(error))
        return
    with st.container(border=True):
        draw(
            f'<p class="eyebrow">{one.handed_in_at.astimezone():%d %b %Y} · this look is in the student’s log</p>'
            f'<p class="question">{text(one.question_text)}</p>'
        )
        st.text(attempt.text)
        for number in services().coaching.recordings(who, one.id):
            shared_player(one.id, who.id, number)
        if attempt.feedback:
            if attempt.feedback.change:
                change_card(attempt.feedback.change)
            rating_cards(attempt.feedback, services().practice.rubric)
        draw(f'<p class="ways"><a href="review?answer={text(one.id)}">Review this answer</a></p>')
        st.button("Close", on_click=session.go, kwargs={"answer": None})


def _stories(who: Person, cohort_id: str, student_id: str) -> None:
    """The stories they share, whatever they share of answers."""
    shared = services().coaching.stories(who, cohort_id, student_id)
    if not shared:
        return
    st.subheader("Stories")
    for one in shared:
        facts = [one.setting.label] if one.setting else []
        facts.append(f"about {clock(one.spoken_s)} spoken")
        tags = "".join(f"<li>{text(competency.label)}</li>" for competency in one.competencies)
        with st.container(border=True):
            left, right = st.columns([5, 1], vertical_alignment="center")
            with left:
                draw(
                    f'<p class="eyebrow">{text(" · ".join(facts))}</p><p style="margin:0;font-weight:600">{text(one.name)}</p>'
                    + (f'<ul class="tags">{tags}</ul>' if tags else "")
                )
            if session.place("story") == one.id:
                _story(who, one.id)
            else:
                right.button(
                    "Read", key=f"story-{one.id}", width="stretch", on_click=session.go, kwargs={"story": one.id}
                )


def _story(who: Person, story_id: str) -> None:
    try:
        story = services().coaching.story(who, story_id)
    except NotFoundError as error:  # taken back between the list and this
        st.info(str(error))
        return
    parts = "".join(
        f"<h4>{part.label}</h4><p>{paragraphs(story.text.of(part).strip())}</p>" for part in story.text.written
    )
    draw(f'<p class="eyebrow">This look is in the student’s log</p>{parts or "<p>Nothing is written yet.</p>"}')
    st.button("Close", key=f"close-{story_id}", on_click=session.go, kwargs={"story": None})


def _given(who: Person, cohort_id: str, student_id: str) -> None:
    """Their assignments: that they began and handed them in is seen whatever they share."""
    given = services().assignments.of_student(who, cohort_id, student_id)
    if not given:
        return
    today = services().assignments.today
    st.subheader("Assignments")
    rows(
        ("What", "Due", "State", "When"),
        ((one.title, due(one, today), *how_far(work, one.due, today)) for one, work in given),
    )


def _remove(who: Person, cohort: Cohort, student_id: str) -> None:
    with st.expander("Take out of the cohort"):
        st.markdown("They can join again with the code. Their answers stay theirs.")
        st.button("Take out", on_click=_take_out, args=(who, cohort.id, student_id))


def _take_out(who: Person, cohort_id: str, student_id: str) -> None:
    services().cohorts.remove_member(who, cohort_id, student_id)
    session.go(student=None, answer=None, compare=None, story=None)
