"""What the spoken answer of these tests says."""

from collections.abc import Callable
from pathlib import Path

ANSWER = (
    "In my last position I was a case manager at a community clinic. "
    "I called the county office to restore her insurance, "
    "and she moved into supportive housing within three weeks."
)

Say = Callable[..., Path]
"""A WAV file of a text spoken by espeak-ng, then changed by effects of sox."""
