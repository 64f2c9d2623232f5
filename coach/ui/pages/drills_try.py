"""A try at an exercise: read it, say or write it, and see what was seen."""

from functools import partial

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.drill import Try
from coach.errors import AnswerError
from coach.prepare.drills import Drill, drill_of, role_play
from coach.prepare.drills.drilling import Drills
from coach.ui import session
from coach.ui.pages.drills_claims import claims
from coach.ui.resources import services, token
from coach.ui.widgets.clock import countdown
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.drill import (
    beside,
    counted,
    exercise_card,
    heading,
    lines,
    next_change,
    observations,
    own_words,
    walked,
)
from coach.ui.widgets.hearing import hearing, take_up
from coach.ui.widgets.html import aside, draw, text
from coach.ui.widgets.recorder import recorder
from coach.ui.widgets.takes import player
from coach.ui.widgets.writer import writer

NEW = "new-"  # before an exercise's key in the address: it is shown, and the clock does not run yet
_DELETES = "**Delete this try?** Your words and the recording go for good."
_SPOKEN_LIMIT_S = 180  # seconds, where the drill has no clock


def show(drills: Drills, ident: str, who: str) -> None:
    """A try at whatever step it is, or an exercise before the first."""
    if ident.startswith(NEW):
        _before(drills, ident.removeprefix(NEW), who)
        return
    one = drills.get(ident, who)
    if one.state is AttemptState.RATED:
        _seen(drills, one)
    elif one.state is AttemptState.RECORDED:
        _hear(drills, one)
    elif one.state is AttemptState.TRANSCRIBED:
        _correct(drills, one)
    elif one.kind is AnswerKind.SPOKEN:
        _speak(drills, one)
    else:
        _write(drills, one)


def _before(drills: Drills, key: str, who: str) -> None:
    drill = drill_of(session.drill_place()[0])
    exercise = drills.exercise(drill, key)
    exercise_card(drill, exercise)
    if drill.limit_s:
        aside(f"{drill.limit_s} seconds", "The clock starts when you do. Read first.")
    with st.container(horizontal=True):
        for kind, label, icon in (
            (AnswerKind.SPOKEN, "Say it", ":material/mic:"),
            (AnswerKind.TYPED, "Type it", ":material/keyboard:"),
        ):
            if st.button(label, icon=icon, type="primary" if kind is AnswerKind.SPOKEN else "secondary"):
                session.open_drill(drill.key, one=drills.begin(who, drill, exercise, kind).id)
                st.rerun()
        _back(drill)


# ── saying and writing ────────────────────────────────────────────────────────────────────────────────────────────


def _write(drills: Drills, one: Try) -> None:
    drill = drill_of(one.drill)
    _so_far(one)
    exercise_card(drill, one.exercise)
    left = drills.left_s(one)
    if left is not None and drill.limit_s:
        countdown(one.id, left, drill.limit_s)
    _hand_in(drills, one, "Your words", "typed")
    with st.container(horizontal=True):
        st.button(
            "Say it instead",
            icon=":material/mic:",
            type="tertiary",
            on_click=_again,
            args=(drills, one, AnswerKind.SPOKEN),
        )
        _back(drill, one)


def _so_far(one: Try) -> None:
    """What one answers to: the scene of the scenario, and what was done or said in it."""
    if not one.run:
        return
    run = services().scenarios.get(one.run, one.candidate)
    aside("The scene", run.scenario.given)
    if one.card == role_play.CARD:
        lines(run)
    else:
        walked(run)


def _hand_in(drills: Drills, one: Try, label: str, revision: str) -> None:
    handed_in = writer(
        one.id,
        one.draft,
        token=token(one.id, one.candidate),
        label=label,
        placeholder="",
        submit="Say it" if one.card == role_play.CARD else "Look at it",
        revision=revision,
        key=f"drill-writer-{one.id}-{revision}",
        on_handed_in=_nothing,
        url=f"/api/drills/{one.id}/draft",
    ).handed_in
    if not handed_in:
        return
    with st.spinner("Looking at your words …", show_time=True):
        try:
            rated = drills.hand_in(one.id, one.candidate, str(handed_in["text"]))
            if one.card == role_play.CARD:
                services().scenarios.say(rated)
                session.open_drill(one.drill, run=one.run or "")
        except AnswerError as error:
            st.error(str(error), icon=":material/error:")
            return
    st.rerun()


def _speak(drills: Drills, one: Try) -> None:
    take = drills.current_take(one.id, one.candidate)
    if take.sealed:
        take_up(drills, take, one.candidate)
    drill = drill_of(one.drill)
    _so_far(one)
    exercise_card(drill, one.exercise)
    result = recorder(
        take,
        token=token(one.id, one.candidate),
        limit_s=drill.limit_s or _SPOKEN_LIMIT_S,
        key=f"drill-recorder-{one.id}-{take.number}",
        on_finished=_nothing,
        on_again=_nothing,
        url=f"/api/drills/{one.id}",
    )
    if result.again:
        drills.record_again(one.id, one.candidate)
        st.rerun()
    if result.finished:
        drills.finish_take(one.id, one.candidate, take.number, int(result.finished["chunks"]))
        st.rerun()
    with st.container(horizontal=True):
        st.button(
            "Type it instead",
            icon=":material/keyboard:",
            type="tertiary",
            on_click=_again,
            args=(drills, one, AnswerKind.TYPED),
        )
        _back(drill, one)


def _hear(drills: Drills, one: Try) -> None:
    exercise_card(drill_of(one.drill), one.exercise)
    take = drills.current_take(one.id, one.candidate)
    hearing(
        one.id,
        partial(drills.record_again, one.id, one.candidate),
        partial(player, take, one.candidate, "Your recording", of="drills"),
    )


def _correct(drills: Drills, one: Try) -> None:
    exercise_card(drill_of(one.drill), one.exercise)
    takes = drills.takes(one.id, one.candidate)
    if takes:
        player(takes[-1], one.candidate, "Your recording", of="drills")
    if one.transcript and one.transcript.note:
        st.warning(one.transcript.note, icon=":material/hearing:")
    heard = one.transcript is not None and not one.transcript.heard_nothing
    if heard:
        _hand_in(drills, one, "This is what we heard. Correct what we misheard.", f"take-{len(takes)}")
    st.button(
        "Record again",
        icon=":material/mic:",
        type="tertiary" if heard else "primary",
        on_click=drills.record_again,
        args=(one.id, one.candidate),
    )


# ── what was seen ─────────────────────────────────────────────────────────────────────────────────────────────────


def _seen(drills: Drills, one: Try) -> None:
    drill, outcome = drill_of(one.drill), one.outcome
    exercise_card(drill, one.exercise)
    if outcome is None:
        return
    if outcome.unrated:
        st.warning(f"Unrated. {outcome.unrated}", icon=":material/help:")
    else:
        st.subheader(heading(outcome))
        if outcome.remark:
            st.warning(outcome.remark, icon=":material/explore_off:")
        counted(one)
        _time_taken(drill, one)
        next_change(outcome)
        observations(outcome, one.claims)
        claims(drills, one)
    st.subheader("Your words")
    own_words(one)
    for take in drills.takes(one.id, one.candidate)[-1:]:
        player(take, one.candidate, "Your recording", of="drills")
    if one.exercise.good:
        st.subheader("One good answer")
        draw(f'<div class="card"><p class="own">{text(one.exercise.good)}</p></div>')
        aside("Invented", "One way among many: see how it is built.")
    earlier = drills.earlier(one)
    if earlier:
        st.subheader("Before and now")
        beside(earlier[0], one)
    _what_next(drills, drill, one)


def _time_taken(drill: Drill, one: Try) -> None:
    if drill.limit_s and one.seconds is not None and one.seconds > drill.limit_s:
        minutes, seconds = divmod(round(one.seconds), 60)
        aside("Time", f"You took {minutes}:{seconds:02d}; {drill.limit_s} seconds were the aim. Nothing was cut off.")


def _what_next(drills: Drills, drill: Drill, one: Try) -> None:
    with st.container(horizontal=True):
        if one.run:
            _scenario_on(one)
        st.button(
            "Try again",
            type="secondary" if one.run else "primary",
            icon=":material/replay:",
            on_click=_again,
            args=(drills, one, one.kind),
        )
        if not one.run:
            st.button("Next exercise", icon=":material/arrow_forward:", on_click=_next, args=(drills, drill, one))
            _back(drill)
        asks("Delete this try", _deletion(one))
    confirm(_deletion(one), _DELETES, "Delete for good", _delete, drills, one)


def _scenario_on(one: Try) -> None:
    run = services().scenarios.get(one.run or "", one.candidate)
    here = run.at == one.card and one.outcome is not None and not one.outcome.unrated
    st.button(
        "Go on with this reply" if here else "Back to the scenario",
        type="primary",
        icon=":material/arrow_forward:",
        on_click=_go_on,
        args=(one,),
    )


def _go_on(one: Try) -> None:
    services().scenarios.go_on(one)
    session.open_drill(one.drill, run=one.run or "")


def _again(drills: Drills, one: Try, kind: AnswerKind) -> None:
    session.open_drill(one.drill, run=one.run or "", one=drills.again(one, kind).id)


def _next(drills: Drills, drill: Drill, one: Try) -> None:
    session.open_drill(drill.key, one=f"{NEW}{drills.next_exercise(drill, one.candidate, but=one.exercise.key).key}")


def _deletion(one: Try) -> str:
    return f"delete-{one.id}"


def _delete(drills: Drills, one: Try) -> None:
    drills.delete(one.id, one.candidate)
    session.open_drill(one.drill, run=one.run or "")


def _back(drill: Drill, one: Try | None = None) -> None:
    run = (one.run or "") if one else ""
    label = "Back to the scenario" if run else f"Back to {drill.name}"
    st.button(label, icon=":material/arrow_back:", type="tertiary", on_click=session.open_drill, args=(drill.key, run))


def _nothing() -> None:
    """A component needs a callback for each of its results; we read them where we draw it."""
