"""A hard scenario, card by card."""

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.drill import Run
from coach.domain.exercise import Exercise
from coach.prepare.drills import drill_of, role_play
from coach.prepare.drills.hard_scenarios import HardScenarios
from coach.prepare.drills.scenarios import Scenarios
from coach.ui import session
from coach.ui.pages.drills_claims import claims
from coach.ui.resources import services
from coach.ui.widgets.drill import counted, lines, observations, walked
from coach.ui.widgets.html import aside, draw, text

_KEY = HardScenarios.key


def show(scenarios: Scenarios, run_id: str, who: str) -> None:
    """Where the scenario stands."""
    run = scenarios.get(run_id, who)
    _heading(run)
    if run.lines:
        lines(run)
    if run.note:
        st.warning(run.note, icon=":material/info:")
    if run.role_play:
        _talk(scenarios, run)
        return
    walked(run)
    if run.card.ending:
        _end(scenarios, run)
        return
    turn = len(run.steps) + 1
    draw(f'<div class="card"><p class="eyebrow">Card {turn}</p><p class="given"><b>{text(run.card.text)}</b></p></div>')
    if run.card.reply:
        _reply(scenarios, run)
    else:
        for number, choice in enumerate(run.card.choices):
            st.button(
                choice.text,
                key=f"choice-{run.at}-{number}",
                width="stretch",
                on_click=_choose,
                args=(scenarios, run, number),
            )
    _back()


def _heading(run: Run) -> None:
    setting = f" · {run.scenario.setting.label}" if run.scenario.setting else ""
    draw(
        f'<div class="card"><p class="eyebrow">Hard scenario{text(setting)}</p><h1 class="question">{text(run.scenario.title)}</h1>'
        f'<p class="given" style="margin-top:0.6rem">{text(run.scenario.given)}</p></div>'
    )


def _talk(scenarios: Scenarios, run: Run) -> None:
    """A role-play: the candidate's turn, or what was seen in all of it."""
    if role_play.waits_for_me(run):
        _ways_to_answer(run, role_play.CARD, role_play.speaking(run))
        st.button(
            "End the talk here", icon=":material/stop:", type="tertiary", on_click=_end_talk, args=(scenarios, run)
        )
    whole = scenarios.whole(run)
    if whole and whole.outcome:
        st.subheader("What you said")
        counted(whole)
        if whole.outcome.unrated:
            st.warning(f"Unrated. {whole.outcome.unrated}", icon=":material/help:")
        observations(whole.outcome, whole.claims)
        claims(services().drills, whole)
        aside("Who says so", "Checks on this computer. The judge only played the other person, and rates nothing here.")
    _back()


def _end_talk(scenarios: Scenarios, run: Run) -> None:
    scenarios.end_talk(run)


def _reply(scenarios: Scenarios, run: Run) -> None:
    _ways_to_answer(run, run.at, run.scenario.at_card(run.at))
    tries = [one for one in scenarios.tries_in(run) if one.card == run.at and one.outcome]
    with st.container(horizontal=True):
        if tries:
            st.button(
                "See your last try", type="tertiary", on_click=session.open_drill, args=(_KEY, run.id, tries[-1].id)
            )
        st.button(
            "Pass this card by",
            type="tertiary",
            help="It goes on as if a good reply had been given. Nothing is rated.",
            on_click=_pass_by,
            args=(scenarios, run),
        )


def _ways_to_answer(run: Run, card: str, exercise: Exercise) -> None:
    with st.container(horizontal=True):
        for kind, label, icon in (
            (AnswerKind.SPOKEN, "Say it", ":material/mic:"),
            (AnswerKind.TYPED, "Type it", ":material/keyboard:"),
        ):
            st.button(
                label,
                icon=icon,
                type="primary" if kind is AnswerKind.SPOKEN else "secondary",
                on_click=_begin,
                args=(run, card, exercise, kind),
            )


def _choose(scenarios: Scenarios, run: Run, number: int) -> None:
    scenarios.choose(run, number)


def _pass_by(scenarios: Scenarios, run: Run) -> None:
    scenarios.pass_by(run)


def _begin(run: Run, card: str, exercise: Exercise, kind: AnswerKind) -> None:
    one = services().drills.begin(run.candidate, drill_of(_KEY), exercise, kind, run=run.id, card=card)
    session.open_drill(_KEY, run.id, one.id)


def _end(scenarios: Scenarios, run: Run) -> None:
    draw(
        f'<div class="card"><p class="eyebrow">How it ended</p><p class="given">{text(run.card.text)}</p>'
        f'<p style="margin:0.7rem 0 0"><b>{text(run.card.ending)}</b></p></div>',
        "change",
    )
    used = {step.reply for step in run.steps if step.reply}
    for one in scenarios.tries_in(run):
        if one.id in used and one.outcome:
            st.button(
                f"Your reply: {one.summary}",
                key=f"choice-{one.id}",
                type="tertiary",
                on_click=session.open_drill,
                args=(_KEY, run.id, one.id),
            )
    with st.container(horizontal=True):
        st.button("Walk it again", type="primary", icon=":material/replay:", on_click=_again, args=(scenarios, run))
        _back()


def _again(scenarios: Scenarios, run: Run) -> None:
    session.open_drill(_KEY, run=scenarios.begin(run.candidate, run.scenario).id)


def _back() -> None:
    st.button(
        "Back to Hard scenarios",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session.open_drill,
        args=(_KEY,),
    )


def history(scenarios: Scenarios, who: str, most: int = 8) -> None:
    """The scenarios walked so far, the newest first."""
    runs = [run for run in scenarios.all_of(who) if run.steps or run.lines][:most]
    if runs:
        st.subheader("How it went")
    for run in runs:
        how = "to the end" if run.finished_at else "on its way"
        st.button(
            f"{run.created_at.astimezone():%d %b, %H:%M} · {run.scenario.title} · {how}",
            key=f"choice-{run.id}",
            type="tertiary",
            on_click=session.open_drill,
            args=(_KEY, run.id),
        )
