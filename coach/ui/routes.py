"""HTTP routes beside Streamlit's own: drafts and recordings go straight to the store, so no refresh can lose them."""

import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from coach.domain.answer import Hearing
from coach.domain.story import StoryPart
from coach.errors import CoachError, ConflictError, NotFoundError, StoreFullError, TooFastError
from coach.practice import Practice
from coach.prepare.drills.drilling import Drills
from coach.speech import wav_bytes
from coach.ui.pace import Pace
from coach.ui.resources import EXPORT, candidate_of, services
from coach.ui.signed_in import of_request

log = logging.getLogger(__name__)

_BODY_LIMIT = 1_000_000  # bytes: half a minute of sound, or far more text than can be rated
_SHOWN = 600  # characters of live words: about the last minute
_REQUESTS = Pace(4_000, 20)  # by person: an hour's recording that waited for the network comes at once
_SOUND = Pace(150e6, 100e3)  # bytes: such an hour, and then three times as fast as one can speak
_TAKEN_AWAY = Pace(10, 1 / 20)  # exports and reports
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
        except TooFastError as error:
            return JSONResponse({"problem": str(error)}, 429, {"retry-after": str(int(error.wait_s) + 1)})
        except CoachError as error:
            return _problem(400, str(error))
        except ClientDisconnect:  # a page that was left; its browser sends the piece again
            return Response(status_code=400)

    return guarded


def _problem(status: int, message: str) -> JSONResponse:
    return JSONResponse({"problem": message}, status)


async def _who(request: Request, what: str = "attempt") -> tuple[str, str]:
    ident = str(request.path_params[what])
    return ident, await run_in_threadpool(_holder, request, ident)


def _holder(request: Request, ident: str) -> str:
    """Who has leave to reach this. Hosted, they must also be the one who is signed in: an address alone is worth nothing."""
    owner = candidate_of(request.headers.get("x-coach-token") or request.query_params.get("token", ""), ident)
    if services().people.hosted:
        asking = of_request(request)
        if asking is None or asking.id != owner:
            raise NotFoundError("There is nothing here for you. Sign in again: reload this page.")
        _keep_to(_REQUESTS, owner)
    return owner


def _keep_to(pace: Pace, who: str, cost: float = 1) -> None:
    """Raises TooFastError where somebody is faster than the pace. On a machine of one's own nobody is held up."""
    if services().people.hosted and (wait_s := pace.wait_s(who, cost)):
        raise TooFastError(wait_s)


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY_LIMIT:
            raise CoachError("This is more than can be kept in one piece.")
    return bytes(body)


def _of(request: Request) -> Practice | Drills:
    """Who keeps what is answered here: attempts at questions, or tries at drills."""
    return services().drills if request.url.path.startswith("/api/drills/") else services().practice


@_guarded
async def _put_draft(request: Request) -> Response:
    attempt, who = await _who(request)
    text = (await _body(request)).decode("utf-8", "replace")
    await run_in_threadpool(_of(request).save_draft, attempt, who, text)
    return JSONResponse({"kept": len(text)})


@_guarded
async def _put_chunk(request: Request) -> Response:
    attempt, who = await _who(request)
    take, chunk = int(request.path_params["take"]), int(request.path_params["chunk"])
    pcm = await _body(request)
    _keep_to(_SOUND, who, len(pcm))
    last = "last" in request.query_params
    hearing = await run_in_threadpool(_of(request).put_chunk, attempt, who, take, chunk, pcm, last=last)
    return JSONResponse({"kept": chunk} | (_shown(hearing) if hearing else {}))


def _shown(hearing: Hearing) -> dict[str, Any]:
    """What the recorder shows of the words so far: the last lines of them, and how late they are."""
    cut = hearing.text[-_SHOWN:]
    text = cut if cut == hearing.text else "… " + cut.partition(" ")[2]
    return {"text": text, "heard_s": hearing.heard_s, "behind_s": hearing.behind_s}


@_guarded
async def _get_take(request: Request) -> Response:
    attempt, who = await _who(request)
    take = int(request.path_params["take"])
    wav = wav_bytes(await run_in_threadpool(_of(request).sound, attempt, who, take))
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


@_guarded
async def _seen(request: Request) -> Response:
    interview, who = await _who(request, "interview")
    step, rated = await run_in_threadpool(services().interviews.seen, interview, who)
    return JSONResponse({"step": step, "rated": rated})


@_guarded
async def _put_turn(request: Request) -> Response:
    interview, who = await _who(request, "interview")
    at, turn = int(request.path_params["round"]), int(request.path_params["turn"])
    text = (await _body(request)).decode("utf-8", "replace")
    if not await run_in_threadpool(services().interviews.save_draft, interview, who, at, turn, text):
        raise ConflictError("The time for this answer is over, or it was finished in another tab.")
    return JSONResponse({"kept": len(text)})


@_guarded
async def _put_part(request: Request) -> Response:
    story, who = await _who(request, "story")
    text = (await _body(request)).decode("utf-8", "replace")
    await run_in_threadpool(services().stories.save_part, story, who, _part(request), text)
    return JSONResponse({"kept": len(text)})


@_guarded
async def _get_hints(request: Request) -> Response:
    story, who = await _who(request, "story")
    hints = await run_in_threadpool(services().stories.hints, story, who, _part(request))
    return JSONResponse({"hints": [hint.model_dump(mode="json") for hint in hints]})


def _part(request: Request) -> StoryPart:
    try:
        return StoryPart(str(request.path_params["part"]))
    except ValueError:
        raise NotFoundError("A story has no such part.") from None


@_guarded
async def _get_report(request: Request) -> Response:
    interview, who = await _who(request, "interview")
    kind = str(request.path_params["kind"])
    _keep_to(_TAKEN_AWAY, who)
    body, media_type = await run_in_threadpool(_report, interview, who, kind)
    name = f"interview-{interview[:8]}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}
    return Response(body, media_type=media_type, headers=headers)


def _report(interview_id: str, who: str, kind: str) -> tuple[bytes | str, str]:
    from coach.interview.markdown import markdown  # noqa: PLC0415  # only who takes a report away needs these
    from coach.interview.pdf import pdf  # noqa: PLC0415

    parts = services()
    report = parts.reports.of(parts.interviews.get(interview_id, who))
    match kind:
        case "pdf":
            return pdf(report, parts.practice.rubric), "application/pdf"
        case "md":
            return markdown(report, parts.practice.rubric), "text/markdown; charset=utf-8"
        case "json":
            return report.model_dump_json(indent=2), "application/json"
        case _:
            raise NotFoundError("Reports are there as pdf, md and json.")


@_guarded
async def _put_note(request: Request) -> Response:
    job, who = await _who(request, "job")
    words, field = (await _body(request)).decode("utf-8", "replace"), str(request.path_params["field"])
    await run_in_threadpool(services().tailoring.note, job, who, field, words)
    return JSONResponse({"kept": len(words)})


@_guarded
async def _put_review(request: Request) -> Response:
    review, coach = await _who(request, "review")
    words, field = (await _body(request)).decode("utf-8", "replace"), str(request.path_params["field"])
    await run_in_threadpool(_keep_review, review, coach, field, words)
    return JSONResponse({"kept": len(words)})


def _keep_review(review: str, coach: str, field: str, words: str) -> None:
    parts = services()
    parts.reviewing.save_draft(parts.people.get(coach), review, field, words)


@_guarded
async def _get_shared_take(request: Request) -> Response:
    attempt, coach = await _who(request)
    take = int(request.path_params["take"])
    wav = wav_bytes(await run_in_threadpool(_shared_sound, attempt, coach, take))
    return _ranged(wav, request.headers.get("range", ""))


def _shared_sound(attempt_id: str, coach: str, take: int) -> bytes:
    parts = services()
    return parts.coaching.sound(parts.people.get(coach), attempt_id, take)


@_guarded
async def _get_export(request: Request) -> Response:
    who = await run_in_threadpool(_holder, request, EXPORT)
    _keep_to(_TAKEN_AWAY, who)
    path = await run_in_threadpool(_export, who)
    headers = {"cache-control": "private, no-store"}
    return FileResponse(
        path,
        media_type="application/zip",
        filename="practice-coach.zip",
        headers=headers,
        background=BackgroundTask(path.unlink),
    )


def _export(person_id: str) -> Path:
    parts = services()
    with NamedTemporaryFile(prefix="export-", suffix=".zip", dir=parts.settings.data_dir, delete=False) as file:
        try:
            parts.belongings.export(parts.people.get(person_id), file)
        except BaseException:
            Path(file.name).unlink()
            raise
        return Path(file.name)


ROUTES = (
    Route("/api/jobs/{job}/notes/{field}", _put_note, methods=["PUT"]),
    *(
        Route(f"/api/{of}/{{attempt}}/{path}", handler, methods=[method])
        for of in ("attempts", "drills")
        for path, handler, method in (
            ("draft", _put_draft, "PUT"),
            ("takes/{take:int}/chunks/{chunk:int}", _put_chunk, "PUT"),
            ("takes/{take:int}.wav", _get_take, "GET"),
        )
    ),
    Route("/api/shared/{attempt}/takes/{take:int}.wav", _get_shared_take, methods=["GET"]),
    Route("/api/reviews/{review}/drafts/{field}", _put_review, methods=["PUT"]),
    Route("/api/export.zip", _get_export, methods=["GET"]),
    Route("/api/interviews/{interview}/seen", _seen, methods=["PUT"]),
    Route("/api/interviews/{interview}/rounds/{round:int}/turns/{turn:int}/draft", _put_turn, methods=["PUT"]),
    Route("/api/stories/{story}/parts/{part}", _put_part, methods=["PUT"]),
    Route("/api/stories/{story}/parts/{part}/hints", _get_hints, methods=["GET"]),
    Route("/api/interviews/{interview}/report.{kind}", _get_report, methods=["GET"]),
)
