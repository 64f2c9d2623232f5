"""Calibration: how far a coach's own ratings agree with the product's, where they differ, and how sure that is."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.people import Person
from coach.domain.review import Pair
from coach.domain.rubric import Criterion
from coach.errors import CoachError
from coach.review.calibration import FEWEST, Agreement, Calibration
from coach.ui import signed_in
from coach.ui.resources import services
from coach.ui.widgets.html import aside, draw, empty, shortened, text
from coach.ui.widgets.table import rows


def page(reviews: Page | None = None) -> None:
    """A coach's own calibration. ``reviews`` is the page where answers are reviewed."""
    who = signed_in.person()
    found = services().calibrations.of(who)
    st.title("Calibration")
    draw(
        "<p>Do your ratings and the product’s agree? Only ratings you gave <b>blind</b>, before you saw the product’s, can tell: "
        "whoever sees a level first tends towards it.</p>"
    )
    _draw_one(who, reviews)
    if found is None:
        empty("No ratings of yours yet", "Rate an answer under Review, blind, or take one drawn by lot here.")
        return
    _blind(found)
    _over_time(found)
    _apart(found.apart)
    _seen(found)


def _draw_one(who: Person, reviews: Page | None) -> None:
    if not st.button("Rate an answer drawn by lot", icon=":material/casino:", type="primary"):
        return
    try:
        drawn = services().reviewing.draw(who)
    except CoachError as error:
        st.info(str(error))
        return
    if reviews:
        st.switch_page(reviews, query_params={"answer": drawn.attempt})


def _blind(found: Calibration) -> None:
    st.subheader("Rated blind")
    for anchors in services().practice.rubric.anchors:
        one = found.blind[anchors.criterion]
        aside(anchors.name, one.words + _lean(one))
    if any(one.kappa is not None for one in found.blind.values()):
        _table(found.blind)
        st.caption(
            "Agreement is the quadratic weighted kappa: 1 is always the same, 0 what chance alone would give. In brackets, where it lies with "
            "95 % certainty. Answers that the product left unrated are in no figure."
        )
    if found.older:
        aside("Earlier rubrics", f"{found.older} ratings under earlier rubrics are not compared with these.")


def _lean(one: Agreement) -> str:
    if one.lean is None or abs(one.lean) < 0.1:  # noqa: PLR2004  # a tenth of a level is nothing to speak of
        return ""
    return f" You rate {abs(one.lean):.1f} levels {'higher' if one.lean > 0 else 'lower'} on average."


def _table(figures: Mapping[Criterion, Agreement]) -> None:
    rows(
        ("", "Ratings", "Agreement (95 %)", "Same level", "Within one", "Unrated by the product"),
        (
            (
                anchors.name,
                str((one := figures[anchors.criterion]).pairs),
                _figure(one),
                _share(one.same),
                _share(one.near),
                str(one.unrated),
            )
            for anchors in services().practice.rubric.anchors
        ),
    )


def _figure(one: Agreement) -> str:
    if one.kappa is None or one.low is None or one.high is None:
        return "too few to say" if one.pairs < FEWEST else "cannot be told"
    return f"{one.kappa:.2f} ({one.low:.2f} to {one.high:.2f})"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _over_time(found: Calibration) -> None:
    if not found.periods:
        return
    st.subheader("Over time, blind ratings only")
    anchors = services().practice.rubric.anchors
    rows(
        ("Quarter from", *(one.name for one in anchors)),
        (
            (
                f"{period.begins:%B %Y}",
                *(f"{_figure(one)}, {one.pairs}" for one in (period.agreement[a.criterion] for a in anchors)),
            )
            for period in found.periods
        ),
    )
    st.caption(f"The last number: how many ratings. Below {FEWEST} no figure is given.")


def _apart(pairs: tuple[Pair, ...]) -> None:
    st.subheader("Where you differ most")
    if not pairs:
        aside("Nowhere by two levels or more", "Of the answers whose words are shared with you now.")
        return
    rubric = services().practice.rubric
    for one in pairs:
        if one.shown:
            blind = "blind" if one.blind else "after seeing"
            draw(
                f'<div class="card"><p class="eyebrow">{text(one.shown.student)} · {one.at.astimezone():%d %b %Y} · {blind}</p>'
                f"<p><b>{text(rubric.of(one.criterion).name)}: you {one.own}, the product {one.machine}.</b> "
                f"{text(shortened(one.shown.question_text, 120))}</p>"
                f'<p class="ways"><a href="review?answer={text(one.shown.attempt)}">Open the review</a></p></div>'
            )


def _seen(found: Calibration) -> None:
    total = sum(one.pairs for one in found.seen.values())
    if not total:
        return
    with st.expander(f"Rated after seeing the product’s level ({total})"):
        aside(
            "No measure of agreement",
            "A level that was seen first pulls the next one towards it, so these figures flatter.",
        )
        _table(found.seen)
