"""Routes of signing in with a password, and of links that lead into a cohort."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from coach.errors import CoachError, NotFoundError
from coach.people.accounts import SESSION
from coach.ui.account_pages import (
    FORM_COOKIE,
    NEW_SECRET_FIELDS,
    PATH,
    SIGN_IN_FIELDS,
    form,
    name_field,
    page,
    signed_in,
)
from coach.ui.guard import is_secure
from coach.ui.resources import services
from coach.ui.signed_in import JOIN_COOKIE

Handler = Callable[[Request], Awaitable[Response]]
_FIELDS = 10
_TRIES = ThreadPoolExecutor(2, "password")  # each try costs a core and 64 MB of memory for a moment: never many at once
_HOUR_S = 3600
_FORGOTTEN = "With your e-mail address and your password here. Forgotten it? An administrator gives you a link."
_STALE = "This form was open for too long, or came from elsewhere. Please try again."


def _with_accounts(handler: Handler) -> Handler:
    """Nothing is here where nobody signs in with a password; a fault is a page in plain words."""

    async def guarded(request: Request) -> Response:
        settings = (await run_in_threadpool(services)).settings
        if not settings.hosted or not settings.accounts:
            return page("There is nothing here", "<p>Nobody signs in with a password here.</p>", 404)
        try:
            return await handler(request)
        except NotFoundError as error:
            return page("This link opens nothing", f"<p>{escape(str(error))}</p>", 404)

    return guarded


async def _sent(request: Request) -> FormData | None:
    """What the form sent, if it is a form of ours."""
    sent = await request.form(max_fields=_FIELDS, max_files=0)
    ours = secrets.compare_digest(str(sent.get("form", "")).encode(), request.cookies.get(FORM_COOKIE, "-").encode())
    return sent if ours else None


async def _handle(
    request: Request, draw: Callable[[str, int], Response], act: Callable[[FormData], str], refused: int
) -> Response:
    """Draws the form, or does what it says and signs in with the session it gives; a refusal is told above the form."""
    if request.method == "GET":
        return draw("", 200)
    sent = await _sent(request)
    if sent is None:
        return draw(_STALE, 403)
    try:
        secret = await asyncio.get_running_loop().run_in_executor(_TRIES, act, sent)
    except NotFoundError:
        raise
    except CoachError as error:
        return draw(str(error), refused)
    to = "/sharing" if request.cookies.get(JOIN_COOKIE) else "/"
    return signed_in(request, secret, to, int(SESSION.total_seconds()))


@_with_accounts
async def _sign_in(request: Request) -> Response:
    address = request.client.host if request.client else ""

    def draw(problem: str, status: int) -> Response:
        return form(
            request, "Sign in", SIGN_IN_FIELDS, "Sign in", before=f"<p>{_FORGOTTEN}</p>", problem=problem, status=status
        )

    def act(sent: FormData) -> str:
        return services().accounts.sign_in(_text(sent, "email"), _text(sent, "password"), address)

    return await _handle(request, draw, act, 401)


@_with_accounts
async def _set_password(request: Request) -> Response:
    link = str(request.path_params["link"])
    person = await run_in_threadpool(services().accounts.of_link, link)

    def draw(problem: str, status: int) -> Response:
        title = f"A password for {person.email}"
        return form(request, title, NEW_SECRET_FIELDS, "Set it and sign in", problem=problem, status=status)

    def act(sent: FormData) -> str:
        return services().accounts.set_password(link, _text(sent, "password"))

    return await _handle(request, draw, act, 400)


@_with_accounts
async def _open_account(request: Request) -> Response:
    key = request.cookies.get(JOIN_COOKIE, "")
    invited = await run_in_threadpool(services().consent.invited_address, key)
    if invited is None:
        raise NotFoundError("An account is made by an invitation of your own, or by an administrator.")
    email, name = invited

    def draw(problem: str, status: int) -> Response:
        fields = name_field(name) + NEW_SECRET_FIELDS
        return form(request, f"An account for {email}", fields, "Make my account", problem=problem, status=status)

    def act(sent: FormData) -> str:
        return services().accounts.open_by_invitation(key, _text(sent, "name"), _text(sent, "password"))

    return await _handle(request, draw, act, 400)


def _text(sent: FormData, field: str) -> str:
    return str(sent.get(field, ""))


async def _come_to_join(request: Request) -> Response:
    """Keeps a code or an invitation in this browser for an hour, until whoever came is signed in and decides."""
    answer = RedirectResponse("/sharing", 303, {"referrer-policy": "no-referrer", "cache-control": "no-store"})
    key = str(request.path_params["key"])[:100]
    answer.set_cookie(JOIN_COOKIE, key, httponly=True, samesite="lax", secure=is_secure(request.scope), max_age=_HOUR_S)
    return answer


ROUTES = (
    Route(f"{PATH}/sign-in", _sign_in, methods=["GET", "POST"]),
    Route(f"{PATH}/new", _open_account, methods=["GET", "POST"]),
    Route(PATH + "/password/{link}", _set_password, methods=["GET", "POST"]),
    Route("/join/{key}", _come_to_join, methods=["GET"]),
)
