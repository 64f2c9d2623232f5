"""From the judge's reply to ratings, each with the sentences that justify it."""

from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.judge.levels import LEVEL_OF, Marks
from coach.judge.points import POINTS, Mark
from coach.judge.reply import Reply

UNSHOWN = "The judge did not point at the words it relied on here, so its view of this is left out."


def ratings(reply: Reply, sentences: tuple[Span, ...]) -> tuple[Rating, ...]:
    """A rating on every criterion; unrated where a point is missing or its mark is shown by no sentence."""
    return tuple(_rating(criterion, reply, sentences) for criterion in Criterion)


def _rating(criterion: Criterion, reply: Reply, sentences: tuple[Span, ...]) -> Rating:
    if not reply.complete(criterion):
        return Rating(criterion=criterion, level=None, by=Rater.JUDGE, why=UNSHOWN)
    shown = reply.shown[criterion]
    marks = {key: one.mark for key, one in shown.items()}
    placed = LEVEL_OF[criterion](marks)
    points = [p for p in POINTS[criterion] if marks[p.key] is not Mark.NO]
    telling = [p for p in points if not p.weak] or points
    return Rating(
        criterion=criterion,
        level=placed.level,
        by=Rater.JUDGE,
        why=said(criterion, marks),
        evidence=tuple(sentences[number - 1] for number in sorted({shown[p.key].sentence for p in telling})),
        not_applicable=placed.not_applicable,
    )


def said(criterion: Criterion, marks: Marks) -> str:
    """What the candidate is told about the marks on one criterion: a few plain sentences, never none."""
    points = [p for p in POINTS[criterion] if not p.needs or marks[p.needs] is not Mark.NO]
    return " ".join(sentence for p in points if (sentence := p.says(marks[p.key])))
