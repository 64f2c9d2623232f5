"""A story is read by the coaches it is shared with, from one moment to the next, and by nobody else."""

import itertools
import json

import pytest
from people_parts import House

from coach.belongings import ConsentRecords
from coach.domain.people import LookKind, Person, Role, Sharing
from coach.errors import NotFoundError
from coach.people import Action, Facts, Resource, Who, allows
from coach.store import ConsentStore
from tests.postgres_cluster import BOTH

pytestmark = BOTH


def reads(house: House, who: Person, story: str) -> bool:
    try:
        house.coaching.story(who, story)
    except NotFoundError:
        return False
    return True


def test_the_queries_give_exactly_what_the_policy_allows(house: House) -> None:
    """Every role, coaching or not, archived or not, shared or not, put aside or not; whatever is shared of answers."""
    student, other = house.person("sam"), house.person("olive", Role.COACH)
    asking, story = house.person("carla", Role.COACH), house.story(student)
    tried = 0
    for coaches, archived, role in itertools.product((True, False), (True, False), Role):
        asking = house.store.change(asking.id, role=Role.COACH)
        owner = asking if coaches else other
        cohort = house.cohort(owner, student)
        if archived:
            house.cohorts.archive(owner, cohort.id)
        asking = house.store.change(asking.id, role=role)
        for on, aside, answers in itertools.product((True, False), (True, False), (Sharing.NOTHING, Sharing.AUDIO)):
            house.consent.share(student, cohort.id, answers, earlier=True)
            house.consent.share_story(student, cohort.id, story.id, on=on)
            (house.stories.put_aside(story.id, student.id, house.now) if aside else None)
            facts = Facts(
                coached=coaches and not archived, sharing=Sharing.TRANSCRIPTS if on and not aside else Sharing.NOTHING
            )
            allowed = allows(Who.of(asking), Action.READ, Resource.STORY, facts)
            listed = house.shared.stories(asking.id, cohort.id, student.id)
            assert reads(house, asking, story.id) is allowed, (role, coaches, archived, on, aside)
            assert bool(listed) is allowed
            house.stories.bring_back(story.id, student.id)
            tried += 1
        house.consent.leave(student, cohort.id)
    print(f"{tried} constellations")  # noqa: T201  # the number of tries is part of what this test tells
    assert tried == 3 * 2 * 2 * 2 * 2 * 2


def test_a_list_holds_the_title_and_a_look_at_the_words_is_in_the_students_log(house: House) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort, story = house.cohort(coach, sam), house.story(sam)
    house.story(sam, "Another, kept to oneself")
    house.consent.share_story(sam, cohort.id, story.id, on=True)
    (listed,) = house.coaching.stories(coach, cohort.id, sam.id)
    assert (listed.id, listed.name) == (story.id, "The locked door")
    assert "appealed" not in listed.model_dump_json()
    assert house.consent.looks(sam) == ()
    assert house.coaching.story(coach, story.id).text == story.text
    house.wait(minutes=20)
    house.coaching.story(coach, story.id)
    (look,) = house.consent.looks(sam)
    assert (look.coach, look.cohort, look.kind, look.question_text) == (
        "Carla",
        "Autumn",
        LookKind.STORY,
        "The locked door",
    )
    house.stories.delete(story.id, sam.id)
    (look,) = house.consent.looks(sam)
    assert look.question_text == "a story of yours, deleted since"


@pytest.mark.parametrize("how", ["taken back", "nothing any more", "left and joined again"])
def test_a_story_is_out_of_reach_as_soon_as_it_is_taken_back(house: House, how: str) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort, story = house.cohort(coach, sam), house.story(sam)
    house.consent.share_story(sam, cohort.id, story.id, on=True)
    assert reads(house, coach, story.id)
    match how:
        case "taken back":
            house.consent.share_story(sam, cohort.id, story.id, on=False)
        case "nothing any more":
            house.consent.withdraw(sam, cohort.id)
        case _:
            house.consent.leave(sam, cohort.id)
            house.consent.join(sam, cohort.join_code)
    assert not reads(house, coach, story.id)
    assert house.coaching.stories(coach, cohort.id, sam.id) == ()
    assert house.consent.shared_stories(sam, cohort.id) == frozenset()


def test_nobody_shares_a_story_of_another_or_with_a_cohort_they_are_not_in(house: House) -> None:
    coach, sam, uma = house.person("carla", Role.COACH), house.person("sam"), house.person("uma")
    cohort, story = house.cohort(coach, sam), house.story(sam)
    elsewhere, hers = house.cohort(coach, uma), house.story(uma)
    for who, where, what in (
        (uma, cohort, story),
        (uma, elsewhere, story),
        (coach, cohort, story),
        (sam, cohort, hers),
        (sam, elsewhere, story),
    ):
        with pytest.raises(NotFoundError):
            house.consent.share_story(who, where.id, what.id, on=True)
    assert not reads(house, coach, story.id)
    assert not reads(house, coach, hers.id)


def test_each_decision_about_a_story_is_kept_and_taken_along(house: House) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort, story = house.cohort(coach, sam), house.story(sam)
    for on in (True, True, False, True):
        house.consent.share_story(sam, cohort.id, story.id, on=on)
    decided = [(one.story, one.sharing) for one in reversed(house.consent.history(sam))]
    assert decided == [(story.id, Sharing.TRANSCRIPTS), (story.id, Sharing.NOTHING), (story.id, Sharing.TRANSCRIPTS)]
    files = dict(ConsentRecords(ConsentStore(house.database)).export(sam))
    (membership,) = json.loads(files["consent.json"])["memberships"]
    assert membership["stories"] == [story.id]
