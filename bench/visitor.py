"""Somebody at a browser, as far as a server can tell: signs in by forms, lives on Streamlit's WebSocket, sends drafts and sound to our routes."""

import asyncio
import json
import re
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import httpx2
from google.protobuf.message import Message
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE_S = 240.0  # for one page, on however busy a machine
_FORM = re.compile(r"name='form' value='([^']+)'")


class RefusedError(Exception):
    """The server did not do what it was asked."""


@dataclass
class Drawn:
    """A page as it was drawn by one run of the script: its words, its buttons and components of ours, and what drawing it took."""

    seconds: float = 0.0
    size: int = 0
    words: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    components: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def says(self, words: str) -> bool:
        """Whether these words stand anywhere on the page."""
        return any(words in one for one in self.words)

    def take_in(self, element: Message) -> None:
        """One more element."""
        kind = str(element.WhichOneof("type"))
        one = getattr(element, kind)
        if kind == "exception":
            self.failed.append(one.type)
        elif kind == "button":
            self.buttons[one.label] = one.id
        elif kind == "bidi_component":
            found = json.loads(one.json) if one.json else json.loads(one.mixed.json or "{}")
            self.components[one.component_name.removeprefix("coach_")] = one.id, found
        self.words += [str(getattr(one, name)) for name in ("body", "label") if hasattr(one, name)]


class Visitor:
    """One browser. Its cookies are its own; ``trust``: certificates of a server that speaks HTTPS."""

    def __init__(self, url: str, trust: ssl.SSLContext | None = None, address: str | None = None) -> None:
        self._url = url.rstrip("/")
        self._trust = trust
        self._address = address
        self.http = httpx2.AsyncClient(
            base_url=self._url,
            verify=trust or False,
            timeout=PATIENCE_S,
            headers={"origin": self._url},
            transport=httpx2.AsyncHTTPTransport(verify=trust or False, local_address=address),
        )
        self._socket: ClientConnection | None = None
        self._query = self._page = self._session = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    # ── signing in ───────────────────────────────────────────────────────────────────────────────────────────────

    async def set_password(self, link: str, password: str) -> None:
        """Set a password by the secret of a link, and be signed in."""
        await self._send(f"/account/password/{link}", password=password)

    async def sign_in(self, email: str, password: str) -> None:
        """Sign in with a password."""
        await self._send("/account/sign-in", email=email, password=password)

    async def _send(self, path: str, **fields: str) -> None:
        form = _FORM.search((await self.http.get(path)).text)
        if not form:
            raise RefusedError(f"there is no form at {path.rpartition('/')[0]}")
        reply = await self.http.post(path, data={"form": form[1], **fields})
        if reply.status_code != httpx2.codes.SEE_OTHER:
            raise RefusedError(f"{path.rpartition('/')[0]}: {reply.status_code}")

    # ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Self]:
        """With a tab open."""
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.http.cookies.jar if one.path == "/")
        async with connect(
            f"{self._url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a plain word
            origin=self._url,  # type: ignore[arg-type]
            additional_headers={"cookie": cookies},
            max_size=None,
            ssl=self._trust,
            local_addr=(self._address, 0) if self._address else None,
        ) as self._socket:
            yield self

    async def open(self, page: str = "", query: str = "") -> Drawn:
        """Go to a page by its address."""
        self._page, self._query = page, query
        return await self._run()

    async def press(self, drawn: Drawn, label: str) -> Drawn:
        """Press a button of a page. Raises KeyError where there is none."""
        return await self._run(WidgetState(id=drawn.buttons[label], trigger_value=True))

    async def tell(self, drawn: Drawn, component: str, event: str, value: dict[str, Any]) -> Drawn:
        """Let a component of ours tell the server something, as its script would."""
        ident = _make_trigger_id(drawn.components[component][0], "events")
        said = json.dumps([{"event": event, "value": value}])
        return await self._run(WidgetState(id=ident, json_trigger_value=said))

    async def _run(self, *states: WidgetState) -> Drawn:
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = self._query, self._page
        message.rerun_script.widget_states.widgets.extend(states)
        started = time.perf_counter()
        async with asyncio.timeout(PATIENCE_S):
            await self._tab.send(message.SerializeToString())
            drawn = await self._drawn()
        drawn.seconds = time.perf_counter() - started
        return drawn

    async def _drawn(self) -> Drawn:
        """Everything until the script has run; where it begins anew, what was drawn before does not count."""
        drawn = Drawn()
        while True:
            data = await self._tab.recv()
            told = ForwardMsg()
            told.ParseFromString(data if isinstance(data, bytes) else data.encode())
            kind = told.WhichOneof("type")
            if kind == "new_session":
                drawn, self._session = Drawn(), told.new_session.initialize.session_id
            elif kind == "page_info_changed":
                self._query = told.page_info_changed.query_string
            elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                drawn.take_in(told.delta.new_element)
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return drawn
            drawn.size += len(data)

    @property
    def _tab(self) -> ClientConnection:
        if self._socket is None:
            raise RefusedError("no tab is open")
        return self._socket

    # ── what goes beside the pages ───────────────────────────────────────────────────────────────────────────────

    async def draft(self, data: dict[str, Any], words: str) -> httpx2.Response:
        """Send what is in the writer so far."""
        return await self.http.put(data["url"], content=words.encode(), headers={"x-coach-token": data["token"]})

    async def piece(self, data: dict[str, Any], number: int, pcm: bytes) -> httpx2.Response:
        """Send a piece of a recording."""
        path = f"{data['url']}/takes/{data['take']}/chunks/{number}"
        return await self.http.put(path, content=pcm, headers={"x-coach-token": data["token"]})

    async def upload(self, name: str, content: bytes) -> httpx2.Response:
        """Hand a file to Streamlit, as a field for files does."""
        await self.http.get("/_stcore/health")  # brings the cookie that must come back
        token = self.http.cookies.get("_streamlit_xsrf", "")
        path = f"/_stcore/upload_file/{self._session}/{'f' * 32}"
        return await self.http.put(path, files={"file": (name, content)}, headers={"x-xsrftoken": token})
