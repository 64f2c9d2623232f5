"""Labelled answers the heads are trained on: invented, in many voices and settings, rated by the anchors of the rubric.

``answers.jsonl`` holds whole answers: heads and levels learn from them. ``short.jsonl`` holds answers of a few sentences, rich in what is
rare (blame, breaches, impossible figures): only the heads learn from those, since levels of so short answers are no guide to longer ones.
``to_scorer.jsonl`` holds words to whoever rates, of many kinds (and none of the benches' payloads), beside honest sentences that look like them.
``rated.jsonl`` holds whole answers by further authors, whose sentences are told apart and carry no tags: parts, levels and names learn from
them.
"""

import hashlib
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


class LabelledContext(Value):
    """A sentence or two with names in it. ``clients`` are those that belong to a client or to the client's household."""

    text: str
    clients: tuple[str, ...]


def labelled_names() -> tuple[LabelledContext, ...]:
    """All short contexts of names."""
    lines = files(__name__).joinpath("names.jsonl").read_text("utf-8").splitlines()
    return tuple(LabelledContext.model_validate(json.loads(line)) for line in lines)


class LabelledBundle(Value):
    """A sentence with details about people, and whether they let somebody who lives nearby pick a client out."""

    text: str
    singled_out: bool


def labelled_bundles() -> tuple[LabelledBundle, ...]:
    """All short contexts of telling details."""
    lines = files(__name__).joinpath("bundles.jsonl").read_text("utf-8").splitlines()
    return tuple(LabelledBundle.model_validate(json.loads(line)) for line in lines)


def digest() -> str:
    """The SHA-256 of all training files together: what weights say they were trained on."""
    data = (
        file.read_bytes()
        for file in sorted(files(__name__).iterdir(), key=lambda f: f.name)
        if file.name.endswith(".jsonl")
    )
    return hashlib.sha256(b"".join(data)).hexdigest()
