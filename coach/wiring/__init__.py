"""Chooses the parts and puts them together. The only place that knows which class stands behind which Protocol."""

from coach.wiring.behind import open_database
from coach.wiring.judge import build_door, build_judge, examine_judge, measurements, models_of
from coach.wiring.services import LOCAL_CANDIDATE, Services, build, build_scorer
from coach.wiring.speech import Speech

__all__ = [
    "LOCAL_CANDIDATE",
    "Services",
    "Speech",
    "build",
    "build_door",
    "build_judge",
    "build_scorer",
    "examine_judge",
    "measurements",
    "models_of",
    "open_database",
]
