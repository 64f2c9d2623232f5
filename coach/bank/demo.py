"""Invented answers for looking around before one has answered anything. They hold no rating: the product rates them."""

from pathlib import Path

from pydantic import Field

from coach import resources
from coach.bank.toml_file import read_value
from coach.domain.value import Value


class DemoAnswer(Value):
    """One invented answer: to which question (its key), how many days before today, and its words."""

    question: str = Field(min_length=1)
    days_ago: int = Field(ge=1)
    text: str = Field(min_length=1)


class _DemoFile(Value):
    """What stands in the file."""

    answers: tuple[DemoAnswer, ...]


def load_demo_answers(path: Path | None = None) -> tuple[DemoAnswer, ...]:
    """The demo answers, the oldest first. Raises BankError where the file cannot be used."""
    path = path or resources.question_bank() / "demo" / "answers.toml"
    answers = read_value(path, _DemoFile, "file of demo answers").answers
    stripped = (answer.model_copy(update={"text": answer.text.strip()}) for answer in answers)
    return tuple(sorted(stripped, key=lambda answer: -answer.days_ago))
