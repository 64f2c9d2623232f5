"""How well stories find their questions: each model answer of the bank as a story, against all questions about past events.

Usage: python -m bench.stories (about a minute)
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from coach.bank import load_bank
from coach.domain.question import Question
from coach.domain.story import Story, StoryText
from coach.prepare.stories.likeness import FITS, Likeness
from coach.resources import question_bank


def story_of(question: Question) -> Story:
    """A question's model answer as a story that is filed under nothing, so that only its words count."""
    now = datetime.now(UTC)
    text = StoryText(action=question.model_answer)
    return Story(id=question.key, candidate="bench", created_at=now, changed_at=now, text=text)


def main() -> None:
    """Print where the right question comes among all, and what the bar lets through."""
    with tempfile.TemporaryDirectory() as folder:
        bank = load_bank(question_bank())
        likeness = Likeness(lambda: bank.questions, Path(folder) / "meanings.npz")
        fits = np.array([list(likeness.fits(story_of(question)).values()) for question in likeness.questions])
    own = np.diag(fits)
    place = (fits > own[:, None]).sum(axis=1)
    others = fits[~np.eye(len(fits), dtype=bool)]
    print(
        f"{len(fits)} questions; the right one is first for {np.mean(place == 0):.0%}, among ten for {np.mean(place < 10):.0%}"  # noqa: PLR2004  # the ten of the sentence
    )
    print(f"from {FITS} on: {np.mean(own >= FITS):.0%} of the right pairs, {np.mean(others >= FITS):.1%} of the others")


if __name__ == "__main__":
    main()
