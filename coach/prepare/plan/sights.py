"""What the program can see for itself of what there is to do before an interview."""

from collections.abc import Callable, Mapping
from itertools import takewhile

from coach.domain.plan import days_ago
from coach.domain.value import Value
from coach.prepare.plan.look import Look

MICROPHONE = "microphone"
WEEK_DAYS = 7
_KEEPS_SECRETS = 4  # the level of confidentiality at which nobody could recognise the client


class Sight(Value):
    """How many of something there are, and that in words."""

    count: int
    fact: str


Watch = Callable[[Look], Sight]


def _competencies(look: Look) -> Sight:
    count = len(look.competencies)
    return Sight(count=count, fact=f"you have rated answers on {count} competenc{'y' if count == 1 else 'ies'}")


def _mock(look: Look) -> Sight:
    if look.last_interview is None:
        return Sight(count=0, fact="you have sat no mock interview yet")
    since = look.days_since(look.last_interview)
    return Sight(count=int(since < WEEK_DAYS), fact=f"your last mock interview was {days_ago(since)}")


def _confidential(look: Look) -> Sight:
    levels = look.confidentiality
    count = len(list(takewhile(lambda level: level >= _KEEPS_SECRETS, levels)))
    if not levels:
        return Sight(count=0, fact="no answer has been rated on confidentiality yet")
    if not count:
        return Sight(count=0, fact=f"your last answer is at {levels[0]} of 5 on confidentiality")
    those = "answer is" if count == 1 else f"{count} answers are"
    return Sight(count=count, fact=f"your last {those} at {_KEEPS_SECRETS} or more on confidentiality")


def _microphone(look: Look) -> Sight:
    if look.held.microphone is None:
        return Sight(count=0, fact="your microphone has not been checked here")
    since = look.days_since(look.held.microphone)
    return Sight(count=int(since < WEEK_DAYS), fact=f"your microphone was checked, and worked, {days_ago(since)}")


WATCHES: Mapping[str, Watch] = {
    "competencies": _competencies,
    "mock": _mock,
    "confidential": _confidential,
    MICROPHONE: _microphone,
}
"""Everything that is watched, by the name that points call it."""
