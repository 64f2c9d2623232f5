"""What is built once a process and shared by all sessions and routes. All of it is safe to share between threads."""

import functools
import threading
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from coach.errors import NotFoundError
from coach.recordings import utc_now
from coach.settings import Settings
from coach.wiring import LOCAL_CANDIDATE, Services, build

_TOKEN_LASTS = timedelta(hours=12)
_TOO_LONG = "This page has been open for too long. Reload it and go on: nothing is lost."
EXPORT = "export"  # in place of an attempt: everything of one's own
_building = threading.Lock()


def services() -> Services:
    """The services of this process. Raises CoachError where settings or database cannot be used, and tries again next time."""
    with _building:  # two pages that come first at the same moment share one
        return _built()


@functools.cache
def _built() -> Services:
    return build(Settings.load())


def candidate() -> str:
    """Who is practising: on one's own machine the local profile, hosted whoever is signed in. Raises SignInError where nobody is."""
    if not services().settings.hosted:
        return LOCAL_CANDIDATE
    from coach.ui.signed_in import person  # noqa: PLC0415  # it needs the services of this module

    return person().id


def token(attempt_id: str, candidate_id: str) -> str:
    """Leave for one person to reach one attempt by HTTP for the next hours; hosted, only while they are signed in."""
    return _signer().dumps([attempt_id, candidate_id])


def candidate_of(signed: str, attempt_id: str) -> str:
    """Who a token belongs to. Raises NotFoundError for a wrong, expired or foreign token."""
    try:
        (attempt, owner), signed_at = _signer().loads(signed, return_timestamp=True)
    except (BadSignature, ValueError, TypeError):
        raise NotFoundError(_TOO_LONG) from None
    if abs(utc_now() - signed_at) > _TOKEN_LASTS:  # a clock that was put right may say that it is yet to be made
        raise NotFoundError(_TOO_LONG)
    if attempt != attempt_id:
        raise NotFoundError("There is no such answer here.")
    return str(owner)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(services().secret, salt="attempt")
