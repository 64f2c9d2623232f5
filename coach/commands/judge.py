"""The judge on the command line: what there is, what works, and serving a model of one's own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from coach.domain.attempt import Attempt
from coach.domain.judging import SERVED_PORT, JudgeChoice, ToRate
from coach.errors import CoachError, SettingsError
from coach.settings import Settings


@click.group()
def judge() -> None:
    """A language model that reads answers beside the checks."""


@judge.command(name="serve")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--port", default=SERVED_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--room", default=16_384, show_default=True, type=click.IntRange(8_192, 262_144), help="Context in tokens."
)
@click.option("--threads", default=0, type=click.IntRange(0, 256), help="Default: half the cores.")
def serve_(file: Path, port: int, room: int, threads: int) -> None:
    """Serve an instruct model from a GGUF FILE on this computer, for this computer only."""
    from coach.judge import serve  # noqa: PLC0415  # the judge's library takes a second to load

    serve(file, port, room, threads, ready=_ready)


def _ready(address: str) -> None:
    click.echo(f"A judge runs at {address}  (stop it with Ctrl-C)")
    click.echo("Choose it in the app under Set-up, or set:")
    click.echo(f"  OPENAI_BASE_URL={address}")


@judge.command()
def models() -> None:
    """Open models worth fetching, with size, memory and licence."""
    from coach.judge import open_models  # noqa: PLC0415

    click.echo("model\tfile GB\tmemory GB\tlicence\tnote")
    for one in open_models():
        click.echo(f"{one.name}\t{one.file_gb}\t{one.memory_gb}\t{one.licence}\t{one.note}")
    click.echo(
        "Fetch an instruct model as a GGUF file, 4-bit (Q4_K_M), and serve it with: coach judge serve FILE.gguf",
        err=True,
    )


@judge.command()
def find() -> None:
    """Judges that run on this computer now. Nothing is sent to them but the question which models they have."""
    from coach.judge import noticed  # noqa: PLC0415

    found = noticed()
    for one in found:
        click.echo(f"{one.name}\t{one.base_url}\t{', '.join(one.models)}")
    if not found:
        click.echo("None runs here now. Start Ollama, LM Studio or `coach judge serve FILE.gguf`.", err=True)


@judge.command()
def spent() -> None:
    """What judges cost today, and what a day may cost."""
    from coach.judge import said  # noqa: PLC0415
    from coach.wiring import build  # noqa: PLC0415  # opens the database

    settings = Settings.load()
    today = build(settings).books.spent(datetime.now(UTC).date().isoformat())
    click.echo(f"calls\t{today.calls}\ntokens\t{today.tokens} of {settings.judge_daily_tokens}")
    click.echo(
        f"cost\t{said(today.usd)} of {settings.judge_daily_usd:.2f} US dollars (only what has a known price is counted)"
    )


@judge.command()
@click.argument("file", type=click.Path(path_type=Path))
def measure(file: Path) -> None:
    """Measure the judge in use on labelled answers, and keep the result: where it is worse than the checks alone, they win.

    FILE is as for `coach calibrate`. Nothing that was rated before changes.
    """
    from coach.commands.calibrate import read  # noqa: PLC0415  # loads models
    from coach.commands.measure import measured, rows  # noqa: PLC0415
    from coach.wiring import build, build_scorer, measurements  # noqa: PLC0415

    settings, answers, found = Settings.load(), read(file), []
    services = build(settings)
    practice = build_scorer(settings, judged=True, choice=services.books.choice(), measuring=True)
    for one, (record, row) in zip(answers, rows(practice, answers), strict=True):
        found.append((record, row))
        click.echo(f"{one.id}\t{record.outcome}\t{record.seconds:.0f} s", err=True)
    result = measured(found, practice.versions.checks, asked=services.door.current().model)
    measurements(settings).keep(result)
    click.echo(
        f"{result.model}, {result.answers} answers; kappa with people, and the difference the judge makes (95 %)"
    )
    for criterion, seen in result.agreement.items():
        wins = "the checks win" if criterion in result.worse else "the judge is heard"
        click.echo(
            f"{criterion}\t{seen.alone:.2f} -> {seen.with_judge:.2f}\t{seen.low:+.2f} to {seen.high:+.2f}\t{wins}"
        )


@click.command()
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day, in UTC.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day. Default: today.")
@click.option("--candidate", multiple=True, help="Only these; may be given several times. Default: everybody.")
@click.option("--prompt", help="Version of the judge's prompt, such as v2. Default: COACH_JUDGE_PROMPT.")
@click.option("--dry-run", is_flag=True, help="Say what would be rated and what it would cost, and do nothing.")
@click.option(
    "--behind", is_flag=True, help="Let the app, or the workers, do it, behind everybody who waits for an answer."
)
def rescore(
    since: datetime,
    until: datetime | None,
    candidate: tuple[str, ...],
    prompt: str | None,
    *,
    dry_run: bool,
    behind: bool,
) -> None:
    """Rate the answers of a period or a group again, with today's checks, prompt and judge. Earlier ratings are kept."""
    if behind and prompt:
        raise SettingsError(
            "Whoever works behind takes the prompt of its own settings: set COACH_JUDGE_PROMPT there, and leave --prompt out."
        )
    first = since.replace(tzinfo=UTC)
    last = (until or datetime.now(UTC).replace(tzinfo=None)).replace(tzinfo=UTC) + timedelta(days=1)
    settings = Settings.load(**({"judge_prompt": prompt} if prompt else {}))
    for line in rescored(settings, first, last, frozenset(candidate), dry_run=dry_run, behind=behind):
        click.echo(line)


def rescored(
    settings: Settings,
    since: datetime,
    until: datetime,
    candidates: frozenset[str],
    *,
    dry_run: bool,
    behind: bool = False,
) -> Iterator[str]:
    """Rates again what was handed in between two times, a line for each answer. Raises CoachError if nothing can be opened.

    ``behind``: only puts it down, for whoever works behind.
    """
    from coach.judge import said  # noqa: PLC0415
    from coach.wiring import build  # noqa: PLC0415  # loads models

    services = build(settings)
    practice = services.practice
    found = [a for a in practice.rated_between(since, until) if not candidates or a.candidate in candidates]
    asked = [ToRate(question=practice.question_of(a), text=a.text, rubric=practice.rubric) for a in found]
    costs = [services.judge.expected(one) for one in asked]
    expected = None if None in costs else sum(cost or 0.0 for cost in costs)
    yield f"{len(found)} answers; expected cost: {said(expected)}"
    if dry_run:
        return
    if behind:
        services.rerating.ask([(one.id, one.candidate) for one in found])
        yield "They are rated again behind, one at a time, by the app when it runs, or by a worker."
        return
    for attempt in found:
        before = _levels(attempt)
        try:
            after = practice.rate(attempt.id, attempt.candidate, keep_earlier=True)
        except CoachError as error:  # deleted in the meantime, say: the others are still to be rated
            yield f"{attempt.id}\t{error}"
            continue
        told = after.judge.outcome if after.judge else "off"
        yield f"{attempt.id}\t{before} -> {_levels(after)}\tjudge: {told}"


def _levels(attempt: Attempt) -> str:
    return "/".join(str(r.level or "-") for r in attempt.feedback.ratings) if attempt.feedback else "-"


def examined(settings: Settings) -> list[str]:
    """What works with the judge of these settings and of what was chosen in the app, for `coach doctor`."""
    from coach.judge import noticed  # noqa: PLC0415
    from coach.wiring import build, examine_judge  # noqa: PLC0415

    try:
        choice = build(settings).books.choice()
    except CoachError:  # the data folder has a line of its own
        choice = JudgeChoice()
    if not choice.on or settings.judge_off:
        return ["switched off: nothing is sent anywhere, and answers are rated by checks on this computer alone"]
    if choice.base_url or settings.has_judge:
        return examine_judge(settings, choice)
    here = [
        f"{one.name} runs here with {len(one.models)} models: choose it under Set-up to use it" for one in noticed()
    ]
    return ["none is set up; answers are rated by checks on this computer alone", *here]
