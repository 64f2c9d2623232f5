"""The learned heads: what they were trained on, and that the weights are what the data give."""

from pathlib import Path

import numpy as np
import pytest

from coach.checks.embeddings import DIMENSIONS, Encoder, encoder
from coach.checks.fluent import fluent
from coach.checks.heads.labels import PARTS, TAGS
from coach.checks.heads.model import WEIGHTS, load
from coach.checks.heads.words import Words
from coach.checks.levels import LevelModel, middle
from coach.checks.train import train
from coach.checks.training import digest, labelled_answers
from coach.domain.rubric import LEVELS, Criterion

TRIAL = 40  # one answer in so many, for a training that takes seconds


def test_likeness_is_in_meaning_and_not_in_words() -> None:
    called, phoned, weather = encoder().encode(
        ["I called the clinic.", "I phoned the doctor's office.", "The weather is nice."]
    )
    assert called.shape == (DIMENSIONS,)
    assert called @ phoned > 0.6
    assert called @ weather < 0.3


def test_a_sentence_has_the_same_vector_to_the_bit_alone_and_beside_others_of_its_length() -> None:
    texts = [
        "I called the clinic.",
        "I called the doctor.",
        "She signed the release before I called.",
        "He came back home.",
    ]
    together, alone = Encoder().encode(texts), Encoder()
    for text, vector in zip(reversed(texts), reversed(together), strict=True):
        assert np.array_equal(alone.encode([text])[0], vector)
    assert np.array_equal(alone.encode(texts), together)  # now from what was kept


def test_a_sentence_reads_the_same_alone_and_among_others_in_any_order() -> None:
    signed = "She signed the release before I called the school."
    others = ["Yes.", "A much longer sentence that goes on and on about the bus and the weather and the forms."]
    alone = load().read([signed], encoder().encode([signed]))
    for among in ([signed, *others], [*others, signed]):
        reading, row = load().read(among, encoder().encode(among)), among.index(signed)
        assert np.allclose(reading.tags[row], alone.tags[0], atol=1e-5)
        assert np.allclose(reading.parts[row], alone.parts[0], atol=1e-5)


def test_phrases_the_heads_know_weigh_more_if_rare_and_unknown_ones_nothing() -> None:
    words = Words.of(["the man signed", "the man left", "the bus left"], at_least=1)
    assert "the man" in words.phrases
    assert "man the" not in words.phrases
    places, weights = words.weigh("The man signed. Nobody else knows xylophones.")
    weight = dict(zip(words.phrases[places], weights, strict=True))
    assert weight["signed"] > weight["man"] > weight["the"]
    assert "nobody" not in weight
    assert np.isclose((weights**2).sum(), 1)
    assert words.times(["xylophones"], np.ones((len(words.phrases), 2), dtype=np.float16)).tolist() == [[0, 0]]


def test_trees_ask_one_question_after_another_and_say_how_likely_each_level_is() -> None:
    model = LevelModel(
        names=np.array(["told", "blame"]),
        asked=np.array([[[0, 1, 1]], [[1, 0, 0]]], dtype=np.int16),
        bounds=np.array([[[0.5, np.inf, 0.5]], [[0.9, np.inf, np.inf]]], dtype=np.float32),
        leaves=np.array([[[-1.0, 99.0, 1.5, 0.5]], [[0.0, 99.0, -4.0, 99.0]]], dtype=np.float32),
        start=np.array([0.0, 0.0], dtype=np.float32),
    )

    def odds(**features: float) -> float:
        first, second = model.chances(features)
        return float(np.log(first / second))

    assert np.isclose(odds(told=0.0, blame=0.0), -1.0)
    assert np.isclose(odds(told=1.0, blame=0.0), 1.5)
    assert np.isclose(odds(told=1.0, blame=0.8), 0.5)
    assert np.isclose(odds(told=0.0, blame=1.0), -1.0 + 4.0, atol=1e-4)


@pytest.mark.parametrize(
    ("chances", "level"),
    [
        ([0.1, 0.1, 0.0, 0.1, 0.7], 5),  # their mean is 4.2
        ([0.0, 0.1, 0.5, 0.3, 0.1], 3),
        ([0.6, 0.0, 0.0, 0.0, 0.4], 1),
        ([0.3, 0.1, 0.2, 0.1, 0.3], 3),
    ],
)
def test_a_level_is_the_one_in_the_middle_of_what_is_likely(chances: list[float], level: int) -> None:
    assert middle(np.array(chances, dtype=np.float32)) == level


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


def test_the_weights_that_travel_were_trained_on_these_very_answers() -> None:
    with np.load(WEIGHTS) as stored:
        assert stored["trained_on"].tolist() == [f"{digest()}/1"]


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        train(folder / "heads.npz", identifiers_path=folder / "identifiers.npz", every=TRIAL)
    for name in ("heads.npz", "identifiers.npz"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    with np.load(first / "heads.npz") as trial, np.load(WEIGHTS) as shipped:
        assert sorted(trial.files) == sorted(shipped.files)
    answer = labelled_answers()[0]
    texts = [fluent(sentence.text) for sentence in answer.sentences]
    assert len(load(first / "heads.npz").read(texts, encoder().encode(texts)).labels) == len(texts)
