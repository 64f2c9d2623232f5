"""An interview guide: which questions are asked in which order, how, and what is written down meanwhile."""

from datetime import datetime

from pydantic import AwareDatetime, Field

from coach.domain.interview import LONGEST_THINKING_S, MOST_QUESTIONS, OPEN_LIMIT_S, Asked, Mode, SetUp
from coach.domain.question import Competency, Setting
from coach.domain.rubric import Criterion
from coach.domain.value import Value

LONGEST_NAME = 120  # characters of a name or a role
LONGEST_WORDS = 2_000  # characters of what is said at the beginning or the end
NO_GUIDE = "There is no such guide here. It may have been deleted; choose another under Guides."


class Guide(Value):
    """A guide with its owner. ``cohorts``: those whose coaches may read it, interview by it, copy it and assign it.

    ``criteria`` stand on the rating sheet, each with its anchors; without any there is no sheet. ``demo``: it came with the demo cohort.
    """

    id: str
    owner: str
    created_at: AwareDatetime
    changed_at: AwareDatetime
    archived_at: AwareDatetime | None = None
    name: str = Field(default="", max_length=LONGEST_NAME)
    role: str = Field(default="", max_length=LONGEST_NAME, description="what the job is called")
    setting: Setting | None = None
    competencies: tuple[Competency, ...] = ()
    questions: tuple[Asked, ...] = Field(default=(), max_length=MOST_QUESTIONS)
    thinking_s: int = Field(default=15, ge=0, le=LONGEST_THINKING_S)
    limit_s: int | None = Field(
        default=180, ge=5, le=OPEN_LIMIT_S, description="seconds an answer may take; None: open"
    )
    probes: bool = True
    opening: str = Field(default="", max_length=LONGEST_WORDS, description="what the interviewer says first")
    closing: str = Field(default="", max_length=LONGEST_WORDS, description="and last")
    criteria: tuple[Criterion, ...] = tuple(Criterion)
    cohorts: tuple[str, ...] = ()
    demo: bool = False

    @property
    def called(self) -> str:
        """Its name on a page."""
        return self.name.strip() or "A guide without a name"

    @property
    def place(self) -> str:
        """Role and setting in a line; empty where neither is told."""
        return " · ".join(filter(None, (self.role.strip(), self.setting.label if self.setting else "")))

    @property
    def minutes(self) -> int | None:
        """How long it takes at the most, follow-ups aside; None where an answer may take as long as it likes."""
        limits = [one.limit_s or self.limit_s for one in self.questions]
        known = [limit for limit in limits if limit]
        if len(known) < len(limits):
            return None
        return -(-(sum(known) + self.thinking_s * len(limits)) // 60)

    def set_up(self, mode: Mode = Mode.INTERVIEW) -> SetUp:
        """An interview by this guide. It needs a question."""
        return SetUp(
            setting=self.setting,
            questions=len(self.questions),
            mode=mode,
            thinking_s=self.thinking_s,
            limit_s=self.limit_s,
            probes=self.probes,
            asked=self.questions,
        )

    def copy_for(self, owner: str, ident: str, now: datetime) -> "Guide":
        """The same guide as somebody's own, seen by nobody else yet."""
        mine = {"id": ident, "owner": owner, "created_at": now, "changed_at": now}
        name = f"{self.called} (copy)"[:LONGEST_NAME]
        return self.model_copy(update={**mine, "name": name, "archived_at": None, "cohorts": (), "demo": False})


def in_minutes(seconds: int) -> str:
    """A limit in words."""
    if seconds < 120 and seconds % 60:  # noqa: PLR2004  # two minutes: below, seconds say it better than halves
        return f"{seconds} s"
    return f"{seconds / 60:.1f} min".replace(".0 ", " ")
