"""What Streamlit's own cookie says of a sign-in with a provider, for requests that are no page.

Streamlit tells a page by `st.user`; for a request it has no public way, so this reads the cookie as Streamlit's server does. A test signs
one in with Streamlit's own code: where a new version does it otherwise, that test fails, and nobody is taken for signed in.
"""

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME


def provider_claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """The claims in a cookie whose signature holds; nothing otherwise."""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    try:
        kept = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
        claims = json.loads(kept) if kept else {}
    except ValueError:  # not text, or no JSON
        return {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") else {}
