"""Several people on one installation, in real browsers: signing in, joining, sharing, withdrawing, taking along, deleting."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import App, running
from playwright.sync_api import Page, expect

from coach.domain.attempt import Attempt
from coach.store import AttemptStore, Database, PeopleStore
from tests.store.store_examples import JUDGE, TEXT, VERSIONS, attempt, feedback

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


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app that several people use, and its provider."""
    folder: Path = tmp_path_factory.mktemp("hosted")
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


def serious_faults(page: Page) -> list[str]:
    """What axe finds serious in our own parts of a page."""
    found = Axe().run(page, context={"include": [[".pc"]]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]


def sign_in(browse: Browse, url: str, who: str) -> Page:
    """A browser of somebody's own, signed in."""
    page = browse(url)
    page.get_by_role("button", name="Sign in with your organisation").click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page.get_by_role("link", name="Today").first).to_be_attached()
    return page


def answered(app: App, who: str) -> Attempt:
    """A rated answer of somebody, put into the store beside the app."""
    database = Database(f"sqlite:///{app.data / 'coach.db'}")
    (person,) = PeopleStore(database).with_email(f"{who}@example.org")
    store, now = AttemptStore(database), datetime.now(UTC)
    one = attempt(person.id, created_at=now)
    store.add(one)
    store.hand_in(one.id, person.id, TEXT, now)
    store.save_feedback(one.id, person.id, feedback=feedback(3, 4, None, 2), judge=JUDGE, versions=VERSIONS, at=now)
    database.close()
    return one


def test_a_coach_sees_what_a_student_shares_for_as_long_as_they_do(hosted: App, browse: Browse) -> None:
    stranger = browse(f"{hosted.url}/cohorts")
    expect(stranger.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
    assert stranger.get_by_role("link", name="Practise").count() == 0

    carla = sign_in(browse, hosted.url, "carla")
    assert carla.get_by_role("link", name="Cohorts").count() == 0

    ada = sign_in(browse, hosted.url, "ada")
    subprocess.run(
        [sys.executable, "-m", "coach.cli", "admin", "promote", "ada@example.org"],
        env=hosted.environment,
        cwd=hosted.data.parent,
        check=True,
    )
    ada.goto(f"{hosted.url}/people")
    ada.get_by_role("combobox", name="Role of Carla Coach").click()
    ada.get_by_role("option", name="Coach").click()

    carla.goto(f"{hosted.url}/cohorts")
    carla.get_by_role("textbox", name="Name").fill("Autumn")
    carla.get_by_role("button", name="Make the cohort").click()
    link = carla.locator("p.link").inner_text()
    cohort = carla.url

    sam = browse(link)
    expect(sam.get_by_role("heading", name="Autumn")).to_be_visible()
    sam.get_by_role("button", name="Sign in with your organisation").click()
    sam.get_by_role("button", name="sam", exact=True).click()
    expect(sam.get_by_role("link", name="Today").first).to_be_attached()
    sam.goto(f"{hosted.url}/sharing")
    sam.get_by_role("button", name="Join this cohort").click()
    expect(sam.get_by_text("Coached by Carla Coach")).to_be_visible()
    one = answered(hosted, "sam")

    carla.goto(cohort)
    expect(carla.get_by_role("row", name="Sam Lee not shared")).to_be_visible()
    carla.get_by_role("link", name="Sam Lee").click()
    expect(carla.get_by_role("heading", name="Nothing to see")).to_be_visible()
    student = carla.url

    sam.get_by_text("Ratings and words", exact=True).first.click()
    expect(sam.get_by_text("He would not open the door")).to_be_visible()
    for _ in range(10):  # until what Sam chose is stored
        carla.goto(student)
        expect(carla.get_by_role("heading", name="Sam Lee")).to_be_visible()
        carla.get_by_text("Take out of the cohort").wait_for()  # the last thing on the page
        if carla.get_by_role("button", name="Read").count():
            break
    carla.get_by_role("button", name="Read").click()
    expect(carla.get_by_text(TEXT)).to_be_visible()
    assert serious_faults(carla) == []

    sam.reload()
    expect(sam.get_by_text("read the words: How did you bring the services together?")).to_be_visible()
    assert serious_faults(sam) == []
    sam.get_by_role("button", name="Share nothing any more").click()
    expect(sam.get_by_text("He would not open the door")).to_have_count(0)
    carla.goto(f"{student}&answer={one.id}")
    expect(carla.get_by_role("heading", name="Nothing to see")).to_be_visible()
    expect(carla.get_by_text(TEXT)).to_have_count(0)

    sam.goto(cohort)
    expect(sam.get_by_role("heading", name="Autumn")).to_have_count(0)


def test_everything_of_one_is_taken_along_and_then_deleted(hosted: App, browse: Browse) -> None:
    uma = sign_in(browse, hosted.url, "uma")
    one = answered(hosted, "uma")
    uma.goto(f"{hosted.url}/my-data")
    with uma.expect_download() as download:
        uma.get_by_role("link", name="Download everything (zip)").click()
    with ZipFile(download.value.path()) as file:
        assert [name for name in file.namelist() if one.id[:8] in name]
    uma.get_by_role("button", name="Delete everything …").click()
    word = uma.get_by_role("textbox", name="Type “delete”")
    word.fill("yes")
    uma.get_by_role("button", name="Delete everything for good").click()
    expect(uma.get_by_text("Nothing was deleted.")).to_be_visible()
    word.fill("delete")
    uma.get_by_role("button", name="Delete everything for good").click()
    uma.get_by_role("button", name="End session").click()  # of the provider
    expect(uma.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
    database = Database(f"sqlite:///{hosted.data / 'coach.db'}")
    assert PeopleStore(database).with_email("uma@example.org") == ()
    assert AttemptStore(database).all_of(one.candidate) == ()
    database.close()


def test_who_was_shut_out_or_signed_out_sees_nothing_more(hosted: App, browse: Browse) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "coach.cli", "admin", "create", "root@example.org", "--url", hosted.url],
        env=hosted.environment,
        cwd=hosted.data.parent,
        check=True,
        capture_output=True,
        text=True,
    )
    root = browse(made.stdout.splitlines()[-1])
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
