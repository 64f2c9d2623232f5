"""Learned heads: what each sentence does and shows, read off its meaning, its cues and its neighbours.

Trained by ``coach train`` on the answers in ``training/``; the weights travel with the code. See docs/model-card.md.
"""

from coach.checks.heads.labels import PARTS, TAGS, Tag
from coach.checks.heads.model import Heads, Reading, load

__all__ = ["PARTS", "TAGS", "Heads", "Reading", "Tag", "load"]
