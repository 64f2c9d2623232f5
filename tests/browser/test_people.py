"""Local accounts, shutting out and signing out on an installation that several people use, in real browsers."""

from collections.abc import Iterator

import pytest
from conftest import App
from hosting import Browse, command, installation, sign_in
from playwright.sync_api import expect


@pytest.fixture
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with installation(tmp_path_factory.mktemp("hosted")) as app:
        yield app


def test_who_was_shut_out_or_signed_out_sees_nothing_more(hosted: App, browse: Browse) -> None:
    link = command(hosted, "admin", "create", "root@example.org", "--url", hosted.url).splitlines()[-1]
    root = browse(link)
    root.get_by_label("New password").fill("four plain words together")
    root.get_by_role("button", name="Set it and sign in").click()
    expect(root.get_by_role("link", name="Today").first).to_be_attached()

    olga = sign_in(browse, hosted.url, "olga")
    root.goto(f"{hosted.url}/people")
    root.get_by_role("textbox", name="Find by name or address").fill("olga")
    root.get_by_role("textbox", name="Find by name or address").press("Enter")
    expect(root.get_by_role("button", name="Shut out")).to_have_count(1)
    root.get_by_role("button", name="Shut out").click()
    expect(root.get_by_text("Olga Berg (shut out)")).to_be_visible()
    olga.get_by_role("link", name="Progress").first.click()
    expect(olga.get_by_role("button", name="Sign in with your organisation")).to_be_visible()

    root.goto(f"{hosted.url}/my-data")
    root.get_by_role("button", name="Sign out", exact=True).click()
    expect(root.get_by_role("link", name="Sign in with e-mail and password")).to_be_visible()
    root.goto(f"{hosted.url}/people")
    expect(root.get_by_role("link", name="Sign in with e-mail and password")).to_be_visible()
