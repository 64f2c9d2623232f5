"""Deleting an answer: never at one press."""

from coach.domain.attempt import Attempt
from coach.practice import Practice
from coach.ui import session
from coach.ui.widgets.confirm import asks, confirm

_WORDS = (
    "**Delete this answer?** Its text, its recordings and its ratings go for good, and it leaves your progress chart."
)


def delete_button(attempt: Attempt, label: str = "Delete") -> None:
    """The button that asks."""
    asks(label, _question(attempt), key=f"delete-{attempt.id}")


def delete_question(practice: Practice, attempt: Attempt, who: str) -> None:
    """The question, where it was asked for."""
    confirm(_question(attempt), _WORDS, "Delete for good", _delete, practice, attempt, who)


def _question(attempt: Attempt) -> str:
    return f"delete-{attempt.id}"


def _delete(practice: Practice, attempt: Attempt, who: str) -> None:
    practice.delete(attempt.id, who)
    session.open_attempt(None)
