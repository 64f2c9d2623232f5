"""Numbers about progress, from stored attempts. Unrated criteria are left out, never counted as low."""

from coach.progress.trends import LAST, Current, Series, competency_series, criterion_series, current_levels

__all__ = ["LAST", "Current", "Series", "competency_series", "criterion_series", "current_levels"]
