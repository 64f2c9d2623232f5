"""Durable work: an answer once handed in is rated, whatever dies in between."""

from coach.jobs.behind import Behind
from coach.jobs.kind import Kind
from coach.jobs.runner import Runner

__all__ = ["Behind", "Kind", "Runner"]
