"""The report as Markdown."""

from collections.abc import Iterator

from coach.domain.interview_report import Contradiction, InterviewReport, Mean, Moved, QuestionReport, Share, Standing
from coach.domain.rubric import Rubric
from coach.interview.wording import delivery_in_words, run_in_words, whole_in_words

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def markdown(report: InterviewReport, rubric: Rubric) -> str:
    """All of it, in the order of the page. Words of the candidate are escaped, so that none of them turns into markup."""
    return "\n".join(_lines(report, rubric)) + "\n"


def _lines(report: InterviewReport, rubric: Rubric) -> Iterator[str]:
    yield f"# Mock interview, {report.at.astimezone():%d %B %Y}"
    yield ""
    yield f"{report.set_up.place}, {report.set_up.mode} mode, {len(report.questions)} questions. Rubric {report.rubric}."
    if how := run_in_words(report):
        yield f"\n{how}"
    if report.waiting:
        yield f"\n{report.waiting} of the answers are not rated yet."
    if report.lifts:
        yield "\n## What would lift it most\n"
        for n, lift in enumerate(report.lifts, 1):
            yield f"{n}. {_safe(lift.change.text)} (question {lift.number})"
            if lift.change.about:
                yield f"   > {_safe(lift.change.about.quote)}"
    yield "\n## Where you stand\n"
    yield "| criterion | mean level | rated answers | interviews before | your own |"
    yield "|---|---|---|---|---|"
    for mean in report.means:
        yield _mean(mean, rubric)
    if report.balance:
        yield f"\nYour words: {_balance(report.balance)}."
    for name, words in whole_in_words(report):
        yield f"\n**{name}.** {words}"
    yield from _contradictions(report.contradictions)
    for question in report.questions:
        yield from _question(question, rubric)


def _contradictions(found: tuple[Contradiction, ...]) -> Iterator[str]:
    if found:
        yield "\n## Two answers that do not fit together\n"
    for one in found:
        first, second = _safe(one.first.quote), _safe(one.second.quote)
        yield f"- **{one.about}**: question {one.first_question}: “{first}”; question {one.second_question}: “{second}”"


def _mean(mean: Mean, rubric: Rubric) -> str:
    level = "unrated" if mean.level is None else f"{mean.level:.1f}"
    before = ", ".join(f"{one:.1f}" for one in mean.earlier) or "–"
    own = "–" if mean.own is None else f"{mean.own:.1f}"
    return f"| {rubric.of(mean.criterion).name} | {level} | {mean.answers} | {before} | {own} |"


def _question(question: QuestionReport, rubric: Rubric) -> Iterator[str]:
    yield f"\n## Question {question.number}. {_safe(question.question)}\n"
    if question.standing is Standing.UNRATED:
        yield f"**Unrated.** {_safe(question.reason)}\n"
    elif question.standing is Standing.WAITING:
        yield "Not rated yet.\n"
    elif question.reason:
        yield f"{_safe(question.reason)}\n"
    if question.delivery:
        yield f"Delivery: {delivery_in_words(question.delivery)}\n"
    for n, turn in enumerate(question.said):
        if n:
            yield f"**Follow-up {n}: {_safe(turn.asked)}** {_safe(turn.why)}\n"
        yield f"> {_safe(turn.text or turn.trouble or 'No answer.')}\n"
    yield from _feedback(question, rubric)
    for later in question.moved:
        yield from _moved(later, rubric)


def _feedback(question: QuestionReport, rubric: Rubric) -> Iterator[str]:
    if question.change:
        yield f"**Change this first:** {_safe(question.change.text)}\n"
    for rating in question.ratings:
        yield f"- **{rubric.of(rating.criterion).name}: {rating.level or 'unrated'}.** {_safe(rating.why)}"
        yield from (f"  > {_safe(span.quote)}" for span in rating.evidence[:2])
    for own in question.own:
        yield f"- You gave yourself {own.level} on {rubric.of(own.criterion).name}."
    if question.balance:
        yield f"\nWords: {_balance(question.balance)}."
    for leak in question.leaks:
        yield f"\nCould identify a client: “{_safe(leak.span.quote)}”. {_safe(leak.message)}"
    found, missing = ([a.area for a in question.coverage if bool(a.covered_by) is there] for there in (True, False))
    if found:
        yield f"\nFound: {_safe('; '.join(found))}."
    if missing:
        yield f"\nNot found: {_safe('; '.join(missing))}."


def _moved(later: Moved, rubric: Rubric) -> Iterator[str]:
    yield f"\n### {later.part.label if later.part else 'The whole answer'}, said again\n"
    yield f"Before: {_safe(later.before) or '(not told)'}\n"
    yield f"After: {_safe(later.after)}\n"
    for criterion, before, after in later.levels:
        yield f"- {rubric.of(criterion).name}: {before or 'unrated'} → {after or 'unrated'}"


def _balance(shares: tuple[Share, ...]) -> str:
    return ", ".join(f"{one.part.label.lower()} {one.share:.0%}" for one in shares)


def _safe(words: str) -> str:
    return " ".join(words.translate(_MARKS).split())
