"""Setting up an interview: go on with the one under way, or choose what the next one is like."""

import threading
from collections.abc import Sequence

import streamlit as st

from coach.domain.interview import LONGEST_THINKING_S, MOST_QUESTIONS, Interview, SetUp
from coach.domain.question import Kind, Question, Setting
from coach.interview.interviews import Interviews
from coach.ui import session
from coach.ui.pages.interview_choices import own_choices
from coach.ui.pages.interview_given import given_interview, leave
from coach.ui.resources import candidate, services
from coach.ui.widgets.html import draw
from coach.ui.widgets.setting import setting_box

_KINDS = {None: "Mixed", Kind.GENERAL: "General", Kind.BEHAVIOURAL: "Behavioural", Kind.SITUATIONAL: "Situational"}
_LIMITS = {"1 min": 60, "90 s": 90, "2 min": 120, "3 min": 180, "Open": None}


def show(interviews: Interviews, who: str) -> None:
    """Draw the choice."""
    st.title("Mock interview")
    draw(
        "<p>Questions one after another against the clock, with follow-ups that listen, and a report at the end. "
        "You can close the page at any time: you come back to the second you left at.</p>",
        "aside",
    )
    mine = interviews.all_of(who)
    _under_way(interviews, mine)
    given = given_interview()
    chosen = given.choices() if given else _choices(_given(), _last(mine))
    if st.button("Begin the interview", type="primary", icon=":material/play_arrow:"):
        session.open_interview(interviews.begin(who, chosen).id)
        leave()  # the interview is in the address now; what it was made from would come back after it
        threading.Thread(target=services().load, daemon=True).start()  # while the first question is read and answered
        st.rerun()
    if given:
        st.button("Set up one of my own instead", type="tertiary", on_click=leave)
    _earlier(mine)


def _last(mine: Sequence[Interview]) -> SetUp:
    """As the newest interview was set up that the candidate set up themselves; the usual one before the first."""
    own = (one.set_up for one in mine if not one.set_up.asked)
    return next((one for one in own if one.limit_s in _LIMITS.values()), SetUp())


def _given() -> tuple[Question, ...]:
    """What a link brought along, shown before one begins."""
    bank = services().practice.bank
    given = tuple(q for key in session.given_questions() if (q := bank.find_key(key)))[:MOST_QUESTIONS]
    if given:
        st.markdown("**These questions were chosen for you:**\n" + "\n".join(f"1. {q.text}" for q in given))
    return given


def _choices(given: tuple[Question, ...], default: SetUp) -> SetUp:
    left, right = st.columns(2)
    proposed = _proposed()
    with left:
        why = "Proposed by the job you prepare for; choose another, or none" if proposed else None
        setting = setting_box("Where the job is", proposed or default.setting, help=why)
    kinds = list(_KINDS)
    kind = right.selectbox("Kind of questions", kinds, index=kinds.index(default.kind), format_func=_KINDS.__getitem__)
    questions = len(given) or left.slider("Questions", 1, MOST_QUESTIONS, default.questions)
    thinking = right.slider("Seconds to think before each answer", 0, LONGEST_THINKING_S, default.thinking_s, step=5)
    limits = dict(zip(_LIMITS.values(), _LIMITS, strict=True))
    limit = st.segmented_control("Time for each answer", list(_LIMITS), default=limits[default.limit_s], required=True)
    probes = st.toggle(
        "Follow-up questions",
        value=default.probes,
        help="One or two after each answer, about what was missing in it",
    )
    chosen = SetUp(
        setting=setting,
        kind=kind,
        questions=questions,
        mode=default.mode,
        thinking_s=thinking,
        limit_s=_LIMITS[limit],
        probes=probes,
        answers=default.answers,
        aloud=default.aloud,
        rate_yourself=default.rate_yourself,
        keys=tuple(q.key for q in given),
    )
    return own_choices(chosen)


def _proposed() -> Setting | None:
    """Where the job is that one prepares for: as the next interview has it, or else the description that leads."""
    ahead, aim = services().appointments.next(candidate()), services().tailoring.aim(candidate())
    if ahead and ahead.details.setting:
        return ahead.details.setting
    return aim.setting if aim else None


def _under_way(interviews: Interviews, mine: Sequence[Interview]) -> None:
    one = next((one for one in mine if not one.done), None)
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


def _earlier(mine: Sequence[Interview]) -> None:
    done = [one for one in mine if one.done]
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
