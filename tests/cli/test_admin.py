"""Administrators on the command line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from coach.cli import main
from coach.domain.people import Role
from coach.settings import Settings
from coach.wiring import build


@pytest.fixture
def hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COACH_HOSTED", "1")
    return tmp_path


def test_the_first_administrator_gets_a_link_that_sets_their_password(hosted: Path) -> None:
    assert hosted
    made = CliRunner().invoke(
        main, ["admin", "create", "Ada@example.org", "--name", "Ada", "--url", "https://c.example/"]
    )
    assert made.exit_code == 0
    link = re.fullmatch(r"https://c\.example/account/password/([\w-]{43})", made.output.splitlines()[-1])
    assert link
    parts = build(Settings.load())
    session = parts.accounts.set_password(link[1], "four plain words together")
    ada = parts.accounts.of_session(session)
    assert ada
    assert (ada.name, ada.email, ada.role) == ("Ada", "ada@example.org", Role.ADMINISTRATOR)
    again = CliRunner().invoke(main, ["admin", "create", "ada@example.org"])
    assert (again.exit_code, "has an account here already" in again.output) == (2, True)
    lost = CliRunner().invoke(main, ["admin", "link", "ada@example.org"])
    assert "/account/password/" in lost.output
    nobody = CliRunner().invoke(main, ["admin", "link", "who@example.org"])
    assert (nobody.exit_code, "Nobody signs in here" in nobody.output) == (2, True)


def test_somebody_of_a_provider_is_promoted_by_an_address_that_is_theirs_alone(hosted: Path) -> None:
    assert hosted
    people = build(Settings.load()).people
    person = people.from_provider("https://one.example", "1", name="Ada", email="ada@example.org")
    assert CliRunner().invoke(main, ["admin", "promote", "ada@example.org"]).exit_code == 0
    assert people.get(person.id).role is Role.ADMINISTRATOR
    people.from_provider("https://two.example", "1", name="Eve", email="ada@example.org")
    for address, says in (("ada@example.org", "More than one person"), ("who@example.org", "Nobody here has")):
        refused = CliRunner().invoke(main, ["admin", "promote", address])
        assert (refused.exit_code, says in refused.output) == (2, True)


def test_on_a_machine_of_ones_own_there_are_no_administrators(hosted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOSTED", "0")
    refused = CliRunner().invoke(main, ["admin", "create", "ada@example.org"])
    assert (refused.exit_code, "COACH_HOSTED=1" in refused.output) == (2, True)
    assert not (hosted / "data" / "coach.db").exists()
