"""Which questions a story answers, by meaning: a guess that is shown as one.

A question is what its text and the examples of its areas mean together; a story what its words mean, read as a whole. Both are seen
against what all questions and all model answers have in common, or everything in case management would be like everything else.
Measured on the bank, with each model answer in the place of a story: its own question is the first of 83 for 49 % of them and among the
first ten for 88 %; with the question's text alone it is the first for 13 %.
"""

import hashlib
import logging
import threading
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.checks.embeddings import DIMENSIONS, encoder
from coach.checks.fluent import fluent
from coach.checks.remembered import remembered
from coach.domain.question import Kind, Question
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.domain.story import Story

log = logging.getLogger(__name__)

FITS = 0.22
"""From this fit on a story is said to fit a question: four in five of the bank's own pairs reach it, and one in twenty of the others."""

_SHARED = 0.15  # what it weighs that story and question show the same competencies
_PIECE = 90  # words; about as many as the model reads
_FEWEST_WORDS = 30  # of a story that can be matched at all

Matrix = NDArray[np.float32]
Vector = NDArray[np.float32]
Progress = Callable[[float], object]


class Likeness:
    """Stories against questions about past events. The questions are read once, and what they mean is kept in ``file``."""

    def __init__(self, questions: Callable[[], Sequence[Question]], file: Path) -> None:
        self._questions = questions
        self._file = file
        self._known = self._recall()
        self._lock = threading.Lock()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that stories are matched to."""
        return tuple(question for question in self._questions() if question.kind is Kind.BEHAVIOURAL)

    @property
    def ready(self) -> bool:
        """Whether nothing has to be read before the next match. Never waits."""
        return all(_name(question) in self._known for question in self.questions)

    def read(self, on_progress: Progress | None = None) -> None:
        """Read the questions that are not known yet, the first time only; who comes while another reads shares the work and sees how far it is."""
        missing = [question for question in self.questions if _name(question) not in self._known]
        try:
            for done, question in enumerate(missing, 1):
                with self._lock:
                    if _name(question) not in self._known:
                        self._known = {**self._known, _name(question): _meaning(question)}
                if on_progress:
                    on_progress(done / len(missing))
        finally:  # whoever leaves the page in the middle loses nothing
            if missing:
                with self._lock:
                    self._keep()

    def fits(self, story: Story) -> dict[str, float]:
        """How well a story fits each question, by key: from FITS on well enough to say so. Empty for one hardly begun."""
        if story.text.words < _FEWEST_WORDS:
            return {}
        self.read()
        asked, told = self._asked_and_told()
        likeness = asked @ _unit(story_vector(story.text.whole) - told)
        likeness = likeness - likeness.mean()
        return {
            question.key: float(like) + _SHARED * _shared(story, question)
            for question, like in zip(self.questions, likeness, strict=True)
        }

    def nearest_sentence(self, story: Story, question: Question) -> Span:
        """The sentence of a story that is most like what a question asks for."""
        asked = self._asked_and_told()[0][[one.key for one in self.questions].index(question.key)]
        spans = sentences(story.text.whole)
        return max(spans, key=lambda span: float(asked @ vector(fluent(span.quote))))

    def _asked_and_told(self) -> tuple[Matrix, Vector]:
        """What sets each question apart from the others, and what model answers have in common."""
        both = np.array([self._known[_name(question)] for question in self.questions])
        asked, told = both[:, 0], both[:, 1]
        return _unit(asked - asked.mean(axis=0)), told.mean(axis=0)

    def _recall(self) -> dict[str, Matrix]:
        if not self._file.exists():
            return {}
        try:
            with np.load(self._file) as kept:
                known = {name: kept[name].astype(np.float32) for name in kept.files}
        except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:  # it is worked out again
            log.warning("the kept meaning of the questions cannot be used: %s", type(error).__name__)
            return {}
        return {name: one for name, one in known.items() if one.shape == (2, DIMENSIONS)}

    def _keep(self) -> None:
        names = {_name(question) for question in self.questions}
        whole = self._file.with_suffix(".new.npz")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(whole, **{name: one for name, one in self._known.items() if name in names})  # type: ignore[arg-type]  # names are no options
            whole.replace(self._file)
        except OSError as error:  # then it is worked out again next time
            log.warning("the meaning of the questions cannot be kept: %s", type(error).__name__)


def story_vector(text: str) -> Vector:
    """What a text means, read in pieces as long as the model reads at once: sentences alone lose what holds them together."""
    pieces: list[str] = [""]
    for span in sentences(text):
        longer = f"{pieces[-1]} {fluent(span.quote)}".strip()
        if len(longer.split()) > _PIECE and pieces[-1]:
            pieces.append(fluent(span.quote))
        else:
            pieces[-1] = longer
    return _unit(np.mean([vector(piece) for piece in pieces], axis=0))


def vector(sentence: str) -> Vector:
    """What a sentence means."""
    found: Vector = remembered()([sentence])[0]
    return found


def _meaning(question: Question) -> Matrix:
    """Two rows: what a question asks for, and how a model answer to it begins."""
    examples = [area.examples or (area.text,) for area in question.areas]
    most = max(map(len, examples), default=0)
    lists = [" ".join(one[min(n, len(one) - 1)] for one in examples) for n in range(most)]
    asked = encoder().encode([question.text, *lists]).mean(axis=0)
    told = encoder().encode([question.model_answer or question.text])[0]
    return _unit(np.array([asked, told], dtype=np.float32))


def _name(question: Question) -> str:
    words = [
        question.text,
        question.model_answer,
        *(words for area in question.areas for words in (area.text, *area.examples)),
    ]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _shared(story: Story, question: Question) -> float:
    """The share of competencies that both show, among all that either shows."""
    mine, asked = set(story.competencies), set(question.competencies)
    return len(mine & asked) / max(1, len(mine | asked))


def _unit(vectors: Matrix) -> Matrix:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
