"""Interview: the set-up, the run, the report; which of them, the address says."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.answer import AnswerKind
from coach.domain.interview import OPEN_LIMIT_S, Interview, Mode, Phase
from coach.errors import CoachError, NotFoundError
from coach.interview.engine import GRACE_S
from coach.interview.interviews import Interviews
from coach.interview.probes import BY_JUDGE
from coach.ui import session
from coach.ui.pages import interview_report, interview_setup
from coach.ui.resources import candidate, services, token
from coach.ui.widgets.clock import clock
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, clear_below, draw, text
from coach.ui.widgets.recorder import recorder
from coach.ui.widgets.writer import writer

_TROUBLE = "interview-trouble"
_LABELS = {Phase.ASKING: "The question is read to you", Phase.THINKING: "Time to think", Phase.ANSWERING: "Time left"}


def page(practise: Page) -> None:
    """The interview in the address if there is one, otherwise the set-up. ``practise`` shows a single answer."""
    interviews, who = services().interviews, candidate()
    interview_id = session.interview_id()
    if not interview_id:
        interview_setup.show(interviews, who)
        return
    for words in session.remembered(_TROUBLE):
        st.error(words, icon=":material/error:")
    session.remember(_TROUBLE, ())
    try:
        interview = interviews.look(interview_id, who)
    except NotFoundError as error:
        st.warning(str(error))
        st.button("Begin a new interview", on_click=session.open_interview, args=(None,), type="primary")
        return
    if interview.done:
        interview_report.show(interview, practise)
    else:
        _run(interviews, interview)
    _clock(interviews, interview)
    clear_below()


def _run(interviews: Interviews, interview: Interview) -> None:
    _heading(interview)
    if interview.paused_at:
        st.button(
            "Go on",
            type="primary",
            icon=":material/play_arrow:",
            on_click=_move,
            args=(interviews.resume, interview),
            shortcut="Ctrl+Enter",
        )
        return
    match interview.phase:
        case Phase.ASKING | Phase.THINKING:
            _before(interviews, interview)
        case Phase.ANSWERING if interview.turn.kind is AnswerKind.SPOKEN:
            _speak(interviews, interview)
        case Phase.ANSWERING:
            _write(interviews, interview)
        case Phase.LISTENING:
            draw('<p role="status">The interviewer takes in what you said …</p>', "aside")
        case _:
            _between(interviews, interview)


def _heading(interview: Interview) -> None:
    number, of = interview.at + 1, len(interview.rounds)
    probes = len(interview.round.probes)
    who = " by the judge" if interview.turn.why == BY_JUDGE else ""
    where = f"Question {number} of {of}" + (f" · follow-up {probes}{who}" if probes else "")
    mode = "" if interview.set_up.mode is Mode.INTERVIEW else " · practice mode"
    first = f'<p class="eyebrow" style="margin-top:0.7rem">{text(interview.round.question_text)}</p>' if probes else ""
    if interview.phase is Phase.BETWEEN:
        return
    draw(
        f'<div class="card"><p class="eyebrow">{where}{mode}</p><h1 class="question">{text(interview.turn.asked)}</h1>{first}</div>'
    )


def _before(interviews: Interviews, interview: Interview) -> None:
    speaks = interview.turn.kind is AnswerKind.SPOKEN
    with st.container(horizontal=True):
        st.button(
            "Start answering",
            type="primary",
            icon=":material/mic:" if speaks else ":material/keyboard:",
            on_click=_move,
            args=(interviews.start, interview),
            shortcut="Ctrl+Enter",
        )
        _ways_out(interviews, interview)
    _ask_about_ending(interviews, interview)


def _speak(interviews: Interviews, interview: Interview) -> None:
    attempt, turn, take = interview.round.attempt, interview.turn, interviews.take(interview)
    if take.sealed:  # the page was lost just after the recording was finished
        interviews.finish_spoken(interview, take.number, take.next_chunk)
        st.rerun()
    left = interviews.left_s(interview)
    key = f"interview-{attempt}-{take.number}-{interview.step}"
    recorder(
        take,
        token=token(attempt, interview.candidate),
        limit_s=round(take.seconds + left) if left is not None else OPEN_LIMIT_S,
        key=key,
        on_finished=partial(_recorded, interviews, interview, key),
        on_again=partial(_move, interviews.again, interview),
        words=interview.set_up.mode is Mode.PRACTICE,
        autostart=True,
    )
    if turn.recorded_again:
        aside(
            "Started over",
            f"{turn.recorded_again} time{'' if turn.recorded_again == 1 else 's'}; the report will say so.",
        )
    with st.container(horizontal=True):
        st.button(
            "Start this answer over",
            icon=":material/replay:",
            on_click=_move,
            args=(interviews.again, interview),
            disabled=not interview.may_record_again,
            help=None if interview.may_record_again else "It was recorded as often as your coach allows",
        )
        st.button(
            "Type it instead",
            icon=":material/keyboard:",
            type="tertiary",
            on_click=_move,
            args=(interviews.type_instead, interview),
        )
        _ways_out(interviews, interview)
    _ask_about_ending(interviews, interview)


def _write(interviews: Interviews, interview: Interview) -> None:
    turn, number = interview.turn, len(interview.round.turns) - 1
    key = f"write-{interview.id}-{interview.at}-{number}"
    writer(
        interview.round.attempt,
        turn.draft,
        token=token(interview.id, interview.candidate),
        label="Your answer",
        placeholder="",
        submit="Finish answer",
        revision=f"{interview.at}-{number}",
        key=key,
        on_handed_in=partial(_written, interviews, interview, key),
        at_once=True,
        url=f"/api/interviews/{interview.id}/rounds/{interview.at}/turns/{number}/draft",
    )
    with st.container(horizontal=True):
        _ways_out(interviews, interview)
    _ask_about_ending(interviews, interview)


def _ways_out(interviews: Interviews, interview: Interview) -> None:
    if interview.set_up.mode is Mode.PRACTICE:
        st.button("Pause", icon=":material/pause:", type="tertiary", on_click=_move, args=(interviews.pause, interview))
    st.button("Skip", icon=":material/skip_next:", type="tertiary", on_click=_move, args=(interviews.skip, interview))
    _end_button(interview)


def _end_button(interview: Interview) -> None:
    asks("End here", _ending(interview), icon=":material/stop:", about="What you said so far is rated")


def _ask_about_ending(interviews: Interviews, interview: Interview) -> None:
    words = "**End the interview here?** What you said so far is rated; the questions that are left are not asked."
    confirm(_ending(interview), words, "End it", _move, interviews.end, interview, no="Go on with it")


def _ending(interview: Interview) -> str:
    return f"end-{interview.id}"


def _between(interviews: Interviews, interview: Interview) -> None:
    number, of = interview.at + 1, len(interview.rounds)
    draw(
        f'<div class="card"><p class="eyebrow">Question {number} of {of} is done</p>'
        f'<h1 class="question">{text(interview.round.question_text)}</h1></div>'
    )
    with st.container(horizontal=True):
        st.button(
            "See the report" if interview.last_round else "Next question",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=_move,
            args=(interviews.go_on, interview),
            shortcut="Ctrl+Enter",
        )
        if not interview.last_round:
            _end_button(interview)
    _ask_about_ending(interviews, interview)
    if interview.set_up.mode is Mode.PRACTICE:
        interview_report.after_one(interview, interview.at)


def _clock(interviews: Interviews, interview: Interview) -> None:
    """Drawn last, so that it knows what the page knows; not on a report that nothing is missing from."""
    rated = {attempt.id for attempt in interviews.attempts(interview) if attempt.feedback}
    if interview.done and all(one.attempt in rated or one.trouble or not one.turns for one in interview.rounds):
        return
    spoken = interview.phase is Phase.ANSWERING and interview.turn.kind is AnswerKind.SPOKEN
    running = spoken and not interview.paused_at
    left = interviews.left_s(interview)
    total = (interview.deadline - interview.since).total_seconds() if interview.deadline else 1.0
    clock(
        interview.id,
        token=token(interview.id, interview.candidate),
        step=interview.step,
        rated=len(rated),
        left_s=left,
        total_s=max(1.0, total),
        grace_s=GRACE_S if spoken else 0.0,
        label=_LABELS.get(interview.phase, ""),
        shown=interview.phase in _LABELS and left is not None and not running,
        stands=interview.paused_at is not None,
        speak=interview.turn.asked if interview.phase is Phase.ASKING else "",
        recording=f"{interview.round.attempt}/{interview.turn.take}" if running else "",
        on_moved=_nothing,
        on_read=partial(_move, interviews.read_out, interview),
    )


# Callbacks: they run before anything is drawn, so that no other redraw can come between and lose what was said.


# What goes wrong in one is told by the page that is drawn next: nobody catches errors for them.


def _recorded(interviews: Interviews, interview: Interview, key: str) -> None:
    said = session.component_says(key, "finished")
    if said:
        take, chunks = int(said["take"]), int(said["chunks"])
        _move(lambda one: interviews.finish_spoken(one, take, chunks), interview)


def _written(interviews: Interviews, interview: Interview, key: str) -> None:
    said = session.component_says(key, "handed_in")
    if said:
        text = str(said["text"])
        _move(lambda one: interviews.finish_typed(one, text), interview)


def _move(move: Callable[[Interview], Interview], interview: Interview) -> None:
    try:
        move(interview)
    except NotFoundError:
        pass  # which the page itself says when it looks for it
    except CoachError as error:
        session.remember(_TROUBLE, (str(error),))


def _nothing() -> None:
    """The page is drawn anew, which is all that was asked for."""
