"""Labelled answers the heads are trained on: invented, in many voices and settings, rated by the anchors of the rubric."""

import json
from collections.abc import Iterator
from importlib.resources import files

from pydantic import Field

from coach.domain.rubric import Criterion
from coach.domain.value import Value


class LabelledSentence(Value):
    """A sentence with the part it tells and the tags it carries (see `coach.checks.heads.labels`)."""

    part: str = Field(pattern="^[SOARLX]$")
    tags: tuple[str, ...]
    text: str


class LabelledAnswer(Value):
    """An answer with its ratings. Answers of one ``pair`` share content and never stand on both sides of a split."""

    id: str
    design: str
    question: str
    setting: str
    voice: str
    ratings: dict[Criterion, int]
    not_applicable: tuple[Criterion, ...]
    leaks: tuple[str, ...]
    pair: str | None
    sentences: tuple[LabelledSentence, ...]

    @property
    def text(self) -> str:
        """The whole answer."""
        return " ".join(sentence.text for sentence in self.sentences)


def labelled_answers(name: str = "answers.jsonl") -> tuple[LabelledAnswer, ...]:
    """All answers of a file of this folder."""
    return tuple(_read(name))


def _read(name: str) -> Iterator[LabelledAnswer]:
    for line in files(__name__).joinpath(name).read_text("utf-8").splitlines():
        yield LabelledAnswer.model_validate(json.loads(line))
