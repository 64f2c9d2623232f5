"""Measuring a judge: do ratings with it agree better with people than those of the checks alone?"""

from collections.abc import Iterator, Sequence

from coach.commands.calibrate import Labelled
from coach.compose import compose
from coach.domain.agreement import interval, weighted_kappa
from coach.domain.question import Question
from coach.domain.rubric import Criterion
from coach.domain.verdict import JudgeOutcome, JudgeRecord
from coach.errors import AnswerError
from coach.judge import Agreement, Measured
from coach.practice import Practice

FEWEST = 30  # answers; fewer say nothing

Levels = dict[Criterion, int]
Row = tuple[Levels, Levels, Levels]  # by people, by the checks alone, with the judge


def rows(practice: Practice, answers: tuple[Labelled, ...]) -> Iterator[tuple[JudgeRecord, Row]]:
    """Each answer by all three, as the judge answers. An unrated criterion counts as the checks' level, and theirs as 1."""
    for one in answers:
        question = practice.bank.find_key(one.question) or Question.free(one.question)
        checked = compose(practice.check(question, one.answer), None)
        both, record = practice.score(question, one.answer)
        alone = {c: checked.of(c).level or 1 for c in Criterion}
        yield record, (one.labels, alone, {c: both.of(c).level or alone[c] for c in Criterion})


def measured(found: list[tuple[JudgeRecord, Row]], checks: str, *, asked: str = "") -> Measured:
    """The measurement that follows from the answers the judge did rate; ``asked``: the model asked for. Raises AnswerError where they are too few."""
    heard = [(record, row) for record, row in found if record.outcome is JudgeOutcome.RATED]
    if len(heard) < FEWEST:
        raise AnswerError(
            f"The judge rated {len(heard)} of {len(found)} answers, and at least {FEWEST} are needed to say anything. "
            "`coach doctor` says what works with it."
        )
    compared = [row for _, row in heard]
    last = heard[-1][0]
    return Measured(
        model=last.model,
        asked=asked,
        prompt_hash=last.prompt_hash,
        checks=checks,
        answers=len(compared),
        agreement={criterion: _agreement(compared, criterion) for criterion in Criterion},
    )


def _agreement(compared: list[Row], criterion: Criterion) -> Agreement:
    def difference(drawn: Sequence[Row]) -> float:
        return _kappa(drawn, 2, criterion) - _kappa(drawn, 1, criterion)

    low, high = interval(compared, difference) or (0.0, 0.0)
    return Agreement(
        alone=_kappa(compared, 1, criterion),
        with_judge=_kappa(compared, 2, criterion),
        low=low,
        high=high,
    )


def _kappa(compared: Sequence[Row], which: int, criterion: Criterion) -> float:
    return weighted_kappa([row[0][criterion] for row in compared], [row[which][criterion] for row in compared]) or 0.0
