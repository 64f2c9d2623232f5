"""What a story is called gives nobody away; and named places are pointed at."""

import pytest

from coach.domain.finding import Severity
from coach.domain.story import StoryPart, StoryText
from coach.prepare.stories.hints import hints, warnings
from coach.prepare.stories.titles import proposed, safe
from tests.prepare.stories.stories_parts import AIDE, Room, told_otherwise

PLACED = "I worked with a man at Lincoln Middle School on Maple Street who was about to lose his room."


def test_a_named_place_alone_is_pointed_at_with_neutral_words() -> None:
    text = told_otherwise(AIDE, StoryPart.SITUATION, PLACED)
    found = {hint.quote: hint.instead for hint in hints(text, StoryPart.SITUATION) if hint.severity is Severity.WARN}
    assert found == {"Lincoln Middle School": "a school", "Maple Street": "a street nearby"}
    assert {"Lincoln Middle School", "Maple Street"} <= {hint.quote for hint in warnings(text)}
    assert [hint for hint in warnings(AIDE) if hint.text.startswith("A named place")] == []


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("The aide and the appeal", "The aide and the appeal"),
        ("How Maria Delgado got her aide", "How the client got her aide"),
        ("The boy from Lincoln Middle School", "The boy from a school"),
        ("High school, housing first, and a shelter", "High school, housing first, and a shelter"),
    ],
)
def test_a_title_holds_nobody(title: str, kept: str) -> None:
    assert safe(title) == kept


def test_the_title_a_story_gets_by_itself_holds_no_name_and_no_place() -> None:
    title = proposed(
        StoryText(situation="Maria Delgado came home from St. Vincent Hospital after a fall and lived alone.")
    )
    assert title
    assert not {"Maria", "Delgado", "Vincent"} & set(title.split())


def test_saving_keeps_a_safe_title_and_gives_one_where_there_is_none(room: Room) -> None:
    ident = room.written(told_otherwise(AIDE, StoryPart.SITUATION, PLACED))
    room.stories.save_labels(ident, "ann", title="The lease of Maria Delgado", setting=None, competencies=())
    assert room.stories.get(ident, "ann").text.title == "The lease of the client"
    room.stories.save_labels(ident, "ann", title="", setting=None, competencies=())
    room.stories.save_version(ident, "ann")
    assert room.stories.get(ident, "ann").text.title.startswith("I worked with a man at a")
