import pytest
from click.testing import CliRunner

from coach.commands.models import models as command
from coach.errors import WeightsError
from coach.speech import engine, models
from coach.speech.models import Speed, recommended


def test_the_most_accurate_model_that_keeps_up_is_recommended() -> None:
    tiny, base, small = (
        Speed(name=name, load_s=1, work=work) for name, work in (("tiny.en", 0.05), ("base", 0.2), ("small", 0.9))
    )

    assert recommended((tiny, small, base)) == base
    assert recommended((small,)) == small
    assert recommended((small, Speed(name="base", load_s=1, work=0.5))).name == "base"


def test_bundled_models_are_here_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    assert set(models.present(None)) >= {"tiny.en", "base"}
    shares: list[float] = []
    models.fetch("base", None, shares.append)
    assert shares == [1.0]


def test_a_model_is_measured_with_its_real_weights() -> None:
    speed = models.measure("tiny.en", None)

    assert 0 < speed.work < 5
    assert speed.load_s > 0


def test_the_list_says_what_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WHISPER_MODEL", "tiny.en")

    done = CliRunner().invoke(command, ["list"])

    assert "tiny.en\t75 MB\tin use" in done.stdout
    assert "base\t145 MB\there" in done.stdout


@pytest.mark.parametrize("cards", [0, 2])
def test_a_graphics_card_is_used_where_there_is_one(monkeypatch: pytest.MonkeyPatch, cards: int) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: cards)

    assert engine.device() == ("cuda" if cards else "cpu")


def test_a_graphics_card_that_fails_leaves_the_work_to_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "device", lambda: "cuda")

    whisper = engine.Engine("tiny.en").whisper()

    assert whisper.model.device == "cpu"


def test_a_model_that_nobody_knows_is_told() -> None:
    with pytest.raises(WeightsError, match=r"could not be fetched|no speech model"):
        models.fetch("no such model", None, lambda _share: None)
