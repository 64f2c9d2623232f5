"""Drills: choose a skill, see how it went before, take an exercise."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.drill import Try
from coach.domain.exercise import Exercise
from coach.errors import AnswerError, BankError, NotFoundError
from coach.prepare.drills import ALL, Drill, drill_of
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.hard_scenarios import HardScenarios
from coach.ui import session
from coach.ui.pages import drills_scenario, drills_try
from coach.ui.resources import candidate, services
from coach.ui.widgets.html import clear_below, draw, text

_SHOWN = 8  # tries in the history


def page() -> None:
    """The try, the scenario or the drill in the address; otherwise all drills."""
    drills, who = services().drills, candidate()
    drill, run, one = session.drill_place()
    try:
        if one:
            drills_try.show(drills, one, who)
        elif run:
            drills_scenario.show(services().scenarios, run, who)
        elif drill:
            _drill(drills, drill_of(drill), who)
        else:
            _all(drills, who)
    except (NotFoundError, BankError) as error:
        st.warning(str(error))
        st.button("All drills", on_click=session.open_drill, type="primary")
    clear_below()


def _all(drills: Drills, who: str) -> None:
    drills.tidy_recordings(who)
    st.title("Drills")
    st.markdown(
        "Two to five minutes on one skill. You see right away what was found in your words, and what each finding stands on."
    )
    last = drills.last(who)
    for pair in (ALL[i : i + 2] for i in range(0, len(ALL), 2)):
        for column, drill in zip(st.columns(2), pair, strict=True):
            with column.container(border=True):
                time = f" · {drill.limit_s} seconds" if drill.limit_s else ""
                before = (
                    f'<p class="eyebrow" style="margin-top:0.5rem">Last time: {text(_result(last[drill.key]))}</p>'
                    if drill.key in last
                    else ""
                )
                draw(
                    f'<p class="eyebrow">{text(drill.skill.label)}{time}</p><h3>{text(drill.name)}</h3><p>{text(drill.task)}</p>{before}'
                )
                st.button(f"Open {drill.name}", key=f"open-{drill.key}", on_click=session.open_drill, args=(drill.key,))


def _drill(drills: Drills, drill: Drill, who: str) -> None:
    st.title(drill.name)
    st.markdown(drill.task)
    following = drills.next_exercise(drill, who)
    st.button(
        "Start",
        type="primary",
        icon=":material/play_arrow:",
        help=following.title,
        on_click=_take_up,
        args=(drill, following, who),
    )
    if isinstance(drill, HardScenarios) and services().scenarios.can_play:
        st.button(
            "Start a role-play with the judge",
            icon=":material/theater_comedy:",
            help="A language model plays the other person. It rates nothing.",
            on_click=_role_play,
            args=(following, who),
        )
    _choose(drills, drill, who)
    if drill.takes_own:
        _own(drills, drill, who)
    if isinstance(drill, HardScenarios):
        drills_scenario.history(services().scenarios, who)
    else:
        _history(drills.history(who, drill))
    st.button("All drills", icon=":material/arrow_back:", type="tertiary", on_click=session.open_drill)


def _choose(drills: Drills, drill: Drill, who: str) -> None:
    with st.expander("Choose an exercise yourself"):
        for exercise in drills.exercises(drill):
            setting = f"{exercise.setting.label}: " if exercise.setting else ""
            st.button(
                f"{setting}{exercise.title}",
                key=f"choice-{exercise.key}",
                type="tertiary",
                on_click=_take_up,
                args=(drill, exercise, who),
            )


def _own(drills: Drills, drill: Drill, who: str) -> None:
    with st.expander("Use a result of your own"), st.form("own-result"):
        given = st.text_area("The result, as you tell it now", height=80)
        known = st.text_area("What you know for sure: figures, times, what it was before", height=80)
        if st.form_submit_button("Lift it", icon=":material/stairs:"):
            try:
                one = drills.begin_own(who, drill, given, known, AnswerKind.TYPED)
            except AnswerError as error:
                st.error(str(error), icon=":material/error:")
                return
            session.open_drill(drill.key, one=one.id)
            st.rerun()


def _history(tries: Sequence[Try]) -> None:
    if not tries:
        return
    st.subheader("How it went")
    for one in tries[:_SHOWN]:
        st.button(
            f"{one.created_at.astimezone():%d %b, %H:%M} · {one.exercise.title} · {_result(one)}",
            key=f"choice-{one.id}",
            type="tertiary",
            on_click=session.open_drill,
            args=(one.drill, one.run or "", one.id),
        )


def _result(one: Try) -> str:
    return one.summary


def _role_play(scenario: Exercise, who: str) -> None:
    session.open_drill(HardScenarios.key, run=services().scenarios.begin_role_play(who, scenario).id)


def _take_up(drill: Drill, exercise: Exercise, who: str) -> None:
    """Begin: a scenario at its first card, any other exercise with a choice of how to answer."""
    if exercise.cards:
        session.open_drill(drill.key, run=services().scenarios.begin(who, exercise).id)
    else:
        session.open_drill(drill.key, one=f"{drills_try.NEW}{exercise.key}")
