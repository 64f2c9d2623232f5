"""A coach's own ratings of an answer, beside the product's once they are saved, and in their place where the coach says so."""

from collections.abc import Mapping

import streamlit as st

from coach.domain.feedback import Feedback
from coach.domain.people import Person
from coach.domain.rating import NEEDS_WORDS, Rater, Rating
from coach.domain.review import Review
from coach.domain.rubric import LEVELS, Anchors, Criterion
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.ui import session
from coach.ui.pages.review_desk import Desk, remark
from coach.ui.resources import services
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, shortened
from coach.ui.widgets.ratings import BY
from coach.ui.widgets.table import rows
from coach.ui.widgets.telling import done, tried


def levels(desk: Desk) -> None:
    """The ratings being given, or given."""
    review, feedback = desk.review, desk.attempt.feedback
    st.subheader("Your ratings")
    changing = f"rerate-{review.id}"
    if review.rated_at is None or session.asking(changing):
        _form(desk, changing)
        return
    if feedback is None:
        return
    _beside(review, feedback)
    st.button(
        "Change my ratings",
        icon=":material/edit:",
        type="tertiary",
        on_click=session.ask,
        args=(changing,),
        kwargs={"on": True},
        help="A level you change now does not count as blind any more.",
    )
    for anchors in services().practice.rubric.anchors:
        _in_place(desk, feedback.of(anchors.criterion), anchors)


# ── giving them ───────────────────────────────────────────────────────────────────────────────────────────────────


def _form(desk: Desk, changing: str) -> None:
    who, review, drafts = desk.who, desk.review, desk.drafts
    if review.hides_ratings:
        aside("Blind", "The product’s ratings are hidden until yours are saved.")
    saved = {one.criterion: one.level for one in review.ratings}
    given: dict[Criterion, int] = {}
    for anchors in services().practice.rubric.anchors:
        level = _level(who, review, anchors, _kept(drafts, anchors.criterion) or saved.get(anchors.criterion))
        if level:
            given[anchors.criterion] = level
    st.caption("Leave out what you cannot say.")
    with st.container(horizontal=True):
        if st.button(
            "Save and see the product’s" if review.hides_ratings else "Save my ratings",
            type="primary",
            disabled=not given,
        ):
            _save(who, review, given, changing)
        if review.rated_at:
            st.button("Leave them as they are", on_click=session.ask, args=(changing,), kwargs={"on": False})


def _level(who: Person, review: Review, anchors: Anchors, kept: int | None) -> int | None:
    key = f"level-{review.id}-{anchors.criterion}"
    level = st.segmented_control(
        anchors.name,
        LEVELS,
        default=kept,
        key=key,
        help="  \n".join(f"**{n}** {words}" for n, words in sorted(anchors.levels.items())),
        on_change=_keep,
        args=(who, review.id, anchors.criterion, key),
    )
    st.caption(f"{level}: {anchors.levels[level]}" if level else anchors.asks)
    return level


def _keep(who: Person, review_id: str, criterion: Criterion, key: str) -> None:
    level = session.chosen(key)
    done(lambda: services().reviewing.save_draft(who, review_id, f"level-{criterion}", str(level or "")))


def _kept(drafts: Mapping[str, str], criterion: Criterion) -> int | None:
    words = drafts.get(f"level-{criterion}", "")
    return int(words) if words in {str(level) for level in LEVELS} else None


def _save(who: Person, review: Review, given: Mapping[Criterion, int], changing: str) -> None:
    def save() -> None:
        services().reviewing.rate(who, review.id, given)
        session.ask(changing, on=False)

    tried(save)


# ── beside the product's ──────────────────────────────────────────────────────────────────────────────────────────


def _beside(review: Review, feedback: Feedback) -> None:
    own = {one.criterion: one for one in review.ratings}
    rows(
        ("", "You", "Product"),
        (
            (
                anchors.name,
                f"{one.level}{' (blind)' if one.blind else ''}" if (one := own.get(anchors.criterion)) else "–",
                _product(feedback.of(anchors.criterion)),
            )
            for anchors in services().practice.rubric.anchors
        ),
    )


def _product(rating: Rating) -> str:
    """What the product says, whatever counts."""
    level, by = (rating.views[0].level, rating.views[0].by) if rating.by is Rater.HUMAN else (rating.level, rating.by)
    return "unrated" if level is None else f"{level} {BY[by]}"


def _in_place(desk: Desk, rating: Rating, anchors: Anchors) -> None:
    own = next((one.level for one in desk.review.ratings if one.criterion is anchors.criterion), None)
    if rating.by is Rater.HUMAN:
        mine = rating.name == desk.review.by
        aside(f"{anchors.name}: {'your' if mine else f'{rating.name}’s'} {rating.level} counts", rating.why)
        if mine:
            _put_back(desk.who, desk.review, anchors)
            return
    if own is None or own == rating.level:
        return
    instead = "an unrated" if rating.level is None else f"the {rating.level}"
    with st.expander(f"{anchors.name}: put your {own} in place of {instead} …"):
        st.markdown(
            "Yours is then the rating that counts, for the student and in every average, from now on. "
            "The student is told at once, and sees your name, your reason and the original beside it."
        )
        evidence = _evidence(desk, anchors.criterion, rating)
        field = f"reason-{anchors.criterion}"
        said = remark(
            desk, field, label="Your reason, as the student reads it", submit=f"Let my {own} count", revision=field
        )
        if said:
            tried(lambda: services().reviewing.override(desk.who, desk.review.id, anchors.criterion, said, evidence))


def _evidence(desk: Desk, criterion: Criterion, rating: Rating) -> tuple[Span, ...]:
    """The sentences a level rests on: those chosen, to begin with those the product's rests on."""
    review, drafts = desk.review, desk.drafts
    spans = sentences(desk.attempt.text)
    field = f"evidence-{criterion}"
    if field in drafts:
        begun = [int(n) for n in drafts[field].split(",") if n.isdigit() and int(n) < len(spans)]
    else:
        begun = [
            n for n, one in enumerate(spans) if any(e.start < one.end and one.start < e.end for e in rating.evidence)
        ]
    key = f"{field}-{review.id}"
    chosen = st.multiselect(
        "The sentences it rests on",
        range(len(spans)),
        default=begun,
        format_func=lambda n: f"{n + 1}. {shortened(spans[n].quote, 60)}",
        key=key,
        help=f"From level {NEEDS_WORDS} on there must be some.",
        on_change=_keep_evidence,
        args=(desk.who, review.id, field, key),
    )
    return tuple(spans[n] for n in sorted(chosen))


def _keep_evidence(who: Person, review_id: str, field: str, key: str) -> None:
    words = ",".join(str(n) for n in session.chosen(key) or ()) or "-"  # none is a choice, too
    done(lambda: services().reviewing.save_draft(who, review_id, field, words))


def _put_back(who: Person, review: Review, anchors: Anchors) -> None:
    asked = f"back-{review.id}-{anchors.criterion}"
    asks("Let the original count again …", asked, icon=":material/undo:", key=f"ask-{asked}")
    confirm(
        asked,
        f"**{anchors.name}: let the original count again?** The student is told.",
        "Let it count",
        _do_put_back,
        who,
        review.id,
        anchors.criterion,
    )


def _do_put_back(who: Person, review_id: str, criterion: Criterion) -> None:
    done(lambda: services().reviewing.take_back(who, review_id, criterion))
