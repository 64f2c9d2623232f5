"""The report as PDF: A4, paginated, with an embedded font; nothing but Python wheels is needed."""

import functools
import io
from collections.abc import Iterator
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Table, TableStyle

from coach.domain.finding import Part
from coach.domain.interview_report import InterviewReport, Moved, QuestionReport, Share, Standing
from coach.domain.rubric import LEVELS, Rubric
from coach.errors import CoachError

_FONT = "Source Sans Pro"
_INK, _SOFT, _LINE, _BRAND = HexColor("#1f2a2e"), HexColor("#566168"), HexColor("#d9d4c8"), HexColor("#0f6b63")
_PARTS = {Part.SITUATION: "#2f5d8c", Part.OBSTACLE: "#8a4b12", Part.ACTION: "#0f6b63", Part.RESULT: "#6b3fa0", Part.OTHER: "#c9cdc9"}  # fmt: skip
_WIDTH = A4[0] - 40 * mm - 12  # points; a frame has 6 of padding on each side


def _style(size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        f"s{size}{more}", fontName=_FONT, fontSize=size, leading=size * 1.4, textColor=more.pop("color", _INK), **more
    )


_TITLE = _style(22, spaceAfter=4)
_HEAD = _style(14, spaceBefore=14, spaceAfter=6, keepWithNext=True)
_SUB = _style(11.5, spaceBefore=8, spaceAfter=3, keepWithNext=True)
_BODY = _style(10.5, spaceAfter=4)
_QUOTE = _style(10, leftIndent=10, color=_SOFT, spaceAfter=4)
_SMALL = _style(9, color=_SOFT, spaceAfter=3)


def pdf(report: InterviewReport, rubric: Rubric) -> bytes:
    """The file. Raises CoachError where the font is missing."""
    _fonts()
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=20 * mm,
        title=f"Mock interview, {report.at:%d %B %Y}",
        author="Practice Coach",
        invariant=True,
    )
    footer = functools.partial(_footer, f"Mock interview, {report.at:%d %B %Y}")
    document.build(list(_story(report, rubric)), onFirstPage=footer, onLaterPages=footer)
    return file.getvalue()


@functools.cache
def _fonts() -> None:
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise CoachError(
            "The package font-source-sans-pro is missing, which the PDF is set in. Install the product again."
        )
    files = Path(spec.origin).parent / "files"
    for name, file in ((_FONT, "Regular"), (f"{_FONT} Bold", "Semibold"), (f"{_FONT} Italic", "It")):
        registerFont(TTFont(name, files / f"SourceSansPro-{file}.ttf"))
    registerFontFamily(_FONT, normal=_FONT, bold=f"{_FONT} Bold", italic=f"{_FONT} Italic", boldItalic=f"{_FONT} Bold")


def _footer(words: str, canvas: Any, document: Any) -> None:
    canvas.setFont(_FONT, 8.5)
    canvas.setFillColor(_SOFT)
    canvas.drawString(20 * mm + 6, 11 * mm, f"Practice Coach · {words}")
    canvas.drawRightString(A4[0] - 20 * mm - 6, 11 * mm, f"{document.page}")


def _text(words: str, style: ParagraphStyle = _BODY, lead: str = "") -> Paragraph:
    body = escape(words).replace("\n", "<br/>")
    return Paragraph(f"<b>{escape(lead)}</b> {body}" if lead else body, style)


def _story(report: InterviewReport, rubric: Rubric) -> Iterator[Flowable]:
    yield _text("Your interview", _TITLE)
    how = (
        f"{report.at:%d %B %Y} · {report.set_up.place} · {report.set_up.mode} mode · {len(report.questions)} questions"
    )
    yield _text(how, _SMALL)
    if report.waiting:
        yield _text(f"{report.waiting} of the answers are not rated yet.")
    if report.lifts:
        yield _text("What would lift it most", _HEAD)
        for n, lift in enumerate(report.lifts, 1):
            about = [_text(f"“{lift.change.about.quote}”", _QUOTE)] if lift.change.about else []
            yield KeepTogether([_text(f"{lift.change.text} (question {lift.number})", lead=f"{n}."), *about])
    yield KeepTogether([_text("Where you stand", _HEAD), _means(report, rubric)])
    if report.balance:
        yield KeepTogether([_text("Your words, all answers together", _SUB), *_balance(report.balance)])
    for one in report.contradictions:
        yield KeepTogether(
            [
                _text("Two answers that do not fit together", _SUB),
                _text(f"{one.about[:1].upper()}{one.about[1:]} is told in two ways."),
                _text(f"Question {one.first_question}: “{one.first.quote}”", _QUOTE),
                _text(f"Question {one.second_question}: “{one.second.quote}”", _QUOTE),
            ]
        )
    for question in report.questions:
        yield from _question(question, rubric)


def _table(rows: list[list[Any]], widths: list[float]) -> Table:
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), _FONT, 10),
            ("TEXTCOLOR", (0, 0), (-1, -1), _INK),
            ("TEXTCOLOR", (0, 0), (-1, 0), _SOFT),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
        ]
    )
    return Table(rows, colWidths=widths, style=style, hAlign="LEFT")


def _means(report: InterviewReport, rubric: Rubric) -> Table:
    rows: list[list[Any]] = [["", "Mean level", "", "Answers", "Before", "Your own"]]
    for one in report.means:
        level = "unrated" if one.level is None else f"{one.level:.1f}"
        before = ", ".join(f"{m:.1f}" for m in one.earlier) or "–"
        own = "–" if one.own is None else f"{one.own:.1f}"
        rows.append([rubric.of(one.criterion).name, level, _Scale(one.level), str(one.answers), before, own])
    return _table(rows, [46 * mm, 22 * mm, 36 * mm, 18 * mm, 28 * mm, 20 * mm])


def _question(question: QuestionReport, rubric: Rubric) -> Iterator[Flowable]:
    yield _text(question.question, _HEAD, lead=f"{question.number}.")
    if question.standing is Standing.UNRATED:
        yield _text(question.reason, lead="Unrated.")
    elif question.standing is Standing.WAITING:
        yield _text("Not rated yet.")
    elif question.reason:
        yield _text(question.reason, _SMALL)
    for n, turn in enumerate(question.said):
        if n:
            yield _text(f"{turn.asked}", _SUB, lead=f"Follow-up {n}.")
        yield _text(turn.text or turn.trouble or "No answer.", _BODY if turn.text else _SMALL)
    yield from _feedback(question, rubric)
    for later in question.moved:
        yield _moved(later, rubric)


def _feedback(question: QuestionReport, rubric: Rubric) -> Iterator[Flowable]:
    if question.balance:
        yield KeepTogether(list(_balance(question.balance)))
    if question.change:
        yield _text(question.change.text, lead="Change this first.")
    for rating in question.ratings:
        name = f"{rubric.of(rating.criterion).name}: {rating.level or 'unrated'}."
        quotes = [_text(f"“{span.quote}”", _QUOTE) for span in rating.evidence[:2]]
        yield KeepTogether([_text(rating.why, lead=name), *quotes])
    for leak in question.leaks:
        yield _text(f"“{leak.span.quote}”. {leak.message}", lead="Could identify a client:")
    missing = [area.area for area in question.coverage if area.covered_by is None]
    if missing:
        yield _text("; ".join(missing) + ".", lead="Not found in this answer:")


def _moved(later: Moved, rubric: Rubric) -> Flowable:
    what = later.part.label if later.part else "The whole answer"
    levels = "; ".join(
        f"{rubric.of(c).name} {before or 'unrated'} → {after or 'unrated'}" for c, before, after in later.levels
    )
    return KeepTogether(
        [
            _text(f"{what}, said again", _SUB),
            _text(later.before or "(not told)", _QUOTE, lead="Before:"),
            _text(later.after, _QUOTE, lead="After:"),
            _text(levels or "Not rated yet."),
        ]
    )


def _balance(shares: tuple[Share, ...]) -> Iterator[Flowable]:
    yield _Bar(shares)
    yield _text(" · ".join(f"{one.part.label} {one.share:.0%}" for one in shares), _SMALL)


class _Bar(Flowable):  # type: ignore[misc]  # reportlab has no types
    """How the words are spread over the parts."""

    def __init__(self, shares: tuple[Share, ...]) -> None:
        super().__init__()
        self._shares = shares
        self.width, self.height = _WIDTH, 4 * mm

    def draw(self) -> None:
        """Stretch after stretch."""
        at = 0.0
        for one in self._shares:
            self.canv.setFillColor(HexColor(_PARTS[one.part]))
            self.canv.rect(at, 1 * mm, one.share * _WIDTH, 2.5 * mm, stroke=0, fill=1)
            at += one.share * _WIDTH


class _Scale(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A level on the scale from 1 to 5; empty where it is unrated."""

    def __init__(self, level: float | None) -> None:
        super().__init__()
        self._level = level
        self.width, self.height = 32 * mm, 3 * mm

    def draw(self) -> None:
        """Five boxes."""
        self.canv.setStrokeColor(_BRAND if self._level else _LINE)
        self.canv.setFillColor(_BRAND)
        for n in LEVELS:
            full = self._level is not None and n <= self._level + 0.5
            self.canv.rect((n - 1) * 6.3 * mm, 0.5 * mm, 5.6 * mm, 2 * mm, stroke=1, fill=int(full))
