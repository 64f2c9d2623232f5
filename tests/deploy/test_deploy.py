"""What is in deploy/ can be read by what it is for, and names nothing that is not there."""

import configparser
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from coach.cli import main
from coach.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
FILLED_IN = (DEPLOY / "example.env", DEPLOY / "systemd" / "settings")
OTHERS = {
    "COACH_SITE",  # of the proxy
    "COACH_APPS",
    "HF_HUB_OFFLINE",  # of huggingface_hub
    "FORWARDED_ALLOW_IPS",  # of uvicorn
    *("POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"),  # of PostgreSQL's image
    *("PATH", "HOME", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"),
    *("PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK"),
}


def composed() -> dict[str, Any]:
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def instructions() -> list[tuple[str, str]]:
    """Every instruction of the Dockerfile with its arguments; continued lines are one."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = [line.strip() for line in re.sub(r"\\\n", " ", text).splitlines() if line.strip()]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def assigned(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line.partition("=")[0] for line in lines if line and not line.startswith("#")]


def settings() -> set[str]:
    names: set[str] = set()
    for name, found in Settings.model_fields.items():
        alias = found.validation_alias
        names |= set(map(str, getattr(alias, "choices", ()))) or {str(alias or f"COACH_{name.upper()}")}
    return names


def is_taken(words: list[str]) -> None:
    """The command line takes these words."""
    command: click.Command = main
    line = " ".join(words)
    while isinstance(command, click.Group):
        assert words, line
        assert words[0] in command.commands, line
        command = command.commands[words.pop(0)]
    command.make_context(line, words, **main.context_settings)


def test_each_file_is_one_that_is_looked_at_here() -> None:
    known = {"Caddyfile", "Dockerfile", "Dockerfile.dockerignore", "compose.yaml", "example.env"}
    found = {str(path.relative_to(DEPLOY)) for path in DEPLOY.rglob("*") if path.is_file() and path.name != ".env"}
    assert found == known | {"systemd/settings", *(f"systemd/{unit.name}" for unit in UNITS)}
    assert len(UNITS) == 2


# ── settings ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_setting_named_is_one_of_ours_or_of_a_program_it_is_for() -> None:
    services = composed()["services"].values()
    named = {name for one in services for name in one.get("environment", {})}
    named |= {name for path in FILLED_IN for name in assigned(path)}
    named |= {pair.partition("=")[0] for kind, rest in instructions() if kind == "ENV" for pair in shlex.split(rest)}
    assert {"DATABASE_URL", "COACH_SECRET", "COACH_INNER_WORKER", "COACH_DATA_DIR"} <= named
    assert named <= settings() | OTHERS
    everything = " ".join(path.read_text("utf-8") for path in DEPLOY.rglob("*") if path.is_file())
    assert set(re.findall(r"\bCOACH_[A-Z_]+\b", everything)) <= settings() | OTHERS


def test_what_the_composition_asks_for_is_in_the_example_and_the_other_way_round() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert asked == set(assigned(DEPLOY / "example.env"))


def test_the_proxy_is_told_what_its_file_asks_for() -> None:
    asked = set(re.findall(r"\{\$([A-Z_]+)", (DEPLOY / "Caddyfile").read_text("utf-8")))
    assert asked == set(composed()["services"]["proxy"]["environment"])


@pytest.mark.parametrize("path", FILLED_IN, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_no_secret_is_given_away(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if re.match(r"(COACH_SECRET|POSTGRES_PASSWORD|OPENAI_API_KEY)=", line):
            assert line.endswith("="), line


# ── commands ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_command_started_is_one_the_command_line_takes() -> None:
    given = dict(instructions())
    assert yaml.safe_load(given["ENTRYPOINT"]) == ["coach"]
    started = [yaml.safe_load(given["CMD"])]
    started += [
        one["command"]
        for one in composed()["services"].values()
        if one["image"] == "practice-coach" and "command" in one
    ]
    for unit in UNITS:
        program, *words = shlex.split(read(unit)["Service"]["ExecStart"].replace("%i", "8501"))
        assert program.endswith("/bin/coach")
        started.append(words)
    assert sorted(words[0] for words in started) == ["migrate", "run", "run", "worker", "worker"]
    for words in started:
        is_taken(words)


# ── the image ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    kinds = [kind for kind, _ in instructions()]
    last = kinds[len(kinds) - 1 - kinds[::-1].index("FROM") :]
    assert dict(instructions())["USER"] == "coach"
    assert last.index("USER") > last.index("RUN")
    assert "HEALTHCHECK" in last
    assert set(kinds) <= {
        "FROM",
        "ENV",
        "RUN",
        "COPY",
        "USER",
        "WORKDIR",
        "VOLUME",
        "EXPOSE",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }


def test_what_the_image_is_built_from_is_there_and_holds_all_the_package_needs() -> None:
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    let_through = [line[1:] for line in lines if line.startswith("!")]
    assert lines[1] == "*"
    assert [name for name in let_through if not (ROOT / name).exists()] == []
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    forced = re.search(r"force-include\]\n((?:\"[^\n]+\n)+)", project)
    assert forced
    assert {line.split('"')[1] for line in forced[1].splitlines()} | {"coach", "README.md", "LICENSE"} <= set(
        let_through
    )


def test_images_have_plain_names() -> None:
    bases = [rest.split()[0] for kind, rest in instructions() if kind == "FROM"]
    images = [one["image"] for one in composed()["services"].values()]
    assert {*bases, *images} == {"python:3.11-slim", "practice-coach", "postgres:15", "caddy:2"}


# ── the composition ───────────────────────────────────────────────────────────────────────────────────────────────


def test_two_apps_and_two_workers_have_all_in_common_but_what_they_do() -> None:
    services = composed()["services"]
    assert services["app-1"] == services["app-2"]
    assert services["worker"]["deploy"]["replicas"] == 2
    ours = [one for one in services.values() if one["image"] == "practice-coach"]
    assert len(ours) == 4
    for one in ours:
        assert one["environment"] == services["app-1"]["environment"]
        assert one["read_only"]
        assert one["cap_drop"] == ["ALL"]
        assert one["tmpfs"] == ["/tmp"]  # noqa: S108  # what is written there is gone at the end
        assert one["volumes"] == ["data:/data"]


def test_nothing_but_the_proxy_can_be_reached_from_outside_and_the_database_reaches_nothing() -> None:
    services = composed()["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert services["database"]["networks"] == ["inside"]
    assert composed()["networks"]["inside"] == {"internal": True}


def test_what_services_refer_to_is_there() -> None:
    whole = composed()
    apps = whole["services"]["proxy"]["environment"]["COACH_APPS"].split()
    assert [one.partition(":")[0] for one in apps] == ["app-1", "app-2"]
    for one in whole["services"].values():
        assert set(one["networks"]) <= set(whole["networks"])
        assert set(one.get("depends_on", ())) <= set(whole["services"])
        for volume in one.get("volumes", ()):
            name = volume.partition(":")[0]
            assert (DEPLOY / name).is_file() if name.startswith(".") else name in whole["volumes"], volume
        build = one.get("build")
        assert build is None or ((DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile")


# ── without containers ────────────────────────────────────────────────────────────────────────────────────────────


def read(unit: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names of systemd have capitals
    parser.read_string(unit.read_text("utf-8"))
    return parser


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_may_write_to_its_own_folder_alone_and_comes_back_when_it_dies(unit: Path) -> None:
    service = read(unit)["Service"]
    assert (service["User"], service["ProtectSystem"], service["Restart"]) == ("coach", "strict", "always")
    assert f"/var/lib/{service['StateDirectory']}" == service["WorkingDirectory"]
    lines = (DEPLOY / "systemd" / "settings").read_text("utf-8")
    assert f"COACH_DATA_DIR={service['WorkingDirectory']}\n" in lines
    assert service["EnvironmentFile"] in lines.splitlines()[0]
