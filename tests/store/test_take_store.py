"""Recordings: chunk by chunk, in whatever order they come."""

import errno
import os
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach.errors import ConflictError, NotFoundError, StoreError, StoreFullError, StoreReadOnlyError
from coach.store import TakeStore
from coach.store.takes import BYTES_PER_SECOND, CHUNK_LIMIT, MOST_CHUNKS, Packing

ATTEMPT = "0123456789abcdef" * 2


def second(value: int) -> bytes:
    return bytes([value, 0]) * (BYTES_PER_SECOND // 2)


def test_chunks_in_any_order_and_twice_make_one_recording(takes: TakeStore) -> None:
    for number in (2, 0, 1, 0, 2):
        takes.put(ATTEMPT, 1, number, second(number))
    take = takes.get(ATTEMPT, 1)
    assert takes.pcm(ATTEMPT, 1) == second(0) + second(1) + second(2)
    assert (take.seconds, take.next_chunk, take.missing, take.sealed) == (3.0, 3, (), False)


def test_a_chunk_that_comes_again_changes_nothing(takes: TakeStore) -> None:
    takes.put(ATTEMPT, 1, 0, second(1))
    takes.put(ATTEMPT, 1, 0, second(1))
    assert takes.pcm(ATTEMPT, 1) == second(1)


def test_two_tabs_never_overwrite_each_others_sound(takes: TakeStore) -> None:
    takes.put(ATTEMPT, 1, 0, second(1))
    with pytest.raises(ConflictError, match="another tab"):
        takes.put(ATTEMPT, 1, 0, second(2))
    takes.seal(ATTEMPT, 1, 1)
    with pytest.raises(ConflictError, match="finished"):
        takes.put(ATTEMPT, 1, 1, second(2))
    assert takes.pcm(ATTEMPT, 1) == second(1)


def test_an_earlier_take_can_be_taken_up_again_with_its_note(takes: TakeStore) -> None:
    takes.put(ATTEMPT, 1, 0, second(1))
    takes.seal(ATTEMPT, 1, 1, "The file ends early.")
    takes.put(ATTEMPT, 2, 0, second(2))
    again = takes.copy(ATTEMPT, 1)
    assert (again.number, again.sealed, again.note) == (3, True, "The file ends early.")
    assert takes.pcm(ATTEMPT, 3) == second(1)
    assert takes.current(ATTEMPT) == again


def test_gaps_are_reported_and_their_sound_left_out(takes: TakeStore) -> None:
    for number in (0, 3):
        takes.put(ATTEMPT, 1, number, second(number))
    assert takes.get(ATTEMPT, 1).missing == (1, 2)
    sealed = takes.seal(ATTEMPT, 1, 6)
    assert (sealed.missing, sealed.next_chunk) == ((1, 2, 4, 5), 4)
    assert takes.pcm(ATTEMPT, 1) == second(0) + second(3)


def test_a_late_chunk_closes_a_gap_after_sealing(takes: TakeStore) -> None:
    takes.put(ATTEMPT, 1, 0, second(0))
    assert takes.seal(ATTEMPT, 1, 2).missing == (1,)
    takes.put(ATTEMPT, 1, 1, second(1))
    assert takes.get(ATTEMPT, 1).missing == ()


def test_sealing_is_kept_and_may_be_done_twice(tmp_path: Path, takes: TakeStore) -> None:
    takes.put(ATTEMPT, 1, 0, second(0))
    first = takes.seal(ATTEMPT, 1, 1)
    assert first.sealed
    assert takes.seal(ATTEMPT, 1, 1) == first
    assert TakeStore(tmp_path / "takes").get(ATTEMPT, 1) == first


def test_a_take_sealed_before_anything_came_is_empty_and_lists_all_as_missing(takes: TakeStore) -> None:
    take = takes.seal(ATTEMPT, 1, 2)
    assert (take.seconds, take.missing) == (0.0, (0, 1))
    assert takes.all_of(ATTEMPT) == ()


@pytest.mark.parametrize("chunks", [-5, 10**15])
def test_a_senseless_number_of_chunks_does_no_harm(takes: TakeStore, chunks: int) -> None:
    takes.put(ATTEMPT, 1, 0, second(0))
    assert len(takes.seal(ATTEMPT, 1, chunks).missing) < MOST_CHUNKS


@pytest.mark.parametrize(
    ("chunk", "pcm"),
    [(0, b"\0"), (0, b"\0" * 3), (0, b"\0" * (CHUNK_LIMIT + 2)), (-1, b"\0\0"), (MOST_CHUNKS, b"\0\0")],
    ids=["one byte", "three bytes", "too large", "negative number", "number too high"],
)
def test_a_chunk_that_cannot_be_sound_is_refused(takes: TakeStore, chunk: int, pcm: bytes) -> None:
    with pytest.raises(StoreError, match="too large, too late or cut in half"):
        takes.put(ATTEMPT, 1, chunk, pcm)
    assert takes.all_of(ATTEMPT) == ()


def test_the_largest_chunk_is_kept(takes: TakeStore) -> None:
    takes.put(ATTEMPT, 1, 0, b"\0" * CHUNK_LIMIT)
    assert takes.get(ATTEMPT, 1).seconds == CHUNK_LIMIT / BYTES_PER_SECOND


def test_before_the_first_take_the_current_one_is_an_empty_first(takes: TakeStore) -> None:
    take = takes.current(ATTEMPT)
    assert (take.number, take.seconds, take.sealed) == (1, 0, False)


def test_beginning_again_leaves_earlier_takes_as_they_are(takes: TakeStore) -> None:
    assert takes.begin(ATTEMPT).number == 1
    takes.put(ATTEMPT, 1, 0, second(1))
    takes.seal(ATTEMPT, 1, 1)
    assert takes.begin(ATTEMPT).number == 2
    assert takes.current(ATTEMPT).number == 2
    takes.put(ATTEMPT, 2, 0, second(2))
    assert [t.number for t in takes.all_of(ATTEMPT)] == [1, 2]
    assert takes.pcm(ATTEMPT, 1) == second(1)


TRAVERSALS = ["..", "../..", "/etc", "0" * 31, "0" * 33, "A" * 32, "", "0" * 31 + "/", "0" * 32 + "\n", "\u0660" * 32]
USES: dict[str, Callable[[TakeStore, str, int], object]] = {
    "put": lambda takes, i, n: takes.put(i, n, 0, b"\0\0"),
    "seal": lambda takes, i, n: takes.seal(i, n, 1),
    "get": lambda takes, i, n: takes.get(i, n),
    "pcm": lambda takes, i, n: takes.pcm(i, n),
    "begin": lambda takes, i, _: takes.begin(i),
    "current": lambda takes, i, _: takes.current(i),
    "all_of": lambda takes, i, _: takes.all_of(i),
    "delete": lambda takes, i, _: takes.delete(i),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("attempt", TRAVERSALS)
def test_an_id_that_is_none_leads_nowhere(tmp_path: Path, takes: TakeStore, use: str, attempt: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("kept", encoding="ascii")
    with pytest.raises(NotFoundError):
        USES[use](takes, attempt, 1)
    assert [p.name for p in tmp_path.iterdir()] == ["outside.txt"]


@pytest.mark.parametrize("use", ["put", "seal", "get", "pcm"])
@pytest.mark.parametrize("number", [0, -1, 1000, 10**30])
def test_a_take_number_out_of_bounds_is_not_found(takes: TakeStore, use: str, number: int) -> None:
    with pytest.raises(NotFoundError):
        USES[use](takes, ATTEMPT, number)


def test_a_take_that_is_not_there_is_not_found(takes: TakeStore) -> None:
    for use in ("get", "pcm"):
        with pytest.raises(NotFoundError, match="no such recording"):
            USES[use](takes, ATTEMPT, 1)


def test_deleting_leaves_other_attempts_alone(takes: TakeStore) -> None:
    other = "f" * 32
    for attempt in (ATTEMPT, other):
        takes.put(attempt, 1, 0, second(1))
    takes.delete(ATTEMPT)
    takes.delete(ATTEMPT)
    assert takes.all_of(ATTEMPT) == ()
    assert len(takes.all_of(other)) == 1


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, StoreFullError), (errno.EROFS, StoreReadOnlyError)])
def test_a_disk_that_takes_no_more_is_told_and_earlier_chunks_stay(
    tmp_path: Path, takes: TakeStore, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[StoreError]
) -> None:
    takes.put(ATTEMPT, 1, 0, second(1))

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", refuse)
        with pytest.raises(kind):
            takes.put(ATTEMPT, 1, 1, second(2))
        with pytest.raises(kind):
            takes.seal(ATTEMPT, 1, 2)
    assert takes.pcm(ATTEMPT, 1) == second(1)
    assert not takes.get(ATTEMPT, 1).sealed
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["00000.pcm"]
    takes.put(ATTEMPT, 1, 1, second(2))
    assert takes.get(ATTEMPT, 1).seconds == 2.0


def test_the_same_chunk_sent_twice_at_the_same_time_is_whole(takes: TakeStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(takes.put, ATTEMPT, 1, 0, second(1)) for _ in range(40)]:
            done.result(30)
    assert takes.pcm(ATTEMPT, 1) == second(1)


# ── packed recordings ─────────────────────────────────────────────────────────────────────────────────────────────


def zipped(root: Path) -> TakeStore:
    return TakeStore(root / "takes", Packing(zlib.compress, zlib.decompress))


def finished(takes: TakeStore, chunks: int = 3) -> None:
    for number in range(chunks):
        takes.put(ATTEMPT, 1, number, second(number))
    takes.seal(ATTEMPT, 1, chunks)


def test_a_packed_recording_is_smaller_and_the_same(tmp_path: Path) -> None:
    takes = zipped(tmp_path)
    finished(takes)
    before, pcm = takes.get(ATTEMPT, 1), takes.pcm(ATTEMPT, 1)

    takes.pack(ATTEMPT)
    takes.pack(ATTEMPT)

    assert (takes.get(ATTEMPT, 1), takes.pcm(ATTEMPT, 1)) == (before, pcm)
    assert takes.all_of(ATTEMPT) == (before,)
    assert not list(tmp_path.rglob("*.pcm"))
    assert sum(path.stat().st_size for path in tmp_path.rglob("sound-*")) < len(pcm)
    assert takes.copy(ATTEMPT, 1).seconds == before.seconds


def test_a_chunk_sent_again_after_packing_changes_nothing_and_a_new_one_is_refused(tmp_path: Path) -> None:
    takes = zipped(tmp_path)
    finished(takes)
    takes.pack(ATTEMPT)

    takes.put(ATTEMPT, 1, 1, second(1))
    with pytest.raises(ConflictError):
        takes.put(ATTEMPT, 1, 3, second(3))

    assert takes.get(ATTEMPT, 1).seconds == 3.0
    assert not list(tmp_path.rglob("*.pcm"))


def test_what_is_unfinished_or_waits_for_chunks_is_not_packed(tmp_path: Path) -> None:
    takes = zipped(tmp_path)
    takes.put(ATTEMPT, 1, 0, second(0))
    takes.pack(ATTEMPT)
    takes.seal(ATTEMPT, 1, 3)
    takes.pack(ATTEMPT)

    takes.put(ATTEMPT, 1, 1, second(1))
    assert takes.get(ATTEMPT, 1).missing == (2,)


def test_a_packing_that_loses_something_is_not_used(tmp_path: Path) -> None:
    takes = TakeStore(tmp_path / "takes", Packing(lambda pcm: pcm[:-2], lambda packed: packed))
    finished(takes)

    with pytest.raises(StoreError, match="without loss"):
        takes.pack(ATTEMPT)

    assert takes.pcm(ATTEMPT, 1) == second(0) + second(1) + second(2)


def test_the_choice_to_keep_recordings_is_remembered_until_they_are_deleted(takes: TakeStore) -> None:
    finished(takes)
    assert takes.chosen(ATTEMPT) is None
    takes.choose(ATTEMPT, keep=True)
    assert takes.chosen(ATTEMPT) is True
    takes.choose(ATTEMPT, keep=False)
    assert takes.chosen(ATTEMPT) is False
    takes.delete(ATTEMPT)
    assert takes.chosen(ATTEMPT) is None


def test_one_chunk_can_be_read_and_a_missing_one_is_none(takes: TakeStore) -> None:
    takes.put(ATTEMPT, 1, 1, second(7))

    assert takes.chunk(ATTEMPT, 1, 1) == second(7)
    assert takes.chunk(ATTEMPT, 1, 0) is None
