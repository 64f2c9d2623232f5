"""Building one story: a part at a time, and then the whole."""

from collections.abc import Collection
from functools import partial
from typing import NamedTuple

import streamlit as st

from coach.domain.question import Competency
from coach.domain.story import LONGEST_S, SHORTEST_S, Story, StoryPart, StoryVersion
from coach.errors import StoryError
from coach.prepare.stories import Stories
from coach.ui import session
from coach.ui.pages import stories_tell
from coach.ui.resources import token
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, draw, text
from coach.ui.widgets.setting import setting_box
from coach.ui.widgets.stories import clock, warnings
from coach.ui.widgets.writer import writer


class _Guide(NamedTuple):
    """What a part asks for, and an example of how it may begin."""

    asks: str
    example: str


_GUIDES = {
    StoryPart.SITUATION: _Guide(
        "Who was it, in general words, and what did they need? One or two sentences, and nothing that gives the client away.",
        "Last winter I worked with an older man who was about to lose his room …",
    ),
    StoryPart.OBSTACLE: _Guide(
        "What stood in the way? Who said no, what was missing, what ran out, what was the client afraid of?",
        "The agency had closed its list, and he would not speak to them again …",
    ),
    StoryPart.ACTION: _Guide(
        "What did you do yourself, step by step? Say “I”. Where you passed something on, say that the client agreed.",
        "I asked him what a good ending would look like. With his permission I called …",
    ),
    StoryPart.RESULT: _Guide(
        "What came of it that somebody could count, time or see? From what, to what, over which time? Only what you know.",
        "Within two weeks he had a lease. In the half year after …",
    ),
    StoryPart.LEARNED: _Guide(
        "What do you do differently since? One sentence.",
        "Since then I ask on the first day …",
    ),
}


def show(stories: Stories, story: Story, who: str) -> None:
    """The part in the address, or the whole story."""
    st.button("All stories", icon=":material/arrow_back:", type="tertiary", on_click=session.open_story, args=(None,))
    st.title(story.text.name)
    if story.deleted_at:
        st.info("This story is deleted. Bring it back under All stories to go on with it.", icon=":material/delete:")
        return
    part = session.story_part()
    _steps(story, part, stories.reads_as(story.text))
    if part in list(StoryPart):
        _write(stories, story, StoryPart(part), who)
    else:
        _whole(stories, story, who)


def _steps(story: Story, at: str | None, told: Collection[StoryPart]) -> None:
    """A button for each part, with a tick where it reads as what it is for; where it is written and does not, it asks for another look."""
    with st.container(horizontal=True, gap="small"):
        for part in StoryPart:
            st.button(
                part.label,
                key=f"step-{part}",
                icon=_icon(part, story, told),
                help="Written, and does not read as this part yet" if _is_open(part, story, told) else None,
                type="primary" if part == at else "secondary",
                on_click=session.open_story,
                args=(story.id, part.value),
            )
        st.button(
            "Whole story",
            key="step-whole",
            icon=":material/article:",
            type="secondary" if at in list(StoryPart) else "primary",
            on_click=session.open_story,
            args=(story.id,),
        )


def _icon(part: StoryPart, story: Story, told: Collection[StoryPart]) -> str:
    if part in told:
        return ":material/check:"
    return ":material/rule:" if _is_open(part, story, told) else ":material/edit:"


def _is_open(part: StoryPart, story: Story, told: Collection[StoryPart]) -> bool:
    return part in story.text.written and part not in told


# ── one part ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(stories: Stories, story: Story, part: StoryPart, who: str) -> None:
    guide = _GUIDES[part]
    url = f"/api/stories/{story.id}/parts/{part}"
    last = part is StoryPart.LEARNED
    done = writer(
        story.id,
        story.text.of(part),
        token=token(story.id, who),
        label=f"{part.label}. {guide.asks}",
        placeholder=guide.example,
        submit="Save and see the whole story" if last else "Save and go on",
        revision=f"{part}-{story.revision}",
        key=f"part-{story.id}-{part}-{story.revision}",
        on_handed_in=_nothing,
        url=url,
        hints=f"{url}/hints",
    ).handed_in
    aside(
        "The whole story so far",
        f"{story.text.words} words, about {clock(story.text.spoken_s)} spoken when you came to this part; "
        f"{clock(SHORTEST_S)} to {clock(LONGEST_S)} is what to aim for. Every word is saved as you type.",
    )
    if done:
        try:
            stories.save_part(story.id, who, part, done["text"])
        except StoryError as error:
            st.error(str(error), icon=":material/error:")
            return
        stories.save_version(story.id, who)
        parts = list(StoryPart)
        session.open_story(story.id, None if last else parts[parts.index(part) + 1].value)
        st.rerun()


# ── the whole ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _whole(stories: Stories, story: Story, who: str) -> None:
    if not story.text.written:
        st.info("Nothing is written yet. Begin with the situation.", icon=":material/edit:")
    else:
        _read(stories, story)
    _labels(stories, story, who)
    stories_tell.tellings(stories, story, who)
    _versions(stories, story, who)
    _deletion(stories, story, who)


def _read(stories: Stories, story: Story) -> None:
    css = dict(zip(StoryPart, "soarx", strict=True))
    draw(
        "".join(
            f'<div class="part"><span class="name {css[part]}">{part.label}</span>'
            f"<p>{text(story.text.of(part)) or '<em>Not written yet.</em>'}</p></div>"
            for part in StoryPart
        )
    )
    aside(
        "Length", f"{story.text.words} words, about {clock(story.text.spoken_s)} spoken. {_length(story.text.spoken_s)}"
    )
    warnings(stories.warnings(story))


def _length(seconds: float) -> str:
    if seconds < SHORTEST_S:
        return f"There is room for about {SHORTEST_S - seconds:.0f} seconds more, best for what you did and what came of it."
    if seconds > LONGEST_S:
        return f"Cut about {seconds - LONGEST_S:.0f} seconds, first from the situation."
    return "That fits into 60 to 90 seconds."


def _labels(stories: Stories, story: Story, who: str) -> None:
    """Title, setting and competencies: saved at each change."""
    key = f"label-{story.id}-{story.revision}-"
    save = partial(_save_labels, stories, story.id, who, key)
    st.text_input(
        "Title, for you to find it by",
        value=story.text.title,
        key=f"{key}title",
        live=True,
        placeholder="The aide and the appeal",
        on_change=save,
    )
    for hint in session.remembered(f"{key}title"):
        aside("Kept without it", f"{hint.text} “{hint.quote}” is kept as “{hint.instead}”.")
    setting_box("Setting", story.setting, "Where it happened", key=f"{key}setting", on_change=save)
    st.multiselect(
        "Competencies it shows",
        list(Competency),
        default=story.competencies,
        format_func=lambda one: one.label,
        key=f"{key}competencies",
        on_change=save,
    )
    more = stories.competencies_shown(story)
    if more:
        aside(
            "Perhaps also",
            f"{', '.join(one.label for one in more)}: questions that ask for these seem to be like your story. You decide.",
        )


def _save_labels(stories: Stories, story_id: str, who: str, key: str) -> None:
    title = str(session.chosen(f"{key}title") or "")
    session.remember(f"{key}title", stories.title_hints(title))
    stories.save_labels(
        story_id,
        who,
        title=title,
        setting=session.chosen(f"{key}setting"),
        competencies=session.chosen(f"{key}competencies") or (),
    )


def _versions(stories: Stories, story: Story, who: str) -> None:
    versions = stories.versions(story.id, who)
    if not versions:
        return
    with st.expander(f"Versions ({len(versions)})", icon=":material/history:"):
        chosen = st.selectbox("Version", versions, format_func=_version_name, key=f"version-{story.id}")
        draw("".join(f"<p><b>{part.label}.</b> {text(chosen.text.of(part))}</p>" for part in chosen.text.written))
        if chosen.text != story.text:
            st.button("Go back to this version", on_click=stories.go_back, args=(story.id, who, chosen.number))
            aside("Nothing is lost", "What the story says now is kept as a version, too.")


def _version_name(version: StoryVersion) -> str:
    return f"{version.number}, {version.at.astimezone():%d %b %Y, %H:%M}, {version.text.words} words"


def _deletion(stories: Stories, story: Story, who: str) -> None:
    ask = f"delete-story-{story.id}"
    if not session.asking(ask):
        asks("Delete this story", ask)
    words = "**Delete this story?** You can bring it back for 30 days, under All stories. What you told aloud stays under My answers."
    confirm(ask, words, "Delete it", _put_aside, stories, story.id, who)


def _put_aside(stories: Stories, story_id: str, who: str) -> None:
    stories.put_aside(story_id, who)
    session.open_story(None)


def _nothing() -> None:
    """A component needs a callback for each of its results; we read them where we draw it."""
