"""Signing in, where several people use this installation."""

import streamlit as st

from coach.errors import CoachError
from coach.ui.resources import services
from coach.ui.signed_in import offered_key, providers
from coach.ui.widgets.html import aside, draw, text


def page() -> None:
    """The ways in that this installation has."""
    st.title("Practice Coach")
    st.markdown(
        "Practise interviews for case-manager jobs, and read ratings that quote your own words. Sign in to begin."
    )
    key, invited = offered_key(), False
    if key:
        invited = _offer(key)
    ways = providers()
    for name in ways:
        label = f"Sign in with {name.title()}" if name else "Sign in with your organisation"
        if st.button(label, key=f"provider-{name}", type="primary", icon=":material/login:"):
            st.login(name or None)
    if not services().settings.accounts:
        if not ways:
            aside(
                "Nobody can sign in yet",
                "Set up a provider under [auth] in .streamlit/secrets.toml, or set COACH_ACCOUNTS=1.",
            )
        return
    links = '<a href="/account/sign-in" target="_self">Sign in with e-mail and password</a>'
    if invited:
        links += '<a href="/account/new" target="_self">Make an account with a password</a>'
    draw(f'<p class="ways">{links}</p>')


def _offer(key: str) -> bool:
    """Says which cohort waits; whether it is an invitation of one's own."""
    consent = services().consent
    try:
        cohort, coaches = consent.offered(key)
        invited = consent.invited_address(key) is not None
    except CoachError as error:
        st.warning(str(error))
        return False
    names = ", ".join(one.name for one in coaches)
    draw(
        f'<div class="card"><p class="eyebrow">You were invited to a cohort</p><h3>{text(cohort.name)}</h3>'
        f"<p>Coached by {text(names)}. Joining shares nothing until you say so.</p></div>",
        "people",
    )
    return invited
