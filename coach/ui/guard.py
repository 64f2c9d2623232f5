"""Keeps whoever has not signed in from what Streamlit's server gives to anybody: uploads, media, figures about itself."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from coach.errors import CoachError
from coach.ui.resources import services
from coach.ui.signed_in import of_request

_CLOSED = ("/media/", "/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent")


class Guard:
    """In front of the whole app. On a machine of one's own it lets everything pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 for what is closed to whoever asks."""
        closed = scope["type"] == "http" and str(scope["path"]).startswith(_CLOSED)
        if closed and not await run_in_threadpool(_may_pass, Request(scope)):
            await PlainTextResponse("There is nothing here.", 404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _may_pass(request: Request) -> bool:
    try:
        return not services().people.hosted or of_request(request) is not None
    except CoachError:  # no settings, no database: the page says so
        return False
