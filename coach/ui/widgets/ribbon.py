"""The SOAR ribbon: the answer as it was given, sentence by sentence, with what each part tells and what was flagged in it."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from coach.domain.feedback import Coverage, Feedback, PartSpan
from coach.domain.finding import Finding, Part, Severity
from coach.ui.widgets.html import draw, shortened, text

_CSS = {Part.SITUATION: "s", Part.OBSTACLE: "o", Part.ACTION: "a", Part.RESULT: "r", Part.OTHER: "x"}
_LETTER = {Part.SITUATION: "S", Part.OBSTACLE: "O", Part.ACTION: "A", Part.RESULT: "R", Part.OTHER: "–"}

Numbered = tuple[int, Finding]


def ribbon(answer: str, feedback: Feedback) -> None:
    """The answer with its parts, the balance between them, and numbered notes on flagged words."""
    flagged = [f for f in feedback.findings if f.severity in (Severity.LEAK, Severity.WARN)]
    numbered = sorted(enumerate(flagged, 1), key=lambda one: (one[1].span.start, -one[1].span.end))
    body = "".join(
        _block(answer, list(group), part, numbered) for part, group in groupby(feedback.parts, key=lambda p: p.part)
    )
    notes = "".join(f"<li>{_note(finding)}</li>" for finding in flagged)
    draw(
        _balance(feedback.parts)
        + (body or f"<p>{text(answer)}</p>")
        + (f'<h3 class="notes">Flagged in this answer</h3><ol class="notes">{notes}</ol>' if notes else "")
    )


def _balance(parts: tuple[PartSpan, ...]) -> str:
    return balance_bar({part: sum(len(p.span.quote.split()) for p in parts if p.part is part) for part in Part})


def balance_bar(words: Mapping[Part, float]) -> str:
    """How much of what was said tells each part, as a bar with its legend; ``words`` in any unit."""
    total = sum(words.values())
    if not total:
        return ""
    bars = "".join(f'<i class="bg-{_CSS[p]}" style="flex:{n}"></i>' for p, n in words.items() if n)
    legend = "".join(
        f'<li class="{"" if n else "absent"}"><b class="bg-{_CSS[p]}">{_LETTER[p]}</b>{p.label} '
        f"{f'{100 * n / total:.0f} %' if n else 'not found'}</li>"
        for p, n in words.items()
        if n or p is not Part.OTHER
    )
    return f'<div class="balance" aria-hidden="true">{bars}</div><ul class="legend">{legend}</ul>'


def _block(answer: str, spans: list[PartSpan], part: Part, numbered: Sequence[Numbered]) -> str:
    start, end = spans[0].span.start, spans[-1].span.end
    return (
        f'<div class="part"><span class="name {_CSS[part]}">{part.label}</span>'
        f"<p>{marked(answer, start, end, numbered)}</p></div>"
    )


def marked(answer: str, start: int, end: int, numbered: Sequence[Numbered]) -> str:
    """The answer from start to end as HTML, with what is flagged in it marked and numbered: a name within a sentence that is flagged, too.

    ``numbered`` are the findings in the order in which they begin, of two that begin together the longer one first.
    """
    out, at = [], start
    for i, (number, finding) in enumerate(numbered):
        first, last = max(finding.span.start, at), min(finding.span.end, end)
        if first >= last:
            continue
        css = "leak" if finding.severity is Severity.LEAK else "warn"
        within = marked(answer, first, last, numbered[i + 1 :])
        out += [text(answer[at:first]), f'<mark class="{css}">{within}<sup>{number}</sup></mark>']
        at = last
    return "".join([*out, text(answer[at:end])])


def _note(finding: Finding) -> str:
    instead = f" Say instead: “{text(finding.suggestion)}”." if finding.suggestion else ""
    return f"<b>{text(shortened(finding.span.quote, 60))}</b>: {text(finding.message)}{instead}"


def areas(coverage: tuple[Coverage, ...]) -> None:
    """What the question looks for, and where the answer seems to speak of it."""
    rows = "".join(
        f'<li><span aria-hidden="true">{"✓" if area.covered_by else "○"}</span><span>{text(area.area)}'
        + (
            f"<q>{text(shortened(area.covered_by.quote))}</q>"
            if area.covered_by
            else '<q style="quotes:none">Not found in this answer</q>'
        )
        + "</span></li>"
        for area in coverage
    )
    draw(f'<ul class="areas">{rows}</ul>')
