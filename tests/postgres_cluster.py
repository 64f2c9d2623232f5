"""A PostgreSQL of this test run's own: Debian's programs, a temporary folder, a free port, and a user that is not root."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

MISSING = "PostgreSQL is not installed: its tests need Debian's package postgresql (apt-get install postgresql)"
BOTH = pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
"""Marks tests that run on both databases."""
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
    "lc_messages": "C",
}
_DIES_WITH_US = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
}  # a commit still reaches the system before it is told, so killing the server loses none


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    known = shutil.which("pg_ctl")
    return Path(known).resolve().parent if known else None


class Cluster:
    """A server that can be stopped, started and asked for databases."""

    def __init__(self, bin_: Path, folder: Path, *, quick: bool) -> None:
        self._bin = bin_
        self._folder = folder
        self._as = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") if os.geteuid() == 0 else ()
        self._made = 0
        if self._as:
            shutil.chown(folder, "postgres", "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._run(
            "initdb", "-D", str(folder / "data"), "-U", "coach", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        settings = {**_SETTINGS, **(_QUICK if quick else {}), "port": str(self.port)}
        with (folder / "data" / "postgresql.conf").open("a", encoding="ascii") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._bin / program), *arguments]
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}")

    def start(self) -> None:
        command = [*self._as, *_DIES_WITH_US, str(self._bin / "postgres"), "-D", str(self._folder / "data")]
        with (self._folder / "log").open("a", encoding="utf-8") as log:
            self._server = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        for _ in range(1200):
            with suppress(psycopg.OperationalError):
                self.execute("SELECT 1")
                return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL does not start: " + (self._folder / "log").read_text("utf-8"))

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT: at once, as if it died; SIGINT: in order."""
        self._server.send_signal(how)
        self._server.wait(120)

    def address(self, database: str) -> str:
        return f"postgresql://coach:not-asked-for@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, template: str = "template0") -> str:
        """A new database, as the template is; its address."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.address(name)

    def drop(self, address: str) -> None:
        self.execute(f"DROP DATABASE {address.rsplit('/', 1)[1]} WITH (FORCE)")


@contextmanager
def cluster(*, quick: bool = True) -> Iterator[Cluster]:
    """A server until the end of the block; ``quick``: what it wrote need not outlive the machine."""
    bin_ = programs()
    if bin_ is None:
        raise RuntimeError(MISSING)
    room = "/dev/shm" if quick and Path("/dev/shm").is_dir() else None  # noqa: S108  # memory, not a place for files
    with tempfile.TemporaryDirectory(prefix="coach-pg-", dir=room, ignore_cleanup_errors=True) as name:
        one = Cluster(bin_, Path(name), quick=quick)
        try:
            yield one
        finally:
            one.stop(signal.SIGINT)
