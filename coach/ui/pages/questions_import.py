"""Importing questions: what a file would do is shown, and done only then."""

import streamlit as st

from coach.bank.authoring import Authoring
from coach.bank.importing import Fate, ImportPlan
from coach.ui import session
from coach.ui.resources import candidate
from coach.ui.widgets.html import draw, shortened, text

_SHOWN = 30  # rows and problems; more than anybody reads at once


def show(authoring: Authoring, asked: str) -> None:
    """Draw the import; ``asked`` is what to stop asking when it is over."""
    with st.container(border=True):
        st.subheader("Import questions")
        st.markdown(
            "A spreadsheet saved as CSV (UTF-8), or a pack in TOML. Everything comes in as drafts; "
            "with anything wrong in the file, nothing does."
        )
        with st.popover("How the spreadsheet looks", icon=":material/table:"):
            st.markdown(
                "One row a question, with the columns below; only **text** must be there, the rest can be filled in here. "
                "Competencies and settings: semicolons between. Probes: one a line in their cell. "
                "Each area: a cell of its own, the area first, then ways to say it, one a line."
            )
            st.download_button(
                "An example to begin from", authoring.example_csv, "example.csv", "text/csv", on_click="ignore"
            )
        uploaded = st.file_uploader("The file", type=["csv", "toml"], max_upload_size=2)
        st.button("Close", type="tertiary", on_click=session.ask, args=(asked,), kwargs={"on": False})
        if uploaded is None:
            return
        plan = authoring.plan(uploaded.name, uploaded.getvalue())
        if plan.problems:
            _problems(plan)
        else:
            _plan(authoring, plan, asked)


def _problems(plan: ImportPlan) -> None:
    count = len(plan.problems)
    st.error(
        f"Nothing was imported. {count} thing{'s have' if count > 1 else ' has'} to be put right in the file:",
        icon=":material/error:",
    )
    rows = "".join(f"<li>{text(str(problem))}</li>" for problem in plan.problems[:_SHOWN])
    draw(f'<ol class="notes">{rows}</ol>{_more(count)}')


def _plan(authoring: Authoring, plan: ImportPlan, asked: str) -> None:
    fates = [f"{count} {fate.value}" for fate in Fate if (count := sum(one.fate is fate for one in plan.incoming))]
    st.markdown(f"**This file would bring:** {'; '.join(fates)}.")
    rows = "".join(
        f"<li><b>{text(one.place)}</b>: {text(shortened(one.draft.text))} <em>({one.fate.value}"
        + (f"; still to be done: {len(one.unfinished)}" if one.unfinished and one.fate is not Fate.SAME else "")
        + ")</em></li>"
        for one in plan.incoming[:_SHOWN]
    )
    draw(f'<ul class="notes">{rows}</ul>{_more(len(plan.incoming))}')
    if plan.to_do:
        st.button(
            f"Import {len(plan.to_do)} question{'s' if len(plan.to_do) > 1 else ''}",
            type="primary",
            on_click=_bring_in,
            args=(authoring, plan, asked),
        )


def _more(count: int) -> str:
    return f"<p>and {count - _SHOWN} more.</p>" if count > _SHOWN else ""


def _bring_in(authoring: Authoring, plan: ImportPlan, asked: str) -> None:
    count = authoring.bring_in(plan, candidate())
    session.ask(asked, on=False)
    st.toast(f"{count} question{'s' if count > 1 else ''} imported as draft{'s' if count > 1 else ''}.")
