"""How an assignment is told: what it is, when it is due, how far somebody is."""

from datetime import date

from coach.domain.assignment import Assignment, Way, Work
from coach.domain.plan import in_days
from coach.ui.widgets.guide import limit_name

WAYS = {
    Way.INTERVIEW: "One mock interview, feedback at the end",
    Way.PRACTICE: "One mock interview, feedback after each answer",
    Way.SINGLE: "Each question by itself, when they like",
}


def what(one: Assignment) -> str:
    """Questions, way and limits in a line."""
    count = len(one.questions)
    questions = f"{count} question{'' if count == 1 else 's'}"
    way = "one at a time" if one.way is Way.SINGLE else "a mock interview"
    facts = [f"{questions}, {way}"]
    if one.limit_s:
        facts.append(f"{limit_name(one.limit_s)} an answer")
    if one.takes:
        facts.append(f"{one.takes} recording{'' if one.takes == 1 else 's'} an answer at the most")
    return " · ".join(facts)


def due(one: Assignment, today: date) -> str:
    """When it is to be handed in, said plainly once that has passed."""
    if one.due is None:
        return "no day set"
    day = f"{one.due:%A} {one.due.day} {one.due:%B}"
    days = (one.due - today).days
    if days < 0:
        return f"was due {-days} day{'' if days == -1 else 's'} ago, {day}"
    return f"due {in_days(days)}, {day}"


def how_far(work: Work, due_on: date | None, today: date) -> tuple[str, str]:
    """How far a student is, and when; late is said, and nothing else comes of it."""
    late = work.days_late(due_on, today)
    days = f"{late} day{'' if late == 1 else 's'}"
    if work.handed_in_at:
        after = f"; {days} after it was due" if late else ""
        return "Handed in", f"{work.handed_in_at.astimezone():%d %b %Y, %H:%M}{after}"
    over = f"{days} past due" if late else ""
    if work.begun_at:
        return "Begun", "; ".join(filter(None, (f"{work.begun_at.astimezone():%d %b %Y, %H:%M}", over)))
    return "Not begun", over
