"""The parts put together from settings."""

import threading
from pathlib import Path

import pytest
from pydantic import SecretStr

from coach.domain.answer import AnswerKind
from coach.errors import StoreError, StoreReadOnlyError
from coach.judge import Judge, NoJudge
from coach.settings import Settings
from coach.wiring import build, build_door, build_judge, build_scorer


def test_services_keep_everything_in_the_data_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Müller & Söhne? 100%41 #1"
    practice = build(Settings(data_dir=folder)).practice
    attempt = practice.begin("ann", practice.suggest("ann"), AnswerKind.SPOKEN)
    practice.put_chunk(attempt.id, "ann", 1, 0, b"\0\0")
    assert [p.name for p in tmp_path.iterdir()] == [folder.name]
    assert {"coach.db", "secret", "takes"} <= {p.name for p in folder.iterdir()}


def test_the_secret_is_made_once_and_only_for_its_owner_to_read(tmp_path: Path) -> None:
    first = build(Settings(data_dir=tmp_path)).secret
    assert len(first) >= 40
    assert build(Settings(data_dir=tmp_path)).secret == first
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert build(Settings(data_dir=tmp_path / "other")).secret != first


def test_an_empty_secret_file_is_never_used(tmp_path: Path) -> None:
    """A crash may have left one; an empty secret would let anybody sign."""
    (tmp_path / "secret").touch()
    assert len(build(Settings(data_dir=tmp_path)).secret) >= 40


def test_a_secret_that_is_given_is_not_written_down(tmp_path: Path) -> None:
    assert build(Settings(data_dir=tmp_path, secret=SecretStr("given"))).secret == "given"
    assert not (tmp_path / "secret").exists()


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(Settings(data_dir=tmp_path))
    (tmp_path / "secret").unlink()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(StoreReadOnlyError, match="The data folder cannot be written"):
        build(Settings(data_dir=tmp_path))


def test_a_file_in_place_of_the_data_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x", encoding="ascii")
    with pytest.raises(StoreError):
        build(Settings(data_dir=tmp_path / "data"))


def test_there_is_a_judge_only_where_one_is_set_up(tmp_path: Path) -> None:
    def judge(**more: object) -> object:
        settings = Settings(data_dir=tmp_path, **more)
        return build_judge(settings, build_door(settings))

    assert isinstance(judge(), NoJudge)
    assert isinstance(judge(openai_base_url="http://127.0.0.1:9/v1"), Judge)
    assert isinstance(judge(openai_api_key=SecretStr("k")), Judge)


def test_a_scorer_writes_nothing(tmp_path: Path) -> None:
    scorer = build_scorer(Settings(data_dir=tmp_path / "data"), judged=True)
    scorer.score(scorer.bank.questions[0], "I called the county office for her, and she kept her flat in the end.")
    assert list(tmp_path.iterdir()) == []


def test_the_parts_are_safe_to_share_between_threads(tmp_path: Path) -> None:
    practice = build(Settings(data_dir=tmp_path)).practice
    answer = "I called the county office for her, and after two weeks she got her flat back, which she had wanted."
    attempts = [practice.begin("ann", practice.bank.questions[0], AnswerKind.TYPED) for _ in range(6)]
    found: list[object] = []

    def work(attempt_id: str) -> None:
        practice.hand_in(attempt_id, "ann", answer)
        found.append(practice.rate(attempt_id, "ann").feedback)

    threads = [threading.Thread(target=work, args=(a.id,)) for a in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 6
    assert len(set(found)) == 1
