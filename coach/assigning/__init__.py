"""Interview guides and assignments: built from the bank, printed, handed on, given to students."""
