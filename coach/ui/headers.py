"""What a browser is told with every answer: which scripts may run, who may frame a page, what a page may use, who gets a cookie.

Why each grant of the policy is there stands in docs/security.md; a test runs the app in Chromium and fails on anything that is refused.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_SCRIPT_READS = ("_streamlit_xsrf",)  # Streamlit's page sends it back in a header, so it must be able to read it
_SWITCHED_OFF = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope"),
    *(
        "magnetometer",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    ),
)


@cache
def fixed() -> dict[str, str]:
    """The headers of every answer, unless it brings stricter ones of its own."""
    return {
        "content-security-policy": policy(),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": ", ".join(["microphone=(self)", *(f"{feature}=()" for feature in _SWITCHED_OFF)]),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }


def policy() -> str:
    """The Content-Security-Policy: our own files, nothing from elsewhere, no text turned into code."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(
                ("script-src 'self' blob:", *_inline_scripts())
            ),  # blob: components, and what the recorder runs on
            "style-src 'self' 'unsafe-inline'",  # Streamlit, Plotly and our pages style elements where they stand
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",  # what a microphone check has just recorded
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def _inline_scripts() -> list[str]:
    """The scripts within Streamlit's own page, by their hashes: no other can stand there."""
    page = Path(streamlit.__file__).with_name("static") / "index.html"
    hashes = (hashlib.sha256(script).digest() for script in _INLINE.findall(page.read_bytes()))
    return [f"'sha256-{base64.b64encode(one).decode()}'" for one in hashes]


def harden(headers: MutableHeaders, *, secure: bool) -> None:
    """Add what an answer lacks. Cookies are for HTTPS only where the browser came by it, and for no script but the one that needs it."""
    for name, value in fixed().items():
        headers.setdefault(name, value)
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", _hardened(cookie, secure=secure))


def _hardened(cookie: str, *, secure: bool) -> str:
    given = {part.partition("=")[0].strip().lower() for part in cookie.split(";")[1:]}
    wanted = {
        "samesite": "SameSite=Lax",
        **({} if cookie.startswith(_SCRIPT_READS) else {"httponly": "HttpOnly"}),
        **({"secure": "Secure"} if secure else {}),
    }
    return "; ".join([cookie, *(value for name, value in wanted.items() if name not in given)])
