"""Preparing for an interview: what one does before the clock runs."""
