"""Settings: the names others already use, where they are read from, and faults told without the value."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from coach.errors import SettingsError
from coach.settings import Settings


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("COACH_", "OPENAI_", "DATABASE_", "HF_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def secrets(text: str) -> None:
    Path(".streamlit").mkdir(exist_ok=True)
    Path(".streamlit/secrets.toml").write_text(text, encoding="utf-8")


def test_with_nothing_set_everything_stays_on_this_computer() -> None:
    settings = Settings.load()
    assert settings.data_dir == Path("data")
    assert settings.database == "sqlite:///data/coach.db"
    assert settings.has_judge is False
    assert (settings.whisper_model, settings.own_names, settings.secret) == ("base", (), None)


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("OPENAI_API_KEY", "k", "openai_api_key", SecretStr("k")),
        ("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1", "openai_base_url", "http://127.0.0.1:11434/v1"),
        ("OPENAI_MODEL", "m", "judge_model", "m"),
        ("COACH_JUDGE_MODEL", "m", "judge_model", "m"),
        ("COACH_JUDGE_DEADLINE_S", "12.5", "judge_deadline_s", 12.5),
        ("COACH_JUDGE_KEEP_RAW", "no", "judge_keep_raw", False),
        ("DATABASE_URL", "sqlite:///x.db", "database_url", "sqlite:///x.db"),
        ("DATABASE_URL", "sqlite:///x.db", "database", "sqlite:///x.db"),
        ("COACH_DATABASE_URL", "sqlite:///y.db", "database", "sqlite:///y.db"),
        ("HF_HOME", "/models", "hf_home", Path("/models")),
        ("COACH_DATA_DIR", "/kept", "data_dir", Path("/kept")),
        ("COACH_DATA_DIR", "/kept", "database", "sqlite:////kept/coach.db"),
        ("COACH_WHISPER_MODEL", "tiny.en", "whisper_model", "tiny.en"),
        ("COACH_SECRET", "s", "secret", SecretStr("s")),
        ("COACH_OWN_NAMES", "Ann Lee, Hill House ,", "own_names", ("Ann Lee", "Hill House")),
        ("COACH_OWN_NAMES", "", "own_names", ()),
    ],
)
def test_each_name_is_read_from_the_environment_from_env_and_from_secrets(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, expected: object
) -> None:
    secrets(f'{name} = "{value}"\n')
    assert getattr(Settings.load(), field) == expected
    Path(".streamlit/secrets.toml").unlink()
    Path(".env").write_text(f'{name}="{value}"\n', encoding="utf-8")
    assert getattr(Settings.load(), field) == expected
    Path(".env").unlink()
    monkeypatch.setenv(name, value)
    assert getattr(Settings.load(), field) == expected


def test_the_environment_comes_before_env_and_env_before_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets('COACH_WHISPER_MODEL = "third"\nCOACH_DATA_DIR = "third"\n[other]\nkey = "of another app"\n')
    Path(".env").write_text("COACH_WHISPER_MODEL=second\nSOMETHING_ELSE=1\n", encoding="utf-8")
    settings = Settings.load()
    assert (settings.whisper_model, settings.data_dir) == ("second", Path("third"))
    monkeypatch.setenv("COACH_WHISPER_MODEL", "first")
    assert Settings.load().whisper_model == "first"
    assert Settings(whisper_model="given").whisper_model == "given"


def test_names_of_other_programs_are_not_taken_for_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET", "DATA_DIR", "WHISPER_MODEL", "OWN_NAMES", "JUDGE_DEADLINE_S"):
        monkeypatch.setenv(name, "theirs")
    assert Settings.load() == Settings()
    assert Settings.load().secret is None


def test_names_may_be_a_list_in_secrets() -> None:
    secrets('COACH_OWN_NAMES = ["Ann Lee", "Hill House, Inc."]\n')
    assert Settings.load().own_names == ("Ann Lee", "Hill House, Inc.")


@pytest.mark.parametrize("set_up", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_a_key_or_an_address_sets_up_a_judge(monkeypatch: pytest.MonkeyPatch, set_up: str) -> None:
    monkeypatch.setenv(set_up, "x")
    assert Settings.load().has_judge is True
    monkeypatch.setenv(set_up, "")
    assert Settings.load().has_judge is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_JUDGE_DEADLINE_S", "sk-hidden-value"),
        ("COACH_JUDGE_DEADLINE_S", "-77777"),
        ("COACH_JUDGE_DEADLINE_S", "77777"),
        ("COACH_JUDGE_KEEP_RAW", "sk-hidden-value"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_by_its_name_and_never_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hidden-key")
    with pytest.raises(SettingsError) as told:
        Settings.load()
    assert str(told.value).startswith(f"A setting cannot be used. {name}: ")
    assert value not in str(told.value)
    assert "hidden" not in str(told.value)
    assert told.value.__suppress_context__ is True


@pytest.mark.parametrize("content", [b'OPENAI_API_KEY = "sk-hidden', b"\xff\xfe\x00", b"just hidden words"])
def test_a_secrets_file_that_cannot_be_read_is_told_without_its_content(content: bytes) -> None:
    secrets("")
    Path(".streamlit/secrets.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings files cannot be read.*secrets\.toml") as told:
        Settings.load()
    assert "hidden" not in str(told.value)


def test_an_env_file_that_is_no_text_is_told() -> None:
    Path(".env").write_bytes(b"COACH_DATA_DIR=\xff\xfe\n")
    with pytest.raises(SettingsError, match="settings files cannot be read"):
        Settings.load()


def test_keys_are_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hidden-key")
    monkeypatch.setenv("COACH_SECRET", "hidden-secret")
    settings = Settings.load()
    assert "hidden" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings.load().whisper_model = "other"  # type: ignore[misc]  # that is the point


def test_a_folder_with_odd_signs_in_its_name_makes_a_good_address() -> None:
    settings = Settings(data_dir=Path("a b?c#d%41"))
    assert settings.database == "sqlite:///a%20b%3Fc%23d%2541/coach.db"
