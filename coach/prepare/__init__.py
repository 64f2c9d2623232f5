"""Getting ready for an interview: what to practise next, and what to have done before it."""
