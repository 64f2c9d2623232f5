"""The report as PDF."""

from collections.abc import Iterator
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from coach.domain.finding import Part
from coach.domain.interview_report import InterviewReport, Moved, QuestionReport, Share, Standing
from coach.domain.rubric import LEVELS, Rubric
from coach.interview.wording import delivery_in_words, run_in_words, whole_in_words
from coach.paper import BODY, BRAND, HEAD, LINE, QUOTE, SMALL, SUB, TITLE, WIDTH, printed, table, text

_PARTS = {Part.SITUATION: "#2f5d8c", Part.OBSTACLE: "#8a4b12", Part.ACTION: "#0f6b63", Part.RESULT: "#6b3fa0", Part.OTHER: "#c9cdc9"}  # fmt: skip


def pdf(report: InterviewReport, rubric: Rubric) -> bytes:
    """The file. Raises CoachError where the font is missing."""
    return printed(_story(report, rubric), f"Mock interview, {report.at.astimezone():%d %B %Y}")


def _story(report: InterviewReport, rubric: Rubric) -> Iterator[Flowable]:
    yield text("Your interview", TITLE)
    how = f"{report.at.astimezone():%d %B %Y} · {report.set_up.place} · {report.set_up.mode} mode · {len(report.questions)} questions"
    yield text(" · ".join(filter(None, (how, run_in_words(report)))), SMALL)
    if report.waiting:
        yield text(f"{report.waiting} of the answers are not rated yet.")
    if report.lifts:
        yield text("What would lift it most", HEAD)
        for n, lift in enumerate(report.lifts, 1):
            about = [text(f"“{lift.change.about.quote}”", QUOTE)] if lift.change.about else []
            yield KeepTogether([text(f"{lift.change.text} (question {lift.number})", lead=f"{n}."), *about])
    yield KeepTogether([text("Where you stand", HEAD), _means(report, rubric)])
    if report.balance:
        yield KeepTogether([text("Your words, all answers together", SUB), *_balance(report.balance)])
    yield Spacer(0, 3 * mm)
    for name, words in whole_in_words(report):
        yield text(words, lead=f"{name}.")
    for one in report.contradictions:
        yield KeepTogether(
            [
                text("Two answers that do not fit together", SUB),
                text(f"{one.about[:1].upper()}{one.about[1:]} is told in two ways."),
                text(f"Question {one.first_question}: “{one.first.quote}”", QUOTE),
                text(f"Question {one.second_question}: “{one.second.quote}”", QUOTE),
            ]
        )
    for question in report.questions:
        yield from _question(question, rubric)


def _means(report: InterviewReport, rubric: Rubric) -> Table:
    rows: list[list[Any]] = [["", "Mean level", "", "Answers", "Before", "Your own"]]
    for one in report.means:
        level = "unrated" if one.level is None else f"{one.level:.1f}"
        before = ", ".join(f"{m:.1f}" for m in one.earlier) or "–"
        own = "–" if one.own is None else f"{one.own:.1f}"
        rows.append([rubric.of(one.criterion).name, level, _Scale(one.level), str(one.answers), before, own])
    return table(rows, [46 * mm, 22 * mm, 36 * mm, 18 * mm, 28 * mm, 20 * mm])


def _question(question: QuestionReport, rubric: Rubric) -> Iterator[Flowable]:
    yield text(question.question, HEAD, lead=f"{question.number}.")
    if question.standing is Standing.UNRATED:
        yield text(question.reason, lead="Unrated.")
    elif question.standing is Standing.WAITING:
        yield text("Not rated yet.")
    elif question.reason:
        yield text(question.reason, SMALL)
    for n, turn in enumerate(question.said):
        if n:
            yield text(f"{turn.asked}", SUB, lead=f"Follow-up {n}.")
        yield text(turn.text or turn.trouble or "No answer.", BODY if turn.text else SMALL)
    yield from _feedback(question, rubric)
    for later in question.moved:
        yield _moved(later, rubric)


def _feedback(question: QuestionReport, rubric: Rubric) -> Iterator[Flowable]:
    if question.balance:
        yield KeepTogether(list(_balance(question.balance)))
    if question.delivery:
        yield text(delivery_in_words(question.delivery), SMALL, lead="Delivery.")
    if question.change:
        yield text(question.change.text, lead="Change this first.")
    for rating in question.ratings:
        name = f"{rubric.of(rating.criterion).name}: {rating.level or 'unrated'}."
        quotes = [text(f"“{span.quote}”", QUOTE) for span in rating.evidence[:2]]
        yield KeepTogether([text(rating.why, lead=name), *quotes])
    if question.own:
        given = "; ".join(f"{rubric.of(own.criterion).name} {own.level}" for own in question.own)
        yield text(f"{given}.", lead="You gave yourself:")
    for leak in question.leaks:
        yield text(f"“{leak.span.quote}”. {leak.message}", lead="Could identify a client:")
    found, missing = ([a.area for a in question.coverage if bool(a.covered_by) is there] for there in (True, False))
    if found:
        yield text("; ".join(found) + ".", lead="Found in this answer:")
    if missing:
        yield text("; ".join(missing) + ".", lead="Not found in this answer:")


def _moved(later: Moved, rubric: Rubric) -> Flowable:
    what = later.part.label if later.part else "The whole answer"
    levels = "; ".join(
        f"{rubric.of(c).name} {before or 'unrated'} → {after or 'unrated'}" for c, before, after in later.levels
    )
    return KeepTogether(
        [
            text(f"{what}, said again", SUB),
            text(later.before or "(not told)", QUOTE, lead="Before:"),
            text(later.after, QUOTE, lead="After:"),
            text(levels or "Not rated yet."),
        ]
    )


def _balance(shares: tuple[Share, ...]) -> Iterator[Flowable]:
    yield _Bar(shares)
    yield text(" · ".join(f"{one.part.label} {one.share:.0%}" for one in shares), SMALL)


class _Bar(Flowable):  # type: ignore[misc]  # reportlab has no types
    """How the words are spread over the parts."""

    def __init__(self, shares: tuple[Share, ...]) -> None:
        super().__init__()
        self._shares = shares
        self.width, self.height = WIDTH, 4 * mm

    def draw(self) -> None:
        """Stretch after stretch."""
        at = 0.0
        for one in self._shares:
            self.canv.setFillColor(HexColor(_PARTS[one.part]))
            self.canv.rect(at, 1 * mm, one.share * WIDTH, 2.5 * mm, stroke=0, fill=1)
            at += one.share * WIDTH


class _Scale(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A level on the scale from 1 to 5; empty where it is unrated."""

    def __init__(self, level: float | None) -> None:
        super().__init__()
        self._level = level
        self.width, self.height = 32 * mm, 3 * mm

    def draw(self) -> None:
        """Five boxes."""
        self.canv.setStrokeColor(BRAND if self._level else LINE)
        self.canv.setFillColor(BRAND)
        for n in LEVELS:
            full = self._level is not None and n <= self._level + 0.5
            self.canv.rect((n - 1) * 6.3 * mm, 0.5 * mm, 5.6 * mm, 2 * mm, stroke=1, fill=int(full))
