"""A hard scenario, card by card."""

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.drill import Run
from coach.prepare.drills import drill_of
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.hard_scenarios import HardScenarios
from coach.ui import session
from coach.ui.widgets.drill import walked
from coach.ui.widgets.html import draw, text

_KEY = HardScenarios.key


def show(drills: Drills, run_id: str, who: str) -> None:
    """Where the scenario stands."""
    run = drills.run(run_id, who)
    _heading(run)
    walked(run)
    if run.card.ending:
        _end(drills, run)
        return
    turn = len(run.steps) + 1
    draw(f'<div class="card"><p class="eyebrow">Card {turn}</p><p class="given"><b>{text(run.card.text)}</b></p></div>')
    if run.card.reply:
        _reply(drills, run)
    else:
        for number, choice in enumerate(run.card.choices):
            st.button(
                choice.text,
                key=f"choice-{run.at}-{number}",
                width="stretch",
                on_click=_choose,
                args=(drills, run, number),
            )
    _back()


def _heading(run: Run) -> None:
    setting = f" · {run.scenario.setting.label}" if run.scenario.setting else ""
    draw(
        f'<div class="card"><p class="eyebrow">Hard scenario{text(setting)}</p><h1 class="question">{text(run.scenario.title)}</h1>'
        f'<p class="given" style="margin-top:0.6rem">{text(run.scenario.given)}</p></div>'
    )


def _reply(drills: Drills, run: Run) -> None:
    tries = [one for one in drills.tries_in(run) if one.card == run.at and one.outcome]
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
                args=(drills, run, kind),
            )
        if tries:
            st.button(
                "See your last try", type="tertiary", on_click=session.open_drill, args=(_KEY, run.id, tries[-1].id)
            )
        st.button(
            "Pass this card by",
            type="tertiary",
            help="It goes on as if a good reply had been given. Nothing is rated.",
            on_click=_pass_by,
            args=(drills, run),
        )


def _choose(drills: Drills, run: Run, number: int) -> None:
    drills.choose(run, number)


def _pass_by(drills: Drills, run: Run) -> None:
    drills.pass_by(run)


def _begin(drills: Drills, run: Run, kind: AnswerKind) -> None:
    one = drills.begin(run.candidate, drill_of(_KEY), run.scenario.at_card(run.at), kind, run=run.id, card=run.at)
    session.open_drill(_KEY, run.id, one.id)


def _end(drills: Drills, run: Run) -> None:
    draw(
        f'<div class="card"><p class="eyebrow">How it ended</p><p class="given">{text(run.card.text)}</p>'
        f'<p style="margin:0.7rem 0 0"><b>{text(run.card.ending)}</b></p></div>',
        "change",
    )
    used = {step.reply for step in run.steps if step.reply}
    for one in drills.tries_in(run):
        if one.id in used and one.outcome:
            st.button(
                f"Your reply: {one.outcome.summary}",
                key=f"choice-{one.id}",
                type="tertiary",
                on_click=session.open_drill,
                args=(_KEY, run.id, one.id),
            )
    with st.container(horizontal=True):
        st.button("Walk it again", type="primary", icon=":material/replay:", on_click=_again, args=(drills, run))
        _back()


def _again(drills: Drills, run: Run) -> None:
    session.open_drill(_KEY, run=drills.begin_run(run.candidate, run.scenario).id)


def _back() -> None:
    st.button(
        "Back to Hard scenarios",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session.open_drill,
        args=(_KEY,),
    )


def history(drills: Drills, who: str, most: int = 8) -> None:
    """The scenarios walked so far, the newest first."""
    runs = [run for run in drills.runs_of(who) if run.steps][:most]
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
