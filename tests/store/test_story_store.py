"""Stories in the database: saved part by part, in versions that never change, deleted in two steps, and never somebody else's."""

from datetime import timedelta

import pytest
from store_examples import NOON, attempt

from coach.domain.question import Competency, Setting
from coach.domain.story import MOST_KEPT, Story, StoryPart, StoryText, Telling
from coach.errors import NotFoundError, StoryError
from coach.store import AttemptStore, Database, StoryStore
from tests.postgres_cluster import BOTH

pytestmark = BOTH


@pytest.fixture
def stories(database: Database) -> StoryStore:
    return StoryStore(database)


def story(number: int = 1, candidate: str = "ann", **more: object) -> Story:
    at = NOON + timedelta(days=number)
    fields = {"id": f"story-{candidate}-{number}", "candidate": candidate, "created_at": at, "changed_at": at}
    return Story.model_validate({**fields, **more})


def test_a_story_comes_back_as_it_was_stored(stories: StoryStore) -> None:
    one = story(
        text=StoryText(title="The lease", situation="He lost his room."),
        setting=Setting.HOUSING,
        competencies=(Competency.ADVOCACY,),
        from_attempt="a1",
    )
    stories.add(one)
    assert stories.get(one.id, "ann") == one
    assert stories.all_of("ann") == (one,)


def test_each_part_is_saved_without_touching_the_others(stories: StoryStore) -> None:
    one = story(text=StoryText(situation="He lost his room."))
    stories.add(one)
    stories.save_part(one.id, "ann", StoryPart.RESULT, "He has a lease.", NOON)
    text = stories.get(one.id, "ann").text
    assert (text.situation, text.result) == ("He lost his room.", "He has a lease.")


def test_a_version_is_made_only_of_what_changed(stories: StoryStore) -> None:
    one = story(text=StoryText(situation="He lost his room."))
    stories.add(one)
    assert stories.save_version(one.id, "ann", NOON) == 1
    assert stories.save_version(one.id, "ann", NOON) == 1
    stories.save_part(one.id, "ann", StoryPart.SITUATION, "A man lost his room.", NOON)
    assert stories.save_version(one.id, "ann", NOON) == 2
    assert [version.text.situation for version in stories.versions(one.id, "ann")] == [
        "A man lost his room.",
        "He lost his room.",
    ]


def test_going_back_to_a_version_keeps_what_the_story_said_before(stories: StoryStore) -> None:
    one = story(text=StoryText(action="I called."))
    stories.add(one)
    stories.save_version(one.id, "ann", NOON)
    stories.save_part(one.id, "ann", StoryPart.ACTION, "I wrote, and nobody saved it as a version.", NOON)
    stories.go_back(one.id, "ann", 1, NOON)
    now = stories.get(one.id, "ann")
    assert now.text.action == "I called."
    assert now.revision == 1
    said = [version.text.action for version in stories.versions(one.id, "ann")]
    assert said == ["I called.", "I wrote, and nobody saved it as a version.", "I called."]
    with pytest.raises(NotFoundError, match="no such version"):
        stories.go_back(one.id, "ann", 9, NOON)


def test_a_deleted_story_can_be_brought_back_until_it_goes_for_good(stories: StoryStore) -> None:
    early, late = story(1), story(2)
    for one in (early, late):
        stories.add(one)
        stories.save_version(one.id, "ann", NOON)
    stories.put_aside(early.id, "ann", NOON)
    stories.put_aside(late.id, "ann", NOON + timedelta(days=2))
    assert stories.all_of("ann") == ()
    assert stories.delete_put_aside("ann", NOON + timedelta(days=1)) == 1
    assert [one.id for one in stories.all_of("ann", deleted=True)] == [late.id]
    stories.bring_back(late.id, "ann")
    assert stories.all_of("ann") == (late,)
    with pytest.raises(NotFoundError):
        stories.get(early.id, "ann")


def test_no_more_stories_than_one_can_hold_and_a_deleted_one_makes_room(stories: StoryStore) -> None:
    for number in range(MOST_KEPT):
        stories.add(story(number))
    with pytest.raises(StoryError, match="10 stories, which is as many as can be kept"):
        stories.add(story(99))
    stories.put_aside("story-ann-0", "ann", NOON)
    stories.add(story(99))
    with pytest.raises(StoryError):
        stories.bring_back("story-ann-0", "ann")
    stories.add(story(1, "ben"))


def test_somebody_elses_story_is_not_found(stories: StoryStore) -> None:
    stories.add(story())
    assert stories.all_of("ben") == ()
    for read in (stories.get, stories.versions, stories.tellings, stories.bring_back, stories.delete):
        with pytest.raises(NotFoundError, match="no such story"):
            read("story-ann-1", "ben")
    with pytest.raises(NotFoundError):
        stories.save_part("story-ann-1", "ben", StoryPart.ACTION, "Mine.", NOON)
    assert stories.get("story-ann-1", "ann").text == StoryText()


def test_a_telling_goes_with_its_attempt_and_the_attempt_stays_without_the_story(
    stories: StoryStore, database: Database
) -> None:
    attempts = AttemptStore(database)
    first, second = attempt(), attempt()
    stories.add(story())
    for one in (first, second):
        attempts.add(one)
        stories.add_telling(Telling(story="story-ann-1", attempt=one.id, version=1, at=one.created_at), "ann")
    attempts.delete(first.id, "ann")
    assert [telling.attempt for telling in stories.tellings("story-ann-1", "ann")] == [second.id]
    stories.delete("story-ann-1", "ann")
    assert attempts.get(second.id, "ann") == second
