"""Reviews, from what a student asks to what they read: who sees what, what counts, and what is not lost."""

import itertools
from dataclasses import dataclass

import pytest
from people_parts import House

from coach.domain.attempt import Attempt, Versions
from coach.domain.people import Cohort, Person, Role, Sharing
from coach.domain.rating import Rater
from coach.domain.review import LEFT, NoticeKind, Status, Subject, Why
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.errors import AnswerError, CoachError, ConflictError, NotFoundError
from coach.people import Action, Facts, Resource, Who, allows
from tests.store.store_examples import JUDGE, TEXT, VERSIONS, feedback

WORDS = Span.of(TEXT, 0, 26)
EMPATHY = Subject(criterion=Criterion.EMPATHY, about="Empathy: 4 of 5")


@dataclass
class Class:
    """A coach, a student who shares words, and an answer of theirs: SOAR 3, empathy 4, confidentiality unrated, outcome 2."""

    coach: Person
    student: Person
    cohort: Cohort
    answer: Attempt


@pytest.fixture
def one(house: House) -> Class:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    house.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=False)
    return Class(coach, student, cohort, house.answered(student))


def level(house: House, one: Class, criterion: Criterion) -> int | None:
    """The level that counts, as the coach's list and the student's progress say it."""
    (listed,) = house.coaching.attempts(one.coach, one.cohort.id)
    levels = {each.criterion: each.level for each in house.attempts.levels(one.student.id)}
    assert dict(listed.levels)[criterion] == levels.get(criterion)
    return levels.get(criterion)


# ── what waits ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_disputes_come_first_and_then_what_waits_longest_each_with_its_reason(house: House, one: Class) -> None:
    unsafe = house.answered(one.student, levels=(3, 3, 1, 3))
    house.wait(days=1)
    disputed = house.answered(one.student)
    quiet = house.answered(one.student)
    house.asking.ask(one.student, one.answer.id, "")
    house.wait(days=1)
    house.asking.dispute(one.student, disputed.id, EMPATHY, "I said what she feared.")
    entries = house.reviewing.entries(one.coach)
    assert [(entry.attempt, entry.why) for entry in entries] == [
        (disputed.id, (Why.DISPUTED,)),
        (unsafe.id, (Why.UNSAFE,)),
        (one.answer.id, (Why.ASKED,)),
    ]
    assert {entry.status for entry in entries} == {Status.TO_REVIEW}
    assert quiet.id not in {entry.attempt for entry in entries}
    house.wait(days=28)
    assert [entry.attempt for entry in house.reviewing.entries(one.coach)] == [disputed.id, one.answer.id]


def test_a_review_goes_from_to_review_by_way_of_in_progress_to_reviewed_and_a_dispute_brings_it_back(
    house: House, one: Class
) -> None:
    def state() -> tuple[Status, str]:
        (entry,) = house.reviewing.entries(one.coach)
        return entry.status, entry.by

    house.asking.ask(one.student, one.answer.id, "Before Friday, please.")
    assert state() == (Status.TO_REVIEW, "")
    review = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    assert state() == (Status.IN_PROGRESS, "Carla")
    house.reviewing.finish(one.coach, review.id)
    assert state() == (Status.REVIEWED, "Carla")
    house.wait(hours=1)
    house.asking.dispute(one.student, one.answer.id, EMPATHY, "Why?")
    assert state() == (Status.TO_REVIEW, "Carla")
    with pytest.raises(ConflictError, match="Answer the dispute first"):
        house.reviewing.finish(one.coach, review.id)
    (dispute, asked) = house.reviewing.requests(one.coach, one.answer.id)
    house.reviewing.answer(one.coach, dispute.id, "You name the fear; you are right.")
    assert state() == (Status.REVIEWED, "Carla")
    assert not asked.is_open
    answers = [(each.answer, each.by) for each in house.asking.requests(one.student, one.answer.id)]
    assert answers == [("You name the fear; you are right.", "Carla"), ("", "Carla")]
    with pytest.raises(ConflictError):
        house.reviewing.answer(one.coach, dispute.id, "Again.")


def test_who_reviews_for_another_cohort_is_not_told(house: House, one: Class) -> None:
    other = house.person("olive", Role.COACH)
    elsewhere = house.cohort(other, one.student)
    house.consent.share(one.student, elsewhere.id, Sharing.TRANSCRIPTS, earlier=True)
    house.asking.ask(one.student, one.answer.id, "")
    house.reviewing.begin(other, one.answer.id, blind=False)
    (entry,) = house.reviewing.entries(one.coach)
    assert (entry.status, entry.by) == (Status.TO_REVIEW, "")


def test_nobody_asks_what_nobody_may_read_nor_twice_nor_of_anothers_answer(house: House, one: Class) -> None:
    assert house.asking.who_sees(one.student, one.answer.id) == ("Carla",)
    with pytest.raises(AnswerError, match="Say why"):
        house.asking.dispute(one.student, one.answer.id, EMPATHY, " ")
    asked = house.asking.ask(one.student, one.answer.id, "")
    with pytest.raises(ConflictError):
        house.asking.ask(one.student, one.answer.id, "again")
    house.asking.dispute(one.student, one.answer.id, EMPATHY, "Why?")
    house.asking.take_back(one.student, asked.id)
    assert [bool(each.subject) for each in house.asking.requests(one.student, one.answer.id)] == [True]
    other = house.person("uma")
    for refused in (
        lambda: house.asking.ask(other, one.answer.id, ""),
        lambda: house.asking.requests(other, one.answer.id),
        lambda: house.asking.take_back(other, asked.id),
    ):
        with pytest.raises(NotFoundError):
            refused()
    house.consent.share(one.student, one.cohort.id, Sharing.RATINGS, earlier=False)
    with pytest.raises(AnswerError, match="No coach may read"):
        house.asking.ask(one.student, one.answer.id, "")


# ── access ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("coaches", "archived"), [(True, False), (True, True), (False, False)])
def test_reviews_give_exactly_what_the_policy_allows(
    house: House, role: Role, *, coaches: bool, archived: bool
) -> None:
    """Every way to a review and to what was asked, for every role, coaching or not, archived or not, however much is shared."""
    student, other = house.person("sam"), house.person("olive", Role.COACH)
    asking = house.person("carla", Role.COACH)
    cohort = house.cohort(asking, student)
    house.cohorts._store.add_coach(cohort.id, asking.id, other.id)
    house.consent.share(student, cohort.id, Sharing.AUDIO, earlier=True)
    answer = house.answered(student)
    asked = house.asking.ask(student, answer.id, "")
    mine, theirs = (house.reviewing.begin(who, answer.id, blind=False) for who in (asking, other))
    for review, who in ((mine, asking), (theirs, other)):
        house.reviewing.rate(who, review.id, {Criterion.OUTCOME: 1})
    if not coaches:
        house.cohorts.remove_coach(other, cohort.id, asking.id)
    if archived:
        house.cohorts.archive(other, cohort.id)
    asking = house.store.change(asking.id, role=role)
    tried, do = 0, house.reviewing
    for sharing in Sharing:
        house.consent.share(student, cohort.id, sharing, earlier=True)
        facts = Facts(own=True, coached=coaches and not archived, sharing=sharing)
        may = {
            (resource, action): allows(Who.of(asking), action, resource, facts)
            for resource, action in itertools.product((Resource.QUEUE, Resource.REVIEW), Action)
        }
        read, change = may[Resource.REVIEW, Action.READ], may[Resource.REVIEW, Action.CHANGE]
        ways = (
            (may[Resource.QUEUE, Action.READ], lambda: do.requests(asking, answer.id)),
            (may[Resource.QUEUE, Action.READ], lambda: do.entry(asking, answer.id)),
            (read, lambda: do.find(asking, answer.id)),
            (read, lambda: do.drafts(asking, mine.id)),
            (may[Resource.REVIEW, Action.CREATE], lambda: do.begin(asking, answer.id, blind=True)),
            (change, lambda: do.save_draft(asking, mine.id, "comment", "Hm")),
            (change, lambda: do.rate(asking, mine.id, {Criterion.SOAR: 2})),
            (change, lambda: do.comment(asking, mine.id, "Well told.")),
            (change, lambda: do.override(asking, mine.id, Criterion.SOAR, "Only named.", ())),
            (change, lambda: do.take_back(asking, mine.id, Criterion.SOAR)),
            (False, lambda: do.drafts(asking, theirs.id)),
            (False, lambda: do.rate(asking, theirs.id, {Criterion.SOAR: 5})),
            (False, lambda: do.comment(asking, theirs.id, "Not mine.")),
            (False, lambda: do.finish(asking, theirs.id)),
            (False, lambda: do.discard(asking, theirs.id)),
        )
        for allowed, way in ways:
            assert _works(way) is allowed, (sharing, tried)
            tried += 1
        listed = _works(lambda: _some(do.entries(asking)))
        assert listed is may[Resource.QUEUE, Action.READ]
        assert bool(house.notices.all_of(asking)) is may[Resource.QUEUE, Action.READ]
    print(f"{tried} tries")  # noqa: T201  # the number of tries is part of what this test tells
    assert tried == 4 * 15
    assert house.asking.requests(student, answer.id)[0].id == asked.id


def _works(way: object) -> bool:
    assert callable(way)
    try:
        way()
    except NotFoundError:
        return False
    return True


def _some(entries: tuple[object, ...]) -> None:
    if not entries:
        raise NotFoundError("nothing")


def test_withdrawing_hides_comments_from_the_coach_at_once_and_the_student_keeps_them(house: House, one: Class) -> None:
    review = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    house.reviewing.comment(one.coach, review.id, "This is the obstacle.", WORDS)
    house.reviewing.finish(one.coach, review.id)
    house.consent.withdraw(one.student, one.cohort.id)
    with pytest.raises(NotFoundError):
        house.reviewing.find(one.coach, one.answer.id)
    assert house.reviewing.entries(one.coach) == ()
    assert house.reviewing._reviews.given(one.coach.id) == ()
    ((kept,),) = [each.comments for each in house.asking.received(one.student, one.answer.id)]
    assert (kept.words, kept.span) == ("This is the obstacle.", WORDS)
    house.consent.share(one.student, one.cohort.id, Sharing.TRANSCRIPTS, earlier=True)
    assert house.reviewing.find(one.coach, one.answer.id) is not None


def test_the_student_sees_a_review_when_it_is_given_and_not_before(house: House, one: Class) -> None:
    review = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    house.reviewing.rate(one.coach, review.id, {Criterion.SOAR: 4})
    house.reviewing.comment(one.coach, review.id, "Say what stood in the way.", WORDS)
    assert house.asking.received(one.student, one.answer.id) == ()
    assert house.notices.all_of(one.student) == ()
    house.reviewing.finish(one.coach, review.id)
    (given,) = house.asking.received(one.student, one.answer.id)
    assert (given.by, given.ratings[0].level, given.comments[0].words) == ("Carla", 4, "Say what stood in the way.")


def test_a_place_that_is_not_in_the_answer_cannot_be_commented_on(house: House, one: Class) -> None:
    review = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    with pytest.raises(CoachError, match="not in the answer"):
        house.reviewing.comment(one.coach, review.id, "Here.", Span.of("Another text altogether.", 0, 7))


# ── drafts, undoing ───────────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_coach_has_not_saved_is_kept_until_it_is_saved_or_discarded(house: House, one: Class) -> None:
    review = house.reviewing.begin(one.coach, one.answer.id, blind=True)
    for field, words in (("level-soar", "4"), ("comment", "Say wh"), ("comment", "Say what"), ("reason-soar", "x")):
        house.reviewing.save_draft(one.coach, review.id, field, words)
    house.reviewing.save_draft(one.coach, review.id, "reason-soar", "")
    assert house.reviewing.begin(one.coach, one.answer.id, blind=False) == review
    assert house.reviewing.drafts(one.coach, review.id) == {"level-soar": "4", "comment": "Say what"}
    with pytest.raises(NotFoundError):
        house.reviewing.save_draft(one.coach, review.id, "anything", "x")
    house.reviewing.rate(one.coach, review.id, {Criterion.SOAR: 4})
    house.reviewing.comment(one.coach, review.id, "Say what stood in the way.")
    assert house.reviewing.drafts(one.coach, review.id) == {}
    house.reviewing.discard(one.coach, review.id)
    assert house.reviewing.find(one.coach, one.answer.id) is None
    given = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    house.reviewing.finish(one.coach, given.id)
    with pytest.raises(ConflictError, match="has this review already"):
        house.reviewing.discard(one.coach, given.id)


# ── which level counts ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_coachs_level_counts_everywhere_with_the_original_beside_it_until_it_is_taken_back(
    house: House, one: Class
) -> None:
    review = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    house.reviewing.rate(one.coach, review.id, {Criterion.EMPATHY: 2, Criterion.CONFIDENTIALITY: 4})
    assert level(house, one, Criterion.EMPATHY) == 4
    with pytest.raises(CoachError, match="a reason needs words"):
        house.reviewing.override(one.coach, review.id, Criterion.EMPATHY, " ", ())
    with pytest.raises(CoachError, match="needs words of the answer"):
        house.reviewing.override(one.coach, review.id, Criterion.CONFIDENTIALITY, "Nobody is named.", ())
    with pytest.raises(CoachError, match="Rate this criterion yourself"):
        house.reviewing.override(one.coach, review.id, Criterion.SOAR, "Better.", (WORDS,))
    house.reviewing.override(one.coach, review.id, Criterion.EMPATHY, "Nothing she felt is told.", ())
    house.reviewing.override(one.coach, review.id, Criterion.CONFIDENTIALITY, "Nobody is named.", (WORDS,))
    assert (level(house, one, Criterion.EMPATHY), level(house, one, Criterion.CONFIDENTIALITY)) == (2, 4)
    for attempt in (
        house.attempts.get(one.answer.id, one.student.id),
        house.attempts.all_of(one.student.id)[0],
        house.coaching.transcript(one.coach, one.answer.id),
    ):
        assert attempt.feedback
        rating = attempt.feedback.of(Criterion.EMPATHY)
        assert (rating.level, rating.by, rating.name, rating.why) == (
            2,
            Rater.HUMAN,
            "Carla",
            "Nothing she felt is told.",
        )
        assert [(view.by, view.level) for view in rating.views] == [(Rater.CHECKS, 4)]
    house.reviewing.take_back(one.coach, review.id, Criterion.EMPATHY)
    assert (level(house, one, Criterion.EMPATHY), level(house, one, Criterion.CONFIDENTIALITY)) == (4, 4)
    restored = house.attempts.get(one.answer.id, one.student.id).feedback
    assert restored
    assert restored.of(Criterion.EMPATHY) == feedback(3, 4, None, 2).of(Criterion.EMPATHY)


def test_a_coachs_level_outlives_rating_again_but_not_another_rubric(house: House, one: Class) -> None:
    review = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    house.reviewing.rate(one.coach, review.id, {Criterion.OUTCOME: 1})
    house.reviewing.override(one.coach, review.id, Criterion.OUTCOME, "No result is told.", ())

    def again(versions: Versions) -> None:
        house.attempts.save_feedback(
            one.answer.id,
            one.student.id,
            feedback=feedback(5, 5, 5, 5),
            judge=JUDGE,
            versions=versions,
            at=house.now,
            keep_earlier=True,
        )

    again(VERSIONS)
    assert level(house, one, Criterion.OUTCOME) == 1
    (earlier,) = house.attempts.earlier(one.answer.id, one.student.id)
    assert earlier.feedback == feedback(3, 4, None, 2), "what the product said was never written over"
    again(Versions(rubric="v2", checks="1"))
    assert level(house, one, Criterion.OUTCOME) == 5


# ── blind ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_level_is_blind_only_if_it_was_saved_before_the_products_was_shown(house: House, one: Class) -> None:
    review = house.reviewing.begin(one.coach, one.answer.id, blind=True)
    assert review.hides_ratings
    rated = house.reviewing.rate(one.coach, review.id, {Criterion.SOAR: 2, Criterion.EMPATHY: 4})
    assert not rated.hides_ratings
    assert [(each.level, each.machine, each.blind) for each in rated.ratings] == [(2, 3, True), (4, 4, True)]
    house.wait(hours=1)
    changed = house.reviewing.rate(
        one.coach, review.id, {Criterion.SOAR: 3, Criterion.EMPATHY: 4, Criterion.OUTCOME: 2}
    )
    assert [(each.criterion, each.level, each.blind) for each in changed.ratings] == [
        (Criterion.SOAR, 3, False),
        (Criterion.EMPATHY, 4, True),
        (Criterion.OUTCOME, 2, False),
    ]


def test_who_has_read_the_answer_with_its_ratings_before_cannot_be_blind_to_them(house: House, one: Class) -> None:
    house.coaching.transcript(one.coach, one.answer.id)
    assert not house.reviewing.begin(one.coach, one.answer.id, blind=True).blind


def test_a_level_that_the_list_has_told_is_not_blind_unless_the_answer_was_drawn_by_lot(
    house: House, one: Class
) -> None:
    unsafe = house.answered(one.student, levels=(3, 3, 1, 3))
    review = house.reviewing.begin(one.coach, unsafe.id, blind=True)
    rated = house.reviewing.rate(one.coach, review.id, {Criterion.CONFIDENTIALITY: 2, Criterion.SOAR: 3})
    assert {each.criterion: each.blind for each in rated.ratings} == {
        Criterion.CONFIDENTIALITY: False,
        Criterion.SOAR: True,
    }
    drawn = house.reviewing.draw(one.coach)
    assert (drawn.attempt, drawn.blind) == (one.answer.id, True)
    with pytest.raises(CoachError, match="read every answer"):
        house.reviewing.draw(one.coach)


# ── notices ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_side_is_told_what_the_other_did_once_until_it_is_read(house: House, one: Class) -> None:
    def told(who: Person) -> list[NoticeKind]:
        return [each.kind for each in house.notices.all_of(who) if each.read_at is None]

    house.asking.ask(one.student, one.answer.id, "")
    house.asking.dispute(one.student, one.answer.id, EMPATHY, "Why?")
    assert told(one.coach) == [NoticeKind.DISPUTED, NoticeKind.ASKED]
    review = house.reviewing.begin(one.coach, one.answer.id, blind=False)
    dispute = next(each for each in house.reviewing.requests(one.coach, one.answer.id) if each.subject)
    house.reviewing.answer(one.coach, dispute.id, "Because.")
    house.reviewing.finish(one.coach, review.id)
    house.reviewing.comment(one.coach, review.id, "One more thing.")
    house.reviewing.comment(one.coach, review.id, "And another.")
    assert told(one.student) == [NoticeKind.COMMENTED, NoticeKind.REVIEWED, NoticeKind.ANSWERED]
    first = house.notices.all_of(one.student)[0]
    assert (first.by, first.question_text) == ("Carla", one.answer.question_text)
    with pytest.raises(NotFoundError):
        house.notices.read(one.coach, first.id)
    house.notices.read(one.student, first.id)
    assert told(one.student) == [NoticeKind.REVIEWED, NoticeKind.ANSWERED]
    house.notices.read_about(one.student, one.answer.id)
    assert told(one.student) == []
    house.notices.read_all(one.coach)
    assert told(one.coach) == []


# ── who goes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_a_coach_gave_stays_with_the_student_without_a_name_and_what_was_not_given_goes(
    house: House, one: Class
) -> None:
    second = house.answered(one.student)
    given, unfinished = (house.reviewing.begin(one.coach, each.id, blind=False) for each in (one.answer, second))
    house.reviewing.comment(one.coach, given.id, "Well told.")
    house.reviewing.rate(one.coach, given.id, {Criterion.OUTCOME: 1})
    house.reviewing.override(one.coach, given.id, Criterion.OUTCOME, "No result.", ())
    house.reviewing.finish(one.coach, given.id)
    house.reviewing.comment(one.coach, unfinished.id, "Not said yet.")
    house.reviewing._reviews.forget_unfinished(one.coach.id)
    house.store.delete(one.coach.id)
    (kept,) = house.asking.received(one.student, one.answer.id)
    assert (kept.by, kept.comments[0].words) == (LEFT, "Well told.")
    feedback_kept = house.attempts.get(one.answer.id, one.student.id).feedback
    assert feedback_kept
    assert feedback_kept.of(Criterion.OUTCOME).name == LEFT
    house.attempts.delete(one.answer.id, one.student.id)
    assert house.asking.received(one.student, one.answer.id) == ()
