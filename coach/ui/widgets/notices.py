"""What somebody is told of inside the app: unread first, with how many there are; each leads to its answer."""

from collections.abc import Callable, Sequence

import streamlit as st

from coach.domain.people import Person
from coach.domain.review import Notice, NoticeKind
from coach.ui.resources import services
from coach.ui.widgets.html import draw, shortened, text
from coach.ui.widgets.table import rows
from coach.ui.widgets.telling import done

_SHOWN = 5  # unread ones; the rest is folded away with those that were read
_WORDS = {
    NoticeKind.REVIEWED: "reviewed your answer",
    NoticeKind.COMMENTED: "commented on your answer",
    NoticeKind.ANSWERED: "answered what you disputed or asked",
    NoticeKind.OVERRIDDEN: "changed which rating of your answer counts",
    NoticeKind.ASKED: "asks for a review",
    NoticeKind.DISPUTED: "disputes a rating or finding",
}


def notices(who: Person, open_answer: Callable[[Notice], None]) -> None:
    """The list; nothing where nothing was ever told."""
    told = services().notices.all_of(who)
    unread = [one for one in told if one.read_at is None]
    if unread:
        st.subheader(f"New for you: {len(unread)}")
        for one in unread[:_SHOWN]:
            _row(who, one, open_answer)
        st.button("Mark all as read", type="tertiary", on_click=_read_all, args=(who,))
    rest = [*unread[_SHOWN:], *(one for one in told if one.read_at)]
    if rest:
        _earlier(rest)


def _row(who: Person, one: Notice, open_answer: Callable[[Notice], None]) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            draw(
                f'<p style="margin:0"><b>{text(one.by)}</b> {_WORDS[one.kind]}.</p>'
                f'<p class="eyebrow" style="margin:0.1rem 0 0">{one.at.astimezone():%d %b, %H:%M} · {text(shortened(one.question_text, 90))}</p>'
            )
        if right.button("Open", key=f"notice-{one.id}", width="stretch"):
            done(lambda: services().notices.read(who, one.id))
            open_answer(one)


def _read_all(who: Person) -> None:
    done(lambda: services().notices.read_all(who))


def _earlier(told: Sequence[Notice]) -> None:
    with st.expander("Told earlier"):
        rows(
            ("When", "Who", "What"),
            (
                (f"{one.at.astimezone():%d %b %Y}", one.by, f"{_WORDS[one.kind]}: {shortened(one.question_text, 70)}")
                for one in told
            ),
        )
