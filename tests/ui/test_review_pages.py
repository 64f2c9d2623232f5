"""The pages of reviews, drawn with stored attempts: what a coach sees before and after rating, and what comes to the student."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.attempt import Attempt, AttemptState
from coach.domain.people import LOCAL_ID, Person, Role, Sharing
from coach.domain.review import Subject
from coach.domain.rubric import Criterion
from coach.recordings import utc_now
from coach.store import AttemptStore, Database
from coach.ui.resources import services
from coach.wiring import Services
from tests.store.store_examples import JUDGE, TEXT, VERSIONS, attempt, feedback

PRODUCT = "What the product says"


@pytest.fixture
def parts(data: Path) -> Services:
    assert data
    return services()


def answered(parts: Services, student: str) -> Attempt:
    """SOAR 3, empathy 4, confidentiality unrated, outcome 2."""
    attempts = AttemptStore(Database(parts.settings.database))
    one = attempt(student, created_at=utc_now(), state=AttemptState.DRAFT)
    attempts.add(one)
    attempts.hand_in(one.id, student, TEXT, utc_now())
    attempts.save_feedback(
        one.id, student, feedback=feedback(3, 4, None, 2), judge=JUDGE, versions=VERSIONS, at=utc_now()
    )
    return attempts.get(one.id, student)


def sharing(parts: Services, coach: Person, student: Person) -> Attempt:
    cohort = parts.cohorts.create(coach, "Autumn")
    parts.consent.join(student, cohort.join_code)
    parts.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=False)
    return answered(parts, student.id)


def draw(page: str, call: str = "page()", **places: str) -> AppTest:
    test = AppTest.from_string(f"from coach.ui.pages import {page}\n{page}.{call}\n", default_timeout=120)
    for name, value in places.items():
        test.query_params[name] = value
    return test.run()


def press(test: AppTest, label: str) -> AppTest:
    return next(one for one in test.button if one.label == label).click().run()


def words(test: AppTest) -> str:
    assert not test.exception
    drawn = (*test.title, *test.subheader, *test.markdown, *test.caption)
    return "\n".join([*(one.proto.body for one in test.get("html")), *(str(one.value) for one in drawn)])


def test_a_coach_rates_blind_and_sees_the_products_ratings_only_then(parts: Services) -> None:
    me = parts.people.try_coaching(parts.people.local(), on=True)
    student = parts.people.from_provider("https://id.example", "s", name="Sam Lee")
    answer = sharing(parts, me, student)
    parts.asking.dispute(
        student, answer.id, Subject(criterion=Criterion.EMPATHY, about="Empathy: 4 of 5"), "I showed more."
    )
    listed = words(draw("review"))
    assert "Sam Lee" in listed
    assert "Disputed by the student" in listed
    page = draw("review", answer=answer.id)
    assert PRODUCT not in words(page)
    assert parts.consent.looks(student) == (), "nothing is read before the choice"
    press(page, "Rate blind first")
    hidden = words(page)
    assert "Because." not in hidden, "the product's reasons are hidden"
    assert "4 of 5" not in hidden, "and so is what the student disputes"
    assert len(parts.consent.looks(student)) == 1
    soar, *_ = page.button_group
    soar.set_value(2)
    page.run()
    assert draw("review", answer=answer.id).button_group[0].value == 2, "kept over a reload"
    empathy = page.button_group[1]
    empathy.set_value(4)
    page.run()
    press(page, "Save and see the product’s")
    shown = words(page)
    assert PRODUCT in shown
    assert "2 (blind)" in shown
    assert "3 by checks" in shown
    assert "Disputed: Empathy: 4 of 5" in shown


def test_what_a_coach_gave_is_on_the_students_page_with_a_name_and_the_original(parts: Services) -> None:
    me = parts.people.local()
    coach = parts.people._store.change(
        parts.people.from_provider("https://id.example", "c", name="Carla Diaz").id, role=Role.COACH
    )
    answer = sharing(parts, coach, me)
    review = parts.reviewing.begin(coach, answer.id, blind=False)
    parts.reviewing.rate(coach, review.id, {Criterion.OUTCOME: 1})
    parts.reviewing.override(coach, review.id, Criterion.OUTCOME, "No figure is told.", ())
    parts.reviewing.comment(coach, review.id, "Say what stood in the way.")
    parts.reviewing.finish(coach, review.id)
    today = AppTest.from_string(
        "from coach.domain.plan import ItemKind\nfrom coach.ui.pages import today\n"
        "today.page({kind: None for kind in ItemKind}, None)\n",
        default_timeout=120,
    ).run()
    assert "New for you: 2" in words(today)
    page = draw("practise", attempt=answer.id)
    shown = words(page)
    for expected in ("Rated by Carla Diaz", "No figure is told.", "Before: <b>2 of 5</b> by checks", "Say what stood"):
        assert expected in shown
    assert "New for you" not in words(today.run()), "what was opened is read"
    next(one for one in page.selectbox if one.label == "Something here is wrong").select_index(0)
    next(one for one in page.text_area if one.label == "Why?").input("I named all four parts.")
    press(page, "Dispute it")
    assert "You disputed: " in words(page)
    (request,) = parts.asking.requests(me, answer.id)
    assert (request.subject and request.subject.criterion, request.reason) == (
        Criterion.SOAR,
        "I named all four parts.",
    )
    assert answer.candidate == LOCAL_ID


def test_calibration_says_that_few_ratings_say_nothing_and_shows_where_one_differs(parts: Services) -> None:
    me = parts.people.try_coaching(parts.people.local(), on=True)
    assert "No ratings of yours yet" in words(draw("calibration"))
    student = parts.people.from_provider("https://id.example", "s", name="Sam Lee")
    answer = sharing(parts, me, student)
    press(draw("calibration"), "Rate an answer drawn by lot")
    review = parts.reviewing.find(me, answer.id)
    assert review
    assert review.blind
    parts.reviewing.rate(me, review.id, {Criterion.EMPATHY: 1, Criterion.SOAR: 3})
    shown = words(draw("calibration"))
    assert "Too few to say: 1 of at least 20." in shown
    assert "you 1, the product 4" in shown
