"""Which areas of the question an answer seems to cover."""

import functools

from coach.checks.embeddings import Matrix, encoder
from coach.checks.prepared import Prepared
from coach.domain.feedback import Coverage
from coach.domain.question import Area
from coach.domain.span import Span

LIKE = 0.45  # likeness to an example utterance from which an area counts as possibly covered


def coverage(answer: Prepared) -> tuple[Coverage, ...]:
    """Each area of the question, with the sentence most like one of its example utterances if that is like enough."""
    return tuple(Coverage(area=area.text, covered_by=_best(answer, area)) for area in answer.question.areas)


def _best(answer: Prepared, area: Area) -> Span | None:
    likeness = (answer.vectors @ _examples(area.examples or (area.text,)).T).max(axis=1)
    row = int(likeness.argmax())
    return answer.sentence(row) if likeness[row] >= LIKE else None


@functools.lru_cache(maxsize=2048)
def _examples(utterances: tuple[str, ...]) -> Matrix:
    return encoder().encode(utterances)
