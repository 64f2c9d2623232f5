"""In front of the whole app: who may ask at all, what Streamlit's server gives to anybody, and the headers of every answer."""

import ipaddress
from functools import partial
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from coach.errors import CoachError
from coach.settings import Settings
from coach.ui.headers import harden
from coach.ui.pace import Pace
from coach.ui.resources import services
from coach.ui.signed_in import of_request

_NOBODYS = ("/_stcore/agent",)  # another way into the app, which we do not offer
_CLOSED = ("/media/", "/_stcore/upload_file", "/_stcore/metrics")
_UPLOAD = "/_stcore/upload_file"
_READS = ("GET", "HEAD", "OPTIONS")
_POLICY_VIOLATION = 1008  # of RFC 6455

_NOTHING = "There is nothing here."
_OTHER_NAME = (
    "Practice Coach does not answer under this name. Open it as http://localhost or by its address, "
    "or add the name to COACH_HOSTS and start it again."
)
_ELSEWHERE = "This request came from a page of another site."
_TOO_FAST = "This was a lot at once. Wait a minute, then try again."


class Guard:
    """Refuses what no page of ours would send. Whether somebody may see a thing is decided where the thing is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._settings: Settings | None = None
        self._visits = Pace(300, 5)  # by address: two tabs for each in a classroom behind one address
        self._uploads = Pace(20, 1 / 30)  # by person; each may hold some hundred MB in memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 400, 403, 404 or 429 in a sentence."""
        if scope["type"] == "http":
            send = partial(_with_headers, send, secure=is_secure(scope))
        refusal = await self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await refusal(scope, receive, send)
        else:
            await receive()  # the opening of the connection, which is refused with 403
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})

    async def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers, path = Headers(scope=scope), str(scope["path"])
        settings = self._settings or await run_in_threadpool(self._set)
        hosts, hosted = (settings.hosts, settings.hosted) if settings else ((), False)
        served = config.get_option("server.address")  # the name it was told to serve on, if it was
        if served and (hosts or not hosted):
            hosts = (*hosts, str(served).lower())
        if not is_name_known(headers.get("host", ""), hosts, hosted=hosted):
            return PlainTextResponse(_OTHER_NAME, 400)
        acts = scope["type"] == "websocket" or scope["method"] not in _READS
        if acts and not is_from_here(headers.get("origin"), headers.get("host", ""), hosts):
            return PlainTextResponse(_ELSEWHERE, 403)
        if path.startswith(_NOBODYS):
            return PlainTextResponse(_NOTHING, 404)
        if hosted or settings is None:
            return await self._refusal_of_visitor(scope, path)
        return None

    async def _refusal_of_visitor(self, scope: Scope, path: str) -> PlainTextResponse | None:
        """Where several people use it: what only those who are signed in may ask for, and how fast."""
        if scope["type"] == "websocket":
            address = scope["client"][0] if scope.get("client") else ""
            return _slower(self._visits.wait_s(address))
        if not path.startswith(_CLOSED):
            return None
        visitor = await run_in_threadpool(_visitor, Request(scope))
        if not visitor:
            return PlainTextResponse(_NOTHING, 404)
        if path.startswith(_UPLOAD) and scope["method"] not in _READS:
            return _slower(self._uploads.wait_s(visitor))
        return None

    def _set(self) -> Settings | None:
        """The settings, once they can be read."""
        if self._settings is None:
            try:
                self._settings = Settings.load()
            except CoachError:  # pages say so
                return None
        return self._settings


def _slower(wait_s: float) -> PlainTextResponse | None:
    return PlainTextResponse(_TOO_FAST, 429, {"retry-after": str(int(wait_s) + 1)}) if wait_s else None


def _visitor(request: Request) -> str:
    """Who is signed in, or nothing."""
    try:
        found = of_request(request) if services().people.hosted else None
    except CoachError:  # no settings, no database: the page says so
        return ""
    return found.id if found else ""


async def _with_headers(send: Send, message: Message, *, secure: bool) -> None:
    if message["type"] == "http.response.start":
        harden(MutableHeaders(scope=message), secure=secure)
    await send(message)


def is_secure(scope: Scope) -> bool:
    """Whether the browser came by HTTPS, perhaps to a proxy in front of us."""
    told = Headers(scope=scope).get("x-forwarded-proto", str(scope.get("scheme", "")))
    return told.partition(",")[0].strip() in ("https", "wss")


def is_name_known(host: str, hosts: tuple[str, ...], *, hosted: bool) -> bool:
    """Whether this app answers under the name a browser asked for.

    Another site may have its own name lead to this computer, and its page would then pass for one of ours. On a machine of one's own only
    names that no other site can have are known: addresses, and localhost. Hosted, a foreign name brings no cookie, so any will do
    unless ``hosts`` are set.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if hosts or not hosted:
        return name in hosts or name == "localhost" or name.endswith(".localhost") or _is_address(name)
    return bool(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_from_here(origin: str | None, host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a request that acts was sent by a page of ours. What is no browser names no origin, and has no cookie to be tricked out of."""
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        return bool(parts.hostname) and (parts.netloc.lower() == host.lower() or parts.hostname in hosts)
    except ValueError:
        return False
