"""A timed interview: what was chosen, what is asked, how far it has come. One record, from its first second on."""

from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from coach.domain.answer import AnswerKind, Transcript
from coach.domain.finding import Part
from coach.domain.question import Kind, Setting
from coach.domain.rubric import Criterion
from coach.domain.value import Value

MOST_QUESTIONS = 8
LONGEST_THINKING_S = 60
OPEN_LIMIT_S = 900  # what a recording may last where no limit was chosen
MOST_WANTED = 5  # follow-ups somebody chooses for one question
PROBE_LIMIT_S = 90  # a probe is answered in no more than this


class Mode(StrEnum):
    """When there is feedback, and whether one may pause."""

    PRACTICE = "practice"  # after each answer; pausing allowed
    INTERVIEW = "interview"  # at the end only


class Asked(Value):
    """A question as somebody wants it asked: in which version, with which follow-ups (none: those that fit the answer), how long.

    ``note`` is for whoever interviews by a guide on paper.
    """

    key: str = Field(max_length=80)
    version: int = Field(ge=1)
    probes: tuple[str, ...] = Field(default=(), max_length=MOST_WANTED)
    limit_s: int | None = Field(default=None, ge=5, le=OPEN_LIMIT_S, description="None: as for all questions")
    note: str = Field(default="", max_length=500)


class SetUp(Value):
    """What the candidate chose. ``keys`` are questions somebody else chose for them, in order; they come before any other.

    ``asked`` are the questions of a guide or an assignment; then there are no others. ``takes``: how often an answer may be recorded;
    None: as often as one likes.
    """

    setting: Setting | None = Field(default=None, description="where the job is; None: anywhere")
    kind: Kind | None = Field(default=None, description="None: all kinds mixed")
    questions: int = Field(default=4, ge=1, le=MOST_QUESTIONS)
    mode: Mode = Mode.INTERVIEW
    thinking_s: int = Field(default=15, ge=0, le=LONGEST_THINKING_S)
    limit_s: int | None = Field(
        default=120, ge=5, le=OPEN_LIMIT_S, description="seconds an answer may take; None: open"
    )
    probes: bool = True
    answers: AnswerKind = AnswerKind.SPOKEN
    aloud: bool = False
    rate_yourself: bool = False
    keys: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = Field(default=(), max_length=MOST_QUESTIONS)
    takes: int | None = Field(default=None, ge=1)
    assignment: str = Field(default="", description="the id of the assignment it is done for")

    def wish(self, key: str) -> Asked | None:
        """How a question is to be asked, where somebody said so."""
        return next((one for one in self.asked if one.key == key), None)

    @property
    def place(self) -> str:
        """The setting as it is called on a page."""
        return self.setting.label if self.setting else "Any setting"


class TurnState(StrEnum):
    """How far one turn of the conversation has come."""

    OPEN = "open"  # it is asked or being answered
    CLOSED = "closed"  # the answer is in and waits to be written down
    READ = "read"  # its words are known
    SKIPPED = "skipped"


class Turn(Value):
    """One thing that is asked and what was said to it: the question itself, or a probe after it.

    ``take`` is the recording that counts; those from ``first_take`` on belong to this turn, too. ``trouble`` says why there are no words.
    """

    asked: str
    why: str = Field(default="", description="of a probe: what was missing in the answer")
    kind: AnswerKind
    state: TurnState = TurnState.OPEN
    first_take: int = Field(default=1, ge=1)
    take: int = Field(default=1, ge=1)
    draft: str = ""
    text: str = ""
    transcript: Transcript | None = None
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    answered_s: float = Field(default=0.0, ge=0, description="seconds the answer took, without pauses and absences")
    trouble: str = ""

    @property
    def recorded_again(self) -> int:
        """How often the candidate started this answer over."""
        return self.take - self.first_take

    @property
    def over(self) -> bool:
        """Whether it is no longer being answered."""
        return self.state is not TurnState.OPEN

    @property
    def unheard(self) -> bool:
        """Whether it was to be written down and could not be: nothing arrived, or nobody could listen."""
        return self.state is TurnState.READ and self.kind is AnswerKind.SPOKEN and self.transcript is None


class OwnLevel(Value):
    """What a candidate thinks of their own answer, on the same anchors; given before the feedback was seen."""

    criterion: Criterion
    level: int = Field(ge=1, le=5)


class Retry(Value):
    """A later attempt at a question of an interview: at the whole of it, or at one ``part``, with what was ``said`` in its place."""

    attempt: str
    part: Part | None = None
    said: str = ""


class Round(Value):
    """One question with its probes: together they are one answer, an attempt like any other."""

    attempt: str
    question_key: str
    question_text: str
    spare: tuple[str, ...] = Field(default=(), description="the question's own probes")
    wanted: bool = Field(default=False, description="these and no others are asked, in their order")
    limit_s: int | None = Field(default=None, description="seconds for this question; None: as the set-up says")
    turns: tuple[Turn, ...] = ()
    complete: bool = Field(default=False, description="nothing more will be asked")
    settled: bool = Field(default=False, description="its words were handed in, or there are none")
    own: tuple[OwnLevel, ...] = ()
    again: tuple[Retry, ...] = ()

    @property
    def words(self) -> str:
        """Everything said, turn after turn."""
        return "\n\n".join(turn.text.strip() for turn in self.turns if turn.text.strip())

    @property
    def trouble(self) -> str:
        """Why there is nothing to rate, if there is nothing."""
        if self.words or not self.complete:
            return ""
        if all(turn.state is TurnState.SKIPPED for turn in self.turns):
            return "You skipped this question."
        return next((turn.trouble for turn in self.turns if turn.trouble), "Nothing was said or written.")

    @property
    def probes(self) -> tuple[Turn, ...]:
        """The follow-up questions that were asked."""
        return self.turns[1:]


class Phase(StrEnum):
    """What the interview is at."""

    ASKING = "asking"  # the question is read aloud
    THINKING = "thinking"
    ANSWERING = "answering"
    LISTENING = "listening"  # the interviewer takes in what was said and chooses a probe
    BETWEEN = "between"  # one question is over, the next has not begun
    DONE = "done"


class Interview(Value):
    """The whole record. ``deadline`` is server time, and ends the phase; None: nothing presses.

    ``seen_at`` is when the candidate's page last gave a sign of life: after an absence, ``since`` and ``deadline`` move by as long as it was.
    ``step`` grows with every change of what the page should show.
    """

    id: str
    candidate: str
    set_up: SetUp
    created_at: AwareDatetime
    rounds: tuple[Round, ...] = Field(min_length=1)
    at: int = Field(default=0, ge=0, description="the round it is at")
    phase: Phase
    since: AwareDatetime
    deadline: AwareDatetime | None = None
    seen_at: AwareDatetime
    paused_at: AwareDatetime | None = None
    pauses: int = 0
    absences: int = 0
    away_s: float = 0.0
    finished_at: AwareDatetime | None = None
    step: int = 0

    @model_validator(mode="after")
    def _is_at_a_round(self) -> Self:
        if self.at >= len(self.rounds):
            raise ValueError(f"there is no round {self.at} of {len(self.rounds)}")
        return self

    @property
    def round(self) -> Round:
        """The question it is at."""
        return self.rounds[self.at]

    @property
    def turn(self) -> Turn:
        """What was asked last."""
        return self.round.turns[-1]

    @property
    def last_round(self) -> bool:
        """Whether no other question comes after this one."""
        return self.at == len(self.rounds) - 1

    @property
    def done(self) -> bool:
        """Whether it is over."""
        return self.phase is Phase.DONE

    @property
    def may_record_again(self) -> bool:
        """Whether the present turn may be recorded once more."""
        most = self.set_up.takes
        return most is None or self.turn.recorded_again + 1 < most

    @property
    def limit_s(self) -> int | None:
        """Seconds the present turn may take."""
        limit = self.round.limit_s or self.set_up.limit_s
        return limit if limit is None or len(self.round.turns) == 1 else min(limit, PROBE_LIMIT_S)
