"""The database, and who does the work behind: the runner where it is a file, the queue's workers where it is a server."""

from collections.abc import Sequence

from coach.jobs import Behind, Kind, Runner
from coach.recordings import utc_now
from coach.settings import Settings
from coach.store import Database, LeaseStore, RollupStore
from coach.store.database import Queue
from coach.store.migrate import migrate

_AT_NIGHT = "30 3 * * *"


def open_database(settings: Settings) -> Database:
    """The database of these settings, brought to this version's tables. Raises CoachError with what is wrong."""
    database = Database(settings.database, _queue)
    migrate(database)
    if database.is_postgresql:
        from coach.jobs.queue import prepare  # noqa: PLC0415  # comes with the extra "hosted"

        prepare(database.conninfo)
    return database


def _queue() -> Queue:
    from coach.jobs import queue  # noqa: PLC0415  # comes with the extra "hosted"

    return queue.Queue()


def build_behind(settings: Settings, database: Database, kinds: Sequence[Kind]) -> Behind:
    """Whoever does these kinds of work."""
    leases = LeaseStore(database)
    if not database.is_postgresql:
        return Runner(kinds, leases, utc_now)
    from coach.jobs.worker import Chore, Worker  # noqa: PLC0415  # comes with the extra "hosted"

    chores = (Chore("recount", _AT_NIGHT, RollupStore(database).recount),)
    return Worker(kinds, database.conninfo, leases, utc_now, chores=chores, inside=settings.inner_worker)
