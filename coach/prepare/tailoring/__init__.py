"""Tailoring practice to one job: its description read, the bank matched to it, the employer researched, questions to ask back."""
