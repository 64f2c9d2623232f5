"""Telling a story aloud: recorded and rated like any answer, and held against the story as it is written."""

import streamlit as st

from coach.domain.attempt import AttemptState
from coach.domain.story import LONGEST_S, Story, StoryPart
from coach.prepare.stories import Stories
from coach.prepare.stories.stories import Retelling
from coach.ui import session
from coach.ui.pages import practise
from coach.ui.resources import services
from coach.ui.widgets.html import draw, text
from coach.ui.widgets.play_places import delivery
from coach.ui.widgets.ratings import change_card, rating_cards
from coach.ui.widgets.ribbon import ribbon
from coach.ui.widgets.stories import clock, told_card
from coach.ui.widgets.takes import player


def tellings(stories: Stories, story: Story, who: str) -> None:
    """The button that begins a telling, and all there were."""
    st.subheader("Tell it aloud")
    st.button(
        "Tell it aloud",
        type="primary",
        icon=":material/mic:",
        disabled=not story.text.written,
        on_click=_tell,
        args=(stories, story.id, who),
    )
    before = stories.retellings(story.id, who)
    if not before:
        draw(
            "<p>Not told yet. Aim for 60 to 90 seconds, without reading. You will see how long it took and what you left out.</p>",
            "aside",
        )
    for one in before:
        _row(story, one)


def _row(story: Story, one: Retelling) -> None:
    when = f"{one.telling.at.astimezone():%d %b %Y, %H:%M} · version {one.telling.version}"
    if one.told:
        kept = one.told.sentences - len(one.told.left_out)
        facts = f"{clock(one.told.seconds)} · {kept} of {one.told.sentences} sentences told"
    else:
        facts = "Not finished"
    with st.container(horizontal=True, vertical_alignment="center"):
        draw(f'<p class="eyebrow" style="margin:0">{text(when)}</p><p style="margin:0">{text(facts)}</p>')
        st.button(
            "Look at it" if one.told else "Go on",
            key=f"telling-{one.attempt.id}",
            on_click=_open,
            args=(story.id, one.attempt.id),
        )


def _tell(stories: Stories, story_id: str, who: str) -> None:
    _open(story_id, stories.tell(story_id, who).id)


def _open(story_id: str, attempt_id: str) -> None:
    session.open_story(story_id)
    session.open_attempt(attempt_id)


def show(stories: Stories, story: Story, attempt_id: str, who: str) -> None:
    """One telling: being recorded, being corrected, or done."""
    st.button(
        "Back to the story",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session.open_story,
        args=(story.id,),
    )
    one = next((one for one in stories.retellings(story.id, who) if one.attempt.id == attempt_id), None)
    if one is None:
        st.warning("There is no such telling of this story. It may have been deleted.")
        return
    if one.attempt.state is not AttemptState.RATED:
        with st.expander("Peek at my story"):
            draw(
                "".join(
                    f"<p><b>{part.label}.</b> {text(story.text.of(part))}</p>"
                    for part in StoryPart
                    if part in story.text.written
                )
            )
        practise.show(services().practice, attempt_id, who, aloud=True)
        return
    _done(stories, story, one, who)


def _done(stories: Stories, story: Story, one: Retelling, who: str) -> None:
    st.title(story.text.name)
    attempt, practice = one.attempt, services().practice
    if one.told:
        told_card(one.told)
    takes = practice.takes(attempt.id, who)
    if takes:
        player(takes[-1], who, "What you told")
    delivery(attempt, who, takes[-1] if takes else None, LONGEST_S)
    with st.container(horizontal=True):
        st.button(
            "Tell it again", type="primary", icon=":material/replay:", on_click=_tell, args=(stories, story.id, who)
        )
        st.button("Back to the story", key="back-below", on_click=session.open_story, args=(story.id,))
    if attempt.feedback:
        st.subheader("As an answer")
        if attempt.feedback.change:
            change_card(attempt.feedback.change)
        rating_cards(attempt.feedback, practice.rubric)
        ribbon(attempt.text, attempt.feedback)
