"""Forms of answers made by code, from which levels learn what does not matter."""

import random

import pytest

from coach.checks.fluent import fluent
from coach.checks.otherwise import Otherwise, as_cut
from coach.checks.training import LabelledSentence, labelled_answers
from coach.domain.sentences import sentences

ANSWERS = labelled_answers()[:60]


@pytest.fixture(scope="module")
def said() -> Otherwise:
    return Otherwise(labelled_answers())


def _learner(said: Otherwise, text: str, forms: int) -> set[str]:
    return {said.learner(text, random.Random(seed)) for seed in range(forms)}  # noqa: S311  # a choice of words, not a secret


def test_an_answer_always_gets_the_same_form_and_never_its_own(said: Otherwise) -> None:
    again = Otherwise(labelled_answers())
    for answer in ANSWERS:
        form = said.of(answer)
        assert form == again.of(answer)
        assert " ".join(sentence.text for sentence in form) != answer.text


def test_a_form_shows_what_the_answer_shows_and_nothing_else(said: Otherwise) -> None:
    lost = 0
    for answer in ANSWERS:
        form = said.of(answer)
        tags = {tag for sentence in answer.sentences for tag in sentence.tags}
        shown = {tag for sentence in form for tag in sentence.tags}
        assert shown <= tags
        assert {s.part for s in form} <= {s.part for s in answer.sentences}
        lost += len(tags - shown)
    assert lost <= len(ANSWERS) / 20  # a short sentence may go under in a long stretch of speech


def test_both_learners_and_speakers_are_heard(said: Otherwise) -> None:
    forms = [said.of(answer) for answer in ANSWERS]
    spoken = sum(any(f"{word} " in s.text for s in form for word in ("um", "uh")) for form in forms)
    capitals = sum(form[0].text[:1].isupper() for form in forms)
    assert spoken >= 10
    assert capitals >= 10


def test_a_learner_keeps_the_words_that_matter(said: Otherwise) -> None:
    forms = _learner(said, "She signed the release, and I called the three schools.", 3000)
    assert "She sign release, and I call three school." in forms
    assert all({"release,", "three"} <= set(form.split()) for form in forms)


def test_hesitations_of_spoken_forms_are_taken_out_again() -> None:
    assert fluent("so um i called the the uh clinic") == "so i called the clinic"


def test_an_answer_is_learned_from_as_it_is_cut() -> None:
    told = [("S", "i had a man who lost his room"), ("O", "nobody would take him"), ("R", "he has a key since may")]
    parts = tuple(LabelledSentence(part=part, tags=(part,), text=text) for part, text in told)
    (whole,) = as_cut(ANSWERS[0].model_copy(update={"sentences": parts}))
    assert (whole.part, whole.text) == ("S", " ".join(text for _, text in told))
    for answer in ANSWERS:
        assert [s.text for s in as_cut(answer)] == [" ".join(s.quote.split()) for s in sentences(answer.text)]
