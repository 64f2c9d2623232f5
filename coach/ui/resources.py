"""What is built once a process and shared by all sessions and routes. All of it is safe to share between threads."""

import functools
import threading

from itsdangerous import BadSignature, URLSafeTimedSerializer

from coach.errors import NotFoundError
from coach.settings import Settings
from coach.wiring import LOCAL_CANDIDATE, Services, build

_TOKEN_HOURS = 12
_building = threading.Lock()


def services() -> Services:
    """The services of this process. Raises CoachError where settings or database cannot be used, and tries again next time."""
    with _building:  # two pages that come first at the same moment share one
        return _built()


@functools.cache
def _built() -> Services:
    return build(Settings.load())


def candidate() -> str:
    """Who is practising: on one's own machine, always the local profile."""
    return LOCAL_CANDIDATE


def token(attempt_id: str, candidate_id: str) -> str:
    """Leave to write to one attempt for the next hours, for the browser's uploads."""
    return _signer().dumps([attempt_id, candidate_id])


def candidate_of(signed: str, attempt_id: str) -> str:
    """Who a token belongs to. Raises NotFoundError for a wrong, expired or foreign token."""
    try:
        attempt, owner = _signer().loads(signed, max_age=_TOKEN_HOURS * 3600)
    except (BadSignature, ValueError, TypeError):
        raise NotFoundError("This page has been open for too long. Reload it and go on: nothing is lost.") from None
    if attempt != attempt_id:
        raise NotFoundError("There is no such answer here.")
    return str(owner)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(services().secret, salt="attempt")
