"""What all printed pages share: A4, an embedded font, styles, a footer, a table. Nothing but Python wheels is needed."""

import functools
import io
from collections.abc import Iterable
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
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from coach.errors import CoachError

_FONT = "Source Sans Pro"
INK, SOFT, LINE, BRAND = HexColor("#1f2a2e"), HexColor("#566168"), HexColor("#d9d4c8"), HexColor("#0f6b63")
WIDTH = A4[0] - 40 * mm - 12  # points; a frame has 6 of padding on each side


def _style(size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        f"s{size}{more}", fontName=_FONT, fontSize=size, leading=size * 1.4, textColor=more.pop("color", INK), **more
    )


TITLE = _style(22, spaceAfter=4)
HEAD = _style(14, spaceBefore=14, spaceAfter=6, keepWithNext=True)
SUB = _style(11.5, spaceBefore=8, spaceAfter=3, keepWithNext=True)
BODY = _style(10.5, spaceAfter=4)
QUOTE = _style(10, leftIndent=10, color=SOFT, spaceAfter=4)
SMALL = _style(9, color=SOFT, spaceAfter=3)


def printed(story: Iterable[Flowable], title: str) -> bytes:
    """A PDF of these pieces; the title stands in every footer. Raises CoachError where the font is missing."""
    _fonts()
    file = io.BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=20 * mm,
        title=title,
        author="Practice Coach",
        invariant=True,
    )
    footer = functools.partial(_footer, title)
    document.build(list(story), onFirstPage=footer, onLaterPages=footer)
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
    canvas.setFillColor(SOFT)
    canvas.drawString(20 * mm + 6, 11 * mm, f"Practice Coach · {words}")
    canvas.drawRightString(A4[0] - 20 * mm - 6, 11 * mm, f"{document.page}")


def text(words: str, style: ParagraphStyle = BODY, lead: str = "") -> Paragraph:
    """A paragraph, with a lead in bold."""
    body = escape(words).replace("\n", "<br/>")
    return Paragraph(f"<b>{escape(lead)}</b> {body}" if lead else body, style)


def table(rows: list[list[Any]], widths: list[float]) -> Table:
    """A table with a line below each row, the first row quieter. Widths in points."""
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), _FONT, 10),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("TEXTCOLOR", (0, 0), (-1, 0), SOFT),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
        ]
    )
    return Table(rows, colWidths=widths, style=style, hAlign="LEFT")
