"""A guide on paper: a page a question with its areas, follow-ups and lines to write on, and a sheet to rate on."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Table, TableStyle

from coach.domain.guide import Guide, in_minutes
from coach.domain.interview import Asked
from coach.domain.question import Question
from coach.domain.rubric import LEVELS, Anchors, Rubric
from coach.paper import BODY, HEAD, INK, LINE, QUOTE, SMALL, SOFT, SUB, TITLE, WIDTH, printed, text

_LINE_MM = 8.5  # between lines one writes on
_FEWEST = 5  # lines; where fewer fit, they go to the next page
_BOX_MM = 5.0

Held = Sequence[tuple[Asked, Question]]


def guide_sheet(guide: Guide, questions: Held, rubric: Rubric, at: datetime) -> bytes:
    """The file. Raises CoachError where the font is missing."""
    return printed(_story(guide, questions, rubric, at), guide.called)


def _story(guide: Guide, questions: Held, rubric: Rubric, at: datetime) -> Iterator[Flowable]:
    anchors = [one for one in rubric.anchors if one.criterion in guide.criteria]
    yield from _cover(guide, questions, at)
    for number, (asked, question) in enumerate(questions, 1):
        yield PageBreak()
        yield from _question(number, asked, question, guide, anchors)
    if anchors:
        yield PageBreak()
        yield from _rating_sheet(questions, anchors)


def _cover(guide: Guide, questions: Held, at: datetime) -> Iterator[Flowable]:
    yield text(guide.called, TITLE)
    time = f"up to {guide.minutes} minutes and follow-ups" if guide.minutes else "no limit of time"
    count = f"{len(questions)} question{'' if len(questions) == 1 else 's'}"
    yield text(" · ".join(filter(None, (guide.place, count, time, f"printed {at:%d %B %Y}"))), SMALL)
    yield _blanks("Candidate", "Interviewer", "Date")
    if guide.competencies:
        yield text(", ".join(one.label for one in guide.competencies) + ".", lead="What it is to show:")
    if guide.opening.strip():
        yield KeepTogether([text("To begin with", HEAD), text(guide.opening.strip())])
    yield text("Questions", HEAD)
    for number, (asked, question) in enumerate(questions, 1):
        yield text(f"{question.text} ({_limit(asked, question, guide)})", lead=f"{number}.")
    if guide.closing.strip():
        yield KeepTogether([text("At the end", HEAD), text(guide.closing.strip())])


def _question(
    number: int, asked: Asked, question: Question, guide: Guide, anchors: Sequence[Anchors]
) -> Iterator[Flowable]:
    yield text(question.text, HEAD, lead=f"{number}.")
    shows = ", ".join(one.label for one in question.competencies)
    yield text(" · ".join(filter(None, (_limit(asked, question, guide), shows))), SMALL)
    if asked.note.strip():
        yield text(asked.note.strip(), QUOTE, lead="Note:")
    if question.areas:
        yield KeepTogether([text("Tick what the answer covers", SUB), *(_Tick(area.text) for area in question.areas)])
    if probes := asked.probes or question.probes:
        yield KeepTogether([text("Follow-ups", SUB), *(_Tick(probe) for probe in probes)])
    if anchors:
        yield _levels(anchors)
    yield _Lines("Notes: what was said, in the candidate’s words")


def _limit(asked: Asked, question: Question, guide: Guide) -> str:
    seconds = asked.limit_s or guide.limit_s
    return f"up to {in_minutes(seconds)}" if seconds else f"usually {in_minutes(question.time_limit_s)}"


def _levels(anchors: Sequence[Anchors]) -> Flowable:
    """A row of boxes for each criterion, to ring a level in while one listens."""
    rows = [[text(one.name, SMALL), *map(str, LEVELS), "unrated"] for one in anchors]
    style = TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), BODY.fontName),
            ("FONTSIZE", (0, 0), (-1, -1), 9.5),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("ALIGN", (1, 0), (-1, -1), "CENTER"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("BOX", (1, 0), (-1, -1), 0.5, SOFT),
            ("INNERGRID", (1, 0), (-1, -1), 0.5, LINE),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    widths = [58 * mm, *[12 * mm] * len(LEVELS), 20 * mm]
    return KeepTogether([text("Your rating", SUB), Table(rows, colWidths=widths, style=style, hAlign="LEFT")])


def _rating_sheet(questions: Held, anchors: Sequence[Anchors]) -> Iterator[Flowable]:
    yield text("Rating sheet", TITLE)
    yield text(
        "Rate each answer by itself, against the words below and not against other candidates. "
        "Where too little was said, write U for unrated: it is no low level.",
        SMALL,
    )
    head = [text("Question", SMALL), *(text(one.name, SMALL) for one in anchors)]
    rows = [
        [text(f"{n}. {_short(question.text)}", SMALL), *[""] * len(anchors)]
        for n, (_, question) in enumerate(questions, 1)
    ]
    grid = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, LINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    each = min(30 * mm, (WIDTH - 50 * mm) / len(anchors))
    yield Table(
        [head, *rows], colWidths=[WIDTH - each * len(anchors), *[each] * len(anchors)], style=grid, repeatRows=1
    )
    for one in anchors:
        levels = [text(one.levels[level], BODY, lead=f"{level}.") for level in LEVELS]
        none = [text(one.not_applicable, SMALL)] if one.not_applicable else []
        yield KeepTogether([text(one.name, HEAD), text(one.asks, SMALL), *levels, *none])
    yield _Lines("As a whole: what speaks for this candidate, and what is still open")


def _short(words: str, limit: int = 90) -> str:
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"


def _blanks(*labels: str) -> Flowable:
    rows = [[text(label, SMALL), ""] for label in labels]
    style = TableStyle(
        [
            ("LINEBELOW", (1, 0), (1, -1), 0.5, SOFT),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
        ]
    )
    return Table(rows, colWidths=[28 * mm, 100 * mm], style=style, hAlign="LEFT", spaceAfter=8)


class _Tick(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A box to tick, and words beside it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = text(words, BODY)
        self._indent = (_BOX_MM + 2.5) * mm

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as its words."""
        _, self.height = self._words.wrap(width - self._indent, height)
        self.width = width
        return width, self.height + BODY.spaceAfter

    def draw(self) -> None:
        """The box stands on the first line."""
        self.canv.setStrokeColor(SOFT)
        top = self.height + BODY.spaceAfter
        self.canv.rect(0, top - _BOX_MM * mm + 1, 3.6 * mm, 3.6 * mm, stroke=1, fill=0)
        self._words.drawOn(self.canv, self._indent, BODY.spaceAfter)


class _Lines(Flowable):  # type: ignore[misc]
    """Lines to write on under a heading, down to the end of the page; where that is near, on the next."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = text(heading, SUB)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All there is, unless that is too little."""
        _, above = self._heading.wrap(width, height)
        self._above = above + SUB.spaceBefore
        rows = max(_FEWEST, int((height - self._above - 2) // (_LINE_MM * mm)))
        self.width, self.height = width, self._above + rows * _LINE_MM * mm
        return self.width, self.height

    def draw(self) -> None:
        """From the top."""
        self._heading.drawOn(self.canv, 0, self.height - self._above)
        self.canv.setStrokeColor(SOFT)
        self.canv.setLineWidth(0.3)
        y = self.height - self._above - _LINE_MM * mm
        while y > -1:
            self.canv.line(0, y, self.width, y)
            y -= _LINE_MM * mm
