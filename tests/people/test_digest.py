"""A digest says what happened since a day, of what is shared, and no word of any answer."""

from datetime import datetime

from people_parts import House

from coach.domain.people import Person, Role, Sharing
from coach.domain.review import Subject
from coach.domain.rubric import Criterion
from coach.review.digest import Digest, Digests, as_markdown, as_table
from tests.store.store_examples import TEXT


def since(house: House, coach: Person, day: datetime) -> Digest:
    return Digests(house.cohorts, house.coaching, house.reviewing, house.clock).since(coach, day)


def test_a_digest_tells_of_each_student_what_they_share_since_a_day(house: House) -> None:
    coach, sam, uma, olga = house.person("carla", Role.COACH), *map(house.person, ("sam", "uma", "olga"))
    cohort = house.cohort(coach, sam, uma, olga)
    house.consent.share(sam, cohort.id, Sharing.TRANSCRIPTS, earlier=False)
    house.consent.share(uma, cohort.id, Sharing.RATINGS, earlier=False)
    old = house.answered(sam)
    house.wait(days=3)
    day = house.now
    unsafe = house.answered(sam, levels=(3, 3, 1, 1))
    house.answered(uma, levels=(4, 4, 4, 4))
    house.answered(olga)
    house.asking.ask(sam, old.id, "")
    house.asking.dispute(sam, unsafe.id, Subject(criterion=Criterion.SOAR, about="SOAR: 3"), "Why?")
    found = since(house, coach, day)
    told = as_markdown(found)
    assert told == (
        "# What happened, 04 March 2026 to 04 March 2026\n"
        "\n## Autumn\n\n"
        "- **Sam**: 1 answer, mean level 2.0; 1 unsafe on confidentiality; 1 disputed; 1 waiting for the review they asked for; "
        "2 on your list in all.\n"
        "- **Uma**: 1 answer, mean level 4.0.\n"
        "- 1 student without anything new to see.\n"
    )
    table = as_table(found).decode("utf-8-sig")
    assert "Autumn,Sam,1,2,1,1,1,2,0" in table
    assert "Autumn,Olga,0,,0,0,0,0,0" in table
    assert TEXT not in told + table


def test_archived_cohorts_and_those_of_others_are_in_nobodys_digest(house: House) -> None:
    coach, other, boss = (
        house.person("carla", Role.COACH),
        house.person("olive", Role.COACH),
        house.person("ada", Role.ADMINISTRATOR),
    )
    sam = house.person("sam")
    cohort = house.cohort(coach, sam)
    for nobody in (other, boss):
        assert since(house, nobody, house.now).lines == ()
    house.cohorts.archive(coach, cohort.id)
    assert "no open cohort" in as_markdown(since(house, coach, house.now))
