"""Who uses the product, in which cohorts, and what they let their coaches see."""

from enum import IntEnum, StrEnum

from pydantic import AwareDatetime, Field

from coach.domain.value import Value

# What is said where something does not exist, and where it is not for whoever asks: nobody is to tell the two apart.
NO_THING = "There is nothing here under this address."
NO_ANSWER = "There is no such answer here. It may have been deleted, or is no longer shared."
NO_STORY = "There is no such story here. It may have been deleted, or is no longer shared."
NO_COHORT = "There is no such cohort here. It may have been deleted; choose another under Cohorts."
NO_MEMBERSHIP = "There is no such student in this cohort."
NO_PERSON = "There is no such person here."

DELETED_STORY = "a story of yours, deleted since"
DELETED_QUESTION = "a question of your own, deleted since"

LOCAL_ID = "local"  # the one profile of a machine of one's own


class Role(StrEnum):
    """What somebody may be asked to do here. Each may practise; a coach follows cohorts; an administrator looks after people."""

    CANDIDATE = "candidate"
    COACH = "coach"
    ADMINISTRATOR = "administrator"


class Issuer(StrEnum):
    """Who vouches for a person, where it is no provider of identities with an address of its own."""

    LOCAL = "local"  # nobody: the machine is one's own
    ACCOUNT = "account"  # a password kept here
    DEMO = "demo"  # invented


class Person(Value):
    """Somebody, known by who vouches for them and under which name there. ``id`` is the ``candidate`` of their attempts."""

    id: str
    name: str
    email: str = ""
    role: Role = Role.CANDIDATE
    issuer: str
    subject: str
    created_at: AwareDatetime
    active: bool = True
    sessions_from: AwareDatetime | None = Field(default=None, description="who signed in before is signed out")

    @property
    def invented(self) -> bool:
        """Whether this is a person of the demo cohort."""
        return self.issuer == Issuer.DEMO


class Cohort(Value):
    """Students whom one or several coaches follow. In an archived one nobody joins and nothing is seen."""

    id: str
    name: str
    join_code: str
    created_at: AwareDatetime
    archived_at: AwareDatetime | None = None
    demo: bool = False


class Sharing(IntEnum):
    """What a student lets a cohort's coaches see. Each step holds the ones before."""

    NOTHING = 0
    RATINGS = 1
    TRANSCRIPTS = 2
    AUDIO = 3


class Membership(Value):
    """A student in a cohort, and what they share with its coaches.

    ``sharing`` covers answers begun since joining; with ``earlier`` those before, too. One answer can be set apart from the rest.
    """

    person: Person
    cohort: Cohort
    joined_at: AwareDatetime
    sharing: Sharing = Sharing.NOTHING
    earlier: bool = False


class ConsentChange(Value):
    """One thing a student decided about sharing, with a cohort, or for one attempt or story. ``sharing`` None: this attempt as all others."""

    at: AwareDatetime
    cohort: str
    attempt: str | None = None
    story: str | None = None
    sharing: Sharing | None
    earlier: bool = False


class LookKind(StrEnum):
    """What a coach looked at or listened to."""

    TRANSCRIPT = "transcript"
    RECORDING = "recording"
    STORY = "story"


class Look(Value):
    """One look of a coach at what a student shared. The names are as they were then; a story's is the one it has now.

    ``attempt`` is its id, or the story's.
    """

    at: AwareDatetime
    coach: str
    cohort: str
    attempt: str
    question_text: str
    kind: LookKind


class SharedAttempt(Value):
    """What a coach's list says of an attempt whose ratings are shared: no words of it."""

    id: str
    candidate: str
    question_key: str
    question_text: str
    handed_in_at: AwareDatetime
    levels: tuple[tuple[str, int | None], ...] = Field(description="criterion and level; None is unrated")
    sharing: Sharing


class Invitation(Value):
    """An invitation to a cohort by a link of one's own. The link's secret is told once, when it is made."""

    cohort: Cohort
    email: str
    name: str
    created_at: AwareDatetime
    expires_at: AwareDatetime
    used_at: AwareDatetime | None = None
