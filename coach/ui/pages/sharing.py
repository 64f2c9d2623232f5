"""Sharing: the cohorts a student is in, what their coaches see, and who looked at what."""

import streamlit as st

from coach.domain.attempt import Attempt, AttemptState
from coach.domain.people import ConsentChange, LookKind, Membership, Person, Sharing
from coach.errors import CoachError
from coach.ui import session, signed_in
from coach.ui.resources import services
from coach.ui.widgets import sharing as words
from coach.ui.widgets.html import aside, draw, empty, plain, text
from coach.ui.widgets.table import rows

_MOST = 30  # answers that can be set apart from here; the latest
_LOOKED = {
    LookKind.TRANSCRIPT: "read the words",
    LookKind.RECORDING: "heard the recording",
    LookKind.STORY: "read the story",
}


def page() -> None:
    """Join, decide, withdraw, and read who looked."""
    who = signed_in.person()
    st.title("Sharing")
    memberships = services().consent.memberships(who)
    _offered(who, {one.cohort.id for one, _ in memberships})
    if not memberships:
        empty(
            "You share nothing with anybody",
            "A career coach who follows you gives you a code or a link. Joining a cohort shares nothing yet: you decide here what they see.",
        )
    for one, coaches in memberships:
        _membership(who, one, coaches)
    _join(who)
    if memberships or services().consent.history(who):
        _looks(who)
        _history(who)


def _offered(who: Person, joined: set[str]) -> None:
    key = signed_in.offered_key()
    if not key:
        return
    try:
        cohort, coaches = services().consent.offered(key)
    except CoachError:
        return  # used up, by this very person most likely
    if cohort.id in joined:
        return
    with st.container(border=True):
        draw(
            f'<p class="eyebrow">You are invited to</p><h3>{text(cohort.name)}</h3><p>Coached by {_names(coaches)}.</p>'
        )
        st.button("Join this cohort", type="primary", on_click=_do_join, args=(who, key))


def _join(who: Person) -> None:
    st.subheader("Join a cohort")
    with st.form("join", clear_on_submit=True, border=False):
        code = st.text_input("Code from your coach", max_chars=20, placeholder="ABCD-2345")
        if st.form_submit_button("Join", icon=":material/group_add:"):
            try:
                services().consent.join(who, code)
            except CoachError as error:
                st.error(str(error))
            else:
                st.rerun()


def _do_join(who: Person, key: str) -> None:
    services().consent.join(who, key)


def _names(people: tuple[Person, ...]) -> str:
    return text(", ".join(one.name for one in people) or "nobody at present")


def _membership(who: Person, one: Membership, coaches: tuple[Person, ...]) -> None:
    cohort = one.cohort
    st.subheader(cohort.name)
    if cohort.archived_at:
        aside("Archived", "Nobody sees anything of this cohort. If it is opened again, what you set here holds again.")
    draw(f"<p>Coached by <b>{_names(coaches)}</b>. You joined on {one.joined_at.astimezone():%d %B %Y}.</p>")
    level, earlier = f"share-{cohort.id}", f"earlier-{cohort.id}"
    chosen = st.radio(
        "What they see of your answers",
        list(Sharing),
        index=list(Sharing).index(one.sharing),
        format_func=words.name,
        captions=[words.MEANS[step] for step in Sharing],
        key=level,
        on_change=_share,
        args=(who, cohort.id),
    )
    st.checkbox(
        "Also of answers begun before I joined",
        value=one.earlier,
        key=earlier,
        on_change=_share,
        args=(who, cohort.id),
        disabled=not chosen,
    )
    words.example(chosen or Sharing.NOTHING)
    _apart(who, one)
    _stories(who, one)
    with st.container(horizontal=True):
        st.button(
            "Share nothing any more",
            key=f"withdraw-{cohort.id}",
            icon=":material/visibility_off:",
            on_click=_withdraw,
            args=(who, cohort.id),
            help="At once, for single answers and stories too.",
        )
        st.button(
            "Leave this cohort",
            key=f"leave-{cohort.id}",
            type="tertiary",
            on_click=services().consent.leave,
            args=(who, cohort.id),
        )


def _share(who: Person, cohort_id: str) -> None:
    sharing = Sharing(session.chosen(f"share-{cohort_id}"))
    earlier = bool(session.chosen(f"earlier-{cohort_id}")) and sharing is not Sharing.NOTHING
    services().consent.share(who, cohort_id, sharing, earlier=earlier)


def _withdraw(who: Person, cohort_id: str) -> None:
    services().consent.withdraw(who, cohort_id)
    session.forget_fields(f"share-{cohort_id}", f"earlier-{cohort_id}", f"apart-{cohort_id}-", f"story-{cohort_id}-")


def _apart(who: Person, one: Membership) -> None:
    attempts = [a for a in services().practice.attempts_of(who.id) if a.state is AttemptState.RATED and not a.demo]
    if not attempts:
        return
    apart = services().consent.set_apart(who, one.cohort.id)
    with st.expander(f"Single answers ({len(apart)} set apart)" if apart else "Set single answers apart"):
        st.markdown("Share one answer with more, or with less, than all others.")
        for attempt in attempts[:_MOST]:
            _answer(who, one, attempt, apart.get(attempt.id))


def _answer(who: Person, one: Membership, attempt: Attempt, apart: Sharing | None) -> None:
    options = [None, *Sharing]
    key = f"apart-{one.cohort.id}-{attempt.id}"
    st.selectbox(
        f"{attempt.created_at.astimezone():%d %b %Y} · {attempt.question_text}",
        options,
        index=options.index(apart),
        format_func=words.name,
        key=key,
        on_change=_set_apart,
        args=(who, one.cohort.id, attempt.id, key),
    )


def _set_apart(who: Person, cohort_id: str, attempt_id: str, key: str) -> None:
    services().consent.share_attempt(who, cohort_id, attempt_id, session.chosen(key))


def _stories(who: Person, one: Membership) -> None:
    mine = services().stories.all_of(who.id)
    if not mine:
        return
    shared = services().consent.shared_stories(who, one.cohort.id)
    count = sum(story.id in shared for story in mine)
    with st.expander(f"Stories ({count} of {len(mine)} shared)" if count else "Share stories"):
        st.markdown(
            "Your coaches read a story you tick as it stands, until you take the tick away; whatever you share of answers."
        )
        for story in mine:
            key = f"story-{one.cohort.id}-{story.id}"
            st.checkbox(
                plain(story.text.name),
                value=story.id in shared,
                key=key,
                on_change=_share_story,
                args=(who, one.cohort.id, story.id, key),
            )


def _share_story(who: Person, cohort_id: str, story_id: str, key: str) -> None:
    services().consent.share_story(who, cohort_id, story_id, on=session.switched_on(key))


def _looks(who: Person) -> None:
    st.subheader("Who looked at what")
    looks = services().consent.looks(who)
    if not looks:
        aside(
            "Nobody yet",
            "Each time a coach reads your words or a story, or hears a recording, it is written down here.",
        )
        return
    rows(
        ("When", "Who", "What", "Cohort"),
        (
            (
                f"{look.at.astimezone():%d %b %Y, %H:%M}",
                look.coach,
                f"{_LOOKED[look.kind]}: {look.question_text}",
                look.cohort,
            )
            for look in looks
        ),
    )


def _history(who: Person) -> None:
    history = services().consent.history(who)
    if not history:
        return
    with st.expander("What you decided, and when"):
        rows(
            ("When", "Cohort", "About", "Shared"),
            (
                (
                    f"{one.at.astimezone():%d %b %Y, %H:%M}",
                    one.cohort,
                    _about(one),
                    _shared(one),
                )
                for one in history
            ),
        )


def _about(one: ConsentChange) -> str:
    if one.story:
        return "one story"
    if one.attempt:
        return "one answer"
    return "all answers" if one.earlier else "answers since joining"


def _shared(one: ConsentChange) -> str:
    if one.story:
        return "To read" if one.sharing else words.name(Sharing.NOTHING)
    return words.name(one.sharing)
