"""All a page can do with the jobs a candidate prepares for."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from coach.domain.authored import Draft
from coach.domain.job import Ask, Job, Suggested
from coach.domain.plan import Aim
from coach.domain.question import Question
from coach.errors import DocumentError, NotFoundError
from coach.judge.job_questions import Proposals
from coach.ports import Inquiry
from coach.practice import Practice
from coach.prepare.tailoring.aim import aim_of, leading
from coach.prepare.tailoring.asks import Encode, about_the_work
from coach.prepare.tailoring.documents import checked
from coach.prepare.tailoring.match import bank_gaps, practice_gaps, read_description
from coach.prepare.tailoring.sheet import fields
from coach.prepare.tailoring.suggest import kept

_LONGEST_SENT = 8_000  # characters of a description that a judge reads
_ASKED_OF = "What does the job ask for?"
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
    """Jobs of all candidates.

    ``encode`` turns texts into vectors; ``inquiry`` asks a judge for more questions; ``accept`` takes one of them up as somebody's draft.
    """

    def __init__(
        self,
        practice: Practice,
        store: JobStore,
        *,
        encode: Encode,
        clock: Callable[[], datetime],
        inquiry: Inquiry[Proposals],
        accept: Callable[[str, Draft], object],
    ) -> None:
        self._practice = practice
        self._store = store
        self._encode = encode
        self._clock = clock
        self._inquiry = inquiry
        self._accept = accept

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

    # ── what leads the plan ──────────────────────────────────────────────────────────────────────────────────────

    def aim(self, candidate: str) -> Aim | None:
        """What the job that leads makes of the plan; None where none does."""
        job = leading(self._store.all_of(candidate))
        return aim_of(job, self._practice.bank.questions) if job else None

    def let_lead(self, ident: str, candidate: str, *, leads: bool) -> None:
        """Let a job lead the plan, or stand back. Raises NotFoundError."""
        self._store.change(ident, candidate, lambda one: one.model_copy(update={"leads": leads}))

    # ── questions from a judge ───────────────────────────────────────────────────────────────────────────────────

    @property
    def has_judge(self) -> bool:
        """Whether there is anybody to ask for more questions."""
        return self._inquiry.is_on

    def suggest(self, job: Job) -> str:
        """Ask the judge for questions by this description, and keep them apart from the bank; returns what went wrong, if anything did.

        Those that were suggested before stay. Raises NotFoundError.
        """
        text = "\n".join(span.quote for span in about_the_work(job.text))[:_LONGEST_SENT]
        findings = self._practice.check(Question.free(_ASKED_OF), text).findings
        known = [question.text for question in self.planned(job)] or ["None."]
        heard = self._inquiry.ask({"description": text.splitlines(), "known": known}, findings, candidate=job.candidate)
        if heard.reply is None:
            return heard.record.message
        others = [*self._practice.bank.questions, *(Question.free(one.draft.text) for one in job.suggested)]
        new = kept(heard.reply.questions, job, others, self._encode)
        self._store.change(job.id, job.candidate, lambda one: one.model_copy(update={"suggested": one.suggested + new}))
        return "" if new else "The judge wrote no question that is new and stands on words of the description."

    def settle(self, job: Job, suggested: Suggested, *, accept: bool) -> None:
        """Take a suggested question up as a draft marked as generated, or drop it. Raises NotFoundError."""
        if accept:
            self._accept(job.candidate, suggested.draft)

        def move(one: Job) -> Job:
            return one.model_copy(update={"suggested": tuple(other for other in one.suggested if other != suggested)})

        self._store.change(job.id, job.candidate, move)

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
