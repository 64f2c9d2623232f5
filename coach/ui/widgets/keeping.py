"""How long things are kept, in plain words: for whom they belong to, and for whoever looks after an installation."""

import streamlit as st

from coach.domain.keeping import Leaving, Periods, ThingKind
from coach.domain.people import Person
from coach.errors import NotFoundError
from coach.settings import Keep
from coach.ui import session
from coach.ui.resources import services
from coach.ui.widgets.html import aside, draw, shortened, text

_LISTED = 20
_SWITCH = "keep-my-recordings"
_KINDS = {
    ThingKind.ANSWER: "Answer",
    ThingKind.INTERVIEW: "Interview",
    ThingKind.DRILL: "Drill",
    ThingKind.SCENARIO: "Scenario",
    ThingKind.STORY: "Story",
    ThingKind.JOB: "Job",
    ThingKind.APPOINTMENT: "Interview ahead",
    ThingKind.RECORDING: "Recording",
}
_OWN = {
    Keep.ALWAYS: "Your recordings stay until you delete them or their answer",
    Keep.DAY: "Each of your recordings is deleted a day after its answer is rated; the words stay",
    Keep.NEVER: "Each of your recordings is deleted as soon as its answer is rated; the words stay",
}
_EVERYBODYS = {
    Keep.ALWAYS: "Recordings stay until their answer is deleted",
    Keep.DAY: "Recordings go a day after their answer is rated; the words stay",
    Keep.NEVER: "Recordings go when their answer is rated; the words stay",
}


def kept(who: Person) -> None:
    """What is kept of one's own for how long, the switch for recordings, and what goes soon."""
    keeping = services().keeping
    st.subheader("How long things are kept")
    recordings = keeping.recordings(who)
    st.markdown(_for_owner(keeping.periods, recordings))
    st.toggle(
        "Keep my recordings once they are written down",
        value=recordings is Keep.ALWAYS,
        key=_SWITCH,
        on_change=_choose,
        args=(who,),
        help="For a single one, use “Keep this recording” beside its answer: that counts more than this switch.",
    )
    leaving = keeping.leaving(who)
    if leaving:
        _leaving(who, leaving)


def soon(who: Person) -> int:
    """How many things of somebody go soon, unless they keep them."""
    return sum(not one.kept for one in services().keeping.leaving(who))


def for_everybody(who: Person) -> None:
    """What this installation keeps for how long, for whoever looks after it."""
    keeping, hosted = services().keeping, services().people.hosted
    periods = keeping.periods
    sentences = [
        f"{_EVERYBODYS[keeping.installation]}, unless their owner decides otherwise (`COACH_KEEP_RECORDINGS`)."
    ]
    sentences.append(
        f"Those that nobody keeps on purpose are deleted after {periods.recordings} days (`COACH_RECORDINGS_DAYS`)."
        if periods.recordings
        else "`COACH_RECORDINGS_DAYS` would delete recordings after so many days."
    )
    sentences.append(
        f"What people write and say is deleted after {periods.texts} days (`COACH_TEXTS_DAYS`)."
        if periods.texts
        else "What people write and say stays until they delete it; `COACH_TEXTS_DAYS` would change that."
    )
    if periods.recordings or periods.texts:
        things, people = keeping.count_leaving(who, own=not hosted)
        sentences.append(f"Everybody is told {periods.notice} days before (`COACH_NOTICE_DAYS`) and may keep things.")
        sentences.append(
            f"Told so far: of {things} thing{_s(things)}, {people} {'person' if people == 1 else 'people'}."
        )
    st.markdown(" ".join(sentences))


def _for_owner(periods: Periods, recordings: Keep) -> str:
    if periods.recordings and recordings is Keep.ALWAYS:
        sentences = [f"Your recordings are deleted after {periods.recordings} days, unless you keep one on purpose."]
    else:
        sentences = [f"{_OWN[recordings]}."]
    if periods.texts:
        sentences.append(
            f"Answers, interviews, drills, jobs and stories are deleted after {periods.texts} days, stories counted from their last change, "
            "interviews ahead from their day."
        )
    else:
        sentences.append("What you write and say stays until you delete it.")
    if periods.recordings or periods.texts:
        sentences.append(f"You are told {periods.notice} days before, here and on Today, and can keep what you like.")
    return " ".join(sentences)


def _leaving(who: Person, leaving: tuple[Leaving, ...]) -> None:
    go = [one for one in leaving if not one.kept]
    st.markdown(f"**{len(go)} thing{_s(len(go))} will be deleted soon**" if go else "**All that was to go is kept**")
    for one in leaving[:_LISTED]:
        _row(who, one)
    if len(leaving) > _LISTED:
        aside("And more", f"{len(leaving) - _LISTED} further things, later than these.")
    if len(go) > 1:
        st.button("Keep all of them", icon=":material/bookmark:", on_click=_keep_all, args=(who, go))


def _row(who: Person, one: Leaving) -> None:
    try:
        title = services().keeping.title(who, one)
    except NotFoundError:
        return  # deleted since it was announced
    when = "Kept until you delete it" if one.kept else f"Goes on {one.goes_at.astimezone():%d %b %Y}"
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            draw(
                f'<p class="eyebrow">{_KINDS[one.kind]} · {when}</p>'
                f'<p style="margin:0;font-weight:600">{text(shortened(title, 110))}</p>'
            )
        right.button(
            "Let it go" if one.kept else "Keep",
            key=f"leaving-{one.kind}-{one.id}",
            width="stretch",
            on_click=services().keeping.keep,
            args=(who, one),
            kwargs={"keep": not one.kept},
        )


def _keep_all(who: Person, go: list[Leaving]) -> None:
    for one in go:
        services().keeping.keep(who, one, keep=True)


def _choose(who: Person) -> None:
    services().keeping.choose_recordings(who, keep=session.switched_on(_SWITCH))


def _s(count: int) -> str:
    return "" if count == 1 else "s"
