"""A job description, from a file to an interview with its likely questions."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reportlab.pdfgen.canvas import Canvas

from tests.browser.conftest import App, running

Browse = Callable[..., Page]
LINES = (
    "Tenancy Support Worker <b>now</b>",
    "You keep formerly homeless tenants in permanent supportive housing.",
    "You write a service plan with each tenant and enter case notes in HMIS.",
    "You de-escalate crises in the building and talk with the landlord.",
    "A caseload of 20 asks for good time management.",
)


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running(tmp_path_factory.mktemp("job")) as one:
        yield one


def pdf(*lines: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, line in enumerate(lines):
        canvas.drawString(50, 780 - 16 * number, line)
    canvas.save()
    return out.getvalue()


def test_a_description_from_a_file_leads_to_an_interview_and_to_notes_that_stay(
    shared_app: App, browse: Browse, tmp_path: Path
) -> None:
    scan, file = tmp_path / "scan.pdf", tmp_path / "job.pdf"
    scan.write_bytes(pdf())
    file.write_bytes(pdf(*LINES))
    page = browse(f"{shared_app.url}/job")
    page.locator("input[type=file]").set_input_files(scan)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("pictures of pages and no text")).to_be_visible()
    with page.expect_response(lambda response: "upload_file" in response.url and response.request.method == "PUT"):
        page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("job.pdf").wait_for()
    expect(page.get_by_text("pictures of pages and no text")).to_have_count(0)  # the page knows of the new file
    page.get_by_role("button", name="Read it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(LINES[0])
    expect(page.locator("blockquote", has_text="enter case notes in HMIS").first).to_be_visible()
    expect(page.get_by_text("Asked for, and not practised yet")).to_be_visible()

    page.get_by_role("tab", name="The employer").click()
    expect(page.locator("blockquote:visible", has_text="A caseload of 20").first).to_be_visible()
    note = page.get_by_role("textbox", name="Notes: Supervision")
    with page.expect_response(lambda response: "/notes/supervision" in response.url and response.ok):
        note.press_sequentially("Weekly, by a licensed person.")
    page.get_by_role("tab", name="To ask them").click()
    page.get_by_text("Why is the position open").click()
    own = page.get_by_role("textbox", name="A question of your own")
    own.fill("Who covers the phone at night?")
    own.press("Enter")
    expect(page.get_by_role("checkbox", name="Who covers the phone at night?")).to_be_checked()
    with page.expect_download() as download:
        page.get_by_role("button", name="Take it along").last.click()
    taken = download.value.path().read_text("utf-8")
    assert "Weekly, by a licensed person." in taken
    assert "Who covers the phone at night?" in taken
    page.reload()
    page.get_by_role("tab", name="The employer").click()
    expect(note).to_have_value("Weekly, by a licensed person.")

    page.get_by_role("tab", name="Likely questions").click()
    page.get_by_role("button", name="Start an interview with these 4").click()
    expect(page.get_by_text("These questions were chosen for you")).to_be_visible()
    assert page.url.count(",") + page.url.count("%2C") == 3


def test_a_job_can_be_deleted_with_all_that_was_gathered(shared_app: App, browse: Browse) -> None:
    page = browse(f"{shared_app.url}/job")
    page.get_by_role("textbox", name="The description, pasted").fill("\n".join(("Second job", *LINES[1:])))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second job")
    page.get_by_role("tab", name="Description").click()
    page.get_by_role("button", name="Delete this job").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The job")
    expect(page.get_by_text("Second job")).to_have_count(0)
