"""A connection to an endpoint."""

import functools
import ssl

from httpx2 import create_ssl_context
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout

from coach.judge.request import Endpoint


def client(endpoint: Endpoint, timeout: Timeout) -> AsyncOpenAI:
    """Where to send calls; it tries none of them again, and is closed by whoever uses it as a context manager."""
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
    return create_ssl_context()
