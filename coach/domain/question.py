"""Questions and what they look for."""

from enum import IntEnum, StrEnum
from typing import Self

from pydantic import Field

from coach.domain.value import Value


class Kind(StrEnum):
    """How a question asks: about views and role, about a past event, or about what one does in a situation."""

    GENERAL = "general"
    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"


class Competency(StrEnum):
    """What an employer of case managers looks for."""

    ASSESSMENT = "assessment"
    PLANNING = "planning"
    COORDINATION = "coordination"
    ADVOCACY = "advocacy"
    COMMUNICATION = "communication"
    EMPATHY = "empathy"
    ENGAGEMENT = "engagement"
    CRISIS = "crisis"
    CULTURE = "culture"
    DOCUMENTATION = "documentation"
    ETHICS = "ethics"
    ORGANISATION = "organisation"
    PROBLEM_SOLVING = "problem_solving"
    TEAMWORK = "teamwork"
    OUTCOMES = "outcomes"
    RESILIENCE = "resilience"

    @property
    def label(self) -> str:
        """How the competency is called on a page."""
        return _LABELS[self]


_LABELS = {
    Competency.ASSESSMENT: "Assessment",
    Competency.PLANNING: "Care planning",
    Competency.COORDINATION: "Care coordination",
    Competency.ADVOCACY: "Advocacy",
    Competency.COMMUNICATION: "Plain-language communication",
    Competency.EMPATHY: "Empathy and trust",
    Competency.ENGAGEMENT: "Client engagement",
    Competency.CRISIS: "Crisis response",
    Competency.CULTURE: "Cultural responsiveness",
    Competency.DOCUMENTATION: "Documentation",
    Competency.ETHICS: "Ethics and boundaries",
    Competency.ORGANISATION: "Organisation",
    Competency.PROBLEM_SOLVING: "Problem-solving",
    Competency.TEAMWORK: "Leadership and teamwork",
    Competency.OUTCOMES: "Use of outcomes",
    Competency.RESILIENCE: "Resilience",
}


class Setting(StrEnum):
    """Where a case manager works, and what a question about that work belongs to."""

    HOSPITAL = "hospital"
    HEALTH_PLAN = "health_plan"
    COMMUNITY = "community"
    BEHAVIOURAL_HEALTH = "behavioural_health"
    HOUSING = "housing"
    CHILD_WELFARE = "child_welfare"
    RE_ENTRY = "re_entry"
    INSURANCE = "insurance"
    SCHOOL = "school"
    VETERANS = "veterans"
    ELDER_CARE = "elder_care"

    @property
    def label(self) -> str:
        """How the setting is called on a page."""
        return _SETTING_LABELS[self]


_SETTING_LABELS = {
    Setting.HOSPITAL: "Hospital",
    Setting.HEALTH_PLAN: "Health plan",
    Setting.COMMUNITY: "Community services",
    Setting.BEHAVIOURAL_HEALTH: "Behavioural health",
    Setting.HOUSING: "Housing",
    Setting.CHILD_WELFARE: "Child welfare",
    Setting.RE_ENTRY: "Re-entry",
    Setting.INSURANCE: "Insurance and workers’ compensation",
    Setting.SCHOOL: "School",
    Setting.VETERANS: "Veterans",
    Setting.ELDER_CARE: "Elder care",
}


class Difficulty(IntEnum):
    """How much a question demands of the candidate."""

    WARM_UP = 1
    USUAL = 2
    HARD = 3

    @property
    def label(self) -> str:
        """How the difficulty is called on a page."""
        return {1: "Warm-up", 2: "Usual", 3: "Hard"}[self.value]


FREE_KEY = "free"  # of questions asked in the user's own words; no pack may use it


class Area(Value):
    """One thing a good answer covers, with ways candidates say it (for the check that looks for it)."""

    text: str = Field(min_length=3)
    examples: tuple[str, ...] = ()


class Question(Value):
    """A question of the bank. ``key`` is permanent; ``version`` grows when its words change.

    Without ``settings`` it is asked anywhere. ``model_answer`` is invented, and shown only to who has answered.
    """

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: int = Field(default=1, ge=1)
    kind: Kind
    text: str = Field(min_length=1)
    competencies: tuple[Competency, ...] = ()
    settings: tuple[Setting, ...] = ()
    difficulty: Difficulty = Difficulty.USUAL
    areas: tuple[Area, ...] = ()
    probes: tuple[str, ...] = ()
    time_limit_s: int = Field(default=180, ge=30, le=900, description="seconds to answer in")
    weak: str = ""
    good: str = ""
    excellent: str = ""
    model_answer: str = ""

    @classmethod
    def free(cls, text: str) -> Self:
        """A question asked in the user's own words, outside the bank; however short."""
        return cls(key=FREE_KEY, kind=Kind.BEHAVIOURAL, text=text.strip())
