"""The matrix: stories against competencies and likely questions."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.question import Setting
from coach.domain.story import Story
from coach.prepare.stories import Stories
from coach.prepare.stories.matrix import StoryMatrix
from coach.ui.resources import services
from coach.ui.widgets.html import aside, empty
from coach.ui.widgets.setting import setting_box
from coach.ui.widgets.stories import advice, competencies, fitting_story, legend, questions


def show(stories: Stories, mine: Sequence[Story], who: str) -> None:
    """Advice first, then what is covered, then which story to use for one question."""
    if not mine:
        empty(
            "Nothing to match yet",
            "Write your first story under My stories. Here you will see which questions it answers, and what kind of story you still miss.",
        )
        return
    aim = services().tailoring.aim(who)
    setting = setting_box("Where is the job?", aim.setting if aim else None, "Anywhere", key="matrix-setting")
    matrix = _worked_out(stories, who, setting)
    advice(matrix.advice)
    st.subheader("Your stories by number")
    legend(matrix)
    _one_question(stories, matrix)
    st.subheader("Competencies")
    competencies(matrix)
    st.subheader(f"Likely questions: {matrix.answered} of {len(matrix.questions)} have a story")
    aside(
        "A guess",
        "What fits is guessed by meaning and by the competencies you filed a story under. The filled number fits best.",
    )
    questions(matrix, answered=True)
    with st.expander(f"Questions without a story ({len(matrix.questions) - matrix.answered})"):
        questions(matrix, answered=False)


def _worked_out(stories: Stories, who: str, setting: Setting | None) -> StoryMatrix:
    words = (
        "Holding your stories against the questions …"
        if stories.likeness.ready
        else "Reading the questions, this first time only …"
    )
    bar = st.progress(0.0, text=words)
    made = stories.matrix(who, setting, on_progress=lambda done: bar.progress(done, text=words))
    bar.empty()
    return made


def _one_question(stories: Stories, matrix: StoryMatrix) -> None:
    st.subheader("Which story for which question")
    row = st.selectbox(
        "A question",
        matrix.questions,
        index=None,
        format_func=lambda one: one.question.text,
        placeholder="Choose a question, or type a word of it",
        label_visibility="collapsed",
        key="matrix-question",
    )
    if row is None:
        return
    if not row.stories:
        aside(
            "No story fits this one",
            "Build one for it, or file a story under the competencies it asks for if it shows them.",
        )
    for story in (one for story_id in row.stories for one in matrix.stories if one.id == story_id):
        fitting_story(stories.opened(story, row.question), matrix.number(story.id))
