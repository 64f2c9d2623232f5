"""The demo cohort: invented students who share more or less, and nothing of them left when it goes."""

from people_parts import House

from coach.assigning.assignments import Assignments
from coach.assigning.guides import Guides
from coach.bank import DemoAnswer, load_bank
from coach.bank.shelf import Shelf
from coach.belongings import Answers, Belongings, ConsentRecords
from coach.demo_assignment import DemoAssignment
from coach.demo_cohort import DemoCohort
from coach.domain.people import Role, Sharing
from coach.domain.review import Why
from coach.practice import Practice
from coach.resources import question_bank
from coach.store import AssignmentStore, ConsentStore, GuideStore, HeldQuestionStore, JudgeStore, QuestionStore
from tests.practice.practice_parts import RUBRIC, Ears, LevelThree, Scripted

KEYS = ("engage-reluctant-client", "work-with-difficult-colleague")
BANK = load_bank(question_bank())
ANSWERS = tuple(
    DemoAnswer(question=KEYS[day % 3 == 0], days_ago=day, text="I called the office, and she kept her flat.")
    for day in range(20, 0, -1)
)


def demo(house: House) -> DemoCohort:
    practice = Practice(
        bank=BANK,
        rubric=RUBRIC,
        checks=LevelThree(),
        judge=Scripted(),
        transcriber=Ears(),
        attempts=house.attempts,
        takes=house.takes,
        waiting=JudgeStore(house.database),
        clock=house.clock,
    )
    consent, store, held = (
        ConsentStore(house.database),
        AssignmentStore(house.database),
        HeldQuestionStore(house.database),
    )
    bank = Shelf(BANK, QuestionStore(house.database), held)
    assignment = DemoAssignment(
        Guides(GuideStore(house.database), held, bank, house.clock),
        Assignments(store, held, bank, house.clock),
        store,
        house.clock,
    )
    parts = (Answers(house.attempts, house.takes, practice.delete_all), ConsentRecords(consent))
    belongings = Belongings(parts, house.store, house.clock)
    return DemoCohort(practice, house.cohorts, house.store, consent, belongings, house.clock, house.asking, assignment)


def test_invented_students_share_more_or_less_and_two_of_them_want_something_of_their_coach(house: House) -> None:
    coach = house.person("carla", Role.COACH)
    cohort = demo(house).add(coach, ANSWERS)
    seen = {
        member.person.name: (member.sharing, len(house.coaching.attempts(coach, cohort.id, member.person.id)))
        for member in house.cohorts.members(coach, cohort.id)
    }
    assert len(seen) == 6
    assert {sharing for sharing, _ in seen.values()} == {Sharing.NOTHING, Sharing.RATINGS, Sharing.TRANSCRIPTS}
    assert all((count > 0) is (sharing is not Sharing.NOTHING) for sharing, count in seen.values())
    assert all(one.invented for one in (m.person for m in house.cohorts.members(coach, cohort.id)))
    assert [person.name for person in house.people.all(house.person("ada", Role.ADMINISTRATOR))] == ["Ada", "Carla"]
    first, second, *_ = house.reviewing.entries(coach, cohort.id)
    assert (first.student, first.why[0], second.student, second.why[0]) == (
        "Amina Farah",
        Why.DISPUTED,
        "Carmen Duarte",
        Why.ASKED,
    )
    (dispute,) = house.reviewing.requests(coach, first.attempt)
    assert dispute.subject
    assert "of 5" in dispute.subject.about


def test_it_comes_with_a_guide_and_assignments_that_students_are_at_different_points_of(house: House) -> None:
    coach = house.person("carla", Role.COACH)
    one = demo(house)
    cohort = one.add(coach, ANSWERS)
    one.add(coach, ANSWERS)
    (guide,) = one.assignment.guides.all_of(coach)
    assert guide.demo
    to_come, past = one.assignment.assignments.all_of(coach, cohort.id)
    progress = one.assignment.assignments.progress(coach, (to_come, past))
    assert all(student.work.begun_at is None for student in progress[to_come.id])
    handed_in = [student.work.handed_in_at is not None for student in progress[past.id]]
    begun = [student.work.begun_at is not None for student in progress[past.id]]
    assert 0 < sum(handed_in) < sum(begun) < len(begun)
    one.remove(coach)
    assert one.assignment.guides.all_of(coach) == ()
    assert one.assignment.assignments.all_of(coach) == ()


def test_adding_it_again_makes_no_second_one_and_removing_it_leaves_nothing(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    mine = house.answered(student)
    one = demo(house)
    cohort = one.add(coach, ANSWERS)
    house.consent.join(student, cohort.join_code)
    assert one.add(coach, ANSWERS) == cohort
    members = house.cohorts.members(coach, cohort.id)
    assert len(members) == 7
    invented = [member.person.id for member in members if member.person.invented]
    one.remove(coach)
    assert one.present(coach) is None
    assert all(house.attempts.all_of(person) == () for person in invented)
    assert house.attempts.get(mine.id, student.id) == mine
    one.remove(coach)
