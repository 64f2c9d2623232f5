"""Drafts and recordings over HTTP: whose they are, how much fits, and what is said when the disk is full."""

import errno
import io
import os
import sqlite3
import threading
import wave
from contextlib import closing
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import event
from starlette.testclient import TestClient

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt
from coach.errors import SettingsError
from coach.practice import Practice
from coach.ui import resources
from coach.ui.resources import candidate, services, token

SECOND = bytes(range(0, 200, 2)) * 320


@pytest.fixture
def practice(data: Path) -> Practice:
    assert data
    return services().practice


@pytest.fixture
def attempt(practice: Practice) -> Attempt:
    return practice.begin(candidate(), practice.suggest(candidate()), AnswerKind.SPOKEN)


def signed(attempt: Attempt) -> dict[str, str]:
    return {"x-coach-token": token(attempt.id, candidate())}


def draft_of(attempt: Attempt) -> str:
    return f"/api/attempts/{attempt.id}/draft"


def chunk_of(attempt: Attempt, take: int = 1, chunk: int = 0) -> str:
    return f"/api/attempts/{attempt.id}/takes/{take}/chunks/{chunk}"


def take_of(attempt: Attempt, take: int = 1) -> str:
    return f"/api/attempts/{attempt.id}/takes/{take}.wav"


# ── with leave ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_kept(client: TestClient, practice: Practice, attempt: Attempt) -> None:
    words = "Zoë’s first visit 👩🏽‍⚕️"
    reply = client.put(draft_of(attempt), content=words.encode(), headers=signed(attempt))
    assert (reply.status_code, reply.json()) == (200, {"kept": len(words)})
    assert practice.get(attempt.id, candidate()).draft == words


def test_bytes_that_are_no_text_are_kept_as_well_as_can_be(
    client: TestClient, practice: Practice, attempt: Attempt
) -> None:
    assert client.put(draft_of(attempt), content=b"so \xff\xfe far", headers=signed(attempt)).status_code == 200
    assert practice.get(attempt.id, candidate()).draft == "so \ufffd\ufffd far"


def test_chunks_are_kept_and_come_back_as_sound(client: TestClient, practice: Practice, attempt: Attempt) -> None:
    for number in (1, 0, 1):
        reply = client.put(chunk_of(attempt, 1, number), content=SECOND, headers=signed(attempt))
        assert reply.status_code == 200
        assert reply.json() == {"kept": number, "text": "", "heard_s": 0.0, "behind_s": 0.0}
    assert practice.sound(attempt.id, candidate(), 1) == SECOND * 2
    heard = client.get(take_of(attempt), headers=signed(attempt))
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/wav")
    with wave.open(io.BytesIO(heard.content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        assert file.readframes(10**6) == SECOND * 2


def test_a_token_in_the_address_serves_a_player_that_can_send_no_header(client: TestClient, attempt: Attempt) -> None:
    client.put(chunk_of(attempt), content=SECOND, headers=signed(attempt))
    reply = client.get(take_of(attempt), params={"token": token(attempt.id, candidate())})
    assert reply.status_code == 200
    assert "no-store" in reply.headers["cache-control"]


# ── without leave ─────────────────────────────────────────────────────────────────────────────────────────────────


def wrong_tokens(attempt: Attempt, practice: Practice) -> dict[str, str]:
    own = token(attempt.id, candidate())
    other = practice.begin(candidate(), practice.suggest(candidate()), AnswerKind.TYPED)
    mended = resources._signer().dumps
    return {
        "none": "",
        "nonsense": "nonsense",
        "changed": own[:-1] + ("A" if own[-1] != "A" else "B"),
        "of another attempt": token(other.id, candidate()),
        "of another candidate": token(attempt.id, "bob"),
        "with too much in it": mended([attempt.id, candidate(), "more"]),
        "with too little in it": mended([attempt.id]),
        "with a number in it": mended(5),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "none",
        "nonsense",
        "changed",
        "of another attempt",
        "of another candidate",
        "with too much in it",
        "with too little in it",
        "with a number in it",
    ],
)
def test_without_a_token_of_this_attempt_nothing_is_taken_or_given(
    client: TestClient, practice: Practice, attempt: Attempt, kind: str
) -> None:
    client.put(chunk_of(attempt), content=SECOND, headers=signed(attempt))
    header = {"x-coach-token": wrong_tokens(attempt, practice)[kind]}
    for reply in (
        client.put(draft_of(attempt), content=b"not mine", headers=header),
        client.put(chunk_of(attempt), content=b"\0\0", headers=header),
        client.get(take_of(attempt), headers=header),
    ):
        assert reply.status_code == 404
        assert reply.json()["problem"].endswith(".")
    assert practice.get(attempt.id, candidate()).draft == ""
    assert practice.sound(attempt.id, candidate(), 1) == SECOND


def test_a_token_signed_with_another_secret_is_worth_nothing(
    client: TestClient, attempt: Attempt, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = signed(attempt)
    monkeypatch.setenv("COACH_SECRET", "another")
    resources._built.cache_clear()
    assert data.exists()
    assert client.put(draft_of(attempt), content=b"x", headers=header).status_code == 404


@pytest.mark.parametrize(("hours", "status"), [(11, 200), (13, 404)])
def test_a_token_is_good_for_half_a_day(
    client: TestClient, attempt: Attempt, monkeypatch: pytest.MonkeyPatch, hours: int, status: int
) -> None:
    now = TimestampSigner("x").get_timestamp()
    with monkeypatch.context() as earlier:
        earlier.setattr(TimestampSigner, "get_timestamp", lambda _: now - hours * 3600)
        header = signed(attempt)
    reply = client.put(draft_of(attempt), content=b"x", headers=header)
    assert reply.status_code == status
    if status == 404:
        assert reply.json()["problem"] == "This page has been open for too long. Reload it and go on: nothing is lost."


def test_a_clock_that_is_put_right_under_an_open_page_costs_nothing(
    client: TestClient, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = TimestampSigner("x").get_timestamp()
    with monkeypatch.context() as ahead:
        ahead.setattr(TimestampSigner, "get_timestamp", lambda _: now + 3600)
        header = signed(attempt)
    assert client.put(chunk_of(attempt), content=SECOND, headers=header).status_code == 200


def test_a_database_that_is_held_is_said_to_be_busy_and_the_words_may_be_sent_again(
    data: Path, client: TestClient, practice: Practice, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = signed(attempt)
    practice._attempts._db.close()  # type: ignore[attr-defined]  # the store behind the Protocol
    monkeypatch.setattr("coach.store.database._BUSY_MS", 50)
    with closing(sqlite3.connect(data / "coach.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        reply = client.put(draft_of(attempt), content=b"waits", headers=header)
        assert (reply.status_code, reply.json()["problem"]) == (400, "The database is busy. Try again in a moment.")
        other.execute("ROLLBACK")
    assert client.put(draft_of(attempt), content=b"goes on", headers=header).status_code == 200
    assert practice.get(attempt.id, candidate()).draft == "goes on"


def test_an_attempt_that_was_deleted_is_not_found(client: TestClient, practice: Practice, attempt: Attempt) -> None:
    header = signed(attempt)
    practice.delete(attempt.id, candidate())
    assert client.put(chunk_of(attempt), content=SECOND, headers=header).status_code == 404
    assert client.put(draft_of(attempt), content=b"x", headers=header).status_code == 404


@pytest.mark.parametrize("attempt_id", ["..%2f..%2fetc", "0" * 32, "%00", "x" * 5000])
def test_an_attempt_that_never_was_is_not_found(client: TestClient, attempt_id: str) -> None:
    header = {"x-coach-token": token("0" * 32, candidate())}
    for reply in (
        client.put(f"/api/attempts/{attempt_id}/draft", content=b"x", headers=header),
        client.put(f"/api/attempts/{attempt_id}/takes/1/chunks/0", content=b"\0\0", headers=header),
        client.get(f"/api/attempts/{attempt_id}/takes/1.wav", headers=header),
    ):
        assert reply.status_code == 404


@pytest.mark.parametrize("take", [0, 1000, 10**40])
def test_a_take_out_of_bounds_is_not_found(client: TestClient, attempt: Attempt, take: int) -> None:
    assert client.put(chunk_of(attempt, take), content=SECOND, headers=signed(attempt)).status_code == 404
    assert client.get(take_of(attempt, take), headers=signed(attempt)).status_code == 404


# ── how much ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_more_than_fits_is_refused_and_nothing_of_it_kept(
    client: TestClient, practice: Practice, attempt: Attempt
) -> None:
    for url in (draft_of(attempt), chunk_of(attempt)):
        reply = client.put(url, content=b"x" * 1_000_002, headers=signed(attempt))
        assert reply.status_code == 400
        assert "more than can be kept" in reply.json()["problem"]
    assert practice.get(attempt.id, candidate()).draft == ""
    assert practice.takes(attempt.id, candidate()) == ()


@pytest.mark.parametrize(("chunk", "size"), [(0, 31_999), (3_600, 32_000), (10**40, 32_000)])
def test_a_chunk_that_cannot_be_sound_is_refused(client: TestClient, attempt: Attempt, chunk: int, size: int) -> None:
    reply = client.put(chunk_of(attempt, 1, chunk), content=b"\0" * size, headers=signed(attempt))
    assert reply.status_code == 400
    assert "cannot be kept" in reply.json()["problem"]


def test_a_full_disk_is_told_for_a_chunk_which_may_be_sent_again(
    client: TestClient, practice: Practice, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        reply = client.put(chunk_of(attempt), content=SECOND, headers=signed(attempt))
    assert reply.status_code == 507
    assert reply.json()["problem"].startswith("The disk is full. Free some space")
    assert practice.takes(attempt.id, candidate()) == ()
    assert client.put(chunk_of(attempt), content=SECOND, headers=signed(attempt)).status_code == 200


def test_a_full_disk_is_told_for_a_draft(client: TestClient, practice: Practice, attempt: Attempt) -> None:
    engine = practice._attempts._db.engine  # type: ignore[attr-defined]  # the store behind the Protocol
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages + 1}"))
    reply = client.put(draft_of(attempt), content=b"word " * 100_000, headers=signed(attempt))
    assert reply.status_code == 507
    assert practice.get(attempt.id, candidate()).draft == ""


# ── skipping in a recording ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-", 0, 64_044), ("bytes=0-99", 0, 100), ("bytes=44-44", 44, 45), ("bytes=64000-999999", 64_000, 64_044)],
)
def test_a_player_gets_the_part_it_asks_for(
    client: TestClient, attempt: Attempt, wanted: str, start: int, end: int
) -> None:
    for number in (0, 1):
        client.put(chunk_of(attempt, 1, number), content=SECOND, headers=signed(attempt))
    whole = client.get(take_of(attempt), headers=signed(attempt)).content
    reply = client.get(take_of(attempt), headers={**signed(attempt), "range": wanted})
    assert reply.status_code == 206
    assert reply.content == whole[start:end]
    assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole)}"


@pytest.mark.parametrize("wanted", ["bytes=-500", "bytes=0-1,5-6", "bytes=a-b", "lines=1-2", "bytes=²-", "bytes="])
def test_a_part_asked_for_in_another_way_gives_the_whole(client: TestClient, attempt: Attempt, wanted: str) -> None:
    client.put(chunk_of(attempt), content=SECOND, headers=signed(attempt))
    given = {name.encode(): value.encode("latin-1") for name, value in {**signed(attempt), "range": wanted}.items()}
    reply = client.get(take_of(attempt), headers=given)
    assert (reply.status_code, len(reply.content)) == (200, 32_044)
    assert reply.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("wanted", ["bytes=32044-", "bytes=99999999-", "bytes=9-5"])
def test_a_part_that_is_not_there_is_refused_with_the_length(client: TestClient, attempt: Attempt, wanted: str) -> None:
    client.put(chunk_of(attempt), content=SECOND, headers=signed(attempt))
    reply = client.get(take_of(attempt), headers={**signed(attempt), "range": wanted})
    assert (reply.status_code, reply.headers["content-range"]) == (416, "bytes */32044")


def test_only_what_is_meant_to_be_sent_can_be_sent(client: TestClient, attempt: Attempt) -> None:
    assert client.get(draft_of(attempt), headers=signed(attempt)).status_code == 405
    assert client.put(take_of(attempt), content=b"", headers=signed(attempt)).status_code == 405
    assert client.delete(take_of(attempt), headers=signed(attempt)).status_code == 405


# ── what all of them share ────────────────────────────────────────────────────────────────────────────────────────


def test_pages_that_come_first_at_the_same_moment_share_one_set_of_services(data: Path) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(services())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == 4
    assert len({id(one) for one in found}) == 1
    assert data.exists()


def test_settings_that_were_mended_are_tried_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    with pytest.raises(SettingsError):
        services()
    monkeypatch.delenv("DATABASE_URL")
    assert services().settings.data_dir == data
