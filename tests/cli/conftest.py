"""The command line in a folder of this test's own, with nothing set up."""

import os
from pathlib import Path

import pytest
from cli_tools import Coach
from click.testing import CliRunner, Result

from coach.cli import main


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, with a data folder in it and no settings from outside."""
    for name in list(os.environ):
        if name.startswith(("COACH_", "OPENAI_", "DATABASE_", "HF_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return tmp_path


@pytest.fixture
def coach(bare: Path) -> Coach:
    """Run a command in this process."""
    assert bare

    def run(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)

    return run
