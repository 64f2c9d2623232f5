"""A term with a coach and two students, in real browsers: at each step each sees what they should, and nothing else."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from zipfile import ZipFile

import pytest
from conftest import ANSWER, App, serious_faults
from hosting import Browse, command, installation, sign_in
from playwright.sync_api import Page, expect

from coach.store import AttemptStore, Database, PeopleStore

WHY = "The plan said yes because I appealed, so that result is mine."
CHECKED = "You are right, I overlooked the appeal."
REMARK = "Say how you asked her."


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with installation(tmp_path_factory.mktemp("hosted")) as app:
        yield app


@contextmanager
def database(app: App) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{app.data / 'coach.db'}")) as one:
        yield one


def the_answer(app: App, who: str) -> str:
    """The one answer of somebody, by its id."""
    with database(app) as at:
        (person,) = PeopleStore(at).with_email(f"{who}@example.org")
        (answer,) = AttemptStore(at).all_of(person.id)
    return answer.id


def drawn(page: Page) -> None:
    """Wait until the page is drawn to its end: a list that is opened before may be closed by what is still drawn."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()


def choose(page: Page, name: str, words: str) -> None:
    """Choose from a list by words of it. A list that opens while the box around it still unfolds closes again: then once more, as a person would."""
    for _ in range(5):
        page.get_by_role("combobox", name=name).fill(words)
        with suppress(AssertionError):
            expect(page.get_by_role("option").first).to_be_visible(timeout=10_000)
            break
    page.get_by_role("option").first.click()


def not_found(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    assert page.get_by_text("in her seventies").count() == 0


def join(browse: Browse, link: str, who: str) -> Page:
    """Follow a cohort's link, sign in, and join."""
    page = browse(link)
    expect(page.get_by_role("heading", name="Autumn")).to_be_visible()
    page.get_by_role("button", name="Sign in with your organisation").click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page.get_by_role("link", name="Today").first).to_be_attached()
    page.goto(f"{link.split('/join', maxsplit=1)[0]}/sharing")
    page.get_by_role("button", name="Join this cohort").click()
    expect(page.get_by_text("Coached by Carla Coach")).to_be_visible()
    return page


def do_what_was_given(page: Page, url: str) -> None:
    """Answer the one question of the assignment, in writing."""
    page.goto(f"{url}/")
    expect(page.get_by_role("heading", name="Week 1")).to_be_visible()
    page.get_by_role("button", name="Type it").click()
    page.get_by_role("textbox").fill(ANSWER)
    page.get_by_role("button", name="Rate my answer").click()
    expect(page.locator("article.rating")).to_have_count(4)


def a_coach(url: str, hosted: App, browse: Browse) -> Page:
    """Carla, made a coach by an administrator; a stranger sees the door, a candidate no coach's pages."""
    stranger = browse(f"{url}/cohorts")
    expect(stranger.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
    assert stranger.get_by_role("link", name="Practise").count() == 0
    carla = sign_in(browse, url, "carla")
    assert carla.get_by_role("link", name="Cohorts").count() == 0
    ada = sign_in(browse, url, "ada")
    command(hosted, "admin", "promote", "ada@example.org")
    ada.goto(f"{url}/people")
    expect(ada.get_by_role("combobox", name="Role of Carla Coach")).to_be_visible()
    drawn(ada)
    ada.get_by_role("combobox", name="Role of Carla Coach").click()
    ada.get_by_role("option", name="Coach").click()
    for _ in range(10):  # until what Ada chose is stored
        carla.goto(f"{url}/cohorts")
        expect(carla.get_by_role("heading", level=1)).to_be_visible()
        if carla.get_by_role("textbox", name="Name").count():
            break
    return carla


def an_assignment(url: str, carla: Page) -> tuple[str, str, str]:
    """Carla makes a cohort and gives it a question; the cohort's link, its page, and the assignment's."""
    carla.get_by_role("textbox", name="Name").fill("Autumn")
    carla.get_by_role("button", name="Make the cohort").click()
    link = carla.locator("p.link").inner_text()
    cohort = carla.url
    carla.goto(f"{url}/assign")
    carla.get_by_role("button", name="Give an assignment").click()
    expect(carla.get_by_role("button", name="Give it", exact=True)).to_be_visible()
    drawn(carla)
    choose(carla, "Questions, in order", "did not want your help")
    carla.keyboard.press("Escape")
    carla.get_by_role("textbox", name="Title, as students see it").fill("Week 1")
    carla.get_by_text("Each question by itself").click()
    carla.get_by_role("button", name="Give it", exact=True).click()
    expect(carla.get_by_role("heading", name="How far they are")).to_be_visible()
    return link, cohort, carla.url


def hand_in_both(url: str, hosted: App, sam: Page, uma: Page) -> tuple[str, str]:
    """Sam shares, Uma does not; both do what was given. Sam's answer, and Uma's."""
    sam.get_by_text("Ratings and words", exact=True).first.click()
    expect(sam.get_by_text("He would not open the door")).to_be_visible()
    do_what_was_given(sam, url)
    do_what_was_given(uma, url)
    return the_answer(hosted, "sam"), the_answer(hosted, "uma")


def only_what_is_shared(url: str, carla: Page, cohort: str, given: str, umas_answer: str) -> None:
    """Carla sees that both handed in, and nothing more of Uma."""
    carla.goto(given)
    expect(carla.get_by_role("row", name="Sam Lee Handed in")).to_be_visible()
    expect(carla.get_by_role("row", name="Uma Lind Handed in")).to_be_visible()
    carla.goto(cohort)
    expect(carla.get_by_role("row", name="Uma Lind not shared")).to_be_visible()
    assert serious_faults(carla) == []
    carla.get_by_role("link", name="Uma Lind").click()
    expect(carla.get_by_role("heading", name="Nothing to see")).to_be_visible()
    carla.goto(f"{carla.url}&answer={umas_answer}")
    expect(carla.get_by_role("heading", name="Nothing to see")).to_be_visible()
    assert carla.get_by_text("in her seventies").count() == 0
    not_found(carla, f"{url}/review?answer={umas_answer}")


def review(url: str, carla: Page, sams_answer: str) -> None:
    """Carla rates Sam's answer blind, puts her rating in place of the product's, comments, and gives it back."""
    carla.goto(f"{url}/review?answer={sams_answer}")
    carla.get_by_role("button", name="Rate blind first").click()
    expect(carla.get_by_text("The product’s ratings are hidden until yours are saved.")).to_be_visible()
    expect(carla.get_by_text("What the product says")).to_have_count(0)
    level = carla.locator('[class*="st-key-level-"][class*="-outcome"]')
    level.get_by_text("2", exact=True).click()
    carla.get_by_role("button", name="Save and see the product’s").click()
    expect(carla.get_by_text("What the product says")).to_be_visible()
    carla.get_by_text("put your 2 in place of").click()
    carla.get_by_label("Your reason, as the student reads it").fill("I read no result of yours in it.")
    carla.get_by_role("button", name="Let my 2 count").click()
    expect(carla.get_by_text("your 2 counts")).to_be_visible()
    carla.get_by_label("Your comment on the whole answer").fill(REMARK)
    carla.get_by_role("button", name="Add the comment").click()
    expect(carla.get_by_role("button", name="Delete this comment")).to_be_visible()
    carla.get_by_role("button", name="Give it to Sam Lee").click()
    expect(carla.get_by_text("What you add from now on, they see at once.")).to_be_visible()
    assert serious_faults(carla) == []


def dispute(url: str, carla: Page, sam: Page, sams_answer: str) -> None:
    """Sam reads all that, and disputes it; Carla answers."""
    answer = f"{url}/practise?attempt={sams_answer}"
    sam.goto(answer)
    expect(sam.get_by_text(REMARK)).to_be_visible()
    expect(sam.get_by_text("I read no result of yours in it.").first).to_be_visible()
    drawn(sam)
    sam.get_by_text("Ask your coach", exact=True).click()
    choose(sam, "Something here is wrong", "Measurable outcome")
    sam.get_by_label("Why?").fill(WHY)
    sam.get_by_role("button", name="Dispute it").click()
    expect(sam.get_by_text("waits for your coach")).to_be_visible()
    assert serious_faults(sam) == []
    carla.goto(f"{url}/review")
    expect(carla.get_by_text("Disputed by the student")).to_be_visible()
    carla.goto(f"{url}/review?answer={sams_answer}")
    expect(carla.get_by_text(WHY)).to_be_visible()
    carla.get_by_label("Your answer to this").fill(CHECKED)
    carla.get_by_role("button", name="Answer", exact=True).click()
    expect(carla.get_by_text(CHECKED)).to_be_visible()
    sam.goto(answer)
    expect(sam.get_by_text(CHECKED)).to_be_visible()


def withdraw(url: str, carla: Page, sam: Page, sams_answer: str) -> None:
    """Sam sees who read what, and shares nothing any more: at once Carla sees nothing."""
    sam.goto(f"{url}/sharing")
    expect(sam.get_by_text("read the words:").first).to_be_visible()
    sam.get_by_role("button", name="Share nothing any more").click()
    expect(sam.get_by_text("He would not open the door")).to_have_count(0)
    not_found(carla, f"{url}/review?answer={sams_answer}")


def take_along_and_delete(url: str, hosted: App, sam: Page, sams_answer: str) -> None:
    """Sam takes everything along, deletes it, and is gone."""
    sam.goto(f"{url}/my-data")
    with sam.expect_download() as download:
        sam.get_by_role("link", name="Download everything (zip)").click()
    with ZipFile(download.value.path()) as file:
        words = "".join(file.read(name).decode(errors="ignore") for name in file.namelist() if name.endswith(".json"))
    assert all(one in words for one in ("in her seventies", REMARK, WHY, CHECKED))
    sam.get_by_role("button", name="Delete everything …").click()
    word = sam.get_by_role("textbox", name="Type “delete”")
    word.fill("yes")
    sam.get_by_role("button", name="Delete everything for good").click()
    expect(sam.get_by_text("Nothing was deleted.")).to_be_visible()
    word.fill("delete")
    sam.get_by_role("button", name="Delete everything for good").click()
    sam.get_by_role("button", name="End session").click()  # of the provider
    expect(sam.get_by_role("button", name="Sign in with your organisation")).to_be_visible()
    with database(hosted) as at:
        assert PeopleStore(at).with_email("sam@example.org") == ()
        assert AttemptStore(at).owners([sams_answer]) == {}


@pytest.mark.long
def test_a_term(hosted: App, browse: Browse) -> None:
    url = hosted.url
    carla = a_coach(url, hosted, browse)
    link, cohort, given = an_assignment(url, carla)
    sam, uma = join(browse, link, "sam"), join(browse, link, "uma")
    sams_answer, umas_answer = hand_in_both(url, hosted, sam, uma)
    only_what_is_shared(url, carla, cohort, given, umas_answer)
    review(url, carla, sams_answer)
    dispute(url, carla, sam, sams_answer)
    withdraw(url, carla, sam, sams_answer)
    take_along_and_delete(url, hosted, sam, sams_answer)

    carla.goto(cohort)
    expect(carla.get_by_role("row", name="Uma Lind not shared")).to_be_visible()
    expect(carla.get_by_text("Sam Lee")).to_have_count(0)
    uma.goto(cohort)
    expect(uma.get_by_role("heading", name="Autumn")).to_have_count(0)
    assert "seventies" not in hosted.log
    assert "Sam Lee" not in hosted.log
