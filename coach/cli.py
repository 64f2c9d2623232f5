"""The ``coach`` command line."""

import errno
import importlib.util
import json
import logging
import os
import shutil
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from coach import __version__
from coach.commands.admin import admin
from coach.commands.backup import backup, restore
from coach.commands.bank import bank
from coach.commands.cohorts import cohorts
from coach.commands.database import migrate
from coach.commands.judge import judge, rescore
from coach.commands.models import models
from coach.commands.purge import purge
from coach.commands.worker import worker
from coach.errors import CoachError
from coach.settings import Settings

PORT = 8501
_LOCAL = ("127.0.0.1", "localhost", "::1")


class Group(click.Group):
    """Says a `CoachError` in one sentence on stderr and ends with status 2, as bad usage does."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CoachError as error:
            fail(str(error))
        except KeyboardInterrupt:
            fail("Stopped.", 130)


def fail(sentence: str, status: int = 2) -> NoReturn:
    """End with a sentence on stderr."""
    click.echo(sentence, err=True)
    sys.exit(status)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coach")
@click.option("--verbose", is_flag=True, help="Say what is being done, without any answer or name.")
def main(*, verbose: bool) -> None:
    """Practice Coach: interview practice for case managers."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )


main.add_command(bank)
main.add_command(cohorts)
for command in (purge, backup, restore, migrate):
    main.add_command(command)


# ── the app ───────────────────────────────────────────────────────────────────────────────────────────────────────


@main.command()
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="Port to serve on.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to serve on; the default is this computer only."
)
@click.option("--browser/--no-browser", default=True, help="Open the app in the browser.")
def run(port: int, host: str, *, browser: bool) -> None:
    """Start the app."""
    _port_is_free(host, port)
    from streamlit import App  # noqa: PLC0415  # heavy, and only this command needs it

    from coach.ui import server  # noqa: PLC0415
    from coach.ui.resources import services  # noqa: PLC0415

    parts = services()  # settings, packs and database are checked before anything is opened
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  # a comparison, nothing is bound
    if host not in _LOCAL and not parts.settings.hosted:
        click.echo(
            "Anyone who can reach this computer can open the app and read what was answered here. Set COACH_HOSTED=1 to have people sign in.",
            err=True,
        )
    click.echo(f"Practice Coach runs at http://{shown}:{port}  (stop it with Ctrl-C)")
    if browser:
        threading.Thread(target=_open_when_up, args=(shown, port), daemon=True).start()
    App(**server.options()).run(config=server.config(**{"server.port": port, "server.address": host}))


def _port_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # elsewhere this option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                fail(
                    f"Port {port} is in use: perhaps Practice Coach already runs at http://{host}:{port}. "
                    f"Open it there, or choose another port, such as: coach run --port {port % 65_535 + 1}"
                )
            fail(f"{host} port {port} cannot be served on: {error.strerror}. Choose others with --host and --port.")


def _open_when_up(host: str, port: int) -> None:
    wait = threading.Event()
    for _ in range(200):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if probe.connect_ex((host, port)) == 0:
                break
        wait.wait(0.1)
    if not webbrowser.open(f"http://{host}:{port}"):
        click.echo(f"No browser could be opened. Open http://{host}:{port} yourself.", err=True)


# ── rating ────────────────────────────────────────────────────────────────────────────────────────────────────────


@main.command()
@click.option(
    "--in", "source", required=True, type=click.Path(path_type=Path), help='JSON lines: {"id", "question", "answer"}.'
)
@click.option(
    "--out",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="Where the ratings go, a line each, in the same order.",
)
@click.option(
    "--judge",
    "which",
    type=click.Choice(["none", "auto"]),
    default="auto",
    show_default=True,
    help="auto: the judge of the settings, if there is one.",
)
def score(source: Path, target: Path, which: str) -> None:
    """Rate answers from a file.

    A question is a key of the bank or free text. Offsets count characters of the answer as given.
    """
    from coach.commands.score import Scorer, write_lines  # noqa: PLC0415  # loads models

    if target.exists() and source.exists() and target.samefile(source):
        fail(f"{source} cannot be both read and written. Give --out another name.")
    try:
        with source.open(encoding="utf-8-sig") as lines:
            scorer = Scorer.of(Settings.load(), judged=which == "auto")
            done = write_lines(
                (scorer.line(line, number) for number, line in enumerate(lines, 1) if line.strip()), target
            )
    except UnicodeDecodeError:
        fail(f"{source} is not UTF-8 text. Save it as UTF-8, one JSON object a line.")
    except OSError as error:
        fail(f"{error.filename or target} cannot be used: {error.strerror}.")
    click.echo(f"{done} answer{'' if done == 1 else 's'} rated.", err=True)


# ── speech ────────────────────────────────────────────────────────────────────────────────────────────────────────


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--model", help="Whisper model: base, tiny.en, a folder or a hub name. Default: COACH_WHISPER_MODEL, or base."
)
@click.option("--json", "as_json", is_flag=True, help="Text, words with times, duration and model as JSON.")
def transcribe(file: Path, model: str | None, *, as_json: bool) -> None:
    """Write down what is said in a recording, as the app would: here, or by the server set for it. With --model it is written down here."""
    from coach.wiring import Speech  # noqa: PLC0415  # loads Whisper

    if not file.is_file():
        fail(f"There is no file {file}.")
    settings = Settings.load()
    speech = Speech(model, settings.hf_home, hot_words=settings.hot_words) if model else Speech.of(settings)
    transcript = speech.transcribe(file)
    if as_json:
        keys = {"text", "words", "duration", "model", "note"}
        told = {**transcript.model_dump(mode="json"), "duration": transcript.duration_s}
        click.echo(json.dumps({key: told[key] for key in sorted(keys)}, ensure_ascii=False))
        return
    if transcript.note:
        click.echo(transcript.note, err=True)
    click.echo(transcript.text)


@main.command()
@click.argument("question", required=False)
@click.option("--seconds", type=click.IntRange(5, 900), help="Longest recording. Default: the question's time limit.")
@click.option("--device", help="A microphone's number or name; default: the system's own choice.")
@click.option("--words/--no-words", default=True, help="Show the words while you speak, sentence by sentence.")
@click.option("--list-devices", is_flag=True, help="Say which microphones there are.")
def record(question: str | None, seconds: int | None, device: str | None, *, words: bool, list_devices: bool) -> None:
    """Answer a question into this computer's microphone and have it rated. QUESTION is a key of the bank; default: one is suggested."""
    from coach.speech import devices  # noqa: PLC0415

    if list_devices:
        for one in devices():
            click.echo(f"{one.number}\t{one.name}{' (default)' if one.default else ''}")
        return
    from coach.commands.record import record_and_rate  # noqa: PLC0415

    record_and_rate(Settings.load(), question, seconds, click.echo, _number(device), words=words)


def _number(device: str | None) -> int | str | None:
    return int(device) if device and device.isdecimal() else device


main.add_command(models)


# ── the rest ──────────────────────────────────────────────────────────────────────────────────────────────────────


@main.command()
@click.option("--remove", is_flag=True, help="Remove the demo answers instead.")
def demo(*, remove: bool) -> None:
    """Add invented answers of the last weeks, rated and marked as demo, to see what progress looks like."""
    from coach.bank import load_demo_answers  # noqa: PLC0415
    from coach.wiring import LOCAL_CANDIDATE, build  # noqa: PLC0415

    practice = build(Settings.load()).practice
    if remove:
        click.echo(f"{practice.remove_demo(LOCAL_CANDIDATE)} demo answers removed.")
        return
    with click.progressbar(length=100, label="Rating demo answers", file=sys.stderr) as bar:
        count = practice.add_demo(
            LOCAL_CANDIDATE, load_demo_answers(), on_progress=lambda share: bar.update(round(100 * share) - bar.pos)
        )
    click.echo(f"{count} demo answers added. See them with: coach run")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--judge",
    "which",
    type=click.Choice(["none", "auto"]),
    default="none",
    show_default=True,
    help="auto: with the judge of the settings.",
)
def calibrate(file: Path, which: str) -> None:
    """Compare ratings with human labels: agreement per criterion, leaks, parts and pairs, as Markdown.

    FILE holds a JSON object a line: {"id", "question", "answer", "labels": {"soar", "empathy", "confidentiality", "outcome"}}, and if you have
    them "leaks", "spans" and "pair".
    """
    from coach.commands.calibrate import read, report  # noqa: PLC0415  # loads models
    from coach.wiring import build_scorer  # noqa: PLC0415

    answers = read(file)
    for line in report(build_scorer(Settings.load(), judged=which == "auto"), answers):
        click.echo(line)


main.add_command(admin)
main.add_command(judge)
main.add_command(rescore)
main.add_command(worker)


@main.command()
def train() -> None:
    """Rebuild the learned heads from the labelled answers."""
    if importlib.util.find_spec("sklearn") is None:
        fail("Training needs scikit-learn. Install it with: pip install 'practice-coach[train]'")
    from coach.checks.train import train as run_training  # noqa: PLC0415

    with click.progressbar(length=100, label="Training, for some minutes") as bar:
        run_training(on_progress=lambda share: bar.update(round(100 * share) - bar.pos))
    click.echo("Trained. The weights are in coach/checks/heads/weights.npz.")


@main.command()
def doctor() -> None:
    """Say what works here and what does not."""
    failed = False
    for name, examine in _examinations(Settings.load()):
        try:
            for line in examine():
                click.echo(f"{name}: {line}")
        except CoachError as error:
            failed = True
            click.echo(f"{name}: {error}")
        except OSError as error:
            failed = True
            click.echo(f"{name}: {error.strerror}.")
    if failed:
        sys.exit(1)


def _examinations(settings: Settings) -> Iterator[tuple[str, Callable[[], list[str]]]]:
    def python() -> list[str]:
        return [f"{sys.version.split()[0]}, Practice Coach {__version__}, {os.cpu_count()} cores"]

    def questions() -> list[str]:
        from coach.bank import load_bank  # noqa: PLC0415
        from coach.resources import question_bank  # noqa: PLC0415

        return [f"{len(load_bank(question_bank()).questions)} questions"]

    def database() -> list[str]:
        from coach.commands.database import examined  # noqa: PLC0415

        return examined(settings)

    def store() -> list[str]:
        from coach.wiring import build  # noqa: PLC0415

        build(settings)
        free = shutil.disk_usage(settings.data_dir).free / 1e9
        return [f"{settings.data_dir.resolve()} can be written, {free:.1f} GB free"]

    def whisper() -> list[str]:
        from coach.wiring import Speech  # noqa: PLC0415

        Speech.of(settings).load()
        where = f"at {settings.whisper_url}, asked when somebody speaks" if settings.whisper_url else "loads"
        return [f"model {settings.whisper_model} {where}"]

    def microphone() -> list[str]:
        from coach.speech import devices  # noqa: PLC0415

        return [f"{len(devices())} found"]

    def the_judge() -> list[str]:
        from coach.commands.judge import examined  # noqa: PLC0415

        return examined(settings)

    yield "Python", python
    yield "questions", questions
    yield "database", database
    yield "data folder", store
    yield "Whisper", whisper
    yield "microphone", microphone
    yield "judge", the_judge


if __name__ == "__main__":
    main()
