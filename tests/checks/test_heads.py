"""The learned heads: what they were trained on, and that the weights are what the data give."""

from pathlib import Path

import numpy as np

from coach.checks.embeddings import DIMENSIONS, encoder
from coach.checks.fluent import fluent
from coach.checks.heads.labels import PARTS, TAGS
from coach.checks.heads.model import load
from coach.checks.identifiers.head import WEIGHTS as IDENTIFIER_WEIGHTS
from coach.checks.train import train
from coach.checks.training import labelled_answers
from coach.domain.rubric import LEVELS, Criterion


def test_likeness_is_in_meaning_and_not_in_words() -> None:
    called, phoned, weather = encoder().encode(
        ["I called the clinic.", "I phoned the doctor's office.", "The weather is nice."]
    )
    assert called.shape == (DIMENSIONS,)
    assert called @ phoned > 0.6
    assert called @ weather < 0.3


def test_a_sentence_is_embedded_the_same_alone_and_among_others() -> None:
    sentence = "She signed the release before I called the school."
    alone = encoder().encode([sentence])[0]
    among = encoder().encode(
        ["Yes.", sentence, "A much longer sentence that goes on and on about the bus and the weather and the forms."]
    )[1]
    assert alone @ among > 0.99  # int8 activations are scaled a batch at a time


def test_hesitations_are_taken_out_and_words_stay() -> None:
    assert fluent("So, um, I, you know, I called the the landlord.") == "I called the landlord."
    assert fluent("um") == "um"


def test_training_answers_are_labelled_with_what_the_heads_know() -> None:
    answers = [*labelled_answers(), *labelled_answers("short.jsonl")]
    assert len({a.id for a in answers}) == len(answers)
    for answer in answers:
        assert set(answer.ratings) == set(Criterion)
        assert set(answer.ratings.values()) <= set(LEVELS)
        assert all(s.part in PARTS and set(s.tags) <= set(TAGS) for s in answer.sentences)
        assert all(leak in answer.text for leak in answer.leaks)


def test_every_level_of_every_criterion_has_examples() -> None:
    answers = labelled_answers()
    for criterion in Criterion:
        for level in LEVELS:
            assert sum(a.ratings[criterion] == level for a in answers) >= 20, (criterion, level)


def test_training_again_gives_heads_that_read_alike(tmp_path: Path) -> None:
    train(tmp_path / "heads.npz", identifiers_path=tmp_path / "identifiers.npz")
    shipped, rebuilt = load(), load(tmp_path / "heads.npz")
    answers = labelled_answers()[::6]
    alike = total = 0
    for answer in answers:
        texts = [fluent(sentence.text) for sentence in answer.sentences]
        vectors = encoder().encode(texts)
        ours, theirs = shipped.read(texts, vectors), rebuilt.read(texts, vectors)
        alike += sum(a == b for a, b in zip(ours.labels, theirs.labels, strict=True))
        total += len(texts)
        assert np.abs(ours.tags - theirs.tags).max() < 0.3, (
            answer.id
        )  # int8 arithmetic differs a little between processors
    assert alike / total > 0.97
    with np.load(IDENTIFIER_WEIGHTS) as one, np.load(tmp_path / "identifiers.npz") as other:
        assert sorted(one.files) == sorted(other.files)
