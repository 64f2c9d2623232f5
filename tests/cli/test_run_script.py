"""`python3 run.py`: from a fresh clone to the app, and what it says where that cannot be."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "run.py"
LOCKS = ("requirements.lock", "requirements-dev.lock")
_HASH = "0" * 64

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny clone: the script, a command line that only says what it was asked, and locks that need nothing."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "run.py").write_bytes(SCRIPT.read_bytes())
    (folder / "coach").mkdir()
    (folder / "coach" / "__init__.py").touch()
    (folder / "coach" / "cli.py").write_text(
        "import os, sys\nprint(sys.argv[1:], os.getcwd())\nsys.exit(3 if 'fail' in sys.argv else 0)\n", encoding="ascii"
    )
    return folder


@pytest.fixture
def run(tree: Path, tmp_path: Path) -> Run:
    """Start the script as a person would, with an index nobody answers at."""

    def start(*words: str, lock: str | None = None, before: str = "") -> subprocess.CompletedProcess[str]:
        for name in LOCKS:
            if lock is not None or not (tree / name).exists():
                (tree / name).write_text(lock or "", encoding="ascii")
        started = [sys.executable, str(tree / "run.py"), *words]
        if before:
            program = f"import runpy, sys\n{before}\nsys.argv = sys.argv[1:]\nrunpy.run_path(sys.argv[0], run_name='__main__')"
            started = [sys.executable, "-c", program, *started[1:]]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_", "PYTHON", "VIRTUAL_"))}
        environment = {
            **kept,
            "PATH": os.defpath,
            "PIP_INDEX_URL": "http://127.0.0.1:9/",
            "PIP_RETRIES": "0",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_CACHE_DIR": "1",
        }
        return subprocess.run(
            started, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=180, check=False
        )

    return start


def test_an_old_python_is_told_which_one_is_needed(run: Run, tree: Path) -> None:
    done = run(before="sys.version_info = (3, 10, 12, 'final', 0)")
    assert done.returncode == 1
    assert done.stderr.startswith("Practice Coach needs Python 3.11 or newer; this is Python 3.10. ")
    assert "Traceback" not in done.stderr
    assert not (tree / ".venv").exists()


def test_an_old_python_can_read_the_script_as_far_as_it_must() -> None:
    assert ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))


def test_a_python_without_its_venv_part_is_told_what_to_install(run: Run) -> None:
    done = run(
        before="import subprocess, venv\n"
        "def broken(*a, **k): raise subprocess.CalledProcessError(1, 'ensurepip')\n"
        "venv.create = broken"
    )
    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_told(run: Run, tree: Path) -> None:
    done = run(
        before="import venv\ndef broken(*a, **k): raise OSError(30, 'Read-only file system', a[0])\nvenv.create = broken"
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"{tree / '.venv'} cannot be used: Read-only file system. Put the project where you may write.\n"
    )


def test_ctrl_c_while_installing_is_no_traceback(run: Run) -> None:
    done = run(before="import venv\ndef stop(*a, **k): raise KeyboardInterrupt\nvenv.create = stop")
    assert (done.returncode, done.stderr) == (130, "")


def test_without_a_network_it_says_so_and_goes_on_where_it_stopped(run: Run, tree: Path, tmp_path: Path) -> None:
    failed = run("score", "x", lock=f"nothing-of-this-name==1.0 --hash=sha256:{_HASH}\n")
    assert failed.returncode == 1
    assert "Installing what Practice Coach needs" in failed.stdout
    assert "Without a network, or behind a proxy, connect once and run this again" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert "['score', 'x']" not in failed.stdout
    assert not (tree / ".venv" / ".installed").exists()

    mended = run("score", "x", lock="")
    assert mended.returncode == 0
    assert "Installing" in mended.stdout
    assert f"['score', 'x'] {tmp_path}" in mended.stdout

    second = run("score", "x")
    assert (second.returncode, second.stdout) == (0, f"['score', 'x'] {tmp_path}\n")

    changed = run("score", "x", lock="# newer\n")
    assert "Installing" in changed.stdout

    app = run()
    assert (app.returncode, app.stdout) == (0, f"['run'] {tree}\n")
    assert run("fail").returncode == 3
