"""The product's own packs."""

import re
from collections import Counter

import pytest

from coach import resources
from coach.bank.packs import load_bank
from coach.domain.question import Competency, Difficulty, Kind, Question, Setting

BANK = load_bank(resources.question_bank())
KEYS = tuple(question.key for question in BANK.questions)
CORE_KEYS = (
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


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?:\s|$)", text))


def test_there_are_at_least_120_questions() -> None:
    assert len(BANK.questions) >= 120


def test_the_keys_are_permanent() -> None:
    assert tuple(question.key for question in BANK.find(pack="case_manager")) == CORE_KEYS


def test_every_competency_is_asked_for_by_ten_questions_and_shown_in_two_packs() -> None:
    asked = Counter(competency for question in BANK.questions for competency in question.competencies)

    assert {competency for competency, count in asked.items() if count >= 10} == set(Competency)
    assert all(len(BANK.by_pack(BANK.find(competency=competency))) >= 2 for competency in Competency)


def test_every_setting_has_questions_of_its_own() -> None:
    for setting in Setting:
        assert sum(question.settings == (setting,) for question in BANK.find(setting=setting)) >= 2, setting


def test_every_kind_and_every_difficulty_is_there() -> None:
    assert all(len(BANK.find(kind=kind)) >= 10 for kind in Kind)
    assert all(len(BANK.find(difficulty=difficulty)) >= 10 for difficulty in Difficulty)


def test_each_of_the_fifteen_topics_has_two_further_questions() -> None:
    assert len(BANK.find(pack="behavioural_variants")) == 30


@pytest.mark.parametrize("question", BANK.questions, ids=KEYS)
def test_a_question_has_what_feedback_and_an_interview_need(question: Question) -> None:
    assert 1 <= len(question.competencies) <= 4
    assert 60 <= question.time_limit_s <= 240
    assert 3 <= len(question.probes) <= 5
    assert all(probe[-1] in "?." for probe in question.probes)
    assert all(len(area.examples) == 3 for area in question.areas)
    assert all(2 <= sentences(text) <= 3 for text in (question.weak, question.good, question.excellent))


def test_no_example_is_used_for_two_areas() -> None:
    examples = [e.casefold() for question in BANK.questions for area in question.areas for e in area.examples]

    assert len(examples) == len(set(examples))


def test_no_probe_is_asked_twice() -> None:
    probes = [probe.casefold() for question in BANK.questions for probe in question.probes]

    assert [probe for probe, count in Counter(probes).items() if count > 1] == []


def test_examples_sound_spoken_and_are_no_headlines() -> None:
    short = [e for q in BANK.questions for area in q.areas for e in area.examples if not 5 <= len(e.split()) <= 35]

    assert short == []


def test_model_answers_are_told_by_one_who_was_there() -> None:
    distant = [q.key for q in BANK.questions if len(re.findall(r"\bI\b|\bI['’]", q.model_answer)) < 3]

    assert distant == []
