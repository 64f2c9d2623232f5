"""Every page, and each state of it that one can come back to, opened once on a filled store."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from conftest import running, serious_faults
from filled import fill
from playwright.sync_api import Page, expect

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def test_no_page_has_a_serious_fault_is_wider_than_a_phone_or_asks_another_host_for_anything(
    tmp_path: Path, browse: Callable[..., Page]
) -> None:
    addresses = fill(tmp_path / "data")
    page = browse("about:blank")
    hosts: set[str] = set()
    page.on("request", lambda one: hosts.add(urlsplit(one.url).hostname or "") if one.url.startswith("http") else None)
    wrong: dict[str, list[str]] = {}
    with running(tmp_path) as app:
        for address in addresses:
            page.set_viewport_size(DESKTOP)
            page.goto(f"{app.url}/{address}")
            expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning] h1").first).to_be_visible()
            faults = serious_faults(page)
            if page.get_by_test_id("stAlertContentError").count():
                faults.append("the page says that something is wrong")
            page.set_viewport_size(PHONE)
            if (over := page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")) > 0:
                faults.append(f"{over} pixels wider than a phone")
            if faults:
                wrong[address] = faults
    assert wrong == {}
    assert hosts == {"127.0.0.1"}
