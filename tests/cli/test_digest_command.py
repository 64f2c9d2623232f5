"""`coach cohorts digest` on a machine of one's own."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from coach.cli import main
from coach.domain.people import Sharing
from coach.settings import Settings
from coach.wiring import build


def test_a_digest_is_for_whoever_coaches_as_markdown_or_as_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    refused = run(main, ["cohorts", "digest"])
    assert (refused.exit_code, "coaches nobody" in refused.output) == (2, True)
    parts = build(Settings.load())
    me = parts.people.try_coaching(parts.people.local(), on=True)
    cohort = parts.cohorts.create(me, "Autumn")
    student = parts.people.from_provider("https://id.example", "s", name="Sam Lee")
    parts.consent.join(student, cohort.join_code)
    parts.consent.share(student, cohort.id, Sharing.RATINGS, earlier=True)
    told = run(main, ["cohorts", "digest", "--since", "2026-01-01"])
    assert told.output.startswith("# What happened, 01 January 2026 to")
    assert "1 student without anything new to see." in told.output
    table = run(main, ["cohorts", "digest", "--csv"])
    assert table.output.splitlines()[1] == "Autumn,Sam Lee,0,,0,0,0,0,0"
