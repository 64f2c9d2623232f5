"""What happened in a coach's cohorts, on the command line: `coach cohorts digest`."""

from datetime import UTC, datetime, timedelta

import click

from coach.errors import CoachError


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day, such as 2026-11-01 (UTC). Default: a week ago.",
)
@click.option("--coach", "email", default="", help="The coach's e-mail address, where people sign in.")
@click.option("--csv", "as_csv", is_flag=True, help="A table, a line a student, instead of Markdown.")
def digest(since: datetime | None, email: str, *, as_csv: bool) -> None:
    """What happened in a coach's cohorts since a day, to send by whatever mail you use: numbers and names, no words of any answer."""
    from coach.review.digest import as_markdown, as_table  # noqa: PLC0415
    from coach.settings import Settings  # noqa: PLC0415
    from coach.wiring import build  # noqa: PLC0415  # loads models

    parts = build(Settings.load())
    who = parts.people.coach_with(email) if parts.people.hosted else parts.people.local()
    if not parts.cohorts.may_coach(who):
        raise CoachError("This profile coaches nobody. Show the coach area under Set-up first.")
    day = (since or datetime.now(UTC) - timedelta(days=7)).replace(tzinfo=UTC)
    found = parts.digests.since(who, day)
    click.echo(as_table(found).decode("utf-8-sig") if as_csv else as_markdown(found), nl=False)
