"""The story bank: stories built part by part, told aloud, and matched to the questions they answer."""

from coach.prepare.stories.stories import Stories

__all__ = ["Stories"]
