"""What every form of a report says in the same words: a page, a PDF and a Markdown file."""

from coach.domain.interview_report import Delivery, InterviewReport

_MINUTES_FROM_S = 120


def delivery_in_words(how: Delivery) -> str:
    """How answers were given: how long, how fast, with which silences and hesitations."""
    limit = f" (limit {_clock(how.limit_s)} each)" if how.limit_s else ""
    facts = [f"{how.words} words in {_clock(how.seconds)}{limit}"]
    if how.words_per_minute:
        facts.append(f"{how.words_per_minute:.0f} words a minute")
    if how.long_pauses is not None:
        facts.append(f"{_some(how.long_pauses, 'pause')} of two seconds or more")
    if how.hesitations:
        facts.append(f"at least {_some(how.hesitations, 'um or uh', 'ums and uhs')}")
    if how.recorded_again:
        facts.append(f"started over {_some(how.recorded_again, 'time')}")
    return ", ".join(facts) + "."


def whole_in_words(report: InterviewReport) -> tuple[tuple[str, str], ...]:
    """What is said of all answers together, each with its name: how they were given, what was found, what could identify a client."""
    lines = (
        ("Delivery", delivery_in_words(report.delivery) if report.delivery else ""),
        ("Areas", _areas(report)),
        ("Confidentiality", _leaks(report)),
    )
    return tuple((name, words) for name, words in lines if words)


def run_in_words(report: InterviewReport) -> str:
    """What was unusual about the run: pauses and absences; empty where nothing was."""
    away = f"{report.away_s:.0f} s" if report.away_s < _MINUTES_FROM_S else f"{report.away_s / 60:.0f} min"
    parts = [
        _some(report.pauses, "pause") if report.pauses else "",
        f"away {_some(report.absences, 'time')}, {away} in all" if report.absences else "",
    ]
    return " · ".join(filter(None, parts))


def _areas(report: InterviewReport) -> str:
    found, of = report.covered
    return f"{found} of the {of} areas that these questions look for were found." if of else ""


def _leaks(report: InterviewReport) -> str:
    if not any(question.ratings for question in report.questions):
        return ""
    if not report.leaks:
        return "Nothing was found that could identify a client."
    numbers = sorted({number for number, _ in report.leaks})
    where = f"question{'' if len(numbers) == 1 else 's'} {_listed([str(n) for n in numbers])}"
    return f"{_some(len(report.leaks), 'thing')} could identify a client, in {where}."


def _some(count: int, one: str, more: str = "") -> str:
    return f"{count or 'no'} {one if count == 1 else more or one + 's'}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
