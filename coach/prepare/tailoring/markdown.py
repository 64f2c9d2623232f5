"""The employer sheet and the questions to ask, to print or to take along, as Markdown."""

import re
from collections.abc import Iterable

from coach.domain.job import Job
from coach.prepare.tailoring.sheet import fields, said_of

_MARKS = re.compile(r"([\\`*_{}\[\]<>#+|!~-])")


def markdown(job: Job) -> str:
    """Everything gathered for one job: what was found out, the likely questions, and what to ask."""
    lines = [f"# {_plain(job.title)}", "", "## The employer", ""]
    for field in fields():
        said = [f"- The description: “{_plain(span.quote)}”" for span in said_of(field, job.text)]
        note = _plain(job.notes.get(field.key, "").strip())
        lines += [f"### {field.title}", "", *said, *([""] if said else []), note or f"*To find out: {field.find}*", ""]
    if job.reading and job.reading.planned:
        planned = (f"{_plain(one.text)}\n   {_plain(one.reason)}" for one in job.reading.planned)
        lines += ["## Likely questions", "", *_numbered(planned), ""]
    if job.to_ask:
        lines += ["## To ask the interviewer", "", *_numbered(map(_plain, job.to_ask)), ""]
    return "\n".join(lines)


def _numbered(texts: Iterable[str]) -> list[str]:
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)]


def _plain(words: str) -> str:
    """Somebody's words, so that nothing in them is taken for layout; line breaks stay."""
    return _MARKS.sub(r"\\\1", words).replace("\n", "  \n")
