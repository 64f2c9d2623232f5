"""Backups: whole whatever is written meanwhile, read back before anybody relies on them, and restored without losing what was there."""

import json
import sqlite3
import threading
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from store_examples import JUDGE, NOON, VERSIONS, attempt, feedback

from coach.errors import BackupError
from coach.store import AttemptStore, Database, TakeStore
from coach.store.backup import MANIFEST, Place, make, place_of, verify
from coach.store.migrate import migrate
from coach.store.restore import restore

LATER = NOON + timedelta(days=30)
SOUND = bytes(range(256)) * 100


@pytest.fixture
def place(tmp_path: Path, database: Database, takes: TakeStore) -> Place:
    """A data folder with three answers, one of them spoken."""
    store = AttemptStore(database)
    for n in range(3):
        one = attempt(id=f"{n:032x}", draft=f"answer {n}")
        store.add(one)
    store.save_feedback("0" * 32, "ann", feedback=feedback(4, 3, 2, 1), judge=JUDGE, versions=VERSIONS, at=NOON)
    takes.put("0" * 32, 1, 0, SOUND)
    takes.seal("0" * 32, 1, 1)
    return Place(database=tmp_path / "coach.db", takes=tmp_path / "takes")


@pytest.fixture
def copied(tmp_path: Path, place: Place) -> Path:
    """A backup of it."""
    make(place, tmp_path / "copy.zip", LATER)
    return tmp_path / "copy.zip"


def answers(place: Place) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(place.database)) as raw:
        return sorted(raw.execute("select id, draft from attempt").fetchall())


def test_a_backup_holds_every_row_and_recording_and_says_so(place: Place, copied: Path) -> None:
    told = verify(copied)
    assert told.rows["attempt"] == 3
    assert told.rows["rating"] == 4
    assert told.recordings == 2  # the sound, and that it is finished
    assert copied.stat().st_mode & 0o077 == 0, "nobody else on this computer may read it"
    assert [path.name for path in place.database.parent.glob(".backup-*")] == []


def test_a_backup_made_while_the_app_writes_is_one_state_of_it(
    tmp_path: Path, place: Place, database: Database
) -> None:
    store, stop, written = AttemptStore(database), threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            one = attempt("bob", draft="word " * 400)
            store.add(one)
            TakeStore(place.takes).put(one.id, 1, 0, SOUND)
            written.append(one.id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            before = len(written)
            told = make(place, tmp_path / f"{n}.zip", LATER)
            assert before <= told.rows["attempt"] - 3 <= len(written) + 1
            assert verify(tmp_path / f"{n}.zip") == told
    finally:
        stop.set()
        writer.join(30)


def test_a_backup_never_replaces_a_file(place: Place, copied: Path) -> None:
    before = copied.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        make(place, copied, LATER)
    assert copied.read_bytes() == before


@pytest.mark.parametrize("name", ["coach.db", f"takes/{'0' * 32}/001/00000.pcm"])
def test_a_byte_that_changed_is_found(tmp_path: Path, copied: Path, name: str) -> None:
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(copied) as whole, zipfile.ZipFile(damaged, "w") as out:
        for one in whole.namelist():
            content = bytearray(whole.read(one))
            if one == name:
                content[len(content) // 2] ^= 1
            out.writestr(one, bytes(content))
    with pytest.raises(BackupError, match=f"damaged: {name} is not what was backed up"):
        verify(damaged)


@pytest.mark.parametrize(
    ("content", "says"), [(None, "no file"), (b"words", "no backup, or it is damaged"), (b"", "no backup")]
)
def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "what.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BackupError, match=says):
        verify(file)


def test_a_backup_cannot_write_outside_of_its_folder(tmp_path: Path, copied: Path) -> None:
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(copied) as whole, zipfile.ZipFile(evil, "w") as out:
        manifest = json.loads(whole.read(MANIFEST))
        manifest["files"]["../../outside"] = {"size": 1, "sha256": "0"}
        out.writestr("../../outside", "x")
        out.writestr(MANIFEST, json.dumps(manifest))
        out.writestr("coach.db", whole.read("coach.db"))
        out.writestr(f"takes/{'0' * 32}/001/00000.pcm", SOUND)
        out.writestr(f"takes/{'0' * 32}/001/sealed", "1")
    with pytest.raises(BackupError, match="outside of its folder"):
        verify(evil)


# ── restoring ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_restoring_brings_back_what_was_lost_and_puts_aside_what_is_there(
    place: Place, copied: Path, database: Database
) -> None:
    before = answers(place)
    AttemptStore(database).delete("0" * 32, "ann")
    TakeStore(place.takes).delete("0" * 32)
    database.close()
    told, aside = restore(copied, place, LATER)
    assert told.rows["attempt"] == 3
    assert answers(place) == before
    assert TakeStore(place.takes).pcm("0" * 32, 1) == SOUND
    again = Database(f"sqlite:///{place.database}")
    assert migrate(again) is False
    assert AttemptStore(again).get("0" * 32, "ann").feedback
    again.close()
    assert aside
    assert len(answers(Place(database=aside / "coach.db", takes=aside / "takes"))) == 2


def test_restoring_into_an_empty_folder_needs_nothing(tmp_path: Path, place: Place, copied: Path) -> None:
    new = Place(database=tmp_path / "new" / "coach.db", takes=tmp_path / "new" / "takes")
    assert restore(copied, new, LATER)[1] is None
    assert answers(new) == answers(place)
    assert TakeStore(new.takes).pcm("0" * 32, 1) == SOUND


def test_what_is_newer_than_the_backup_is_replaced_only_on_purpose(
    place: Place, copied: Path, database: Database
) -> None:
    AttemptStore(database).add(attempt(days=31, draft="written since"))
    database.close()
    before = answers(place)
    with pytest.raises(BackupError, match=r"newer than the backup: its last entry is of 01 Apr 2026.*--over-newer"):
        restore(copied, place, LATER)
    assert answers(place) == before
    _, aside = restore(copied, place, LATER, over_newer=True)
    assert len(answers(place)) == 3
    assert aside
    assert answers(Place(database=aside / "coach.db", takes=aside)) == before


def test_a_database_that_is_in_use_is_not_replaced(place: Place, copied: Path, database: Database) -> None:
    before = answers(place)
    with database.reading() as session:
        session.connection()
        with pytest.raises(BackupError, match="is running on this database"):
            restore(copied, place, LATER)
    database.close()
    assert answers(place) == before
    assert [path.name for path in place.database.parent.glob("re*-*")] == []


def test_a_damaged_database_is_replaced_and_kept_as_it_is(place: Place, copied: Path, database: Database) -> None:
    database.close()
    place.database.write_bytes(b"not a database any more" * 400)
    _, aside = restore(copied, place, LATER)
    assert len(answers(place)) == 3
    assert aside
    assert (aside / "coach.db").read_bytes().startswith(b"not a database")


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path, place: Place, database: Database) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql("update alembic_version set version_num = '9999'")
    make(place, tmp_path / "newer.zip", LATER)
    database.close()
    with pytest.raises(BackupError, match="newer version"):
        restore(tmp_path / "newer.zip", place, LATER)


def test_another_database_than_sqlite_is_said_to_have_tools_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"postgresql.*pg_dump") as told:
        place_of("postgresql+psycopg://user:hidden@host/db", tmp_path)
    assert "hidden" not in str(told.value)
    assert place_of(f"sqlite:///{tmp_path}/coach.db", tmp_path).database == tmp_path / "coach.db"
