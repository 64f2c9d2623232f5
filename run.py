#!/usr/bin/env python3
"""Start Practice Coach from a fresh clone: nothing but Python 3.11 or newer is needed.

python3 run.py            makes .venv, installs the locked set, opens the app
python3 run.py test       installs what the tests need and runs them; further words go to pytest
python3 run.py WORDS ...  the `coach` command line: python3 run.py score --help
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # this very file is what people run with an old Python
    sys.exit(
        "Practice Coach needs Python 3.11 or newer; this is Python %d.%d. "  # noqa: UP031  # must be read by any Python
        "Install a newer one from your system's package manager or python.org, then start it with that."
        % sys.version_info[:2]
    )

import hashlib
import os
import shutil
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"


def main() -> int:
    """Install what is missing and hand over to the app, the tests or the command line."""
    words = sys.argv[1:]
    testing = words[:1] == ["test"]
    try:
        install(DEV_LOCK if testing else LOCK)
    except OSError as error:
        sys.exit(f"{error.filename or VENV} cannot be used: {error.strerror}. Put the project where you may write.")
    except KeyboardInterrupt:
        return 130
    command = ["-m", "pytest", *words[1:]] if testing else ["-m", "coach.cli", *(words or ["run"])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))}
    if words[:1] in ([], ["run"], ["test"]):
        os.chdir(ROOT)
    try:
        return subprocess.run([str(PYTHON), *command], env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


def install(lock: Path) -> None:
    """Bring .venv to the locked set, unless it is there already. The development set holds the app's own."""
    stamp = VENV / ".installed"
    wanted = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (LOCK, DEV_LOCK)}
    present = (
        dict(line.split() for line in stamp.read_text("ascii").splitlines())
        if stamp.exists() and PYTHON.exists()
        else {}
    )
    if any(present.get(one.name) == wanted[one.name] for one in ({lock, DEV_LOCK} if lock == LOCK else {lock})):
        return
    print("Installing what Practice Coach needs (about 1.5 GB, the first time only) ...", flush=True)
    uv = shutil.which("uv")
    if not PYTHON.exists() or not (uv or _has_pip()):
        _make_venv(with_pip=not uv)
    installer = (
        [uv, "pip", "install", "--python", str(PYTHON)]
        if uv
        else [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    )
    if subprocess.run([*installer, "--quiet", "--require-hashes", "-r", str(lock)], check=False).returncode:
        sys.exit(
            "\nNot everything could be installed; the lines above say what. Without a network, or behind a proxy, connect once and run this "
            "again: it goes on where it stopped. After that no network is needed."
        )
    stamp.write_text(f"{lock.name} {wanted[lock.name]}\n", encoding="ascii")


def _has_pip() -> bool:
    """Whether .venv was made to the end."""
    return not subprocess.run([str(PYTHON), "-m", "pip", "--version"], check=False, capture_output=True).returncode


def _make_venv(*, with_pip: bool) -> None:
    try:
        venv.create(VENV, with_pip=with_pip, clear=VENV.exists())
    except subprocess.CalledProcessError:
        sys.exit(
            "This Python cannot make a virtual environment: a part of it is packaged on its own. "
            "On Debian and Ubuntu: sudo apt install python3-venv. Then run this again."
        )


if __name__ == "__main__":
    sys.exit(main())
