"""The pages of accounts with a password, as plain HTML: a cookie that scripts cannot read is set by an answer to a form."""

import secrets
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from coach.people.accounts import SHORTEST
from coach.ui.guard import is_secure
from coach.ui.signed_in import SESSION_COOKIE

FORM_COOKIE = "coach_form"
PATH = "/account"

_HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "same-origin",  # an address may hold the secret of a link
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}
_STYLE = Path(__file__).parent / "shell" / "account.css"
SIGN_IN_FIELDS = (
    '<label>E-mail <input name="email" type="email" autocomplete="username" required autofocus></label>'
    '<label>Password <input name="password" type="password" autocomplete="current-password" required></label>'
)
NEW_SECRET_FIELDS = (
    f'<label>New password <input name="password" type="password" autocomplete="new-password" minlength="{SHORTEST}" required></label>'
    f'<p class="soft" style="margin:0">{SHORTEST} characters or more. Some words in a row are easy to remember.</p>'
)


def name_field(name: str) -> str:
    """A field for one's name, as the invitation has it."""
    return f'<label>Your name <input name="name" autocomplete="name" value="{escape(name)}" maxlength="200"></label>'


def form(
    request: Request, title: str, fields: str, button: str, *, before: str = "", problem: str = "", status: int = 200
) -> Response:
    """A page with one form. Its hidden field must come back with the cookie of the same value: no other site can send it."""
    value = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    told = f'<p class="bad" role="alert">{escape(problem)}</p>' if problem else ""
    body = (
        f"{told}{before}<form method='post'><input type='hidden' name='form' value='{escape(value)}'>"
        f"{fields}<button>{button}</button></form>"
    )
    answer = page(title, body, status)
    answer.set_cookie(FORM_COOKIE, value, httponly=True, samesite="strict", secure=is_secure(request.scope), path=PATH)
    return answer


def page(title: str, body: str, status: int = 200) -> Response:
    """A page of ours outside the app."""
    style = _STYLE.read_text("utf-8")
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} · Practice Coach</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>'
        f'<body><main><h1>{escape(title)}</h1>{body}<p class="soft"><a href="/">Practice Coach</a></p></main></body></html>',
        status,
        _HEADERS,
    )


def signed_in(request: Request, secret: str, to: str, seconds: int) -> Response:
    """Into the app, with the cookie of a session."""
    answer = RedirectResponse(to, 303, {"cache-control": "no-store"})
    answer.set_cookie(
        SESSION_COOKIE, secret, httponly=True, samesite="lax", secure=is_secure(request.scope), max_age=seconds
    )
    return answer
