"""A whole draft that keeps the rules, and authoring over a database of the test's own."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from coach.bank import Bank, load_bank
from coach.bank.authoring import Authoring
from coach.bank.shelf import Shelf
from coach.domain.authored import Draft, DraftArea
from coach.resources import question_bank
from coach.store import Database, QuestionStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PACKS: Bank = load_bank(question_bank())
WHOLE = Draft(
    text="A ferry was late, and three clients missed their hearing. What did you do in the next hour?",
    competencies=("crisis", "organisation"),
    settings=("community",),
    areas=tuple(DraftArea(text=f"Thing {n}", examples=(f"I did thing {n}.",)) for n in range(1, 6)),
    probes=("Who rang first?", "What did the court want?", "What came of it?"),
    weak="Waits.",
    good="Rings the court.",
    excellent="Rings the court, and every client hears from her within the hour.",
    model_answer="I rang the clerk and she gave us a new time. " * 16,
)


def unlike(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of texts none of which is like another."""
    rows = np.zeros((len(texts), 4_000), dtype=np.float32)
    for row, text in enumerate(texts):
        rows[row, hash(text) % 4_000] = 1.0
    return rows


def authoring(database: Database) -> Authoring:
    store = QuestionStore(database)
    return Authoring(store, Shelf(PACKS, store), unlike, lambda: NOON)
