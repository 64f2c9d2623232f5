"""HTTP routes beside Streamlit's own: drafts and recordings go straight to the store, so no refresh can lose them."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from coach.domain.answer import Hearing
from coach.errors import CoachError, ConflictError, NotFoundError, StoreFullError
from coach.speech import wav_bytes
from coach.ui.resources import candidate_of, services

log = logging.getLogger(__name__)

_BODY_LIMIT = 1_000_000  # bytes: half a minute of sound, or far more text than can be rated
_SHOWN = 600  # characters of live words: about the last minute
_RANGE = re.compile(r"bytes=([0-9]{1,12})-([0-9]{0,12})")
Handler = Callable[[Request], Awaitable[Response]]


def _guarded(handler: Handler) -> Handler:
    """Answers in plain words for everything a user can do something about."""

    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except NotFoundError as error:
            return _problem(404, str(error))
        except ConflictError as error:
            return _problem(409, str(error))
        except StoreFullError as error:
            return _problem(507, str(error))
        except CoachError as error:
            return _problem(400, str(error))
        except ClientDisconnect:  # a page that was left; its browser sends the piece again
            return Response(status_code=400)

    return guarded


def _problem(status: int, message: str) -> JSONResponse:
    return JSONResponse({"problem": message}, status)


def _who(request: Request) -> tuple[str, str]:
    attempt = str(request.path_params["attempt"])
    signed = request.headers.get("x-coach-token") or request.query_params.get("token", "")
    return attempt, candidate_of(signed, attempt)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY_LIMIT:
            raise CoachError("This is more than can be kept in one piece.")
    return bytes(body)


@_guarded
async def _put_draft(request: Request) -> Response:
    attempt, who = _who(request)
    text = (await _body(request)).decode("utf-8", "replace")
    await run_in_threadpool(services().practice.save_draft, attempt, who, text)
    return JSONResponse({"kept": len(text)})


@_guarded
async def _put_chunk(request: Request) -> Response:
    attempt, who = _who(request)
    take, chunk = int(request.path_params["take"]), int(request.path_params["chunk"])
    pcm = await _body(request)
    last = "last" in request.query_params
    hearing = await run_in_threadpool(services().practice.put_chunk, attempt, who, take, chunk, pcm, last=last)
    return JSONResponse({"kept": chunk} | (_shown(hearing) if hearing else {}))


def _shown(hearing: Hearing) -> dict[str, Any]:
    """What the recorder shows of the words so far: the last lines of them, and how late they are."""
    cut = hearing.text[-_SHOWN:]
    text = cut if cut == hearing.text else "… " + cut.partition(" ")[2]
    return {"text": text, "heard_s": hearing.heard_s, "behind_s": hearing.behind_s}


@_guarded
async def _get_take(request: Request) -> Response:
    attempt, who = _who(request)
    take = int(request.path_params["take"])
    wav = wav_bytes(await run_in_threadpool(services().practice.sound, attempt, who, take))
    return _ranged(wav, request.headers.get("range", ""))


def _ranged(wav: bytes, wanted: str) -> Response:
    """The sound, or the part of it a player asks for when one skips."""
    headers = {"accept-ranges": "bytes", "cache-control": "private, no-store"}
    part = _RANGE.fullmatch(wanted)
    if not part:  # none, or of a kind that HTTP lets us answer with the whole
        return Response(wav, media_type="audio/wav", headers=headers)
    start, end = int(part[1]), min(int(part[2] or len(wav)), len(wav) - 1)
    if start > end:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(wav)}"})
    headers["content-range"] = f"bytes {start}-{end}/{len(wav)}"
    return Response(wav[start : end + 1], 206, media_type="audio/wav", headers=headers)


ROUTES = (
    Route("/api/attempts/{attempt}/draft", _put_draft, methods=["PUT"]),
    Route("/api/attempts/{attempt}/takes/{take:int}/chunks/{chunk:int}", _put_chunk, methods=["PUT"]),
    Route("/api/attempts/{attempt}/takes/{take:int}.wav", _get_take, methods=["GET"]),
)
