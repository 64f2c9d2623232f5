"""Who uses this session: on a machine of one's own the local profile, hosted whoever signed in, and nobody else."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from starlette.requests import Request

from coach.domain.people import Person
from coach.errors import SignInError
from coach.ui.provider_cookie import provider_claims
from coach.ui.resources import services

SESSION_COOKIE = "coach_session"
JOIN_COOKIE = "coach_join"
_CLAIM = 250  # characters of a claim that can be a name


def person() -> Person:
    """Who uses this session. Raises SignInError where nobody is signed in."""
    found = find()
    if found is None:
        raise SignInError("Sign in first: reload this page.")
    return found


def find() -> Person | None:
    """Who uses this session, if somebody is signed in and may be here."""
    if not services().people.hosted:
        return services().people.local()
    claims = st.user.to_dict() if st.user.get("is_logged_in") else {}  # Streamlit has checked their signature
    return _active(_of_account(st.context.cookies) or _vouched_for(claims))


def of_request(request: Request) -> Person | None:
    """Who sends a request, where several people use this installation: as `find` for what is no page."""
    return _active(_of_account(request.cookies) or _vouched_for(provider_claims(request.cookies)))


def _active(person: Person | None) -> Person | None:
    return person if person and person.active else None


def _of_account(cookies: Mapping[str, str]) -> Person | None:
    """Whoever signed in with a password."""
    return services().accounts.of_session(cookies.get(SESSION_COOKIE, "")) if services().settings.accounts else None


def _vouched_for(claims: Mapping[str, Any]) -> Person | None:
    """Whoever a provider of identities vouches for, unless they have signed out everywhere since."""
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    if not issuer or not subject:
        return None
    name, email = (str(claims.get(claim) or "")[:_CLAIM] for claim in ("name", "email"))
    found = services().people.from_provider(issuer, subject, name=name, email=email)
    since = datetime.fromtimestamp(float(str(claims.get("iat") or 0)), UTC)
    return found if found.sessions_from is None or since >= found.sessions_from else None


def sign_out() -> None:
    """End this sign-in, wherever it came from."""
    services().accounts.sign_out(st.context.cookies.get(SESSION_COOKIE, ""))
    if st.user.get("is_logged_in"):
        st.logout()


def providers() -> tuple[str, ...]:
    """The providers of identities that Streamlit is set up with; "" for one without a name."""
    try:
        auth = st.secrets.get("auth")
    except FileNotFoundError:
        return ()
    if not auth:
        return ()
    named = tuple(name for name, one in auth.items() if hasattr(one, "get") and one.get("client_id"))
    return named or (("",) if auth.get("client_id") else ())


def offered_key() -> str:
    """The join code or invitation this browser came with, if any."""
    return st.context.cookies.get(JOIN_COOKIE, "")


def base_url() -> str:
    """Where this app is reached, as this browser reaches it."""
    scheme, _, rest = (st.context.url or "").partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
