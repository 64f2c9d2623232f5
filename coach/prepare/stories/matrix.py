"""Stories against competencies and likely questions: what is covered and by which story, and what to do about the rest."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from coach.domain.question import Competency, Question
from coach.domain.story import FEWEST_READY, MOST_READY, Story, StoryPart
from coach.domain.value import Value
from coach.prepare.stories.likeness import FITS

_ALONE = 4  # questions that only one story answers, from which on it is leaned on too much
_ALONE_SHARE = 0.4  # and that share of all that are answered
_NAMED = 3  # examples in a sentence

Fits = Mapping[str, float]


class CompetencyRow(Value):
    """A competency, and the ids of the stories that show it."""

    competency: Competency
    stories: tuple[str, ...]


class QuestionRow(Value):
    """A likely question, and the ids of the stories that fit it, the best first."""

    question: Question
    stories: tuple[str, ...]


class StoryMatrix(Value):
    """Everything at a glance. ``advice`` is in plain sentences, the most urgent first."""

    stories: tuple[Story, ...]
    competencies: tuple[CompetencyRow, ...]
    questions: tuple[QuestionRow, ...]
    advice: tuple[str, ...]

    def number(self, story_id: str) -> int:
        """The number a story goes by in the matrix, from 1."""
        return next(n for n, story in enumerate(self.stories, 1) if story.id == story_id)

    @property
    def answered(self) -> int:
        """How many of the questions have a story that fits."""
        return sum(bool(row.stories) for row in self.questions)


def matrix(stories: Sequence[Story], questions: Sequence[Question], fits: Mapping[str, Fits]) -> StoryMatrix:
    """The matrix of stories and questions; ``fits`` says for each story's id how well it fits each question's key."""
    shown = tuple(
        CompetencyRow(competency=one, stories=tuple(s.id for s in stories if one in s.competencies))
        for one in Competency
    )
    asked = tuple(QuestionRow(question=one, stories=_fitting(one, stories, fits)) for one in questions)
    return StoryMatrix(
        stories=tuple(stories), competencies=shown, questions=asked, advice=tuple(_advice(stories, shown, asked))
    )


def shows(story: Story, questions: Sequence[Question], fits: Fits, most: int = 3) -> tuple[Competency, ...]:
    """Competencies a story seems to show that it is not filed under: those its questions ask for most often."""
    counts = Counter(
        competency
        for question in questions
        if fits.get(question.key, 0.0) >= FITS
        for competency in question.competencies
        if competency not in story.competencies
    )
    return tuple(competency for competency, _ in counts.most_common(most))


def _fitting(question: Question, stories: Sequence[Story], fits: Mapping[str, Fits]) -> tuple[str, ...]:
    scores = {story.id: fits.get(story.id, {}).get(question.key, 0.0) for story in stories}
    return tuple(sorted((one for one in scores if scores[one] >= FITS), key=lambda one: -scores[one]))


def _advice(stories: Sequence[Story], shown: Sequence[CompetencyRow], asked: Sequence[QuestionRow]) -> Iterator[str]:
    yield _how_many(len(stories))
    for story in stories:
        missing = [part.label.lower() for part in _unwritten(story)]
        if missing:
            yield f"“{story.text.name}” is not finished: {_and(missing)} still to write."
        if not story.competencies:
            yield f"“{story.text.name}” is filed under no competency yet: open it and choose those it shows."
    yield from _overused(stories, asked)
    open_ones = [row.question for row in asked if not row.stories]
    uncovered = [row.competency for row in shown if not row.stories]
    if uncovered and len(uncovered) < len(shown):
        wanted = Counter(one for question in open_ones for one in question.competencies if one in uncovered)
        best = max(uncovered, key=lambda one: wanted[one])
        asks = f" {wanted[best]} of the questions without a story ask for it." if wanted[best] else ""
        yield f"The kind you miss most: a story that shows {best.label.lower()}.{asks}"
        rest = [one.label.lower() for one in uncovered if one is not best]
        if rest:
            yield f"No story is filed under {_and(rest[:_NAMED])}{_more(len(rest) - _NAMED)} either."


def _how_many(count: int) -> str:
    held = f"You have {count} {'story' if count == 1 else 'stories'}."
    if count < FEWEST_READY:
        more = FEWEST_READY - count
        return (
            f"{held} Hold {FEWEST_READY} to {MOST_READY} ready: {more} more to build. Each can answer many questions."
        )
    if count <= MOST_READY:
        return f"{held} That is enough to hold ready; now tell each aloud until it fits into 60 to 90 seconds."
    return f"{held} More than {MOST_READY} are hard to keep ready: let go of the one that fits the fewest questions."


def _overused(stories: Sequence[Story], asked: Sequence[QuestionRow]) -> Iterator[str]:
    """Stories that alone carry too many questions: in an interview each can be told once."""
    answered = [row for row in asked if row.stories]
    alone = Counter(row.stories[0] for row in answered if len(row.stories) == 1)
    for story in stories if len(stories) > 1 else ():
        if alone[story.id] >= _ALONE and alone[story.id] >= _ALONE_SHARE * len(answered):
            yield (
                f"You lean on “{story.text.name}”: it is the only one for {alone[story.id]} questions. "
                "An interviewer wants each story once, so build a second one of its kind."
            )


def _unwritten(story: Story) -> list[StoryPart]:
    return [part for part in StoryPart if part not in story.text.written]


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""
