"""All a page can do with the jobs a candidate prepares for."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from coach.domain.job import Ask, Job
from coach.domain.question import Question
from coach.errors import DocumentError, NotFoundError
from coach.practice import Practice
from coach.prepare.tailoring.asks import Encode
from coach.prepare.tailoring.documents import checked
from coach.prepare.tailoring.match import bank_gaps, practice_gaps, read_description
from coach.prepare.tailoring.sheet import fields

LONGEST_NOTE = 10_000  # characters
MOST_TO_ASK = 30
_LONGEST_QUESTION = 300  # characters
_LONGEST_TITLE = 90  # characters


class JobStore(Protocol):
    """Keeps jobs. Each method that names one raises NotFoundError where the candidate has none such."""

    def add(self, job: Job) -> None: ...
    def get(self, ident: str, candidate: str) -> Job: ...
    def change(self, ident: str, candidate: str, move: Callable[[Job], Job]) -> Job: ...
    def all_of(self, candidate: str) -> Sequence[Job]: ...
    def delete(self, ident: str, candidate: str) -> None: ...


class Gaps(NamedTuple):
    """What is asked for and not there: no question in the bank, or no answer of the candidate's."""

    in_the_bank: tuple[Ask, ...]
    in_practice: tuple[Ask, ...]


class Tailoring:
    """Jobs of all candidates. ``encode`` turns texts into vectors."""

    def __init__(self, practice: Practice, store: JobStore, encode: Encode, clock: Callable[[], datetime]) -> None:
        self._practice = practice
        self._store = store
        self._encode = encode
        self._clock = clock

    def add(self, candidate: str, text: str, source: str = "") -> Job:
        """Keep a description; it is read afterwards. Raises DocumentError where it is too short or too long."""
        text = checked(text)
        title = text.partition("\n")[0]
        short = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"
        job = Job(
            id=uuid.uuid4().hex, candidate=candidate, title=short, text=text, source=source, created_at=self._clock()
        )
        self._store.add(job)
        return job

    def read(self, job: Job) -> Job:
        """Read a description, and match it to the bank as it is now. Raises NotFoundError."""
        reading = read_description(job.text, self._practice.bank, self._encode)
        return self._store.change(job.id, job.candidate, lambda one: one.model_copy(update={"reading": reading}))

    def get(self, ident: str, candidate: str) -> Job:
        """One job. Raises NotFoundError."""
        return self._store.get(ident, candidate)

    def all_of(self, candidate: str) -> Sequence[Job]:
        """A candidate's jobs, the newest first."""
        return self._store.all_of(candidate)

    def delete(self, ident: str, candidate: str) -> None:
        """Delete a job with its description and all notes. Raises NotFoundError."""
        self._store.delete(ident, candidate)

    def gaps(self, job: Job) -> Gaps:
        """What the description asks for, and bank or candidate have not covered yet."""
        if job.reading is None:
            return Gaps((), ())
        attempts = self._practice.attempts_of(job.candidate)
        practised = {c for one in attempts if one.handed_in_at and not one.demo for c in one.competencies}
        return Gaps(bank_gaps(job.reading, self._practice.bank), practice_gaps(job.reading, tuple(practised)))

    def planned(self, job: Job) -> tuple[Question, ...]:
        """The likely questions that are still on offer, in order."""
        planned = job.reading.planned if job.reading else ()
        return tuple(q for one in planned if (q := self._practice.bank.find_key(one.key)))

    # ── the employer, and questions to ask ───────────────────────────────────────────────────────────────────────

    def note(self, ident: str, candidate: str, field: str, words: str) -> None:
        """Keep what was found out about one line of the sheet. Raises NotFoundError, and DocumentError for far too much."""
        if field not in {one.key for one in fields()}:
            raise NotFoundError("There is no such line on the employer sheet.")
        if len(words) > LONGEST_NOTE:
            raise DocumentError(f"This note has {len(words):,} characters; {LONGEST_NOTE:,} is the most.")
        self._store.change(ident, candidate, lambda one: one.model_copy(update={"notes": {**one.notes, field: words}}))

    def choose_to_ask(self, ident: str, candidate: str, question: str, *, chosen: bool) -> None:
        """Put a question on the list to ask the interviewer, or take it off. Raises NotFoundError."""
        question = " ".join(question.split())[:_LONGEST_QUESTION]

        def move(one: Job) -> Job:
            others = tuple(other for other in one.to_ask if other != question)
            return one.model_copy(
                update={"to_ask": (*others, question)[:MOST_TO_ASK] if chosen and question else others}
            )

        self._store.change(ident, candidate, move)
