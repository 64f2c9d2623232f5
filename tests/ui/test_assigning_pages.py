"""Guides and assignments on their pages: built and given with a few presses, found on Today, and by nobody else."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.assignment import AssignmentState, Way
from coach.domain.people import Cohort, Person, Role
from coach.ui.resources import services
from coach.wiring import Services

KEYS = ("engage-reluctant-client", "respond-to-crisis")


@pytest.fixture
def parts(data: object) -> Services:
    assert data
    return services()


@pytest.fixture
def coach(parts: Services) -> Person:
    """The one profile of this machine, with the coach area shown."""
    return parts.people.try_coaching(parts.people.local(), on=True)


@pytest.fixture
def cohort(parts: Services, coach: Person) -> Cohort:
    """A cohort in which they are a student, too."""
    made = parts.cohorts.create(coach, "Autumn")
    parts.consent.join(coach, made.join_code)
    return made


def draw(page: str, call: str = "page.page()", **places: str) -> AppTest:
    script = f"import streamlit as st\nfrom coach.ui.pages import {page} as page\n{call}\n"
    test = AppTest.from_string(script, default_timeout=120)
    for name, value in places.items():
        test.query_params[name] = value
    return test.run()


def press(test: AppTest, label: str) -> AppTest:
    next(one for one in test.button if one.label == label).click().run()
    assert not test.exception
    return test


def words(test: AppTest) -> str:
    """Everything on the page, our own HTML too."""
    return "\n".join([str(test.main), *(one.value for one in test.get("html"))])


def test_a_guide_is_built_field_by_field_and_read_as_an_interviewer_reads_it(parts: Services) -> None:
    me = parts.people.local()  # no coach: guides are of use to one person, too
    page = press(draw("guides"), "New guide")
    (guide,) = parts.guides.all_of(me)
    next(one for one in page.text_input if one.label == "Name").set_value("For Elm House").run()
    adding = next(one for one in page.selectbox if one.label == "Add a question")
    adding.select(parts.practice.bank.get(KEYS[0])).run()
    assert not page.exception
    guide = parts.guides.get(me, guide.id)
    assert (guide.name, [one.key for one in guide.questions]) == ("For Elm House", [KEYS[0]])
    probe = parts.practice.bank.get(KEYS[0]).probes[2]
    next(one for one in page.multiselect if one.label.startswith("Follow-ups you want")).select(probe).run()
    next(one for one in page.text_area if one.label.startswith("Follow-ups of your own")).set_value(
        "And <b>then</b>?"
    ).run()
    assert parts.guides.get(me, guide.id).questions[0].probes == (probe, "And <b>then</b>?")
    page.segmented_control[0].set_value("Read").run()
    assert not page.exception
    assert "And &lt;b&gt;then&lt;/b&gt;?" in words(page)
    press(page, "Delete")
    press(page, "Delete it")
    assert parts.guides.all_of(me) == ()


def test_a_guide_or_an_assignment_of_somebody_else_is_not_found(parts: Services, coach: Person) -> None:
    other = parts.people._store.change(parts.people.from_provider("https://id.example", "c").id, role=Role.COACH)
    theirs = parts.cohorts.create(other, "Winter")
    guide = parts.guides.begin(other, name="Secret guide")
    given = parts.assignments.give(other, theirs.id, title="Secret task", questions=parts.assignments.as_asked(KEYS))
    assert coach.role is Role.COACH
    for page, place, ident in (("guides", "guide", guide.id), ("assign", "assignment", given.id)):
        test = draw(page, **{place: ident})
        assert not test.exception
        assert "There is no such" in test.warning[0].value
        assert "Secret" not in words(test)
    for place, ident in (("guide", guide.id), ("assignment", given.id)):
        call = "from coach.ui.resources import services\npage.show(services().interviews, 'local')"
        test = draw("interview_setup", call, **{place: ident})
        assert not test.exception
        assert "There is no such" in test.warning[0].value
        assert "Secret" not in words(test)


def test_who_coaches_nobody_has_no_page_to_assign_on(parts: Services) -> None:
    assert parts.people.local().role is Role.CANDIDATE
    test = draw("assign")
    assert "There is no such assignment" in test.exception[0].message


def test_a_coach_gives_a_guide_and_follows_it_and_takes_it_back(parts: Services, coach: Person, cohort: Cohort) -> None:
    guide = parts.guides.begin(coach, name="Hard talks")
    for key in KEYS:
        parts.guides.add(coach, guide.id, key)
    page = draw("assign", guide=guide.id)
    assert not page.exception
    press(page, "Give it")
    (given,) = parts.assignments.all_of(coach)
    assert (given.cohort, given.title, given.way, [one.key for one in given.questions]) == (
        cohort.id,
        "Hard talks",
        Way.INTERVIEW,
        list(KEYS),
    )
    assert [one.value for one in page.title] == ["Hard talks"]
    assert "Not begun" in words(page)
    press(page, "Edit")
    next(one for one in page.text_input if one.label.startswith("Title")).set_value("Week 3").run()
    press(page, "Save")
    assert parts.assignments.get(coach, given.id).title == "Week 3"
    press(page, "Withdraw")
    press(page, "Withdraw it")
    assert parts.assignments.get(coach, given.id).state is AssignmentState.WITHDRAWN


def test_a_student_finds_it_on_today_with_its_day_and_what_is_seen(
    parts: Services, coach: Person, cohort: Cohort
) -> None:
    today = parts.assignments.today
    asked = parts.assignments.as_asked(KEYS)
    for title, days, way in (("Soon", 1, Way.INTERVIEW), ("Over", -2, Way.SINGLE)):
        due = today + timedelta(days)
        parts.assignments.give(
            coach, cohort.id, title=title, questions=asked, due=due, way=way, takes=1, note="No *names*"
        )
    call = "from coach.ui.signed_in import person\npage.assigned(person(), None, None)"
    script = f"from coach.ui.widgets import assigned as page\n{call}\n"
    test = AppTest.from_string(script, default_timeout=120).run()
    assert not test.exception
    drawn = words(test)
    assert drawn.index("was due 2 days ago") < drawn.index("due tomorrow")
    assert "You can still hand it in." in drawn
    assert "Anything more, only as far as you share it" in drawn
    assert [one.label for one in test.button] == ["Answer by voice (1 of 2)", "Type it", "Begin"]


def test_an_assignment_sets_the_interview_up_and_is_linked_to_it(
    parts: Services, coach: Person, cohort: Cohort
) -> None:
    asked = parts.assignments.as_asked(KEYS)
    given = parts.assignments.give(coach, cohort.id, title="Hard talks", questions=asked, limit_s=60, takes=2)
    call = "from coach.ui.resources import services\npage.show(services().interviews, 'local')"
    page = draw("interview_setup", call, assignment=given.id)
    assert not page.exception
    assert "1 min an answer · 2 recordings an answer at the most" in words(page)
    assert [one.label for one in page.radio] == ["You answer"], "what a coach decided is not chosen again"
    press(page, "Begin the interview")
    (interview,) = parts.interviews.all_of(coach.id)
    assert [one.question_key for one in interview.rounds] == list(KEYS)
    assert interview.limit_s == 60
    assert parts.assignments.given(coach, given.id).interview == interview.id
    assert page.query_params.get("assignment") is None


def test_a_cohorts_dashboard_is_narrowed_down_to_an_assignment(parts: Services, coach: Person, cohort: Cohort) -> None:
    given = parts.assignments.give(coach, cohort.id, title="Hard talks", questions=parts.assignments.as_asked(KEYS))
    page = draw("cohorts", cohort=cohort.id)
    assert not page.exception
    next(one for one in page.selectbox if one.label == "Assignment").select(given).run()
    assert not page.exception
    assert next(one for one in page.selectbox if one.label == "Setting").disabled


def test_a_students_page_says_how_far_they_are_with_each_assignment_whatever_they_share(
    parts: Services, coach: Person, cohort: Cohort
) -> None:
    asked, today = parts.assignments.as_asked(KEYS), parts.assignments.today
    other = parts.people.from_provider("https://id.example", "s", name="Sam Lee")
    parts.consent.join(other, cohort.join_code)
    for title, more in (
        ("<b>Week 3</b>", {"due": today - timedelta(2)}),
        ("Week 4", {}),
        ("For Sam only", {"whole": False, "students": (other.id,)}),
        ("Taken back", {}),
    ):
        given = parts.assignments.give(coach, cohort.id, title=title, questions=asked, **more)
    parts.assignments.turn(coach, given.id, AssignmentState.WITHDRAWN)
    begun = next(one for one in parts.assignments.given_to(coach) if one.assignment.title == "Week 4")
    parts.interviews.begin(coach.id, begun.assignment.set_up())
    drawn = words(draw("cohorts", cohort=cohort.id, student=coach.id))
    assert "Nothing to see" in drawn, "they share nothing"
    assert "<td>&lt;b&gt;Week 3&lt;/b&gt;</td>" in drawn
    assert "<td>Not begun</td><td>2 days past due</td>" in drawn
    assert "<td>Week 4</td><td>no day set</td><td>Begun</td>" in drawn
    assert "For Sam only" not in drawn
    assert "Taken back" not in drawn
    assert "For Sam only" in words(draw("cohorts", cohort=cohort.id, student=other.id))


def test_everything_of_ones_own_is_taken_along_and_deleted(parts: Services, coach: Person, cohort: Cohort) -> None:
    guide = parts.guides.begin(coach, name="Hard talks")
    parts.assignments.give(coach, cohort.id, title="Theirs", questions=parts.assignments.as_asked(KEYS))
    file = io.BytesIO()
    parts.belongings.export(coach, file)
    names = ZipFile(file).namelist()
    assert [name.split("/")[0] for name in names if guide.id[:8] in name] == ["guides"]
    assert sum(name.startswith("assignments-given/") for name in names) == 1
    assert b"Theirs" in ZipFile(file).read("assignments.json")
    parts.belongings.delete(coach, "delete")
    again = parts.people.try_coaching(parts.people.local(), on=True)
    assert parts.guides.all_of(again) == ()
    assert parts.assignments._store.authored(again.id) == ()
