"""Evidence: a stretch of an answer, quoted."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from coach.domain.value import Value


class Span(Value):
    """A stretch of an answer's text, in characters, with the words that stand there.

    ``start`` is inclusive, ``end`` exclusive. Made with `Span.of`, so a quote that is not in the text cannot come about.
    """

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"span {self.start}-{self.end} does not fit a quote of {len(self.quote)} characters")
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of ``text`` from ``start`` to ``end``. Raises ValueError where that is empty or outside the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}-{end} lies outside a text of {len(text)} characters")
        return cls(start=start, end=end, quote=text[start:end])

    def stands_in(self, text: str) -> bool:
        """Whether the quote stands in ``text`` at this very place."""
        return text[self.start : self.end] == self.quote


def with_words(text: str, replacements: Iterable[tuple[Span, str]]) -> str:
    """``text`` with other words in the place of spans. Of two spans that overlap only the first is replaced.

    Raises ValueError where a span is not from this text.
    """
    pieces: list[str] = []
    done = 0
    for span, words in sorted(replacements, key=lambda one: (one[0].start, -one[0].end)):
        if not span.stands_in(text):
            raise ValueError(f"a span at {span.start}-{span.end} is not from this text")
        if span.start >= done:
            pieces += [text[done : span.start], words]
            done = span.end
    return "".join([*pieces, text[done:]])
