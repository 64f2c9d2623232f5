"""A story's parts, the whole made of them, and a rated answer sorted into them."""

from coach.domain.feedback import Feedback, FeedbackState, PartSpan
from coach.domain.finding import Finding, Part, Severity
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.story import StoryPart, StoryText, sorted_into_parts

TEXT = StoryText(situation=" He lost his room. ", action="I called.", result="He has a lease.")


def test_the_whole_holds_the_written_parts_in_the_order_they_are_told() -> None:
    assert TEXT.whole == "He lost his room.\n\nI called.\n\nHe has a lease."
    assert TEXT.written == (StoryPart.SITUATION, StoryPart.ACTION, StoryPart.RESULT)
    assert TEXT.words == 10


def test_each_part_is_found_again_in_the_whole() -> None:
    for part in TEXT.written:
        start, end = TEXT.place(part)
        assert TEXT.whole[start:end] == TEXT.of(part).strip()
    start, end = TEXT.place(StoryPart.OBSTACLE)
    assert start == end


def test_a_story_of_140_words_takes_a_minute() -> None:
    assert StoryText(action="word " * 140).spoken_s == 60


def test_a_story_without_a_title_goes_by_its_first_words() -> None:
    assert TEXT.name == "A story without a title"
    assert TEXT.model_copy(update={"title": "The lease"}).name == "The lease"
    assert StoryText().name == "A story without a title"


def answer(*told: tuple[str, Part]) -> tuple[str, Feedback]:
    text, spans = "", []
    for words, part in told:
        start = len(text)
        text += f"{words} "
        spans.append(PartSpan(span=Span.of(text, start, start + len(words)), part=part))
    ratings = tuple(Rating(criterion=c, level=None, by=Rater.CHECKS, why="-") for c in Criterion)
    return text, Feedback(state=FeedbackState.CHECKS_ONLY, ratings=ratings, parts=tuple(spans))


def test_the_sentences_of_an_answer_are_sorted_by_their_parts_and_none_is_lost() -> None:
    text, feedback = answer(
        ("He lost his room.", Part.SITUATION),
        ("I called.", Part.ACTION),
        ("That was a Friday.", Part.OTHER),
        ("Nobody answered.", Part.OBSTACLE),
        ("I called again.", Part.ACTION),
        ("He has a lease.", Part.RESULT),
        ("Now I call earlier.", Part.OTHER),
    )
    lesson = Finding(
        check="reflection", label="learned", severity=Severity.GOOD, span=feedback.parts[-1].span, message="-"
    )
    story = sorted_into_parts(text, feedback.model_copy(update={"findings": (lesson,)}))
    assert story == StoryText(
        situation="He lost his room.",
        obstacle="Nobody answered.",
        action="I called. That was a Friday. I called again.",
        result="He has a lease.",
        learned="Now I call earlier.",
    )


def test_an_answer_without_parts_is_kept_as_the_situation() -> None:
    _, feedback = answer()
    assert sorted_into_parts("I helped. It was hard.", feedback) == StoryText(situation="I helped. It was hard.")
