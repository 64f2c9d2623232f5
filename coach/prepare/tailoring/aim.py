"""The job that leads the plan, and what follows from it: settings, competencies, the people served, likely questions."""

import functools
from collections.abc import Sequence

from coach.domain.job import AskKind, Job
from coach.domain.plan import Aim
from coach.domain.question import Question, Setting
from coach.prepare.tailoring.asks import data
from coach.prepare.tailoring.cues import compiled

_SERVES = {
    Setting.VETERANS: "veterans",
    Setting.ELDER_CARE: "older_adults",
    Setting.HOUSING: "homeless",
    Setting.RE_ENTRY: "justice",
    Setting.CHILD_WELFARE: "children",
    Setting.SCHOOL: "children",
    Setting.INSURANCE: "injured",
}  # whom the questions of a setting speak of, whatever words they use


def leading(jobs: Sequence[Job]) -> Job | None:
    """Of a candidate's jobs, the newest first, the one that leads: the newest that was not told to stand back and asks for something."""
    return next((job for job in jobs if job.leads and job.reading and job.reading.asks), None)


def aim_of(job: Job, questions: Sequence[Question]) -> Aim:
    """What a job's description makes of the plan; ``questions`` are those of the bank."""
    reading = job.reading
    if reading is None:
        return Aim(job=job.id, title=job.title)
    served = reading.of(AskKind.POPULATION)
    names = {ask.name for ask in served}
    return Aim(
        job=job.id,
        title=job.title,
        settings=reading.settings,
        competencies=reading.competencies,
        populations=tuple(ask.label for ask in served),
        about=tuple(one.key for one in questions if names & populations_of(one)) if names else (),
        likely=tuple(one.key for one in reading.planned),
    )


def populations_of(question: Question) -> frozenset[str]:
    """The people a question speaks of: by the words that descriptions are read by, and by where it is asked."""
    text = " ".join([question.text, *(area.text for area in question.areas), *question.probes])
    return _told_in(text) | {_SERVES[setting] for setting in question.settings if setting in _SERVES}


@functools.lru_cache(maxsize=4096)
def _told_in(text: str) -> frozenset[str]:
    """The people that words speak of. Kept: pages ask it of the whole bank each time they are drawn."""
    return frozenset(name for name, told in data()["populations"].items() if compiled(told["cues"]).search(text))
