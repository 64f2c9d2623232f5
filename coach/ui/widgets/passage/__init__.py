"""An answer to read, to hear from any sentence, and to choose a place in: a sentence, or some of its words."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.ui.widgets.component import component

_WORD = re.compile(r"\S+")
_passage = component(Path(__file__).parent)


class Mark(NamedTuple):
    """A place that is marked: with a number where there is a comment on it, else as evidence of a rating."""

    span: Span
    number: int | None = None


def passage(
    text: str,
    marks: Iterable[Mark],
    chosen: Span | None,
    *,
    source: str = "",
    starts: Sequence[float] = (),
    key: str,
    on_chosen: Callable[[], None],
) -> None:
    """Draw it. ``starts`` holds the second each sentence begins at in the recording at ``source``, where there is one.

    The result's ``chosen`` is ``{"start", "end"}``, in characters of the text.
    """
    _passage(
        key=key,
        data={
            "source": source,
            "sentences": [
                {
                    "words": [
                        [one.group(), span.start + one.start(), span.start + one.end()]
                        for one in _WORD.finditer(span.quote)
                    ],
                    "at": starts[n] if source and n < len(starts) else None,
                    "paragraph": "\n" in text[before.end : span.start] if before else False,
                }
                for n, (before, span) in enumerate(_with_one_before(sentences(text)))
            ],
            "marks": [[mark.span.start, mark.span.end, mark.number] for mark in marks],
            "chosen": [chosen.start, chosen.end] if chosen else None,
        },
        on_chosen_change=on_chosen,
    )


def _with_one_before(spans: Sequence[Span]) -> Iterable[tuple[Span | None, Span]]:
    return zip((None, *spans), spans, strict=False)
