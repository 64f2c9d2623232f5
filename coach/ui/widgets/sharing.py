"""What sharing means, in words and by example: the same for the student who decides and for the coach who reads."""

from coach.domain.people import Sharing
from coach.ui.widgets.html import draw

NAMES = {
    Sharing.NOTHING: "Nothing",
    Sharing.RATINGS: "Ratings",
    Sharing.TRANSCRIPTS: "Ratings and words",
    Sharing.AUDIO: "Ratings, words and voice",
}
MEANS = {
    Sharing.NOTHING: "They see your name in the list, and that you share no answer.",
    Sharing.RATINGS: "They see which question you answered, when, and the levels, and how these change. Not a word of what you said.",
    Sharing.TRANSCRIPTS: "They also read your answers, with the quotes behind each rating, see how fast you spoke and how often you hesitated, "
    "and can review, comment and rate them.",
    Sharing.AUDIO: "They also hear your recordings, as long as those are kept.",
}
_LEVELS = "SOAR structure 3, Empathy 4, Confidentiality unrated, Measurable outcome 2"
_EXAMPLE = (
    (Sharing.NOTHING, "Name", "Your name"),
    (Sharing.RATINGS, "Question and day", "Tell me about a client who resisted help · 3 March"),
    (Sharing.RATINGS, "Levels", _LEVELS),
    (Sharing.TRANSCRIPTS, "Your words", "“He would not open the door, so I left a note and came back on Thursday …”"),
    (Sharing.TRANSCRIPTS, "Why this level", "Quotes from your answer behind each rating, and the change to make first"),
    (Sharing.AUDIO, "Your voice", "A player with your recording (2:14)"),
)


def name(sharing: Sharing | None) -> str:
    """A step of sharing, or none of its own, in words."""
    return "As all others" if sharing is None else NAMES[sharing]


def example(sharing: Sharing) -> None:
    """What a coach would see of one invented answer."""
    lines = "".join(
        f"<dt>{what}</dt><dd>{shown if sharing >= needed else '<em>not shown</em>'}</dd>"
        for needed, what, shown in _EXAMPLE
    )
    draw(
        f'<div class="card"><p class="eyebrow">Of an invented answer, your coach sees</p><dl class="seen">{lines}</dl></div>'
    )
