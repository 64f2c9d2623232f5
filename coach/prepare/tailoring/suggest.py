"""What is kept of the questions a judge proposes: those that stand on words of the description, ask something, and are not in the bank."""

import re
from collections.abc import Sequence

from coach.bank.likeness import too_alike
from coach.bank.rules import AREAS, COMPETENCIES, PROBES, question_faults
from coach.domain.authored import Draft, DraftArea
from coach.domain.job import Job, Suggested
from coach.domain.question import Competency, Kind, Question
from coach.domain.span import Span
from coach.judge.job_questions import Proposal
from coach.prepare.tailoring.asks import Encode

MOST = 5
_FEWEST_WORDS = 4  # of a quote; fewer stand in any description


def kept(proposals: Sequence[Proposal], job: Job, others: Sequence[Question], encode: Encode) -> tuple[Suggested, ...]:
    """The proposals that may be shown, each with its words of the description; none that repeats another or a question of ``others``."""
    found: list[Suggested] = []
    taken = list(others)
    for proposal in proposals:
        span, draft = _where(proposal.quote, job.text), _draft(proposal, job)
        wrong = [fault for fault in question_faults(draft.raw()) if fault.field == "text"]
        if span is None or wrong or too_alike(draft.text, taken, encode):
            continue
        found.append(Suggested(draft=draft, evidence=(span,)))
        taken.append(Question.free(draft.text))
    return tuple(found[:MOST])


def _where(quote: str, text: str) -> Span | None:
    """Where the words of a quote stand in the description, whatever stands between them there."""
    words = re.findall(r"\w+", quote)
    if len(words) < _FEWEST_WORDS:
        return None
    match = re.search(r"\W+".join(map(re.escape, words)), text, re.IGNORECASE)
    return Span.of(text, match.start(), match.end()) if match else None


def _draft(proposal: Proposal, job: Job) -> Draft:
    """A proposal as a draft of the job's settings: names that are none are left out, and lists cut to what a question may have."""
    lines = {"text": proposal.text, "weak": proposal.weak, "good": proposal.good, "excellent": proposal.excellent}
    known = [name for name in proposal.competencies if name in {one.value for one in Competency}]
    return Draft(
        **{name: " ".join(words.split()) for name, words in lines.items()},
        kind=proposal.kind if proposal.kind in {one.value for one in Kind} else Kind.BEHAVIOURAL.value,
        competencies=tuple(dict.fromkeys(known))[: COMPETENCIES[1]],
        settings=tuple(setting.value for setting in job.reading.settings) if job.reading else (),
        areas=tuple(DraftArea(text=" ".join(area.split())) for area in _some(proposal.areas, AREAS[1])),
        probes=tuple(" ".join(probe.split()) for probe in _some(proposal.probes, PROBES[1])),
    )


def _some(texts: Sequence[str], most: int) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text.strip()][:most]
