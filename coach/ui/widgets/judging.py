"""The judge on a page: who reads an answer before it is rated, what was sent, and what it said beside the ratings."""

import streamlit as st

from coach.domain.attempt import Attempt, Earlier
from coach.domain.feedback import Feedback
from coach.domain.judging import ToRate
from coach.domain.question import Question
from coach.domain.rating import Rater, Rating
from coach.domain.verdict import JudgeOutcome, JudgeRecord
from coach.judge import said
from coach.practice import Practice
from coach.ui.widgets.html import aside, draw, text
from coach.wiring import Services


def who_reads(services: Services, question: Question, draft: str = "") -> None:
    """Where an answer goes when it is handed in, and what that costs; nothing where it stays on this computer."""
    door = services.door.current()
    if door.stays_here:
        return
    cost = services.judge.expected(ToRate(question=question, text=draft, rubric=services.practice.rubric))
    masked = (
        "with placeholders for what the checks find that could identify somebody"
        if door.masks_identifiers
        else "every word as it stands"
    )
    aside(
        "Who reads this",
        f"The checks here, and a judge: {door.model or 'a language model'} at {door.host}. The question and your answer are sent there, "
        f"{masked}. Cost: about {said(cost)}.",
    )


def what_was_sent(attempt: Attempt) -> None:
    """What the judge was sent, what it cost, and the sentence better said; nothing where nothing was sent."""
    record = attempt.judge
    if record is None or not record.sent:
        return
    with st.expander("What was sent to the judge, and what it cost"):
        st.markdown(_told(record))
        st.code(record.sent, language=None, wrap_lines=True)


def earlier_ratings(practice: Practice, earlier: tuple[Earlier, ...]) -> None:
    """Ratings of this answer that later ones replaced."""
    if not earlier:
        return
    with st.expander("Earlier ratings of this answer"):
        for one in reversed(earlier):
            levels = ", ".join(
                f"{practice.rubric.of(r.criterion).name} {r.level or 'unrated'}" for r in one.feedback.ratings
            )
            prompt = f", prompt {one.judge.prompt}" if one.judge and one.judge.prompt else ""
            st.markdown(f"- {one.rated_at.astimezone():%d %b %Y, %H:%M}{prompt}: {levels}")


def _told(record: JudgeRecord) -> str:
    model = f"{record.model} and {record.second_model}" if record.second_model else record.model
    if record.from_cache:
        took = "This very answer had been sent before, so its reply was used again and nothing was sent."
    else:
        cached = f", {record.cached_tokens:,} of them kept from before" if record.cached_tokens else ""
        tokens = f"{record.prompt_tokens:,} tokens in{cached}, {record.completion_tokens:,} out"
        took = (
            f"It took {record.calls} call{'' if record.calls == 1 else 's'} and {record.seconds:.1f} seconds; "
            f"{tokens if record.prompt_tokens else 'tokens were not told'}. Cost: {said(record.cost_usd)}."
        )
    masked = f" Details sent as placeholders: {record.masked}." if record.masked else ""
    return (
        f"Model **{model or 'not named'}** at `{record.host}`, prompt {record.prompt}. {took}{masked} Sentences in which the checks read "
        "no part of a story were not sent. Besides the rubric, which is the same for everybody, this is all that was:"
    )


def beside_the_ratings(feedback: Feedback) -> None:
    """A sentence said better, and the question to expect."""
    if feedback.rewrite:
        draw(
            f'<div class="card"><h3>One sentence, said better</h3><blockquote>{text(feedback.rewrite.of.quote)}</blockquote>'
            f'<p>{text(feedback.rewrite.text)}</p><p class="by">Your own facts; fill in what stands in square brackets.</p></div>'
        )
    if feedback.follow_up:
        aside("An interviewer may ask", feedback.follow_up)


def views(rating: Rating) -> str:
    """Each rater's own level, where they disagree, as HTML."""
    if not rating.flagged:
        return ""
    names = {Rater.CHECKS: "Checks", Rater.JUDGE: "Judge"}
    rows = "".join(
        f"<li>{names.get(one.by, one.by.value.title())}: <b>{one.level} of 5</b></li>" for one in rating.views
    )
    return f'<ul class="tags">{rows}<li>For a coach to look at</li></ul>'


def waits(attempt: Attempt) -> bool:
    """Whether the judge has not been heard yet on an attempt."""
    return attempt.judge is not None and attempt.judge.outcome is JudgeOutcome.WAITING
