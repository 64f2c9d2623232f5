"""The access policy: one table, and whoever gives or takes anything asks it.

A rule says what must be true between who asks and what is asked for. The facts are looked up by the store in the same
query that fetches the thing; `needed` tells that query how much consent a resource takes. Where the answer is no, the thing
is "not found": whether it exists is nobody else's business.
"""

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.assignment import NO_ASSIGNMENT
from coach.domain.guide import NO_GUIDE
from coach.domain.people import (
    NO_ANSWER,
    NO_COHORT,
    NO_MEMBERSHIP,
    NO_PERSON,
    NO_STORY,
    NO_THING,
    Person,
    Role,
    Sharing,
)
from coach.errors import NotFoundError


class Resource(StrEnum):
    """What can be given or taken."""

    ANSWER = "answer"  # an attempt or an interview, its drafts and recordings, as its candidate has it
    RATINGS = "ratings"  # what a coach sees of an attempt, in three steps
    TRANSCRIPT = "transcript"
    RECORDING = "recording"
    STORY = "story"  # what a coach sees of a story; each is shared by itself, or not at all
    QUEUE = "queue"  # what students ask for or dispute about answers, as coaches see it
    REVIEW = "review"  # what a coach writes and rates about an answer
    CALIBRATION = "calibration"  # how far a coach's own levels agree with the product's
    REQUEST = "request"  # asking for a review, disputing; and what coaches gave: as the answer's candidate has it
    NOTICE = "notice"  # what somebody is told of
    COHORT = "cohort"  # its name, code, coaches, list of students, invitations
    MEMBERSHIP = "membership"  # one student in one cohort
    CONSENT = "consent"  # what one student shares, and the history of it
    LOOKS = "looks"  # who looked at what a student shared
    GUIDE = "guide"  # an interview guide; it speaks of nobody
    ASSIGNMENT = "assignment"  # what is to be done, by whom, until when
    HANDING_IN = "handing in"  # that a student began an assignment and handed it in, and when
    PERSON = "person"  # name, export, deletion
    KEEPING = "keeping"  # how long one's own things stay, what goes soon, what is kept on purpose
    ROLE = "role"  # who is a coach, who may sign in
    ACCOUNT = "account"  # a password: its reset, its sessions
    INSTALLATION = "installation"  # the judge and what else is set for everybody; own on a machine of one's own


class Action(StrEnum):
    """What can be done with it."""

    READ = "read"
    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"


class Need(StrEnum):
    """What must be true for it."""

    NEVER = "never"
    ALWAYS = "always"
    OWN = "own"  # it is about whoever asks
    COACHED = "coached"  # whoever asks coaches the cohort
    OWN_OR_COACHED = "own or coached"
    SHARED = "shared"  # whoever asks coaches the cohort, and the student shares this much with it
    OWN_SHARED = "own and shared"  # it is by whoever asks, and that holds besides


@dataclass(frozen=True)
class Who:
    """Who asks, as far as the policy cares."""

    id: str
    role: Role
    active: bool = True

    @classmethod
    def of(cls, person: Person) -> "Who":
        """A person asking."""
        return cls(person.id, person.role, person.active)


@dataclass(frozen=True)
class Facts:
    """What is the case between who asks and what is asked for. Whatever is not known is not the case."""

    own: bool = False
    coached: bool = False
    sharing: Sharing = Sharing.NOTHING


_NEVER, _ALWAYS, _OWN, _COACHED, _SHARED = Need.NEVER, Need.ALWAYS, Need.OWN, Need.COACHED, Need.SHARED
_OWN_OR_COACHED = Need.OWN_OR_COACHED
_COACHING = (_NEVER, _SHARED, _SHARED)
_REVIEWING = (_NEVER, Need.OWN_SHARED, Need.OWN_SHARED)
_OWNING = (_OWN, _OWN, _OWN)

# What is not in the table is never allowed. Columns: candidate, coach, administrator.
RULES: dict[tuple[Resource, Action], tuple[Need, Need, Need]] = {
    (Resource.ANSWER, Action.CREATE): _OWNING,
    (Resource.ANSWER, Action.READ): _OWNING,
    (Resource.ANSWER, Action.CHANGE): _OWNING,
    (Resource.ANSWER, Action.DELETE): _OWNING,
    (Resource.RATINGS, Action.READ): _COACHING,
    (Resource.TRANSCRIPT, Action.READ): _COACHING,
    (Resource.RECORDING, Action.READ): _COACHING,
    (Resource.STORY, Action.READ): _COACHING,
    (Resource.QUEUE, Action.READ): _COACHING,
    (Resource.QUEUE, Action.CHANGE): _COACHING,
    (Resource.REVIEW, Action.CREATE): _COACHING,
    (Resource.REVIEW, Action.READ): _REVIEWING,
    (Resource.REVIEW, Action.CHANGE): _REVIEWING,
    (Resource.REVIEW, Action.DELETE): _REVIEWING,
    (Resource.CALIBRATION, Action.READ): (_NEVER, _OWN, _OWN),
    (Resource.REQUEST, Action.CREATE): _OWNING,
    (Resource.REQUEST, Action.READ): _OWNING,
    (Resource.REQUEST, Action.DELETE): _OWNING,
    (Resource.NOTICE, Action.READ): _OWNING,
    (Resource.NOTICE, Action.CHANGE): _OWNING,
    (Resource.COHORT, Action.CREATE): (_NEVER, _ALWAYS, _ALWAYS),
    (Resource.COHORT, Action.READ): (_NEVER, _COACHED, _ALWAYS),
    (Resource.COHORT, Action.CHANGE): (_NEVER, _COACHED, _ALWAYS),
    (Resource.COHORT, Action.DELETE): (_NEVER, _COACHED, _ALWAYS),
    (Resource.MEMBERSHIP, Action.CREATE): _OWNING,
    (Resource.MEMBERSHIP, Action.READ): (_OWN, _OWN_OR_COACHED, _ALWAYS),
    (Resource.MEMBERSHIP, Action.DELETE): (_OWN, _OWN_OR_COACHED, _ALWAYS),
    (Resource.CONSENT, Action.READ): _OWNING,
    (Resource.CONSENT, Action.CHANGE): _OWNING,
    (Resource.LOOKS, Action.READ): _OWNING,
    (Resource.GUIDE, Action.CREATE): _OWNING,
    (Resource.GUIDE, Action.READ): (_OWN, _OWN_OR_COACHED, _OWN_OR_COACHED),  # coached: shown to a cohort they coach
    (Resource.GUIDE, Action.CHANGE): _OWNING,
    (Resource.GUIDE, Action.DELETE): _OWNING,
    (Resource.ASSIGNMENT, Action.CREATE): (_NEVER, _COACHED, _COACHED),
    (Resource.ASSIGNMENT, Action.READ): (_OWN, _OWN_OR_COACHED, _OWN_OR_COACHED),  # own: given to whoever asks
    (Resource.ASSIGNMENT, Action.CHANGE): (_NEVER, _COACHED, _COACHED),
    (Resource.ASSIGNMENT, Action.DELETE): (_NEVER, _COACHED, _COACHED),
    (Resource.HANDING_IN, Action.CREATE): _OWNING,
    (Resource.HANDING_IN, Action.READ): (_OWN, _OWN_OR_COACHED, _OWN_OR_COACHED),
    (Resource.PERSON, Action.CREATE): (_NEVER, _NEVER, _ALWAYS),
    (Resource.PERSON, Action.READ): (_OWN, _OWN, _ALWAYS),
    (Resource.PERSON, Action.CHANGE): _OWNING,
    (Resource.PERSON, Action.DELETE): _OWNING,
    (Resource.KEEPING, Action.READ): _OWNING,
    (Resource.KEEPING, Action.CHANGE): _OWNING,
    (Resource.ROLE, Action.READ): (_NEVER, _NEVER, _ALWAYS),
    (Resource.ROLE, Action.CHANGE): (_NEVER, _NEVER, _ALWAYS),
    (Resource.ACCOUNT, Action.CHANGE): (_OWN, _OWN, _ALWAYS),
    (Resource.INSTALLATION, Action.READ): (_OWN, _OWN, _ALWAYS),
    (Resource.INSTALLATION, Action.CHANGE): (_OWN, _OWN, _ALWAYS),
}

_TAKES = {
    Resource.RATINGS: Sharing.RATINGS,
    Resource.TRANSCRIPT: Sharing.TRANSCRIPTS,
    Resource.RECORDING: Sharing.AUDIO,
    Resource.STORY: Sharing.TRANSCRIPTS,
    Resource.QUEUE: Sharing.TRANSCRIPTS,
    Resource.REVIEW: Sharing.TRANSCRIPTS,
}
_MISSING = {
    Resource.ANSWER: NO_ANSWER,
    Resource.RATINGS: NO_ANSWER,
    Resource.TRANSCRIPT: NO_ANSWER,
    Resource.RECORDING: NO_ANSWER,
    Resource.STORY: NO_STORY,
    Resource.QUEUE: NO_ANSWER,
    Resource.REVIEW: NO_ANSWER,
    Resource.REQUEST: NO_ANSWER,
    Resource.COHORT: NO_COHORT,
    Resource.MEMBERSHIP: NO_MEMBERSHIP,
    Resource.GUIDE: NO_GUIDE,
    Resource.ASSIGNMENT: NO_ASSIGNMENT,
    Resource.HANDING_IN: NO_ASSIGNMENT,
    Resource.PERSON: NO_PERSON,
    Resource.ROLE: NO_PERSON,
}
_COLUMN = {Role.CANDIDATE: 0, Role.COACH: 1, Role.ADMINISTRATOR: 2}


def needed(resource: Resource) -> Sharing:
    """How much a student must share for a coach to see this."""
    return _TAKES[resource]


def need(role: Role, resource: Resource, action: Action) -> Need:
    """What must be true for somebody of this role."""
    rule = RULES.get((resource, action))
    return rule[_COLUMN[role]] if rule else Need.NEVER


def allows(who: Who, action: Action, resource: Resource, facts: Facts = Facts()) -> bool:  # a frozen value
    """Whether somebody may do this, given what is the case. Who is no longer active may do nothing."""
    if not who.active:
        return False
    match need(who.role, resource, action):
        case Need.ALWAYS:
            return True
        case Need.OWN:
            return facts.own
        case Need.COACHED:
            return facts.coached
        case Need.OWN_OR_COACHED:
            return facts.own or facts.coached
        case Need.SHARED:
            return facts.coached and facts.sharing >= needed(resource)
        case Need.OWN_SHARED:
            return facts.own and facts.coached and facts.sharing >= needed(resource)
        case Need.NEVER:
            return False


def require(who: Who, action: Action, resource: Resource, facts: Facts = Facts()) -> None:  # a frozen value
    """Raises NotFoundError where the policy says no, in the same words as for what does not exist."""
    if not allows(who, action, resource, facts):
        raise NotFoundError(_MISSING.get(resource, NO_THING))


def scope(who: Who, action: Action, resource: Resource) -> str | None:
    """Whose things a query may touch: None for everybody's, else only those of this person, or of the cohorts they coach.

    Raises NotFoundError where there can be none.
    """
    if allows(who, action, resource):
        return None
    require(who, action, resource, Facts(own=True, coached=True, sharing=Sharing.AUDIO))
    return who.id
