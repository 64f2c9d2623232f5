"""Preparation: what a candidate practises and gathers before an interview."""
