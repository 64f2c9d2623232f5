"""Deleting what is old, on the command line: `coach purge`."""

import click


@click.command()
@click.option("--dry-run", "dry", is_flag=True, help="Only count what would go; nothing is deleted and nobody is told.")
def purge(*, dry: bool) -> None:
    """Delete what is older than this installation keeps it, now instead of tonight.

    Whatever is due soon is announced to its owner first, for COACH_NOTICE_DAYS days, and only then deleted. Afterwards the database is
    written anew, so that nothing of what was deleted stays in the file; on a large one this takes minutes, in which nobody can save.
    """
    from coach.settings import Settings  # noqa: PLC0415  # opens the database only when asked
    from coach.wiring import build  # noqa: PLC0415

    done = build(Settings.load()).purge.run(dry=dry, whole=True)
    would = "would be " if dry else ""
    for kind, count in done.deleted.items():
        click.echo(f"{kind}: {count} {would}deleted")
    click.echo(f"recordings nobody keeps: {done.let_go} {would}deleted")
    click.echo(f"announced to their owners: {done.announced}{' would be' if dry else ''}")
