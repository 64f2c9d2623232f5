"""Timed interviews: a record that nothing can lose, the questions and probes that are asked, and the report at the end."""
