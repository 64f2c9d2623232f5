"""A whole centre on this machine: PostgreSQL, two apps, a worker, and Caddy in front of them as in deploy/, each a process of its own."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from coach.jobs.queue import is_served
from coach.store import Database

ROOT = Path(__file__).resolve().parents[2]
CADDY = shutil.which("caddy")
MISSING = "Caddy is not installed: this test needs Debian's package caddy (apt-get install caddy)"
_HERE = """
	auto_https disable_redirects
	local_certs
	skip_install_trust
	storage file_system {folder}
"""


@dataclass(frozen=True)
class Centre:
    """What is running, and how it is reached."""

    url: str
    trust: ssl.SSLContext
    apps: tuple[subprocess.Popen[bytes], ...]
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """What the command line says on one of its machines."""
        done = subprocess.run(
            [sys.executable, "-m", "coach.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until(condition: Callable[[], object], log: Path) -> None:
    for _ in range(6000):
        with suppress(OSError):
            if condition():
                return
        time.sleep(0.1)
    raise RuntimeError(log.read_text("utf-8")[-2000:])


def _is_up(url: str, trust: ssl.SSLContext | None = None) -> bool:
    with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5, context=trust) as answer:
        return bool(answer.status == 200)


@contextmanager
def running(folder: Path, database: str) -> Iterator[Centre]:
    """Everything, until the end of the block; ended by its processes."""
    ports, port = (_free(), _free()), _free()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "COACH_", "DATABASE_"))}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database,
        "COACH_DATA_DIR": str(folder / "data"),
        "COACH_SECRET": "a secret that all of them share",
        "COACH_HOSTED": "1",
        "COACH_HOSTS": "localhost",
        "COACH_INNER_WORKER": "0",
        "COACH_WHISPER_MODEL": "tiny.en",
        "HF_HUB_OFFLINE": "1",
    }
    file = folder / "Caddyfile"
    here = _HERE.format(folder=folder / "certificates")
    file.write_text((ROOT / "deploy" / "Caddyfile").read_text("utf-8").replace("{\n", "{" + here, 1), "utf-8")
    proxy = {"COACH_SITE": f"https://localhost:{port}", "COACH_APPS": " ".join(f"127.0.0.1:{one}" for one in ports)}
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    log = folder / "log"
    with ExitStack() as ends, log.open("ab") as told:

        def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
            one = subprocess.Popen(command, cwd=folder, env=environment, stdout=told, stderr=told)
            ends.callback(one.wait)
            ends.callback(one.kill)
            return one

        coach = [sys.executable, "-m", "coach.cli"]
        apps = tuple(start([*coach, "run", "--no-browser", "--port", str(one)], environment) for one in ports)
        start([*coach, "worker"], environment)
        start([str(CADDY), "run", "--config", str(file), "--adapter", "caddyfile"], {**kept, **homes, **proxy})
        for one in ports:
            _until(lambda one=one: _is_up(f"http://127.0.0.1:{one}"), log)
        root = folder / "certificates" / "pki" / "authorities" / "local" / "root.crt"
        _until(root.exists, log)
        trust = ssl.create_default_context(cafile=root)
        _until(lambda: _is_up(f"https://localhost:{port}", trust), log)
        reached = Database(database)
        _until(lambda: is_served(reached.conninfo), log)
        reached.close()
        yield Centre(f"https://localhost:{port}", trust, apps, environment)
