"""The product's own pack."""

import re

import pytest

from coach import resources
from coach.bank.packs import load_bank
from coach.domain.question import Competency, Kind, Question

BANK = load_bank(resources.question_bank())
KEYS = (
    "coordinate-complex-needs",
    "advocate-after-denial",
    "respond-to-crisis",
    "engage-reluctant-client",
    "manage-large-caseload",
    "work-with-difficult-colleague",
    "document-complex-case",
    "build-case-plan",
    "resolve-ethical-dilemma",
    "serve-across-cultures",
    "close-service-gap",
    "support-after-trauma",
    "change-course",
    "use-outcome-data",
    "close-case-well",
    "describe-the-role",
    "handle-many-stakeholders",
    "tell-a-success",
    "stay-within-law-and-ethics",
)


def test_the_keys_are_permanent() -> None:
    assert tuple(question.key for question in BANK.questions) == KEYS


def test_every_competency_is_asked_for_by_some_question() -> None:
    assert {c for question in BANK.questions for c in question.competencies} == set(Competency)


def test_every_kind_of_question_is_there() -> None:
    assert all(BANK.find(kind=kind) for kind in Kind)


@pytest.mark.parametrize("question", BANK.questions, ids=KEYS)
def test_a_question_has_what_feedback_and_an_interview_need(question: Question) -> None:
    assert 2 <= len(question.competencies) <= 4
    assert 120 <= question.time_limit_s <= 240
    assert len(question.probes) == 4
    assert all(probe.endswith("?") for probe in question.probes)
    assert all(len(area.examples) == 3 for area in question.areas)
    assert all(2 <= len(re.findall(r"[.?!](?:\s|$)", text)) <= 3 for text in (question.weak, question.good))
    assert 2 <= len(re.findall(r"[.?!](?:\s|$)", question.excellent)) <= 3


def test_no_example_is_used_for_two_areas() -> None:
    examples = [e.casefold() for question in BANK.questions for area in question.areas for e in area.examples]

    assert len(examples) == len(set(examples))


def test_examples_sound_spoken_and_are_no_headlines() -> None:
    short = [e for q in BANK.questions for area in q.areas for e in area.examples if not 6 <= len(e.split()) <= 30]

    assert short == []
