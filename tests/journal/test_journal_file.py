"""The file itself: its form, older and newer ones, damaged ones, and folders that cannot be written."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tray_auth_desktop import assets
from tray_auth_desktop.core.attempt import Outcome, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.errors import JournalError
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.journal.schema import connect

_CAPTURED = Outcome.captured("auth-1", Via.OPENER)
#: Words that a column's name would have if it held what must never be written.
_SECRET_WORDS = ("token", "code", "secret", "password", "cookie", "session", "csrf", "url", "payload", "body")


def _filled(path: Path, request_made: DialogRequest, attempts: int = 40) -> None:
    with closing(Journal.open(path)) as journal:
        for number in range(attempts):
            journal.begin(f"attempt-{number}", "acme", request_made)
            journal.settle(f"attempt-{number}", _CAPTURED, number)


def test_a_new_file_is_in_wal_mode_with_the_version_of_its_migrations(journal: Journal, path: Path) -> None:
    assert journal.warning == ""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(_migrations()),)
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall()
    assert tables == [("attempt",), ("event",), ("list_before",)]


def test_commits_wait_for_the_disk_and_deleted_text_is_overwritten(path: Path) -> None:
    path.parent.mkdir()
    with closing(connect(path)) as connection:
        values = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "secure_delete", "foreign_keys")
        ]
    assert values == [2, 1, 1]


def test_no_column_is_for_a_secret(journal: Journal, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        columns = [
            row[0]
            for row in connection.execute(
                "SELECT c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table'"
            )
        ]
    assert "auth_id" in columns
    assert [column for column in columns if any(word in column for word in _SECRET_WORDS)] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_folder_is_the_users_alone(journal: Journal, path: Path) -> None:
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


# Migrations.


def _migrations() -> list[Path]:
    return sorted(assets.path("journal").glob("[0-9]*.sql"))


def _made_up_migrations(folder: Path) -> Path:
    """Return the program's migrations and two that a later version could have."""
    folder.mkdir()
    for script in _migrations():
        shutil.copy(script, folder)
    count = len(_migrations())
    (folder / f"{count + 1:04d}_note.sql").write_text("ALTER TABLE attempt ADD COLUMN note TEXT;\n")
    (folder / f"{count + 2:04d}_tag.sql").write_text(
        "-- A semicolon in a string; and in a comment;\n"
        "CREATE TABLE tag (name TEXT NOT NULL DEFAULT 'a;b') STRICT;\n"
        "UPDATE attempt SET note = 'migrated; kept';\n"
    )
    return folder


def test_an_older_file_is_migrated_and_keeps_what_it_holds(
    path: Path, tmp_path: Path, request_made: DialogRequest
) -> None:
    _filled(path, request_made, attempts=3)
    with closing(connect(path, _made_up_migrations(tmp_path / "migrations"))) as connection:
        rows = connection.execute(
            "SELECT attempt_id, auth_id, note FROM attempt ORDER BY attempt_id"
        ).fetchall()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    assert [tuple(row) for row in rows] == [(f"attempt-{n}", "auth-1", "migrated; kept") for n in range(3)]
    assert version == len(_migrations()) + 2


def test_a_migration_that_fails_leaves_the_file_at_the_version_before(
    path: Path, tmp_path: Path, request_made: DialogRequest
) -> None:
    _filled(path, request_made, attempts=1)
    folder, count = tmp_path / "migrations", len(_migrations())
    _made_up_migrations(folder)
    (folder / f"{count + 2:04d}_tag.sql").write_text(
        "CREATE TABLE tag (a TEXT);\nINSERT INTO nothing VALUES (1);\n"
    )
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        connect(path, folder)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (count + 1,)
        assert connection.execute("SELECT name FROM sqlite_schema WHERE name = 'tag'").fetchall() == []


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_newer_file_is_refused_and_left_as_it_is(
    path: Path, request_made: DialogRequest, mode: str
) -> None:
    _filled(path, request_made, attempts=2)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute(f"PRAGMA user_version = {len(_migrations()) + 1}")
    before = {found.name: found.read_bytes() for found in path.parent.iterdir()}
    with pytest.raises(JournalError, match="version") as raised:
        Journal.open(path)
    assert "newer version" in raised.value.advice
    assert {found.name: found.read_bytes() for found in path.parent.iterdir()} == before


# Damage.


def _cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _cut_in_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _overwrite_all(path: Path) -> None:
    path.write_bytes(b"not a database at all\n" * 1_000)


def _overwrite_the_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4_096:] = b"\xa5" * (len(content) - 4_096)
    path.write_bytes(content)


def _overwrite_one_page(path: Path) -> None:
    """Damage a page that nothing reads while the file is opened."""
    content = bytearray(path.read_bytes())
    content[-4_096:] = b"\xa5" * 4_096
    path.write_bytes(content)


@pytest.mark.parametrize(
    "damage", [_cut_in_half, _cut_in_the_header, _overwrite_all, _overwrite_the_middle, _overwrite_one_page]
)
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(
    path: Path, request_made: DialogRequest, damage: object
) -> None:
    assert callable(damage)
    _filled(path, request_made)
    damage(path)
    content = path.read_bytes()
    with closing(Journal.open(path)) as journal:
        (aside,) = path.parent.glob("*.damaged-*[0-9]")
        assert aside.read_bytes() == content
        assert aside.name in journal.warning
        assert journal.attempts() == ()
        journal.begin("new", "acme", request_made)
        journal.settle("new", _CAPTURED, 1)
    with closing(Journal.open(path)) as journal:
        assert journal.warning == ""
        assert [record.attempt_id for record in journal.attempts()] == ["new"]


@pytest.mark.parametrize("lost", ["attempt", "event", "list_before"])
def test_a_file_without_a_table_is_set_aside(path: Path, request_made: DialogRequest, lost: str) -> None:
    _filled(path, request_made, attempts=1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"DROP TABLE {lost}")
    with closing(Journal.open(path)) as journal:
        assert f"no such table: {lost}" in journal.warning
        assert "set aside" in journal.warning
        assert journal.attempts() == ()


def test_what_was_set_aside_before_is_not_overwritten(path: Path) -> None:
    path.parent.mkdir()
    contents = [f"damaged {number}".encode() * 100 for number in range(4)]
    for content in contents:
        path.write_bytes(content)
        Journal.open(path).close()
    kept = [found.read_bytes() for found in path.parent.glob("*.damaged-*")]
    assert sorted(kept) == contents


def test_the_parts_of_a_damaged_file_stay_together(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"rubbish" * 1_000)
    path.with_name(path.name + "-wal").write_bytes(b"of the rubbish")
    with closing(Journal.open(path)):
        (aside,) = path.parent.glob("*.damaged-*-wal")
        assert aside.read_bytes() == b"of the rubbish"


def test_a_file_of_no_bytes_is_a_new_one(path: Path, request_made: DialogRequest) -> None:
    path.parent.mkdir()
    path.touch()
    _filled(path, request_made, attempts=1)
    with closing(Journal.open(path)) as journal:
        assert journal.warning == ""
        assert len(journal.attempts()) == 1


def test_damage_that_shows_up_later_is_said_in_words(path: Path, request_made: DialogRequest) -> None:
    _filled(path, request_made)
    connection = connect(path)
    connection.execute("PRAGMA shrink_memory")  # forget the pages that were read when it was opened
    with closing(Journal(path, connection)) as journal:
        _overwrite_the_middle(path)
        with pytest.raises(JournalError, match="could not be read") as raised:
            journal.attempts()
    assert "damaged" in raised.value.advice


# Places that cannot be written.


def test_a_folder_in_place_of_the_file_is_said_in_words(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(JournalError, match="cannot be opened") as raised:
        Journal.open(path)
    assert "TRAY_DATA_DIR" in raised.value.advice
    assert path.is_dir()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = tmp_path / "file" / "data" / "journal.sqlite3"
    with pytest.raises(JournalError, match=r"journal\.sqlite3 cannot be opened") as raised:
        Journal.open(path)
    assert "TRAY_DATA_DIR" in raised.value.advice
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_full_disk_is_said_in_words_and_the_outcome_gets_what_room_there_is(
    path: Path, request_made: DialogRequest
) -> None:
    from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent

    path.parent.mkdir()
    connection = connect(path)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with closing(Journal(path, connection)) as journal:
        journal.begin("a", "acme", request_made)
        journal.record("a", TimelineEvent(0, Observation(EventKind.CONSOLE, "x" * 50_000)))
        with pytest.raises(JournalError, match="full") as raised:
            journal.flush()
        assert "disk space" in raised.value.advice
        journal.settle("a", _CAPTURED, 1)
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("SELECT auth_id FROM attempt").fetchall() == [("auth-1",)]
        connection.execute("PRAGMA max_page_count = 10000")
        assert [len(event.observation.text) for event in journal.timeline("a")] == [50_000]
