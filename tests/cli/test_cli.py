"""The `coach` command line, apart from rating files."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cli_tools import Coach

from coach import __version__
from coach.bank import load_demo_answers
from coach.cli import main
from coach.commands import record as recording
from coach.domain.answer import AnswerKind
from coach.errors import MicrophoneError
from coach.settings import Settings
from coach.speech import Audio, pcm16
from coach.wiring import LOCAL_CANDIDATE, build

ROOT = Path(__file__).resolve().parents[2]
SAID = "I called the county office for her and she kept her flat."


def program(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, as people run it."""
    return subprocess.run(
        [sys.executable, "-m", "coach.cli", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [path]
    for name, command in group.commands.items():
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "said.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(path), SAID], check=True, timeout=60)
    return path


# ── help ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", commands(), ids=lambda words: " ".join(words) or "coach")
def test_every_command_explains_itself(coach: Coach, bare: Path, words: tuple[str, ...]) -> None:
    for flag in ("--help", "-h"):
        result = coach(*words, flag)
        assert (result.exit_code, result.stderr) == (0, "")
        assert re.match(r"Usage: .*\n\n  [A-Z][^.]+\.", result.stdout)
    assert list(bare.iterdir()) == []


def test_the_version_is_the_packages() -> None:
    declared = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert declared
    assert __version__ == declared[1]


def test_version_and_a_wrong_command_in_a_process_of_their_own(bare: Path) -> None:
    version = program("--version", folder=bare)
    assert (version.returncode, version.stdout, version.stderr) == (0, f"coach, version {__version__}\n", "")
    wrong = program("scroe", folder=bare)
    assert wrong.returncode == 2
    assert "No such command" in wrong.stderr
    assert list(bare.iterdir()) == []


def test_a_setting_that_cannot_be_used_is_one_sentence(
    coach: Coach, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_JUDGE_DEADLINE_S", "sk-secret")
    for words in (("doctor",), ("demo",), ("score", "--in", bare / "in", "--out", bare / "out")):
        (bare / "in").write_text("", encoding="ascii")
        result = coach(*words)
        assert result.exit_code == 2
        assert "COACH_JUDGE_DEADLINE_S" in result.stderr
        assert "sk-secret" not in result.output
        assert result.stderr.count("\n") == 1


# ── run ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_port_in_use_is_told_with_another_to_choose(coach: Coach) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = coach("run", "--no-browser", "--port", port)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Port {port} is in use")
    assert re.search(r"coach run --port \d+\n$", result.stderr)


def test_an_address_that_is_not_this_computers_is_told(coach: Coach) -> None:
    result = coach("run", "--no-browser", "--host", "192.0.2.1", "--port", "18501")
    assert result.exit_code == 2
    assert result.stderr.startswith("192.0.2.1 port 18501 cannot be served on")


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_that_is_none_is_refused(coach: Coach, port: str) -> None:
    assert coach("run", "--port", port).exit_code == 2


# ── transcribe ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_recording_is_written_down_as_json(bare: Path, speech: Path) -> None:
    done = program("transcribe", str(speech), "--model", "tiny.en", "--json", folder=bare)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert {"text", "words", "duration", "model"} <= set(told)
    assert "county office" in told["text"]
    assert told["model"] == "tiny.en"
    assert told["words"]
    for word in told["words"]:
        assert set(word) == {"start", "end", "text", "probability"}
        assert 0 <= word["start"] <= word["end"] <= told["duration"]
        assert 0 <= word["probability"] <= 1
    assert list(bare.iterdir()) == []


def test_without_json_only_the_words_are_printed(coach: Coach, speech: Path) -> None:
    result = coach("transcribe", speech, "--model", "tiny.en")
    assert result.exit_code == 0
    assert "county office" in result.stdout
    assert "{" not in result.stdout


@pytest.mark.parametrize(
    "content", [b"", b"no sound at all", b"\x89PNG\r\n\x1a\n" + bytes(500), b"RIFF\xff\xff\xff\xffWAVE"]
)
def test_what_is_no_sound_ends_with_one_sentence(coach: Coach, bare: Path, content: bytes) -> None:
    (bare / "sound.wav").write_bytes(content)
    result = coach("transcribe", bare / "sound.wav", "--model", "tiny.en", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"[A-Z][^\n]+\.\n", result.stderr)


@pytest.mark.parametrize("name", ["missing.wav", "."])
def test_a_recording_that_is_not_there_is_named(coach: Coach, name: str) -> None:
    result = coach("transcribe", name, "--json")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"There is no file {name}.\n")


def test_a_whisper_model_that_is_not_there_is_told(coach: Coach, speech: Path) -> None:
    result = coach("transcribe", speech, "--model", "/no/such/folder")
    assert result.exit_code == 2
    assert re.fullmatch(r"[A-Z][^\n]+\.\n", result.stderr)


# ── bank ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_bank_that_comes_along_has_no_problems(coach: Coach) -> None:
    result = coach("bank", "check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No problems found.\n", "")


def test_faults_of_a_pack_are_told_a_line_each(coach: Coach, bare: Path) -> None:
    pack = (
        (ROOT / "question_bank" / "case_manager.toml")
        .read_text("utf-8")
        .replace('kind = "behavioural"', 'kind = "behavioral"', 1)
        .replace("time_limit_s = 180", "time_limit_s = 5", 1)
    )
    (bare / "mine.toml").write_text(pack, encoding="utf-8")
    for place in (bare / "mine.toml", bare):
        result = coach("bank", "check", place)
        assert (result.exit_code, result.stdout) == (1, "")
        *lines, last = result.stderr.splitlines()
        assert [line.split(": ")[:3] for line in lines] == [
            ["mine.toml", "coordinate-complex-needs", "kind"],
            ["mine.toml", "coordinate-complex-needs", "time_limit_s"],
        ]
        assert last == "2 problems found."


@pytest.mark.parametrize("content", [b"", b"title = ", b"\xff\xfe", b"title = 'T'\n"])
def test_a_pack_that_is_none_is_told(coach: Coach, bare: Path, content: bytes) -> None:
    (bare / "mine.toml").write_bytes(content)
    result = coach("bank", "check", bare / "mine.toml")
    assert result.exit_code == 1
    assert result.stderr.startswith("mine.toml: ")


def test_a_pack_that_is_not_there_is_told(coach: Coach, bare: Path) -> None:
    assert coach("bank", "check", bare / "missing.toml").exit_code == 1
    assert coach("bank", "check", bare).exit_code == 1


def test_the_list_of_questions_has_a_line_each(coach: Coach) -> None:
    result = coach("bank", "list")
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert ["coordinate-complex-needs", "behavioural"] in [row[:2] for row in rows]
    assert {len(row) for row in rows} == {3}


def test_the_list_is_narrowed_down_by_marks_and_words(coach: Coach) -> None:
    hard = coach("bank", "list", "--kind", "behavioural", "--difficulty", "3", "--pack", "case_manager").stdout
    assert {line.split("\t")[0] for line in hard.splitlines()} == {
        "respond-to-crisis",
        "resolve-ethical-dilemma",
        "close-service-gap",
        "support-after-trauma",
        "use-outcome-data",
    }
    refused = coach("bank", "list", "--pack", "case_manager", "--competency", "advocacy", "refus").stdout
    assert [line.split("\t")[0] for line in refused.splitlines()] == ["advocate-after-denial"]
    assert coach("bank", "list", "--setting", "moon").exit_code == 2
    nowhere = coach("bank", "list", "--pack", "nowhere")
    assert (nowhere.exit_code, nowhere.stdout) == (2, "")
    assert nowhere.stderr.startswith("There is no pack 'nowhere'. There are ")


# ── demo ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_demo_answers_come_and_go_and_ones_own_stay(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    few = load_demo_answers()[:2]
    monkeypatch.setattr("coach.bank.load_demo_answers", lambda: few)
    practice = build(Settings.load()).practice
    own = practice.begin(LOCAL_CANDIDATE, practice.bank.questions[0], AnswerKind.TYPED)
    practice.save_draft(own.id, LOCAL_CANDIDATE, "mine")
    result = coach("demo")
    assert (result.exit_code, result.stdout) == (0, "2 demo answers added. See them with: coach run\n")
    assert sum(a.demo for a in practice.attempts_of(LOCAL_CANDIDATE)) == 2
    result = coach("demo", "--remove")
    assert (result.exit_code, result.stdout) == (0, "2 demo answers removed.\n")
    assert [a.id for a in practice.attempts_of(LOCAL_CANDIDATE)] == [own.id]


def test_a_database_of_a_newer_version_is_told_in_a_sentence(coach: Coach, bare: Path) -> None:
    import sqlite3  # noqa: PLC0415  # to play a newer version

    assert coach("demo", "--remove").exit_code == 0
    raw = sqlite3.connect(bare / "data" / "coach.db")
    raw.execute("update alembic_version set version_num = '9999'")
    raw.commit()
    raw.close()
    result = coach("demo")
    assert result.exit_code == 2
    assert result.stderr.startswith("This database was written by a newer version")


# ── doctor ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_doctor_says_what_works(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WHISPER_MODEL", "tiny.en")
    result = coach("doctor")
    names = [line.partition(": ")[0] for line in result.stdout.splitlines()]
    assert names == ["Python", "questions", "database", "data folder", "Whisper", "microphone", "judge"]
    assert "model tiny.en loads" in result.stdout
    assert "none is set up; answers are rated by checks on this computer alone" in result.stdout


def test_the_doctor_examines_the_rest_where_one_thing_fails(
    coach: Coach, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / "data").write_text("a file where the folder should be", encoding="ascii")
    monkeypatch.setenv("COACH_WHISPER_MODEL", "/no/such/folder")
    result = coach("doctor")
    assert result.exit_code == 1
    lines = dict(line.partition(": ")[::2] for line in result.stdout.splitlines())
    assert "cannot" in lines["data folder"] or "wrong" in lines["data folder"]
    assert "loads" not in lines["Whisper"]
    assert lines["judge"].startswith("none is set up")


# ── record ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_microphone_recording_ends_with_a_sentence_and_leaves_nothing_behind(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise MicrophoneError("There is no microphone.")

    monkeypatch.setattr(recording, "record", none)
    result = coach("record", "coordinate-complex-needs")
    assert (result.exit_code, result.stderr) == (2, "There is no microphone.\n")
    assert build(Settings.load()).practice._attempts.all_of(LOCAL_CANDIDATE) == ()


def test_a_question_that_is_not_in_the_bank_is_told_with_one_that_comes_near(coach: Coach) -> None:
    result = coach("record", "coordinate-complex-need")
    assert result.exit_code == 2
    assert "Did you mean coordinate-complex-needs?" in result.stderr


def test_an_answer_into_the_microphone_is_written_down_rated_and_kept(
    coach: Coach, speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording stands in for the microphone; everything after it is real."""
    monkeypatch.setenv("COACH_WHISPER_MODEL", "tiny.en")
    longer = speech.with_name("longer.wav")
    words = "Last year a woman was afraid of losing her home. " + SAID + " It took three weeks."
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(longer), words], check=True, timeout=60)
    practice = build(Settings.load()).practice
    pcm, _ = practice._transcriber.pcm_of_file(longer)

    def record(limit: float, stop: object, *, device: object, on_level: object, on_chunk: object) -> Audio:
        assert limit == 180
        assert device == 3
        assert stop
        assert callable(on_level)
        assert callable(on_chunk)
        for number, at in enumerate(range(0, len(pcm), 64_000), 1):
            on_level(0.5)
            on_chunk(number, pcm[at : at + 64_000])
        return pcm16(pcm, "The computer was too busy, and pieces of the recording are missing.")

    monkeypatch.setattr(recording, "record", record)
    result = coach("record", "coordinate-complex-needs", "--device", "3")
    assert result.exit_code == 0
    assert "too busy" in result.stdout
    assert "county office" in result.stdout
    assert re.search(r"^SOAR.*: ", result.stdout, re.MULTILINE)
    (attempt,) = practice.attempts_of(LOCAL_CANDIDATE)
    assert attempt.feedback
    (take,) = practice.takes(attempt.id, LOCAL_CANDIDATE)
    assert practice.sound(attempt.id, LOCAL_CANDIDATE, take.number) == pcm
    assert take.sealed


def test_listing_microphones_works_with_none(coach: Coach) -> None:
    assert coach("record", "--list-devices").exit_code in (0, 2)


# ── train ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_training_without_its_library_says_what_to_install(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    result = coach("train")
    assert result.exit_code == 2
    assert "pip install 'practice-coach[train]'" in result.stderr
