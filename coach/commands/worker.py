"""Work behind, on as many machines as there are: `coach worker`."""

from typing import TYPE_CHECKING

import click

from coach.domain.work import Work
from coach.errors import SettingsError
from coach.jobs import Behind, Runner
from coach.jobs.kind import CHORES
from coach.settings import Settings

if TYPE_CHECKING:
    from coach.jobs.worker import Worker

LANES = (*map(str, Work), CHORES)


@click.command()
@click.option(
    "--queue",
    "queues",
    multiple=True,
    type=click.Choice(LANES),
    help="Only this; may be given several times. Default: all.",
)
@click.option(
    "--concurrency", type=click.IntRange(1, 64), help="Pieces at the same time in each queue. Default: what suits it."
)
def worker(queues: tuple[str, ...], concurrency: int | None) -> None:
    """Write down, rate and ask the judge behind the app, on this or any other machine. Needs PostgreSQL.

    The folder of recordings (COACH_DATA_DIR) must be the app's. Ctrl-C or SIGTERM: what is in hand is finished first.
    """
    from coach.wiring import build  # noqa: PLC0415  # loads models

    services = build(Settings.load())
    one = _worker(services.runner)
    services.load()
    click.echo(f"At work on {', '.join(queues or LANES)}  (stop it with Ctrl-C)")
    one.run(queues, concurrency)


def _worker(behind: Behind) -> "Worker":
    if not isinstance(behind, Runner):
        from coach.jobs.worker import Worker  # noqa: PLC0415  # comes with the extra "hosted"

        if isinstance(behind, Worker):
            return behind
    raise SettingsError(
        "With SQLite the app does the work behind itself. Workers need PostgreSQL: set DATABASE_URL to its address."
    )
