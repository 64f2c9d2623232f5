"""Questions by a judge: what of them may be shown, where they go, and what a failure costs."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.checks.remembered import remembered
from coach.domain.authored import Origin, Standing
from coach.domain.job import Ask, AskKind, Job, Reading
from coach.domain.span import Span
from coach.judge.job_questions import Proposal
from coach.prepare.tailoring.suggest import kept
from coach.settings import Settings
from coach.wiring import Services, build
from tests.judge.server import Server
from tests.prepare.tailoring.job_descriptions import REENTRY

GOOD = {
    "text": "A man steps off the bus with nothing but a paper bag. What do you do in his first hour?",
    "kind": "situational",
    "competencies": ["crisis", "juggling", "engagement", "crisis"],
    "quote": "You meet them at the GATE",
    "areas": ["Safety first", "What he wants", "", "Safety first", *[f"Thing {n}" for n in range(9)]],
    "probes": ["What if he walks away?"],
    "weak": "Waits.",
    "good": "Asks.",
    "excellent": "Asks, and walks with him.",
}

SETTING = Ask(kind=AskKind.SETTING, name="re_entry", label="Re-entry", evidence=(Span.of(REENTRY, 0, 17),))
JOB = Job(
    id="1",
    candidate="ann",
    title="Navigator",
    text=REENTRY,
    created_at=datetime(2026, 3, 1, tzinfo=UTC),
    reading=Reading(asks=(SETTING,)),
)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(good=json.dumps({"questions": [GOOD]})) as running:
        yield running


@pytest.fixture
def parts_at(server: Server, tmp_path: Path) -> Callable[[str], Services]:
    return lambda model: build(Settings.load(data_dir=tmp_path, openai_base_url=server.address, judge_model=model))


def read(parts: Services) -> Job:
    return parts.tailoring.read(parts.tailoring.add("ann", REENTRY))


def proposals(**changed: object) -> list[Proposal]:
    return [Proposal.model_validate({**GOOD, **changed})]


def test_a_suggestion_stands_on_words_of_the_description_and_keeps_what_a_question_may_have() -> None:
    (one,) = kept(proposals(), JOB, [], remembered())
    assert [span.quote for span in one.evidence] == ["You meet them at the gate"]
    assert one.evidence[0].stands_in(REENTRY)
    assert (one.draft.competencies, one.draft.settings) == (("crisis", "engagement"), ("re_entry",))
    assert [area.text for area in one.draft.areas][:2] == ["Safety first", "What he wants"]
    assert len(one.draft.areas) == 8
    assert (one.draft.key, one.draft.model_answer) == ("", "")


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "You greet everybody at the gate"},
        {"quote": "the gate"},
        {"text": "A nice day at the gate."},
        {"text": ""},
        {
            "text": "Tell me about a client who needed several services at once. How did you pull them together, and how did it turn out?"
        },
    ],
)
def test_a_suggestion_without_evidence_or_sense_or_novelty_is_not_shown(
    changed: dict[str, object], parts_at: Callable[[str], Services]
) -> None:
    assert kept(proposals(**changed), JOB, parts_at("ok").practice.bank.questions, remembered()) == ()


def test_the_same_suggestion_twice_is_shown_once() -> None:
    assert len(kept([*proposals(), *proposals()], JOB, [], remembered())) == 1


def test_a_suggestion_is_no_part_of_the_bank_until_somebody_accepts_and_publishes_it(
    parts_at: Callable[[str], Services], server: Server
) -> None:
    parts = parts_at("ok")
    bank = parts.practice.bank
    job = read(parts)
    assert parts.tailoring.suggest(job) == ""
    job = parts.tailoring.get(job.id, "ann")
    (one,) = job.suggested
    assert "ticket" in server.bodies[0]["messages"][1]["content"]
    assert parts.practice.bank == bank
    assert parts.authoring.all_of() == ()

    parts.tailoring.settle(job, one, accept=True)

    (draft,) = parts.authoring.all_of()
    assert (draft.origin, draft.standing, draft.author) == (Origin.GENERATED, Standing.DRAFT, "ann")
    assert draft.words.text == GOOD["text"]
    assert parts.practice.bank == bank
    assert parts.tailoring.get(job.id, "ann").suggested == ()


def test_a_dropped_suggestion_leaves_nothing_behind(parts_at: Callable[[str], Services]) -> None:
    parts = parts_at("ok")
    job = read(parts)
    parts.tailoring.suggest(job)
    job = parts.tailoring.get(job.id, "ann")
    parts.tailoring.settle(job, job.suggested[0], accept=False)
    assert parts.tailoring.get(job.id, "ann").suggested == ()
    assert parts.authoring.all_of() == ()


def test_asking_again_adds_nothing_that_is_there_and_says_so(parts_at: Callable[[str], Services]) -> None:
    parts = parts_at("ok")
    job = read(parts)
    parts.tailoring.suggest(job)
    said = parts.tailoring.suggest(parts.tailoring.get(job.id, "ann"))
    assert said == "The judge wrote no question that is new and stands on words of the description."
    assert len(parts.tailoring.get(job.id, "ann").suggested) == 1


@pytest.mark.parametrize("model", ["bad-json", "truncated-stop", "no-choices"])
def test_a_judge_that_fails_is_told_plainly_and_loses_nothing(model: str, parts_at: Callable[[str], Services]) -> None:
    parts = parts_at(model)
    job = read(parts)
    assert parts.tailoring.suggest(job).startswith("The judge")
    assert parts.tailoring.get(job.id, "ann") == job


def test_without_a_judge_nothing_is_sent(tmp_path: Path) -> None:
    parts = build(Settings.load(data_dir=tmp_path, judge_off=True))
    job = read(parts)
    assert not parts.tailoring.has_judge
    assert parts.tailoring.suggest(job).startswith("No judge is set up")
