"""Setting up an interview: go on with the one under way, or choose what the next one is like."""

import threading
from functools import partial

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.interview import LONGEST_THINKING_S, MOST_QUESTIONS, Interview, Mode, SetUp
from coach.domain.question import Kind, Question, Setting
from coach.interview.interviews import Interviews
from coach.ui import session
from coach.ui.pages.interview_given import given_interview, leave
from coach.ui.resources import candidate, services
from coach.ui.widgets.html import draw
from coach.ui.widgets.mic_check import mic_check

_KINDS = {None: "Mixed", Kind.GENERAL: "General", Kind.BEHAVIOURAL: "Behavioural", Kind.SITUATIONAL: "Situational"}
_LIMITS = {"1 min": 60, "90 s": 90, "2 min": 120, "3 min": 180, "Open": None}
_MODES = {Mode.INTERVIEW: "Interview: feedback at the end", Mode.PRACTICE: "Practice: feedback after each answer"}
_ANSWERS = {AnswerKind.SPOKEN: "By voice", AnswerKind.TYPED: "By keyboard"}


def show(interviews: Interviews, who: str) -> None:
    """Draw the choice."""
    st.title("Mock interview")
    draw(
        "<p>Questions one after another against the clock, with follow-ups that listen, and a report at the end. "
        "You can close the page at any time: you come back to the second you left at.</p>",
        "aside",
    )
    _under_way(interviews, who)
    given = given_interview()
    chosen = given.choices() if given else _choices(_given())
    if st.button("Begin the interview", type="primary", icon=":material/play_arrow:"):
        session.open_interview(interviews.begin(who, chosen).id)
        leave()  # the interview is in the address now; what it was made from would come back after it
        threading.Thread(target=services().load, daemon=True).start()  # while the first question is read and answered
        st.rerun()
    if given:
        st.button("Set up one of my own instead", type="tertiary", on_click=leave)
    _earlier(interviews, who)


def _given() -> tuple[Question, ...]:
    """What a link brought along, shown before one begins."""
    bank = services().practice.bank
    given = tuple(q for key in session.given_questions() if (q := bank.find_key(key)))[:MOST_QUESTIONS]
    if given:
        st.markdown("**These questions were chosen for you:**\n" + "\n".join(f"1. {q.text}" for q in given))
    return given


def _choices(given: tuple[Question, ...]) -> SetUp:
    left, right = st.columns(2)
    default = SetUp()
    proposed = _proposed()
    setting = left.selectbox(
        "Where the job is",
        list(Setting),
        index=list(Setting).index(proposed) if proposed else None,
        placeholder="Any setting",
        format_func=lambda one: one.label,
        help="Proposed by the job you prepare for; choose another, or none" if proposed else None,
    )
    kind = right.selectbox("Kind of questions", list(_KINDS), format_func=_KINDS.__getitem__)
    questions = len(given) or left.slider("Questions", 1, MOST_QUESTIONS, default.questions)
    thinking = right.slider("Seconds to think before each answer", 0, LONGEST_THINKING_S, default.thinking_s, step=5)
    limit = st.segmented_control("Time for each answer", list(_LIMITS), default="2 min", required=True) or "Open"
    mode = st.radio("Feedback", list(_MODES), format_func=_MODES.__getitem__, horizontal=True)
    answers = st.radio("You answer", list(_ANSWERS), format_func=_ANSWERS.__getitem__, horizontal=True)
    with st.container(horizontal=True, gap="large"):
        probes = st.toggle(
            "Follow-up questions",
            value=default.probes,
            help="One or two after each answer, about what was missing in it",
        )
        aloud = st.toggle(
            "Read the questions aloud",
            value=default.aloud,
            help="With your browser's voice; the words are always shown",
        )
        own = st.toggle(
            "Rate myself first", value=default.rate_yourself, help="On the same scale, before you see the feedback"
        )
    if answers is AnswerKind.SPOKEN:
        mic_check(partial(services().appointments.microphone_worked, candidate()))
    return SetUp(
        setting=setting,
        kind=kind,
        questions=questions,
        mode=mode,
        thinking_s=thinking,
        limit_s=_LIMITS[limit],
        probes=probes,
        answers=answers,
        aloud=aloud,
        rate_yourself=own,
        keys=tuple(q.key for q in given),
    )


def _proposed() -> Setting | None:
    """Where the job is that one prepares for: as the next interview has it, or else the description that leads."""
    ahead, aim = services().appointments.next(candidate()), services().tailoring.aim(candidate())
    if ahead and ahead.details.setting:
        return ahead.details.setting
    return aim.setting if aim else None


def _under_way(interviews: Interviews, who: str) -> None:
    one = interviews.unfinished(who)
    if one is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**An interview is under way**, at question {one.at + 1} of {len(one.rounds)}. The clock stands still while you are away."
        )
        st.button("Go on with it", on_click=session.open_interview, args=(one.id,), type="primary")
        st.button("End it", on_click=_end, args=(interviews, one), help="What you said so far is rated")


def _end(interviews: Interviews, one: Interview) -> None:
    interviews.end(one)
    session.open_interview(one.id)


def _earlier(interviews: Interviews, who: str) -> None:
    done = [one for one in interviews.all_of(who) if one.done]
    if not done:
        return
    st.subheader("Your interviews")
    for one in done:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_line(one))
            st.button("Open", key=f"open-{one.id}", on_click=session.open_interview, args=(one.id,))


def _line(one: Interview) -> str:
    asked = sum(bool(r.turns) for r in one.rounds)
    return f"{one.created_at.astimezone():%d %b %Y, %H:%M} · {one.set_up.place} · {asked} question{'' if asked == 1 else 's'}"
