"""One answer under review: its words and voice, the coach's ratings, comments on places in it, what the student asked, and giving it back."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from coach.domain.attempt import Attempt
from coach.domain.people import Person
from coach.domain.review import Comment, Entry, Request, Review, Why
from coach.domain.span import Span
from coach.domain.timing import starts_in
from coach.errors import NotFoundError
from coach.ui import session
from coach.ui.pages import review_levels
from coach.ui.pages.review_desk import Desk, remark
from coach.ui.resources import services
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, draw, plain, shortened, text
from coach.ui.widgets.passage import Mark, passage
from coach.ui.widgets.ratings import change_card, rating_cards
from coach.ui.widgets.takes import shared_address, shared_player
from coach.ui.widgets.telling import done, tried


def page(who: Person, attempt_id: str, reasons: Mapping[Why, str]) -> None:
    """The answer, or what has become of it."""
    st.button(
        "All answers to review",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=session.go,
        kwargs={"answer": None},
    )
    try:
        entry = services().reviewing.entry(who, attempt_id)
        review = services().reviewing.find(who, attempt_id)
        if review is None:
            _begin(who, entry, reasons)
            return
        attempt = services().coaching.transcript(who, attempt_id)
    except NotFoundError as error:  # no longer shared, or deleted
        st.warning(str(error))
        return
    services().notices.read_about(who, attempt_id)
    desk = Desk(who, review, attempt, services().reviewing.drafts(who, review.id))
    _head(entry, "this look is in the student’s log")
    left, right = st.columns([3, 2], gap="large")
    with right:
        review_levels.levels(desk)
    with left:
        _asked(desk)
        _words(desk)
    if not review.hides_ratings and attempt.feedback:
        st.subheader("What the product says")
        if attempt.feedback.change:
            change_card(attempt.feedback.change)
        rating_cards(attempt.feedback, services().practice.rubric)
    _give(who, review, entry)


def _head(entry: Entry, note: str) -> None:
    draw(
        f'<div class="card"><p class="eyebrow">{text(entry.student)} · {text(entry.cohort)} · {text(note)}</p>'
        f'<h1 class="question">{text(entry.question_text)}</h1></div>'
    )


def _begin(who: Person, entry: Entry, reasons: Mapping[Why, str]) -> None:
    """Before the words are shown: blind, or not."""
    _head(entry, "; ".join(reasons[why] for why in entry.why))
    st.markdown(
        "**Rate it yourself before you see the product’s ratings?** Only then do your ratings say how far you agree with it. "
        "You see its ratings, and what the student disputes, as soon as yours are saved. Who has read the answer before cannot rate it blind."
    )
    with st.container(horizontal=True):
        for label, blind in (("Rate blind first", True), ("Show me everything", False)):
            st.button(
                label,
                type="primary" if blind else "secondary",
                on_click=_do_begin,
                args=(who, entry.attempt),
                kwargs={"blind": blind},
            )


def _do_begin(who: Person, attempt_id: str, *, blind: bool) -> None:
    done(lambda: services().reviewing.begin(who, attempt_id, blind=blind))


# ── what the student asked ────────────────────────────────────────────────────────────────────────────────────────


def _asked(desk: Desk) -> None:
    for one in services().reviewing.requests(desk.who, desk.attempt.id):
        if one.subject and desk.review.hides_ratings:
            aside("The student disputes something", "What it is you see once your ratings are saved.")
            continue
        _request(desk, one)


def _request(desk: Desk, one: Request) -> None:
    what = f"Disputed: {one.subject.about}" if one.subject else "Asked for a review"
    with st.container(border=True):
        reason = f'<p style="margin:0.2rem 0 0">“{text(one.reason)}”</p>' if one.reason else ""
        answer = f'<p style="margin:0.5rem 0 0"><b>{text(one.by)}:</b> {text(one.answer)}</p>' if one.answer else ""
        draw(
            f'<p class="eyebrow" style="margin:0">{one.at.astimezone():%d %b %Y}</p><b>{text(what)}</b>{reason}{answer}'
        )
        if not one.is_open or not one.subject:
            return
        said = remark(
            desk,
            f"answer-{one.id}",
            label="Your answer to this",
            submit="Answer",
            revision="answer",
            placeholder="What you looked at, and what you think of it",
        )
        if said:
            tried(lambda: services().reviewing.answer(desk.who, one.id, said))


# ── the words, and comments on them ───────────────────────────────────────────────────────────────────────────────


def _words(desk: Desk) -> None:
    review, attempt = desk.review, desk.attempt
    st.subheader("The answer")
    numbered = [one for one in review.comments if one.span]
    marks = [Mark(one.span, n) for n, one in enumerate(numbered, 1) if one.span]
    if not review.hides_ratings and attempt.feedback:
        marks += [Mark(span) for rating in attempt.feedback.ratings for span in rating.evidence]
    source, starts = _sound(desk.who, attempt)
    chosen = _span(attempt.text, desk.drafts.get("span", ""))
    key = f"passage-{review.id}"
    passage(
        attempt.text,
        marks,
        chosen,
        source=source,
        starts=starts,
        key=key,
        on_chosen=partial(_choose, desk.who, review.id, key),
    )
    if not review.hides_ratings:
        st.caption("Dotted: what the ratings rest on. Shaded: your comments.")
    _comments(desk.who, review, numbered)
    _comment(desk, chosen)


def _sound(who: Person, attempt: Attempt) -> tuple[str, tuple[float, ...]]:
    """Where the recording is heard, and when each sentence begins in it; other recordings are players of their own."""
    *others, last = services().coaching.recordings(who, attempt.id) or (None,)
    timed = (
        attempt.transcript is not None and attempt.interview_id is None
    )  # an interview's recordings are several answers
    for number in [*others, *([] if timed or last is None else [last])]:
        shared_player(attempt.id, who.id, number)
    if last is None or not timed or attempt.transcript is None:
        return "", ()
    return shared_address(attempt.id, who.id, last), starts_in(attempt.text, attempt.transcript)


def _choose(who: Person, review_id: str, key: str) -> None:
    said = session.component_says(key, "chosen")
    if said:
        words = f"{int(said['start'])}-{int(said['end'])}"
        done(lambda: services().reviewing.save_draft(who, review_id, "span", words))


def _span(answer: str, kept: str) -> Span | None:
    """The place that was chosen last, if it is one."""
    start, _, end = kept.partition("-")
    try:
        return Span.of(answer, int(start), int(end))
    except ValueError:
        return None


def _comments(who: Person, review: Review, numbered: list[Comment]) -> None:
    for one in review.comments:
        number = f"<b>{numbered.index(one) + 1}</b> " if one in numbered else ""
        quote = f"<blockquote>{text(shortened(one.span.quote))}</blockquote>" if one.span else ""
        with st.container(border=True):
            left, right = st.columns([6, 1], vertical_alignment="top")
            with left:
                draw(f'<p style="margin:0">{number}{text(one.words)}</p>{quote}')
            asked = f"uncomment-{one.id}"
            with right:
                asks("Delete this comment", asked, key=f"delete-{one.id}")
            seen = " The student has read it, perhaps." if review.finished_at else ""
            confirm(asked, f"**Delete this comment?**{seen}", "Delete it", _delete, who, review.id, one.id)


def _delete(who: Person, review_id: str, comment_id: str) -> None:
    done(lambda: services().reviewing.delete_comment(who, review_id, comment_id))


def _comment(desk: Desk, chosen: Span | None) -> None:
    about = f"on “{shortened(chosen.quote, 90)}”" if chosen else "on the whole answer"
    said = remark(
        desk,
        "comment",
        label=f"Your comment {about}",
        submit="Add the comment",
        revision=f"comment-{len(desk.review.comments)}",
        placeholder="Press a sentence above to comment on it, then two of its words to choose a part.",
    )
    if chosen:
        st.button(
            "Comment on the whole answer instead",
            type="tertiary",
            on_click=services().reviewing.save_draft,
            args=(desk.who, desk.review.id, "span", ""),
        )
    if said:
        tried(lambda: services().reviewing.comment(desk.who, desk.review.id, said, chosen))


# ── giving it back ────────────────────────────────────────────────────────────────────────────────────────────────


def _give(who: Person, review: Review, entry: Entry) -> None:
    st.divider()
    name = entry.student
    if review.finished_at:
        aside(
            f"Given to {name} on {review.finished_at.astimezone():%d %B %Y}",
            "What you add from now on, they see at once.",
        )
        return
    draw(
        f"<p>Until you give it, {text(name)} sees nothing of your ratings and comments. Everything is kept meanwhile.</p>"
    )
    asked = f"discard-{review.id}"
    with st.container(horizontal=True):
        if st.button(
            f"Give it to {plain(name)}", type="primary", icon=":material/send:", disabled=review.hides_ratings
        ):
            tried(lambda: services().reviewing.finish(who, review.id))
        asks("Discard this review …", asked)
    confirm(
        asked,
        "**Discard this review?** Your ratings and comments go; a level that counts in place of the product’s stays.",
        "Discard it",
        _discard,
        who,
        review.id,
    )


def _discard(who: Person, review_id: str) -> None:
    if done(lambda: services().reviewing.discard(who, review_id)):
        session.go(answer=None)
