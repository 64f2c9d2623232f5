"""An interview with an employer as a card: how far away, when, where, how far one is with its checklist."""

from datetime import date

from coach.domain.plan import Appointment, days_ago, in_days
from coach.ui.widgets.html import draw, text


def countdown(appointment: Appointment, today: date, done: int, of: int) -> None:
    """The card."""
    left = appointment.days_left(today)
    away = in_days(left) if left >= 0 else days_ago(-left)
    details = appointment.details
    lines = [when(appointment)]
    if details.place:
        lines.append(details.place)
    if details.interviewers:
        lines.append(f"With {details.interviewers}")
    draw(
        f'<div class="card"><p class="eyebrow">{text(appointment.name)}</p><p class="question">{away[0].upper()}{away[1:]}</p>'
        + "".join(f"<p>{text(line)}</p>" for line in lines)
        + f'<p class="eyebrow">{done} of {of} points done</p></div>',
        "countdown",
    )


def when(appointment: Appointment) -> str:
    """Day, time and whether it is online, in a line."""
    details = appointment.details
    parts = [f"{details.day:%A} {details.day.day} {details.day:%B}"]
    if details.at:
        parts.append(f"{details.at:%H:%M}")
    parts.append("online" if details.online else "in person")
    return ", ".join(parts)
