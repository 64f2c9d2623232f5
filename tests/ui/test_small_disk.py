"""A real disk that is full, and one that may only be read: told in a sentence, nothing acknowledged is lost, and it goes on once it is mended."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ALONE = ("unshare", "--user", "--map-root-user", "--mount")


def _may_mount() -> bool:
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run([*_ALONE, "true"], check=False, capture_output=True).returncode
    )


@pytest.mark.skipif(not _may_mount(), reason="a disk of its own needs user namespaces, which this system does not give")
def test_a_full_or_read_only_disk_is_told_loses_nothing_and_is_recovered_from(tmp_path: Path) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "COACH_", "DATABASE_"))
    }
    (tmp_path / "disk").mkdir()
    done = subprocess.run(
        [*_ALONE, sys.executable, str(Path(__file__).with_name("small_disk.py")), str(tmp_path / "disk")],
        cwd=tmp_path,
        env={**kept, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    full = "The disk is full. Free some space; what was saved until now is safe."
    for what in ("chunk", "draft"):
        assert seen[f"{what} on a full disk"] == [507, full]
        assert seen[f"{what} once freed"] == seen[f"{what} once it may be"] == [200, ""]
        status, told = seen[f"{what} where nothing may be written"]
        assert (status, "or choose another folder with COACH_DATA_DIR" in told) == (400, True)
    assert (seen["sound on a full disk"], seen["words on a full disk"]) == (1, "the first words")
    assert "cannot be written" in seen["page where nothing may be written"]
    assert (seen["acknowledged"], seen["kept"], seen["words"]) == ([0, 1, 2], True, "the third words")
