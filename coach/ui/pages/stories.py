"""Stories: the candidate's own cases, built part by part, told aloud, and matched to questions."""

import streamlit as st

from coach.domain.attempt import Attempt
from coach.domain.story import FEWEST_READY, MOST_KEPT, MOST_READY, Story, StoryPart
from coach.errors import NotFoundError, StoryError
from coach.prepare.stories import Stories
from coach.ui import session
from coach.ui.pages import stories_build, stories_matrix, stories_tell
from coach.ui.resources import candidate, services
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import draw, empty, text
from coach.ui.widgets.stories import clock
from coach.ui.widgets.telling import done

_VIEW = "stories-view"
_BANK, _MATRIX = "My stories", "Matrix"
_ANSWERS_SHOWN = 20


def page() -> None:
    """The story in the address, told or written; otherwise all of them."""
    stories, who = services().stories, candidate()
    story_id = session.story_id()
    if not story_id:
        _bank(stories, who)
        return
    try:
        story = stories.get(story_id, who)
    except NotFoundError as error:
        st.warning(str(error))
        st.button("All stories", on_click=session.open_story, args=(None,), type="primary")
        return
    attempt_id = session.attempt_id()
    if attempt_id:
        stories_tell.show(stories, story, attempt_id, who)
    else:
        stories_build.show(stories, story, who)


def _bank(stories: Stories, who: str) -> None:
    st.title("Stories")
    mine = stories.all_of(who)
    view = st.segmented_control(
        "View", [_BANK, _MATRIX], default=_BANK, required=True, key=_VIEW, label_visibility="collapsed"
    )
    if view == _MATRIX:
        stories_matrix.show(stories, mine, who)
        return
    if mine:
        stories.get_ready()
    else:
        empty(
            "No stories yet",
            f"Hold {FEWEST_READY} to {MOST_READY} real cases ready, each told in 60 to 90 seconds: most questions about the past can be answered "
            "with one of them. Build the first one part by part, or bring in an answer you gave.",
        )
    for story in mine:
        _card(stories, story, who)
    st.button(
        "New story",
        icon=":material/add:",
        type="primary",
        disabled=len(mine) >= MOST_KEPT,
        help=f"{MOST_KEPT} stories are as many as can be kept" if len(mine) >= MOST_KEPT else None,
        on_click=_begin,
        args=(stories, who),
    )
    _bring_in(stories, who)
    _put_aside(stories, who)


def _card(stories: Stories, story: Story, who: str) -> None:
    facts = [f"{story.text.words} words, about {clock(story.text.spoken_s)} spoken"]
    if story.setting:
        facts.insert(0, story.setting.label)
    told = [one.told for one in stories.retellings(story.id, who) if one.told]
    if told:
        facts.append(f"told aloud {len(told)}×, last in {clock(told[0].seconds)}")  # noqa: RUF001  # times
    missing = [part.label.lower() for part in StoryPart if part not in story.text.written]
    tags = [*(f"No {one} yet" if one != "what i learned" else "No lesson yet" for one in missing)]
    told_parts = stories.reads_as(story.text)
    tags += [f"{part.label}: look again" for part in story.text.written if part not in told_parts]
    tags += [one.label for one in story.competencies]
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            draw(
                f'<p class="eyebrow">{text(" · ".join(facts))}</p><p style="margin:0;font-weight:600">{text(story.text.name)}</p>'
                + (f'<ul class="tags">{"".join(f"<li>{text(tag)}</li>" for tag in tags)}</ul>' if tags else "")
            )
        right.button(
            "Open",
            key=f"open-story-{story.id}",
            width="stretch",
            on_click=session.open_story,
            args=(story.id, _first_gap(story)),
        )


def _first_gap(story: Story) -> str | None:
    """The part to go on with; none where all are written."""
    return next((part.value for part in StoryPart if part not in story.text.written), None)


def _begin(stories: Stories, who: str) -> None:
    done(lambda: session.open_story(stories.begin(who).id, StoryPart.SITUATION.value))


def _bring_in(stories: Stories, who: str) -> None:
    with st.expander("Bring in an answer I gave", icon=":material/move_to_inbox:"):
        answers = stories.answers_to_use(who)
        if not answers:
            st.markdown("There is no rated answer to make a story of yet. Answer a question under Practise first.")
            return
        st.markdown("Its sentences are sorted into the parts the checks saw in them. You go on from there.")
        for attempt in answers[:_ANSWERS_SHOWN]:
            _answer(stories, attempt, who)


def _answer(stories: Stories, attempt: Attempt, who: str) -> None:
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        draw(
            f'<p class="eyebrow">{attempt.created_at.astimezone():%d %b %Y}</p><p style="margin:0">{text(attempt.question_text)}</p>'
        )
    if right.button("Make a story of it", key=f"use-answer-{attempt.id}"):
        try:
            session.open_story(stories.from_attempt(attempt.id, who).id)
        except StoryError as error:
            st.error(str(error), icon=":material/error:")
            return
        st.rerun()


def _put_aside(stories: Stories, who: str) -> None:
    gone = stories.put_aside_of(who)
    if not gone:
        return
    with st.expander(f"Deleted stories ({len(gone)})", icon=":material/delete:"):
        st.markdown("They go for good 30 days after they were deleted.")
        for story in gone:
            _gone(stories, story, who)


def _gone(stories: Stories, story: Story, who: str) -> None:
    """A deleted story: to be brought back, or deleted for good, which asks once more."""
    ask = f"gone-story-{story.id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{story.text.name}**")
        if st.button("Bring it back", key=f"back-{story.id}"):
            _bring_back(stories, story, who)
        if not session.asking(ask):
            asks("Delete for good", ask, key=f"ask-{ask}")
    words = "**Delete it for good?** Its versions go with it. What you told aloud stays under My answers."
    confirm(ask, words, "Yes, for good", stories.delete, story.id, who)


def _bring_back(stories: Stories, story: Story, who: str) -> None:
    try:
        stories.bring_back(story.id, who)
    except StoryError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()
