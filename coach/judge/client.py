"""A connection to an endpoint. The client is loaded only when one is first asked for: it takes longer to load than the app to start."""

import functools
import ssl
from typing import TYPE_CHECKING

from coach.judge.request import Endpoint

if TYPE_CHECKING:
    from openai import AsyncOpenAI


def client(endpoint: Endpoint, within_s: float, connect_s: float | None = None) -> "AsyncOpenAI":
    """Where to send calls; it tries none of them again, and is closed by whoever uses it as a context manager.

    ``within_s`` bounds each step of a call, ``connect_s`` that of connecting, where it is to be shorter.
    """
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout  # noqa: PLC0415  # only where an endpoint is asked

    timeout = Timeout(within_s, connect=within_s if connect_s is None else connect_s)
    return AsyncOpenAI(
        api_key=endpoint.api_key,
        base_url=endpoint.base_url,
        max_retries=0,
        timeout=timeout,
        http_client=DefaultAsyncHttpxClient(timeout=timeout, verify=_trusted()),
    )


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Which certificates to trust: read once a process, since it takes longer than all other work of an exchange."""
    from httpx2 import create_ssl_context  # noqa: PLC0415  # comes with the client

    return create_ssl_context()
