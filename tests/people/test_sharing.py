"""What coaches see is what students share, no more: by every query, in every constellation, from one moment to the next."""

import itertools

import pytest
from people_parts import House

from coach.domain.people import LookKind, Role, Sharing
from coach.errors import NotFoundError
from coach.people import Action, Facts, Resource, Who, allows
from coach.people.policy import needed
from tests.postgres_cluster import BOTH

pytestmark = BOTH

WORDS = (Resource.RATINGS, Resource.TRANSCRIPT, Resource.RECORDING)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("coaches", [True, False])
@pytest.mark.parametrize("archived", [True, False])
def test_the_queries_give_exactly_what_the_policy_allows(
    house: House, role: Role, *, coaches: bool, archived: bool
) -> None:
    """Every role, coaching or not, archived or not, sharing, set apart, earlier, before or after joining, resource."""
    student, other = house.person("sam"), house.person("olive", Role.COACH)
    asking = house.person("carla", Role.COACH)
    before = house.answered(student)
    house.wait(days=1)
    cohort = house.cohort(asking if coaches else other, student)
    after = house.answered(student)
    if archived:
        house.cohorts.archive(asking if coaches else other, cohort.id)
    asking = house.store.change(asking.id, role=role)
    tried = 0
    for sharing, earlier, apart in itertools.product(Sharing, (False, True), (None, *Sharing)):
        house.consent.share(student, cohort.id, sharing, earlier=earlier)
        for one in (before, after):
            house.consent.share_attempt(student, cohort.id, one.id, apart)
            of_all = sharing if earlier or one is after else Sharing.NOTHING
            given = of_all if apart is None else apart
            facts = Facts(coached=coaches and not archived, sharing=given)
            for resource in WORDS:
                allowed = allows(Who.of(asking), Action.READ, resource, facts)
                got = _gets(house, asking.id, cohort.id, one.id, resource)
                if resource is Resource.RATINGS:
                    counted = house.shared.activity(asking.id, cohort.id).get(student.id, (0, None))[0]
                    assert counted == len(house.shared.attempts(asking.id, cohort.id))
                assert got is allowed, (sharing, earlier, apart, resource, one is after)
                tried += 1
    print(f"{tried} constellations")  # noqa: T201  # the number of tries is part of what this test tells
    assert tried == 4 * 2 * 5 * 2 * 3


def _gets(house: House, coach: str, cohort: str, attempt: str, resource: Resource) -> bool:
    if resource is Resource.RATINGS:
        return attempt in {one.id for one in house.shared.attempts(coach, cohort)}
    kind = LookKind.TRANSCRIPT if resource is Resource.TRANSCRIPT else LookKind.RECORDING
    try:
        house.shared.look(coach, attempt, needed(resource), kind, house.now)
    except NotFoundError:
        return False
    return True


def test_joining_shares_nothing(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    house.answered(student)
    assert house.coaching.attempts(coach, cohort.id) == ()
    (membership,) = house.cohorts.members(coach, cohort.id)
    assert (membership.person.name, membership.sharing) == ("Sam", Sharing.NOTHING)


def test_answers_from_before_joining_are_shared_only_if_the_student_says_so(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    old = house.answered(student)
    house.wait(days=1)
    cohort = house.cohort(coach, student)
    new = house.answered(student)
    house.consent.share(student, cohort.id, Sharing.RATINGS, earlier=False)
    assert [one.id for one in house.coaching.attempts(coach, cohort.id)] == [new.id]
    house.consent.share(student, cohort.id, Sharing.RATINGS, earlier=True)
    assert {one.id for one in house.coaching.attempts(coach, cohort.id)} == {old.id, new.id}


def test_a_list_of_ratings_holds_levels_and_no_word_of_the_answer(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    house.answered(student)
    house.consent.share(student, cohort.id, Sharing.RATINGS, earlier=False)
    (one,) = house.coaching.attempts(coach, cohort.id)
    assert house.coaching.activity(coach, cohort.id) == {student.id: (1, one.handed_in_at)}
    assert dict(one.levels) == {"soar": 3, "empathy": 4, "confidentiality": None, "outcome": 2}
    assert "county office" not in one.model_dump_json()


def test_withdrawing_holds_at_once_for_single_answers_too_and_joining_again_brings_nothing_back(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    one, two = house.answered(student), house.answered(student)
    house.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=False)
    house.consent.share_attempt(student, cohort.id, two.id, Sharing.AUDIO)
    assert house.coaching.transcript(coach, one.id).text
    house.consent.withdraw(student, cohort.id)
    for attempt in (one, two):
        with pytest.raises(NotFoundError):
            house.coaching.transcript(coach, attempt.id)
    house.consent.share_attempt(student, cohort.id, two.id, Sharing.AUDIO)
    house.consent.leave(student, cohort.id)
    house.consent.join(student, cohort.join_code)
    assert house.coaching.attempts(coach, cohort.id) == ()


def test_a_look_is_in_the_students_log_before_the_words_are_given_and_once_an_hour(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    attempt = house.answered(student)
    house.takes.put(attempt.id, 1, 0, b"\1\0" * 16_000)
    house.consent.share(student, cohort.id, Sharing.AUDIO, earlier=False)
    house.coaching.attempts(coach, cohort.id)
    assert house.consent.looks(student) == ()
    house.coaching.transcript(coach, attempt.id)
    house.wait(minutes=20)
    house.coaching.transcript(coach, attempt.id)
    assert house.coaching.recordings(coach, attempt.id) == (1,)
    assert house.coaching.sound(coach, attempt.id, 1) == b"\1\0" * 16_000
    house.wait(hours=1)
    house.coaching.transcript(coach, attempt.id)
    looks = house.consent.looks(student)
    assert [look.kind for look in looks] == [LookKind.TRANSCRIPT, LookKind.RECORDING, LookKind.TRANSCRIPT]
    assert {(look.coach, look.cohort, look.attempt) for look in looks} == {("Carla", "Autumn", attempt.id)}


def test_the_voice_stays_out_of_reach_where_only_words_are_shared(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    attempt = house.answered(student)
    house.takes.put(attempt.id, 1, 0, b"\1\0" * 16_000)
    house.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=False)
    assert house.coaching.recordings(coach, attempt.id) == ()
    with pytest.raises(NotFoundError):
        house.coaching.sound(coach, attempt.id, 1)


def test_what_is_not_rated_yet_or_is_demo_is_nobody_elses(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    unfinished, demo = house.answered(student, rated=False), house.answered(student, demo=True)
    house.consent.share(student, cohort.id, Sharing.AUDIO, earlier=True)
    assert house.coaching.attempts(coach, cohort.id) == ()
    for one in (unfinished, demo):
        with pytest.raises(NotFoundError):
            house.coaching.transcript(coach, one.id)


def test_nobody_sets_the_consent_of_another(house: House) -> None:
    coach, student, other = house.person("carla", Role.COACH), house.person("sam"), house.person("uma")
    cohort = house.cohort(coach, student, other)
    attempt = house.answered(student)
    for who in (coach, other):
        with pytest.raises(NotFoundError):
            house.consent.share_attempt(who, cohort.id, attempt.id, Sharing.AUDIO)
    with pytest.raises(NotFoundError):
        house.consent.share(coach, cohort.id, Sharing.AUDIO, earlier=True)
    assert house.coaching.sharing(coach, attempt.id) is Sharing.NOTHING


def test_every_decision_about_sharing_is_kept_and_one_that_changes_nothing_is_not(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    attempt = house.answered(student)
    house.consent.share(student, cohort.id, Sharing.RATINGS, earlier=False)
    house.consent.share(student, cohort.id, Sharing.RATINGS, earlier=False)
    house.consent.share_attempt(student, cohort.id, attempt.id, Sharing.AUDIO)
    house.consent.share_attempt(student, cohort.id, attempt.id, None)
    house.consent.withdraw(student, cohort.id)
    decided = [(one.attempt, one.sharing) for one in reversed(house.consent.history(student))]
    assert decided == [
        (None, Sharing.RATINGS),
        (attempt.id, Sharing.AUDIO),
        (attempt.id, None),
        (None, Sharing.NOTHING),
    ]
