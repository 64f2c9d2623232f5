"""An installation that several people use, in real browsers, and the provider they sign in with."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import App, running
from playwright.sync_api import Page, expect

Browse = Callable[..., Page]
NAMES = {"ada": "Ada Admin", "carla": "Carla Coach", "sam": "Sam Lee", "uma": "Uma Lind", "olga": "Olga Berg"}


@contextmanager
def provider() -> Iterator[str]:
    """A provider of identities on this computer; its issuer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    users = [
        word
        for sub, name in NAMES.items()
        for word in ("--user-claims", f'{{"sub": "{sub}", "name": "{name}", "email": "{sub}@example.org"}}')
    ]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *users],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    issuer = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5):
                    break
            except OSError:
                time.sleep(0.2)
        yield issuer
    finally:
        process.kill()
        process.wait()


@contextmanager
def installation(folder: Path) -> Iterator[App]:
    """An app that several people use, and its provider."""
    with provider() as issuer:

        def set_up(port: int) -> None:
            (folder / ".streamlit").mkdir()
            (folder / ".streamlit" / "secrets.toml").write_text(
                f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"c" * 40}"\n'
                f'client_id = "coach"\nclient_secret = "made up"\n'
                f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n',
                encoding="utf-8",
            )

        with running(folder, set_up, COACH_HOSTED="1") as app:
            yield app


def sign_in(browse: Browse, url: str, who: str) -> Page:
    """A browser of somebody's own, signed in."""
    page = browse(url)
    page.get_by_role("button", name="Sign in with your organisation").click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page.get_by_role("link", name="Today").first).to_be_attached()
    return page


def command(app: App, *words: str) -> str:
    """What a command prints on the installation's machine."""
    return subprocess.run(
        [sys.executable, "-m", "coach.cli", *words],
        env=app.environment,
        cwd=app.data.parent,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
