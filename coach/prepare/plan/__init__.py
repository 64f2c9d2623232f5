"""What to practise next, the week up to an interview, and the checklist before it."""
