"""An answer made ready for the checks: cut, embedded and read once, so that no check does it again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from coach.checks.doubt import aside, orders, suspected
from coach.checks.embeddings import Matrix, encoder
from coach.checks.fluent import fluent
from coach.checks.heads import Heads, Reading, Tag
from coach.checks.identifiers import THRESHOLD, Identifier, QuasiBundle, find_identifiers, find_quasi
from coach.checks.levels import Signals, level_of
from coach.checks.to_scorer import addressed
from coach.domain.finding import Part
from coach.domain.question import Question
from coach.domain.rubric import Criterion
from coach.domain.sentences import sentences
from coach.domain.span import Span

_CAPTION = re.compile(r"\b(subtitles? by|captions? by|thanks? for watching|subscribe|amara\.org)\b", re.IGNORECASE)
_BACKCHANNEL = re.compile(
    r"^(mm-?hmm|uh-?huh|right|okay|great|that's great|go on|and what happened|interesting)[.!?,]*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Prepared:
    """An answer with everything the checks look at.

    ``spans`` are its sentences; ``counted`` the places in ``spans`` of those that count: repeated ones, caption junk, other speakers'
    interjections and what is addressed to whoever rates are left out, neither credited nor punished. ``plain`` holds each counted one
    without hesitations, and ``vectors`` and ``reading`` have a row for each.
    """

    text: str
    question: Question
    spans: tuple[Span, ...]
    counted: tuple[int, ...]
    plain: tuple[str, ...]
    vectors: Matrix
    reading: Reading
    identifiers: tuple[Identifier, ...]
    bundles: tuple[QuasiBundle, ...]

    @classmethod
    def of(cls, text: str, question: Question, heads: Heads, own_names: Sequence[str] = ()) -> "Prepared":
        """Prepare a text with at least one sentence that counts."""
        spans = sentences(text)
        counted = _counted([span.quote for span in spans])
        plain = tuple(fluent(spans[i].quote) for i in counted)
        vectors = encoder().encode(plain)
        return cls(
            text=text,
            question=question,
            spans=spans,
            counted=counted,
            plain=plain,
            vectors=vectors,
            reading=heads.read(plain, vectors),
            identifiers=find_identifiers(text, own_names),
            bundles=find_quasi(text),
        )

    @cached_property
    def addressed(self) -> tuple[Span, ...]:
        """The sentences addressed to whoever rates."""
        return tuple(self.spans[row] for row in sorted(addressed([span.quote for span in self.spans])))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences that count: one behind each row of ``reading``."""
        return tuple(self.spans[place] for place in self.counted)

    def sentence(self, row: int) -> Span:
        """The sentence behind a row of ``reading``."""
        return self.sentences[row]

    def showing(self, tag: Tag) -> list[Span]:
        """The sentences that show a tag, the surest first."""
        return self._surest(self.reading.tag(tag), self.reading.threshold(tag))

    def nearest(self, tag: Tag) -> list[Span]:
        """The sentence that comes nearest to showing a tag, even if it is not sure to."""
        return self._surest(self.reading.tag(tag), 0.0)[:1]

    def telling(self, part: str) -> list[Span]:
        """The sentences that tell a part, the surest first."""
        mine = np.array([label == part for label in self.reading.labels])
        return self._surest(np.where(mine, self.reading.part(part), -1.0), 0.0)

    def _surest(self, probabilities: Matrix, at_least: float) -> list[Span]:
        order = np.argsort(-probabilities, kind="stable")
        return [self.sentence(int(row)) for row in order if probabilities[row] >= at_least]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The part each of ``spans`` tells."""
        labels = dict(zip(self.counted, self.reading.labels, strict=True))
        return tuple(
            Part(label) if (label := labels.get(i, "X")) in "SOAR" else Part.OTHER for i in range(len(self.spans))
        )

    @cached_property
    def leaks(self) -> tuple[Identifier, ...]:
        """Direct identifiers of clients."""
        return tuple(one for one in self.identifiers if one.direct)

    @cached_property
    def signals(self) -> Signals:
        """What the level models see."""
        return signals_of(self.reading, self.plain, self.identifiers, self.bundles)

    @cached_property
    def levels(self) -> dict[Criterion, int]:
        """The level each criterion has by the level models: no more than without the sentences that may speak to whoever rates.

        What only stands aside from the story is told by no part, and lifts little. Lowering for it, too, took the agreement to the level on SOAR
        from 80 % to 73 % (`bench.validity`, validation).
        """
        levels = {criterion: level_of(criterion, self.signals) for criterion in Criterion}
        kept = np.delete(np.arange(len(self.counted)), self.suspected)
        if not 0 < len(kept) < len(self.counted):
            return levels
        without = replace(self.signals, reading=self.reading.only(kept), words=self.signals.words[kept])
        return {criterion: min(level, level_of(criterion, without)) for criterion, level in levels.items()}

    @cached_property
    def suspected(self) -> tuple[int, ...]:
        """The rows of sentences that may speak to whoever rates."""
        return suspected(self.sentences, orders(self.text, self.sentences), self.reading)

    @cached_property
    def _unshown(self) -> list[int]:
        return sorted({*self.suspected, *aside(self.text, self.sentences, self.reading)})

    @cached_property
    def unshown(self) -> tuple[Span, ...]:
        """The sentences no judge is shown: those that speak or may speak to whoever rates, and those that stand aside from the story."""
        return (*self.addressed, *(self.sentence(row) for row in self._unshown))


def signals_of(
    reading: Reading, plain: Sequence[str], identifiers: Sequence[Identifier], bundles: Sequence[QuasiBundle]
) -> Signals:
    """Joins what the heads read in sentences with what the recognisers found in the whole."""
    return Signals(
        reading=reading,
        words=np.array([len(sentence.split()) for sentence in plain], dtype=np.float32),
        identifiers=len({one.span.quote.casefold() for one in identifiers if one.direct}),
        bundle=max((bundle.weight / THRESHOLD for bundle in bundles), default=0.0),
        narrow=sum(one.narrows for one in identifiers),
    )


def _counted(quotes: Sequence[str]) -> tuple[int, ...]:
    seen: set[str] = set()
    rows = []
    to_scorer = addressed(quotes)
    for i, quote in enumerate(quotes):
        plain = " ".join(re.findall(r"\w+", quote.casefold()))
        if (
            plain
            and plain not in seen
            and i not in to_scorer
            and not _CAPTION.search(quote)
            and not _BACKCHANNEL.match(quote.strip())
        ):
            rows.append(i)
        seen.add(plain)
    return tuple(rows)
