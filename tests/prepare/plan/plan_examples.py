"""A small bank, and rated answers as the store hands them over."""

from datetime import UTC, datetime, timedelta

from coach.bank import Bank
from coach.bank.packs import Pack
from coach.domain.attempt import Level
from coach.domain.plan import Appointment, Details
from coach.domain.question import Competency, Difficulty, Kind, Question, Setting
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def question(key: str, *competencies: Competency, **more: object) -> Question:
    fields = {"key": key, "kind": Kind.BEHAVIOURAL, "text": f"Tell me about {key}.", "competencies": competencies}
    return Question.model_validate({**fields, **more})


def bank(*questions: Question) -> Bank:
    return Bank(packs=(Pack(file="t.toml", title="T", description="D", language="en", questions=questions),))


BANK = bank(
    question("hello", Competency.COMMUNICATION, difficulty=Difficulty.WARM_UP),
    question("denial", Competency.ADVOCACY),
    question("appeal", Competency.ADVOCACY),
    question("plan", Competency.PLANNING),
    question("storm", Competency.CRISIS, difficulty=Difficulty.HARD),
    question("school", Competency.TEAMWORK, settings=(Setting.SCHOOL,)),
)


def answered(
    key: str,
    level: float,
    *,
    days: float = 0,
    asked: Bank = BANK,
    outcome: int | None = None,
    demo: bool = False,
    rubric: str = "t1",
) -> list[Level]:
    """One rated answer, some days after NOON; ``outcome`` is the level of that criterion where it is another."""
    found = asked.get(key)
    return [
        Level(
            attempt=f"{key}-{days}",
            at=NOON + timedelta(days=days),
            question_key=key,
            question_text=found.text,
            criterion=criterion,
            level=outcome if outcome and criterion is Criterion.OUTCOME else round(level),
            by=Rater.CHECKS,
            rubric=rubric,
            competencies=found.competencies,
            demo=demo,
        )
        for criterion in Criterion
    ]


def appointment(days: int, **details: object) -> Appointment:
    """An interview some days after NOON."""
    day = (NOON + timedelta(days=days)).astimezone().date()
    return Appointment(
        id="a" * 32, candidate="ann", created_at=NOON, details=Details.model_validate({"day": day, **details})
    )
