"""The story bank as a page uses it."""

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.story import MOST_CHARACTERS, StoryPart, StoryText
from coach.errors import AnswerError, NotFoundError, StoryError
from tests.practice.practice_parts import QUESTIONS
from tests.prepare.stories.stories_parts import AIDE, Room


def test_what_is_typed_is_kept_without_being_a_version(room: Room) -> None:
    story = room.stories.begin("ann")
    room.stories.save_part(story.id, "ann", StoryPart.ACTION, "I called \ud83d the plan.")
    assert room.stories.get(story.id, "ann").text.action == "I called \ufffd the plan."
    assert room.stories.versions(story.id, "ann") == ()
    assert room.stories.save_version(story.id, "ann") == 1


def test_pressing_twice_for_a_new_story_leaves_one(room: Room) -> None:
    first = room.stories.begin("ann")
    assert room.stories.begin("ann") == first
    room.stories.save_part(first.id, "ann", StoryPart.ACTION, "I called the plan.")
    assert room.stories.begin("ann").id != first.id
    assert len(room.stories.all_of("ann")) == 2


def test_an_endless_part_is_refused_in_a_sentence_and_nothing_is_overwritten(room: Room) -> None:
    story = room.written(AIDE)
    with pytest.raises(StoryError, match="up to 20,000 are kept"):
        room.stories.save_part(story, "ann", StoryPart.ACTION, "x" * (MOST_CHARACTERS + 1))
    assert room.stories.get(story, "ann").text == AIDE


def test_a_rated_answer_becomes_the_start_of_a_story_once(room: Room) -> None:
    attempt = room.practice.begin("ann", QUESTIONS[0], AnswerKind.TYPED)
    with pytest.raises(AnswerError, match="not rated yet"):
        room.stories.from_attempt(attempt.id, "ann")
    room.practice.hand_in(attempt.id, "ann", "I had a client once. I called the county for her.")
    room.practice.rate(attempt.id, "ann")
    assert [one.id for one in room.stories.answers_to_use("ann")] == [attempt.id]
    story = room.stories.from_attempt(attempt.id, "ann")
    assert story.text.situation == "I had a client once. I called the county for her."
    assert story.text.title == "I had a client once. I called …"
    assert story.competencies == QUESTIONS[0].competencies
    assert [version.number for version in room.stories.versions(story.id, "ann")] == [1]
    assert room.stories.answers_to_use("ann") == ()


def test_a_story_is_told_aloud_against_the_version_that_was_told(room: Room) -> None:
    story = room.written(AIDE)
    attempt = room.stories.tell(story, "ann")
    assert (attempt.kind, attempt.question_text) == (
        AnswerKind.SPOKEN,
        "Tell your story in 60 to 90 seconds: The aide and the appeal",
    )
    assert [one.told for one in room.stories.retellings(story, "ann")] == [None]
    room.ears.text = AIDE.whole.replace(AIDE.obstacle, "")
    room.practice.put_chunk(attempt.id, "ann", 1, 0, bytes(32_000 * 2))
    room.practice.finish_take(attempt.id, "ann", 1, 1)
    room.practice.hear(attempt.id, "ann")
    room.practice.hand_in(attempt.id, "ann", room.ears.text)
    room.practice.rate(attempt.id, "ann")
    room.stories.save_part(story, "ann", StoryPart.OBSTACLE, "Another obstacle, written afterwards.")
    (retelling,) = room.stories.retellings(story, "ann")
    assert retelling.told is not None
    assert [one.sentence for one in retelling.told.left_out] == [AIDE.obstacle]
    room.stories.put_aside(story, "ann")
    assert room.stories.answers_to_use("ann") == (), "a telling is no answer to make a story of"
    room.practice.delete(attempt.id, "ann")
    assert room.stories.retellings(story, "ann") == ()


def test_an_empty_story_cannot_be_told(room: Room) -> None:
    with pytest.raises(StoryError, match="nothing to tell yet"):
        room.stories.tell(room.written(StoryText()), "ann")


def test_a_deleted_story_is_kept_aside_for_thirty_days(room: Room) -> None:
    story = room.written(AIDE)
    room.stories.put_aside(story, "ann")
    assert room.stories.all_of("ann") == ()
    assert [one.id for one in room.stories.put_aside_of("ann")] == [story]
    room.stories.bring_back(story, "ann")
    room.stories.put_aside(story, "ann")
    room.clock.now = room.clock.now.replace(year=room.clock.now.year + 1)
    assert room.stories.put_aside_of("ann") == ()
    with pytest.raises(NotFoundError):
        room.stories.get(story, "ann")
