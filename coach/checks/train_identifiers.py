"""Trains the heads that tell whose a name is and whether details single somebody out.

From the labelled answers, and from short contexts written for it. The same data give the same weights.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from coach.checks.identifiers import ALL, Identifier, QuasiBundle, bundles, identifiers
from coach.checks.identifiers.document import Document, read
from coach.checks.identifiers.head import WEIGHTS, Head, save
from coach.checks.identifiers.people import People
from coach.checks.identifiers.quasi import described
from coach.checks.identifiers.whose import names
from coach.checks.training import LabelledAnswer, labelled_bundles, labelled_names
from coach.domain.rubric import Criterion

_STRENGTH = {"names": 6.0, "quasi": 1.0}  # inverse regularisation, chosen by cross-validation grouped by answer
_DECIMALS = 4
_NAMED = 2  # the level of confidentiality up to which the labelled words name a client

Found = tuple[tuple[Identifier, ...], tuple[QuasiBundle, ...]]


@dataclass(frozen=True)
class Rows:
    """What one text shows a head: a row of features for each case, and whether it is what the head looks for."""

    features: tuple[NDArray[np.float32], ...] = ()
    sought: tuple[bool, ...] = ()


@dataclass(frozen=True)
class IdentifierHeads:
    """Both heads."""

    names: Head
    quasi: Head

    def find(self, doc: Document) -> Found:
        """What these heads find in a text."""
        recognisers = tuple(People(self.names) if isinstance(r, People) else r for r in ALL)
        return identifiers(doc, recognisers), bundles(doc, self.quasi)


def train_identifiers(
    answers: Sequence[LabelledAnswer], fold: NDArray[np.int64], path: Path = WEIGHTS, every: int = 1
) -> list[Found]:
    """Write the weights to ``path``; return what is found in each answer by heads that never saw it.

    ``every`` n-th of the short contexts is learned from.
    """
    docs = [read(a.text) for a in answers]  # kept, so that each is read once
    named, contexts = [_name_rows(a, doc) for a, doc in zip(answers, docs, strict=True)], _context_rows(every)
    told, short = [_bundles_in(doc, a.leaks) for a, doc in zip(answers, docs, strict=True)], _bundle_rows(every)
    found: dict[int, Found] = {}
    for held in sorted(set(fold.tolist())):
        seen = [i for i in range(len(answers)) if fold[i] != held]
        heads = IdentifierHeads(
            _fit("names", [*(named[i] for i in seen), *contexts]), _fit("quasi", [*(told[i] for i in seen), *short])
        )
        for i in map(int, np.flatnonzero(fold == held)):
            found[i] = heads.find(docs[i])
    save({"names": _fit("names", [*named, *contexts]), "quasi": _fit("quasi", [*told, *short])}, path)
    return [found[i] for i in range(len(answers))]


def _name_rows(answer: LabelledAnswer, doc: Document) -> Rows:
    """The names of an answer. None is a client's where its labelled words single somebody out without a name."""
    named = answer.ratings[Criterion.CONFIDENTIALITY] <= _NAMED
    return _names_in(doc, answer.leaks if named else ())


def _context_rows(every: int) -> list[Rows]:
    return [_names_in(read(context.text), context.clients) for context in labelled_names()[::every]]


def _names_in(doc: Document, clients: Sequence[str]) -> Rows:
    found = names(doc)
    return Rows(
        tuple(named.features for named in found),
        tuple(any(_overlaps(m.start, m.end, doc, clients) for m in named.mentions) for named in found),
    )


def _bundle_rows(every: int) -> list[Rows]:
    short = labelled_bundles()[::every]
    return [_bundles_in(read(one.text), (one.text,) if one.singled_out else ()) for one in short]


def _bundles_in(doc: Document, labelled: Sequence[str]) -> Rows:
    groups = described(doc)
    spans = [(min(d.span.start for d in group), max(d.span.end for d in group)) for group, _ in groups]
    return Rows(
        tuple(shown for _, shown in groups),
        tuple(_overlaps(start, end, doc, labelled) for start, end in spans),
    )


def _overlaps(start: int, end: int, doc: Document, labelled: Sequence[str]) -> bool:
    """Whether the stretch shares characters with any of the labelled words, wherever they stand."""
    places = (match.span() for words in labelled for match in re.finditer(re.escape(words), doc.original))
    return any(start < last and first < end for first, last in places)


def _fit(head: str, rows: Sequence[Rows]) -> Head:
    model = LogisticRegression(C=_STRENGTH[head], max_iter=3000, class_weight="balanced").fit(
        np.array([row for one in rows for row in one.features]), np.array([s for one in rows for s in one.sought])
    )
    return Head(
        weights=np.round(model.coef_[0], _DECIMALS).astype(np.float32),
        bias=np.round(model.intercept_, _DECIMALS).astype(np.float32),
    )
