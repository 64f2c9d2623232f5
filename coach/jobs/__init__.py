"""Durable work: an answer once handed in is rated, whatever dies in between."""

from coach.jobs.runner import Kind, Runner

__all__ = ["Kind", "Runner"]
