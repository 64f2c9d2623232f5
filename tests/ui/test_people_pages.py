"""Pages as the wrong person: each asks the policy itself, whether or not a menu leads to it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach.domain.people import Role, Sharing
from coach.domain.story import StoryPart
from coach.ui.resources import services
from coach.wiring import Services


@pytest.fixture
def parts(data: Path) -> Services:
    assert data
    return services()


def draw(page: str, **places: str) -> AppTest:
    """A page of ours, drawn for the local profile."""
    script = f"from coach.ui.pages import {page}\n{page}.page()\n"
    test = AppTest.from_string(script, default_timeout=60)
    for name, value in places.items():
        test.query_params[name] = value
    return test.run()


def refused(test: AppTest) -> bool:
    return [one.message for one in test.exception] != [] and "There is no" in test.exception[0].message


@pytest.mark.parametrize("page", ["cohorts", "people", "review", "calibration"])
def test_a_candidate_who_comes_to_the_address_of_a_page_for_others_finds_nothing(parts: Services, page: str) -> None:
    assert parts.people.local().role is Role.CANDIDATE
    assert refused(draw(page))


@pytest.mark.parametrize("places", [("cohort",), ("cohort", "student"), ("cohort", "student", "answer")])
def test_a_coach_who_guesses_the_address_of_another_coachs_cohort_finds_nothing(
    parts: Services, places: tuple[str, ...]
) -> None:
    parts.people.try_coaching(parts.people.local(), on=True)
    other = parts.people._store.change(parts.people.from_provider("https://id.example", "c").id, role=Role.COACH)
    student = parts.people.from_provider("https://id.example", "s", name="Sam Lee")
    cohort = parts.cohorts.create(other, "Autumn")
    parts.consent.join(student, cohort.join_code)
    ids = {"cohort": cohort.id, "student": student.id, "answer": "0" * 32}
    guessed = draw("cohorts", **{place: ids[place] for place in places})
    assert refused(guessed)
    assert "Autumn" not in str(guessed.main)
    assert "Sam Lee" not in str(guessed.main)


def test_a_coach_finds_their_own_cohort_with_its_code_and_a_student_what_sharing_means(parts: Services) -> None:
    me = parts.people.try_coaching(parts.people.local(), on=True)
    cohort = parts.cohorts.create(me, "Autumn")
    page = draw("cohorts", cohort=cohort.id)
    assert not page.exception
    assert [one.value for one in page.title] == ["Autumn"]
    parts.consent.join(me, cohort.join_code)
    page = draw("sharing")
    assert not page.exception
    page.radio[0].set_value("Ratings and words").run()
    assert not page.exception
    ((membership, _),) = parts.consent.memberships(me)
    assert membership.sharing is Sharing.TRANSCRIPTS


def test_a_story_is_shared_with_a_tick_read_by_the_coach_and_the_student_sees_that_they_did(parts: Services) -> None:
    me = parts.people.try_coaching(parts.people.local(), on=True)
    cohort = parts.cohorts.create(me, "Autumn")
    parts.consent.join(me, cohort.join_code)
    story = parts.stories.begin(me.id)
    parts.stories.save_labels(story.id, me.id, title="The *locked* door", setting=None, competencies=())
    parts.stories.save_part(story.id, me.id, StoryPart.ACTION, "I appealed <b>twice</b>.")
    student = draw("cohorts", cohort=cohort.id, student=me.id)
    assert "locked" not in str(student.get("html"))
    page = draw("sharing")
    next(one for one in page.checkbox if "locked" in one.label).check().run()
    assert not page.exception
    assert parts.consent.shared_stories(me, cohort.id) == {story.id}
    student = draw("cohorts", cohort=cohort.id, student=me.id)
    next(one for one in student.button if one.key == f"story-{story.id}").click().run()
    assert not student.exception
    assert "I appealed &lt;b&gt;twice&lt;/b&gt;." in "".join(one.value for one in student.get("html"))
    page = draw("sharing")
    assert "read the story: The *locked* door" in "".join(one.value for one in page.get("html"))
    next(one for one in page.button if one.label == "Share nothing any more").click().run()
    assert not page.exception
    assert not next(one for one in page.checkbox if "locked" in one.label).value
    assert "appealed" not in "".join(one.value for one in student.run().get("html"))


def test_on_a_machine_of_ones_own_the_set_up_shows_the_coach_area_and_hides_it_again(parts: Services) -> None:
    page = draw("setup")
    assert not page.exception
    next(one for one in page.button if one.label == "Show the coach area").click().run()
    assert parts.people.local().role is Role.COACH
    next(one for one in page.button if one.label == "Hide the coach area").click().run()
    assert parts.people.local().role is Role.CANDIDATE
