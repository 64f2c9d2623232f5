"""A small runner inside the app: it takes up unfinished work by lease, one lane for each kind, and survives whatever dies.

Nothing is queued. What there is to do is read from what is stored (an answer handed in and not rated), so no crash can forget it; every
piece of work is idempotent, so a lease that ran out costs time and nothing else. Lanes do not wait for each other: a judge that is slow
does not keep anybody from being heard.

Whoever hands in work here rings, and a lane looks at once. For all else (work of another process, what failed, what somebody died over) one lane of
each kind looks every few seconds; the others sleep until there is more than one can do.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from coach.errors import CoachError
from coach.jobs.kind import Kind, is_given_up, plain, task, wait_s

log = logging.getLogger(__name__)

LEASE_S = 20.0  # without a sign of life, a dead worker's task is free again after this
RENEW_S = 5.0
LOOK_S = 5.0  # how often one lane of a kind looks for what nobody rang for
_POLL_S = 0.1

Clock = Callable[[], datetime]


class Leases(Protocol):
    """Who does what, kept where all processes see it."""

    def take(self, task: str, owner: str, now: datetime, until: datetime) -> bool: ...
    def renew(self, tasks: Sequence[str], owner: str, until: datetime) -> None: ...
    def done(self, task: str, owner: str) -> None: ...
    def failed(self, task: str, owner: str, now: datetime, not_before: datetime, trouble: str) -> None: ...
    def tries(self, task: str) -> int: ...
    def trouble(self, task: str) -> str: ...
    def forgive(self, task: str, now: datetime) -> None: ...


class Bell:
    """Where the lanes of one kind wait: one of them is on watch and goes to look now and then, all others sleep until it has gone.

    Who rings while nobody listens is heard by the next who waits, so no ring is lost.
    """

    def __init__(self) -> None:
        self._watch = threading.Lock()
        self._rung = threading.Event()
        self._closed = False

    def ring(self) -> None:
        """There may be work: let somebody look."""
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Take over the watch; returns when it is time to look: somebody rang, or nobody did for ``seconds``."""
        with self._watch:
            self._rung.wait(seconds)
            if not self._closed:
                self._rung.clear()

    def open(self) -> None:
        """From now on whoever waits sleeps until there is something to do."""
        self._closed = False
        self._rung.clear()

    def close(self) -> None:
        """Nobody is to wait any longer."""
        self._closed = True
        self._rung.set()


class Runner:
    """Lanes of work in threads of this process. Safe to call from any thread."""

    def __init__(self, kinds: Sequence[Kind], leases: Leases, clock: Clock) -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        self._leases = leases
        self._clock = clock
        self._owner = uuid.uuid4().hex
        self._held: set[str] = set()
        self._stopping = threading.Event()
        self._bells = {name: Bell() for name in self._kinds}
        self._threads: list[threading.Thread] = []

    # ── as part of a server ──────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Begin to work, in the background."""
        self._stopping.clear()
        for bell in self._bells.values():
            bell.open()
        lanes = [partial(self._lane, kind) for kind in self._kinds.values() for _ in range(kind.abreast)]
        jobs: list[Callable[[], None]] = [self._renewing, *lanes]
        self._threads = [threading.Thread(target=job, daemon=True) for job in jobs]
        for thread in self._threads:
            thread.start()

    def stop(self, patience_s: float = 5.0) -> None:
        """Finish what is in hand, within reason; what is not finished is taken up at the next start."""
        self._stopping.set()
        for bell in self._bells.values():
            bell.close()
        for thread in self._threads:
            thread.join(patience_s)

    def wake(self) -> None:
        """There is new work."""
        for bell in self._bells.values():
            bell.ring()

    # ── one piece of work ────────────────────────────────────────────────────────────────────────────────────────

    def finish(self, kind: str, ident: str) -> None:
        """See one piece of work done before returning: here and now, or by whoever is at it. Raises CoachError if it fails."""
        while ident in self._kinds[kind].waiting():
            if self._take(kind, ident):
                try:
                    self._kinds[kind].do(ident)
                finally:
                    self._give_back(task(kind, ident))
                return
            if trouble := self._leases.trouble(task(kind, ident)):
                raise CoachError(trouble)
            time.sleep(_POLL_S)

    def trouble(self, kind: str, ident: str) -> str:
        """Why a piece of work that failed is waiting; empty where nothing is wrong."""
        return self._leases.trouble(task(kind, ident))

    def try_again(self, kind: str, ident: str) -> None:
        """Do not wait any longer with something that failed."""
        self._leases.forgive(task(kind, ident), self._clock())
        self.wake()

    def round(self, kind: str) -> bool:
        """Do the first piece of work of one kind that can be taken; whether there was one."""
        return any(self._take(kind, ident) and self._work(kind, ident) for ident in self._kinds[kind].waiting())

    # ── lanes ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _lane(self, kind: Kind) -> None:
        while not self._stopping.is_set():
            try:
                found = self.round(kind.name)
            except CoachError as error:  # the database is away, full or locked: nothing is lost by waiting
                log.warning("%s: %s", kind.name, error)
                found = False
            if not found:
                self._bells[kind.name].wait(LOOK_S)

    def _work(self, kind: str, ident: str) -> bool:
        name, worker = task(kind, ident), self._kinds[kind]
        started = time.monotonic()
        try:
            worker.do(ident)
        except Exception as error:  # noqa: BLE001  # a lane must outlive whatever one piece of work does
            self._fail(worker, ident, plain(error))
            log.warning("%s failed: %s", name, type(error).__name__)
        else:
            self._give_back(name)
            log.info("%s done in %.1f s", name, time.monotonic() - started)
        finally:
            self._held.discard(name)
        return True

    def _fail(self, worker: Kind, ident: str, trouble: str) -> None:
        name, now = task(worker.name, ident), self._clock()
        tries = self._leases.tries(name)
        self._leases.failed(name, self._owner, now, now + timedelta(seconds=wait_s(tries)), trouble)
        if is_given_up(tries):
            worker.give_up(ident, trouble)

    def _take(self, kind: str, ident: str) -> bool:
        name, now = task(kind, ident), self._clock()
        if not self._leases.take(name, self._owner, now, now + timedelta(seconds=LEASE_S)):
            return False
        if ident not in self._kinds[kind].waiting():  # somebody finished it between our look and our lease
            self._leases.done(name, self._owner)
            return False
        self._held.add(name)
        self._bells[kind].ring()  # there may be more: another lane looks while this one works
        return True

    def _give_back(self, name: str) -> None:
        self._held.discard(name)
        self._leases.done(name, self._owner)

    def _renewing(self) -> None:
        while not self._stopping.wait(RENEW_S):
            try:
                self._leases.renew(tuple(self._held), self._owner, self._clock() + timedelta(seconds=LEASE_S))
            except CoachError as error:
                log.warning("leases were not renewed: %s", error)
