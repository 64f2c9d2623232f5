"""One question: written field by field, seen as a candidate sees it, published, retired, copied."""

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from coach.bank.authoring import Authoring
from coach.bank.rules import Fault
from coach.domain.authored import Authored, Draft, Origin, Standing
from coach.ui import session
from coach.ui.pages.questions_form import Form, told
from coach.ui.resources import candidate
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, clear_below, draw, text
from coach.ui.widgets.question import question_card
from coach.ui.widgets.telling import done


def show(authoring: Authoring, one: Authored) -> None:
    """Draw a question and all one can do with it."""
    st.button(
        "All questions", icon=":material/arrow_back:", type="tertiary", on_click=session.edit_question, args=(None,)
    )
    st.title("A question of your own")
    if one.standing is Standing.RETIRED:
        aside("Retired", "It is not offered any more; answers given to it keep its words. Bring it back to change it.")
        _preview(one.words)
        _actions(authoring, one, ())
        return
    faults = authoring.faults(one)
    if one.origin is Origin.GENERATED:
        aside("Generated", "A language model wrote this from a job description. Read every line before you publish it.")
    if one.question:
        aside(f"Published, version {one.question.version}", f"Its key is {one.question.key}.")
    write, preview = st.tabs(["Write", "As a candidate sees it"])
    with write:
        Form(authoring, one, faults).draw()
    with preview:
        _preview(one.words)
    before = st.container()
    _actions(authoring, one, faults)
    clear_below()
    if one.draft is not None:
        with before:
            _in_the_way(authoring, one, faults)


def _preview(draft: Draft) -> None:
    try:
        question = Draft.read(draft.raw()).model_copy(update={"key": "preview"}).question(1)
    except ValidationError:
        st.info("Write the question first; then it is shown here as a candidate sees it.", icon=":material/visibility:")
        return
    question_card(question)
    with st.expander("What this question looks for", expanded=True):
        st.markdown("\n".join(f"- {area.text}" for area in question.areas) or "No areas yet.")
        for label, words in (("Weak", question.weak), ("Good", question.good), ("Excellent", question.excellent)):
            if words:
                st.markdown(f"**{label}.** {words}")
    if question.probes:
        with st.expander("Follow-ups, asked where the answer leaves them open"):
            st.markdown("\n".join(f"- {probe}" for probe in question.probes))
    if question.model_answer:
        with st.expander("The model answer, once the candidate has answered"):
            draw(f"<p>{text(question.model_answer)}</p>")


def _in_the_way(authoring: Authoring, one: Authored, faults: Sequence[Fault]) -> None:
    """What keeps the draft from being published, and what speaks against it."""
    if faults:
        rows = "".join(f"<li>{text(told(fault))}</li>" for fault in faults)
        draw(f'<div class="card"><h3>Before it can be published</h3><ol class="notes">{rows}</ol></div>')
    if alike := authoring.alike(one):
        st.warning(
            f"This asks much the same as “{alike.question.text}” ({alike.question.key}). "
            "Ask for something else, or publish it only if both are needed.",
            icon=":material/content_copy:",
        )


def _actions(authoring: Authoring, one: Authored, faults: Sequence[Fault]) -> None:
    with st.container(horizontal=True):
        if one.draft is not None and one.standing is not Standing.RETIRED:
            st.button(
                "Publish the next version" if one.question else "Publish",
                type="primary",
                icon=":material/publish:",
                disabled=bool(faults),
                on_click=_publish,
                args=(authoring, one),
            )
        st.button("Duplicate", icon=":material/content_copy:", on_click=_copy, args=(one, authoring))
        if one.standing is Standing.PUBLISHED:
            what = "Offered no more; answers keep its words, and it can be brought back"
            st.button("Retire", icon=":material/archive:", help=what, on_click=retire, args=(authoring, one))
        if one.standing is Standing.RETIRED:
            st.button("Bring back", type="primary", on_click=bring_back, args=(authoring, one))
        elif one.draft is not None:
            asks("Throw the draft away", _discarding(one))
    kept = " What is published stays as it is." if one.question else ""
    words = f"**Throw this draft away?** Its words go for good.{kept}"
    confirm(_discarding(one), words, "Throw it away", _discard, authoring, one)


# ── callbacks ─────────────────────────────────────────────────────────────────────────────────────────────────────


def retire(authoring: Authoring, one: Authored) -> None:
    """Offer it no more."""
    done(lambda: authoring.retire(one.id))


def bring_back(authoring: Authoring, one: Authored) -> None:
    """Offer it again."""
    done(lambda: authoring.bring_back(one.id))


def _publish(authoring: Authoring, one: Authored) -> None:
    if done(lambda: authoring.publish(one.id)):
        st.toast("Published: it is offered to candidates now.", icon=":material/publish:")


def _copy(one: Authored, authoring: Authoring) -> None:
    session.edit_question(authoring.begin(candidate(), one.words).id)


def _discard(authoring: Authoring, one: Authored) -> None:
    if done(lambda: authoring.discard(one.id)) and one.question is None:
        session.edit_question(None)


def _discarding(one: Authored) -> str:
    return f"discard-{one.id}"
