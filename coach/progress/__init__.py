"""Numbers about progress, from stored attempts. Unrated criteria are left out, never counted as low."""

from coach.progress.cohort import CohortView, Line, cohort_view
from coach.progress.course import Band, Note, banded, notes
from coach.progress.look_first import REASONS, Because, Followed, Listed, Reason, reasons_for, waiting_for
from coach.progress.standing import Standing, Sureness, Trend, margin, standing_of
from coach.progress.trends import (
    LAST,
    Current,
    Series,
    competency_series,
    criterion_series,
    current_levels,
    overall_series,
)

__all__ = [
    "LAST",
    "REASONS",
    "Band",
    "Because",
    "CohortView",
    "Current",
    "Followed",
    "Line",
    "Listed",
    "Note",
    "Reason",
    "Series",
    "Standing",
    "Sureness",
    "Trend",
    "banded",
    "cohort_view",
    "competency_series",
    "criterion_series",
    "current_levels",
    "margin",
    "notes",
    "overall_series",
    "reasons_for",
    "standing_of",
    "waiting_for",
]
