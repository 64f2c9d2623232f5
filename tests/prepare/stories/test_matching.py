"""Which questions a story answers, what is uncovered, and what a telling left out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.domain.answer import Transcript
from coach.domain.delivery import Delivery
from coach.domain.question import Competency, Kind, Question
from coach.domain.story import Story, StoryPart, StoryText
from coach.prepare.stories.likeness import FITS, Likeness
from coach.prepare.stories.matrix import matrix, shows
from coach.prepare.stories.told import told
from tests.practice.practice_parts import NOON
from tests.prepare.stories.stories_parts import AIDE, CRISIS, Room, bank_questions

ASKED = bank_questions(
    "advocate-after-denial",
    "respond-to-crisis",
    "tension-on-the-team",
    "through-an-interpreter",
    "error-in-the-record",
    "slow-process-made-quick",
    "client-dropped-out",
    "colleague-crossed-a-line",
    "use-outcome-data",
    "custom-against-the-rules",
)


def story(name: str, text: StoryText = AIDE, *competencies: Competency) -> Story:
    return Story(
        id=name,
        candidate="ann",
        created_at=NOON,
        changed_at=NOON,
        text=text if text.title else text.model_copy(update={"title": name}),
        competencies=competencies,
    )


@pytest.fixture(scope="module")
def likeness(tmp_path_factory: pytest.TempPathFactory) -> Likeness:
    return Likeness(lambda: ASKED, tmp_path_factory.mktemp("likeness") / "meanings.npz")


@pytest.fixture
def matching(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path, lambda: ASKED)
    yield room
    room.database.close()


def test_a_story_fits_the_questions_it_answers_best(likeness: Likeness) -> None:
    for one, key in ((story("aide"), "advocate-after-denial"), (story("crisis", CRISIS), "respond-to-crisis")):
        fits = likeness.fits(one)
        assert max(fits, key=lambda other: fits[other]) == key
        assert fits[key] >= FITS
        assert sum(fit >= FITS for fit in fits.values()) <= 3


def test_shared_competencies_count_for_a_story(likeness: Likeness) -> None:
    question = ASKED[0]
    plain, filed = likeness.fits(story("a")), likeness.fits(story("a", AIDE, *question.competencies))
    assert filed[question.key] == pytest.approx(plain[question.key] + 0.15)


def test_a_story_hardly_begun_fits_nothing(likeness: Likeness) -> None:
    assert likeness.fits(story("short", StoryText(situation="He lost his room."))) == {}


def test_questions_are_read_once_and_a_damaged_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "meanings.npz"
    seen: list[float] = []
    first = Likeness(lambda: ASKED[:3], file)
    assert not first.ready
    first.read(seen.append)
    assert seen[-1] == 1.0
    again = Likeness(lambda: ASKED[:3], file)
    assert again.ready
    assert again.fits(story("a")) == first.fits(story("a"))
    changed = Likeness(lambda: (ASKED[0].model_copy(update={"text": "In other words?"}), *ASKED[1:3]), file)
    assert not changed.ready
    file.write_bytes(b"no such thing")
    assert not Likeness(lambda: ASKED[:3], file).ready


def question(key: str, *competencies: Competency) -> Question:
    return Question(key=key, kind=Kind.BEHAVIOURAL, text=f"{key}?", competencies=competencies)


def test_the_matrix_says_which_stories_fit_and_what_is_missing() -> None:
    asked = [
        question("one", Competency.ADVOCACY),
        question("two", Competency.CRISIS),
        question("three", Competency.CRISIS),
    ]
    first, second = story("first", AIDE.model_copy(update={"title": ""}), Competency.ADVOCACY), story("second", CRISIS)
    made = matrix([first, second], asked, {"first": {"one": 0.3}, "second": {"one": 0.5, "two": 0.1}})
    assert [row.stories for row in made.questions] == [("second", "first"), (), ()]
    assert made.answered == 1
    assert (made.number("first"), made.number("second")) == (1, 2)
    assert [row.stories for row in made.competencies if row.competency is Competency.ADVOCACY] == [("first",)]
    how_many, unfinished, unfiled, missing, rest = made.advice
    assert how_many.startswith("You have 2 stories. Hold 6 to 8 ready: 4 more")
    assert unfinished == "“second” is not finished: what i learned still to write."
    assert unfiled == "“second” is filed under no competency yet: open it and choose those it shows."
    assert missing == (
        "The kind you miss most: a story that shows crisis response. 2 of the questions without a story ask for it."
    )
    assert rest.startswith("No story is filed under assessment, care planning and care coordination and 11 more")


def test_a_story_that_carries_too_much_alone_is_named() -> None:
    asked = [question(f"q{n}") for n in range(6)]
    first, second = story("first"), story("second")
    fits = {"first": {f"q{n}": 0.4 for n in range(5)}, "second": {"q5": 0.4}}
    (leaned,) = [line for line in matrix([first, second], asked, fits).advice if line.startswith("You lean on")]
    assert "the only one for 5 questions" in leaned
    fits["second"] = {f"q{n}": 0.3 for n in range(6)}
    assert not [line for line in matrix([first, second], asked, fits).advice if line.startswith("You lean on")]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "You have 1 story. Hold 6 to 8"), (7, "That is enough to hold ready"), (9, "More than 8 are hard to keep")],
)
def test_advice_is_to_hold_six_to_eight(count: int, expected: str) -> None:
    assert expected in matrix([story(f"s{n}") for n in range(count)], [], {}).advice[0]


def test_competencies_are_offered_that_fitting_questions_ask_for() -> None:
    asked = [question("one", Competency.ADVOCACY, Competency.ETHICS), question("two", Competency.CRISIS)]
    offered = shows(story("a", AIDE, Competency.ETHICS), asked, {"one": 0.4, "two": 0.1})
    assert offered == (Competency.ADVOCACY,)


def test_an_opening_is_made_of_the_storys_own_sentences(matching: Room) -> None:
    matching.written(AIDE)
    matching.stories.likeness.read()
    found = matching.stories.fitting("ann", ASKED[0])
    assert found is not None
    assert found.opening == AIDE.situation
    assert found.leads_to in (AIDE.obstacle, AIDE.action.split(". ")[1])


def test_no_story_is_offered_where_none_fits_or_none_is_there(matching: Room) -> None:
    assert matching.stories.fitting("ann", ASKED[0]) is None
    matching.written(AIDE)
    matching.stories.likeness.read()
    assert matching.stories.fitting("ann", ASKED[2]) is None
    assert matching.stories.fitting("ann", Question.free("What now?")) is None


RETOLD = (
    "So I worked with this older lady who had come back from the hospital after falling down and who lived on her own. "
    "I asked her what she cared about most, and when she said yes I phoned her plan and appealed the denial. "
    "They approved the aide after nine days, and she had no more falls in the three months after, where it had been four."
)


def test_what_was_left_out_of_a_telling_is_found_by_meaning() -> None:
    heard = Transcript(text=RETOLD, duration_s=75.0, model="ears")
    result = told(AIDE, RETOLD, heard)
    assert [(one.part, one.sentence) for one in result.left_out] == [
        (StoryPart.OBSTACLE, AIDE.obstacle),
        (StoryPart.LEARNED, AIDE.learned),
    ]
    assert told(AIDE, AIDE.whole, heard).left_out == ()


@pytest.mark.parametrize(
    ("seconds", "expected"), [(42, "18 seconds under a minute"), (60, "just right"), (90, "just right"), (101, "11 seconds over")]
)  # fmt: skip
def test_a_telling_is_timed_from_the_first_sound_to_the_last(seconds: float, expected: str) -> None:
    measured = Delivery(
        duration_s=seconds + 9,
        words_a_minute=131,
        first_word_s=4,
        last_word_s=seconds + 4,
        silence_share=0.1,
        loudness_spread_db=8,
    )
    result = told(AIDE, RETOLD, Transcript(text=RETOLD, duration_s=seconds + 9, model="ears", delivery=measured))
    assert expected in result.length
    assert result.words_a_minute == 131
