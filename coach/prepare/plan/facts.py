"""Facts in words, for the one sentence that says why."""

from coach.domain.plan import in_days
from coach.prepare.plan.look import Look
from coach.progress import LAST

SHOWN_DAYS_LEFT = 14  # an interview further away is no reason for one thing rather than another


def sentence(*facts: str) -> str:
    """Facts as one sentence; those that are empty are left out."""
    told = "; ".join(fact for fact in facts if fact)
    return f"{told[0].upper()}{told[1:]}."


def ahead(look: Look) -> str:
    """The interview, if it is near enough to be a reason."""
    left = look.days_left
    return "" if left is None or left > SHOWN_DAYS_LEFT else f"your interview is {in_days(left)}"


def counted(level: float, answers: int) -> str:
    """A level, and how many answers it is the mean of."""
    over = "in one answer" if answers == 1 else f"over your last {min(answers, LAST)} answers"
    return f"{level:.1f} of 5 {over}"
