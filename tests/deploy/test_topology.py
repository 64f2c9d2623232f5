"""Apps and a worker behind the proxy of deploy/, over HTTPS, as people reach them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from bench.visitor import RefusedError, Visitor
from tests.deploy.centre import CADDY, MISSING, Centre, running
from tests.postgres_cluster import Cluster

PASSWORD = "four words in a row"
WORDS = (
    "A woman in her seventies came home after a fall, and her insurance denied the aide. I asked her what mattered most to her, "
    "and with her permission I appealed. The aide was approved within nine days."
)


@pytest.fixture(scope="module")
def centre(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    if CADDY is None:
        pytest.skip(MISSING)
    address = postgresql.create("ready")
    with running(tmp_path_factory.mktemp("centre"), address) as one:
        link = one.command("admin", "create", "ann@example.org", "--url", one.url).strip().rpartition("/")[2]
        asyncio.run(_set_password(one, link))
        yield one
    postgresql.drop(address)


async def _set_password(centre: Centre, link: str) -> None:
    async with Visitor(centre.url, centre.trust) as visitor:
        await visitor.set_password(link, PASSWORD)


def visit(centre: Centre, do: Callable[[Visitor], Awaitable[None]], address: str | None = None) -> None:
    """A new browser, signed in."""

    async def go() -> None:
        async with Visitor(centre.url, centre.trust, address) as visitor:
            await visitor.sign_in("ann@example.org", PASSWORD)
            await do(visitor)

    asyncio.run(go())


def test_cookies_are_for_https_alone_where_the_browser_came_by_it(centre: Centre) -> None:
    async def look(visitor: Visitor) -> None:
        await visitor.http.get("/_stcore/health")
        ours = {one.name: one.secure for one in visitor.http.cookies.jar if one.name != "coach_app"}
        assert ours
        assert all(ours.values())
        assert {"coach_session", "_streamlit_xsrf"} <= ours.keys()

    visit(centre, look)


def test_an_answer_typed_in_one_app_is_rated_by_a_worker_and_shown(centre: Centre) -> None:
    async def answer(visitor: Visitor) -> None:
        async with visitor.connected():
            begun = await visitor.press(await visitor.open("practise"), "Type the answer")
            assert (await visitor.draft(begun.components["writer"][1], WORDS)).status_code == 200
            rated = await visitor.tell(begun, "writer", "handed_in", {"text": WORDS})
            assert rated.says("Change this first")
            assert rated.says("nine days")

    visit(centre, answer)


def test_a_recording_and_a_large_file_come_through(centre: Centre) -> None:
    async def speak(visitor: Visitor) -> None:
        async with visitor.connected():
            begun = await visitor.press(await visitor.open("practise"), "Answer by voice")
            recorder = begun.components["recorder"][1]
            kept = [(await visitor.piece(recorder, n, bytes(960_000))).status_code for n in range(3)]
            assert kept == [200] * 3
            assert (await visitor.upload("answer.wav", bytes(40_000_000))).status_code == 204

    visit(centre, speak)


def test_whoever_lies_about_their_address_is_counted_by_the_one_the_proxy_saw(centre: Centre) -> None:
    async def guess() -> None:
        async with Visitor(centre.url, centre.trust, "127.0.0.9") as visitor:
            for n in range(5):
                visitor.http.headers["x-forwarded-for"] = f"192.0.2.{n}"
                with pytest.raises(RefusedError):
                    await visitor.sign_in("ann@example.org", f"wrong guess number {n}")
            with pytest.raises(RefusedError):
                await visitor.sign_in("ann@example.org", PASSWORD)

    async def look(visitor: Visitor) -> None:
        assert "coach_session" in visitor.http.cookies

    asyncio.run(guess())
    visit(centre, look, "127.0.0.10")


async def _kept(visitor: Visitor, writer: dict[str, Any]) -> None:
    """Send a draft as the writer does: again, where the proxy says that nobody took it."""
    for _ in range(30):
        if (await visitor.draft(writer, WORDS)).status_code == 200:
            return
        await asyncio.sleep(0.5)
    pytest.fail("the draft was not taken")


def test_when_an_app_dies_its_visitors_go_on_with_the_other(centre: Centre) -> None:
    async def both() -> None:
        async with Visitor(centre.url, centre.trust) as first, Visitor(centre.url, centre.trust) as second:
            for one in (first, second):
                await one.sign_in("ann@example.org", PASSWORD)
            while first.http.cookies["coach_app"] == second.http.cookies["coach_app"]:
                del second.http.cookies["coach_app"]
                await second.http.get("/")
            async with first.connected(), second.connected():
                begun = [await one.press(await one.open("practise"), "Type the answer") for one in (first, second)]
            centre.apps[0].kill()
            centre.apps[0].wait()
            for one, page in zip((first, second), begun, strict=True):
                writer = page.components["writer"][1]
                await _kept(one, writer)
                async with one.connected():
                    again = await one.open("practise", f"attempt={writer['attempt']}")
                assert again.components["writer"][1]["text"] == WORDS
                assert again.components["writer"][1]["attempt"] == writer["attempt"]

    asyncio.run(both())
