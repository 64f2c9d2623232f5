"""Doing the work that is queued in PostgreSQL: lanes in this process, and chores by the clock. Any number of them may run, anywhere.

What is done with a piece of work is the same as with the runner (`coach.jobs.kind`); Procrastinate claims it, tries it again after a failure,
and tells by heartbeats which workers are dead. Each kind has a lane of its own, so that a slow judge keeps nobody from being heard.
"""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

import psycopg
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from coach.errors import CoachError
from coach.jobs import queue
from coach.jobs.kind import CHORES, Kind, is_given_up, plain, task, wait_s

log = logging.getLogger(__name__)

SIGN_S = 5.0  # between two signs of life
RESCUE = "* * * * * */10"  # every ten seconds
_SWEEP = "* * * * *"  # every minute
_LOOK_S = 5.0  # between two looks for work nobody told of; ordinarily the database tells at once
_OPEN = ("todo", "doing")
_AGAIN_S = 2.0  # until a lane starts again whose database went away
_POLL_S = 0.1
_PATIENCE_S = 10.0  # of somebody who waits for a piece of work, until it is asked whether anybody works at all
_NOBODY = "Your answer is kept, but nobody is at work behind to go on with it. It is taken up as soon as a worker runs: coach worker"


class Troubles(Protocol):
    """What went wrong with pieces of work, kept where all processes see it."""

    def tell(self, task: str, now: datetime, trouble: str) -> None: ...
    def done(self, task: str, owner: str) -> None: ...
    def trouble(self, task: str) -> str: ...
    def forgive(self, task: str, now: datetime) -> None: ...


class Chore(NamedTuple):
    """Something that is done by the clock, once for all workers together; ``cron`` is in UTC."""

    name: str
    cron: str
    do: Callable[[], object]


class FailedError(Exception):
    """A piece of work failed; why is kept with it, and never in a log."""


class _TryAgain(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:  # noqa: ARG002  # Procrastinate's signature
        return RetryDecision(retry_in={"seconds": int(wait_s(job.attempts))}, priority=queue.LATER)


class Worker:
    """Work behind, by the queue. Safe to call from any thread; ``inside``: this process works, too, once it is started."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        conninfo: str,
        troubles: Troubles,
        clock: Callable[[], datetime],
        *,
        chores: Iterable[Chore] = (),
        inside: bool = True,
    ) -> None:
        self._kinds: Mapping[str, Kind] = {kind.name: kind for kind in kinds}
        self._conninfo = conninfo
        self._troubles = troubles
        self._clock = clock
        self._chores = tuple(chores)
        self._inside = inside
        self._thread: threading.Thread | None = None
        self._ending: Callable[[], object] = lambda: None

    @property
    def lanes(self) -> tuple[str, ...]:
        """Everything this process could do."""
        return (*self._kinds, CHORES)

    # ── as pages see it ──────────────────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Begin to work in the background, unless others are meant to."""
        if self._inside and self._thread is None:
            self._thread = threading.Thread(target=self.run, daemon=True)
            self._thread.start()

    def stop(self, patience_s: float = 5.0) -> None:
        """Take nothing up any more, and finish what is in hand, within reason."""
        if self._thread is not None:
            self._ending()
            self._thread.join(patience_s)
            self._thread = None

    def wake(self) -> None:
        """Nothing to do: the database tells all workers of new work."""

    def finish(self, kind: str, ident: str) -> None:
        """Wait until one piece of work is done by whoever does it. Raises CoachError if it fails, or nobody is at work."""
        patient_until = time.monotonic() + _PATIENCE_S
        while ident in self._kinds[kind].waiting():
            if trouble := self.trouble(kind, ident):
                raise CoachError(trouble)
            if time.monotonic() > patient_until:
                if not queue.is_served(self._conninfo):
                    raise CoachError(_NOBODY)
                patient_until += _PATIENCE_S
            time.sleep(_POLL_S)

    def trouble(self, kind: str, ident: str) -> str:
        """Why a piece of work that failed is waiting; empty where nothing is wrong."""
        return self._troubles.trouble(task(kind, ident))

    def try_again(self, kind: str, ident: str) -> None:
        """Do not wait any longer with something that failed."""
        self._troubles.forgive(task(kind, ident), self._clock())
        candidate = self._kinds[kind].waiting().get(ident)
        if candidate is not None:
            queue.put(self._conninfo, kind, ident, candidate)

    # ── at work ──────────────────────────────────────────────────────────────────────────────────────────────────

    def run(self, lanes: Iterable[str] = (), at_once: int | None = None) -> None:
        """Work in these lanes, all by default, until `stop` or a signal; ``at_once`` pieces in each, or as many as suit it."""
        chosen = {lane: at_once or self._abreast(lane) for lane in lanes or self.lanes}
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner, suppress(asyncio.CancelledError):
            runner.run(self._work(chosen))

    def _abreast(self, lane: str) -> int:
        return self._kinds[lane].abreast if lane in self._kinds else 1

    async def _work(self, lanes: Mapping[str, int]) -> None:
        loop, here = asyncio.get_running_loop(), asyncio.current_task()
        self._ending = lambda: loop.call_soon_threadsafe(here.cancel) if here else None
        if threading.current_thread() is threading.main_thread():
            with suppress(NotImplementedError):  # Windows ends a program without asking
                loop.add_signal_handler(signal.SIGTERM, self._ending)
        loop.set_default_executor(ThreadPoolExecutor(sum(lanes.values()) + 1, thread_name_prefix="work"))
        app = self._app(max(4, sum(lanes.values())))
        while True:
            try:
                async with app.open_async():
                    await asyncio.gather(*(self._lane(app, lane, at_once) for lane, at_once in lanes.items()))
            except (ConnectorException, psycopg.Error) as error:
                log.warning("the queue cannot be reached: %s", type(error).__name__)
            await asyncio.sleep(_AGAIN_S)

    async def _lane(self, app: App, lane: str, at_once: int) -> None:
        while True:
            try:
                await app.run_worker_async(
                    queues=[lane],
                    name=lane,
                    concurrency=at_once,
                    delete_jobs="always" if lane == CHORES else "successful",  # a chore that failed has its next time
                    install_signal_handlers=False,
                    fetch_job_polling_interval=_LOOK_S,
                    update_heartbeat_interval=SIGN_S,
                    stalled_worker_timeout=queue.STALE_S,
                )
            except Exception as error:  # noqa: BLE001  # the database went away, say: what was in hand is rescued, and the lane goes on
                log.warning("%s: the queue cannot be reached: %s", lane, type(error).__name__)
            await asyncio.sleep(_AGAIN_S)

    def _app(self, connections: int) -> App:
        """Everything there is to do, as tasks of the queue."""
        connector = PsycopgConnector(
            conninfo=self._conninfo,
            min_size=1,
            max_size=connections,
            kwargs={"application_name": "practice-coach worker"},
        )
        app = App(connector=connector)
        for kind in self._kinds.values():
            app.task(name=kind.name, queue=kind.name, retry=_TryAgain(), pass_context=True)(self._doing(kind))
        for chore in self._chores:
            self._by_the_clock(app, chore.name, chore.cron, self._once(chore))
        self._by_the_clock(app, "rescue", RESCUE, rescue)
        self._by_the_clock(app, "sweep", _SWEEP, self._sweep)
        return app

    @staticmethod
    def _by_the_clock(app: App, name: str, cron: str, do: Callable[..., object]) -> None:
        """All workers tell the time; the queue takes each chore once, and not while it still waits."""
        chore = app.task(name=name, queue=CHORES, queueing_lock=name, pass_context=True)(do)
        app.periodic(cron=cron)(chore)

    @staticmethod
    def _once(chore: Chore) -> Callable[..., None]:
        def do(_context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # Procrastinate's signature
            chore.do()

        return do

    async def _sweep(self, context: JobContext, timestamp: int) -> None:  # noqa: ARG002  # Procrastinate's signature
        """Put in what waits and has no job: stored before there was a queue, or left by a thread that died with its process."""
        for kind in self._kinds.values():
            waiting = await asyncio.to_thread(kind.waiting)
            jobs = await context.app.job_manager.list_jobs_async(queue=kind.name) if waiting else ()
            known = {job.task_kwargs.get("ident") for job in jobs if job.status in _OPEN}
            for ident, candidate in waiting.items():
                if ident not in known:
                    await context.app.configure_task(
                        kind.name, lock=queue.lock(kind.name, candidate), priority=queue.WAITED_FOR
                    ).defer_async(ident=ident)

    def _doing(self, kind: Kind) -> Callable[..., None]:
        def do(context: JobContext, *, ident: str) -> None:
            self._do(kind, ident, context.job.attempts)

        return do

    def _do(self, kind: Kind, ident: str, failed: int) -> None:
        name, started = task(kind.name, ident), time.monotonic()
        try:
            kind.do(ident)
        except Exception as error:  # noqa: BLE001  # a lane must outlive whatever one piece of work does
            log.warning("%s failed: %s", name, type(error).__name__)
            self._troubles.tell(name, self._clock(), plain(error))
            if is_given_up(failed):
                kind.give_up(ident, plain(error))
            raise FailedError(name) from None
        self._troubles.done(name, "")
        log.info("%s done in %.1f s", name, time.monotonic() - started)


async def rescue(context: JobContext, timestamp: int) -> None:  # noqa: ARG001  # Procrastinate's signature
    """Take up again what workers were doing that give no sign of life."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=queue.STALE_S):
        with suppress(ConnectorException):  # somebody else was quicker
            if job.queue == CHORES:  # its time has passed, and comes again
                await jobs.finish_job(job, Status.FAILED, delete_job=True)
            else:
                log.warning("%s is taken up again: its worker is gone", job.queue)
                await jobs.retry_job(job, retry_at=datetime.now(UTC), priority=queue.WAITED_FOR)
