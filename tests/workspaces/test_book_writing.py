"""Writing the file of workspaces: what a person wrote stays, and nothing else changes."""

from __future__ import annotations

import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.workspaces.book_bench import BY_HAND, path
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.file import (
    put_entry,
    put_preference,
    read_book,
    remove_entry,
    use_workspace,
)

__all__ = ["path"]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came; all others must be there in their order."""
    old, new = before.splitlines(), after.splitlines()
    gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
    assert [line for line in old if line in new and line] == [line for line in new if line in old and line]
    return gone, come


def test_the_file_is_made_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "config.toml"
    entry = WorkspaceEntry(
        'Acme "EU" — 1', region="eu1", embedded_id="acme", dialog_hosts=(("a b", "https://x.example"),)
    )
    book = put_entry(path, entry)
    assert book == read_book(path)
    assert book.entries == (entry,)
    assert book.active == STAND_IN
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]


def test_a_change_touches_what_changed_and_nothing_else(path: Path) -> None:
    path.write_text(BY_HAND)
    old = read_book(path).get("acme")
    new = WorkspaceEntry(
        "acme",
        region="eu1",
        embedded_id="acme-2",
        proxy="http://proxy.example:3128",
        dialog_hosts=(*old.dialog_hosts, ("hubspot", "https://h.example")),
    )
    assert put_entry(path, new).get("acme") == new
    gone, come = changed_lines(BY_HAND, path.read_text())
    assert gone == ['embedded_id = "acme"  # told by Jim']
    assert come == [
        'embedded_id = "acme-2"  # told by Jim',
        'proxy = "http://proxy.example:3128"',
        'hubspot = "https://h.example"',
    ]


def test_values_that_stay_are_written_as_they_were(path: Path) -> None:
    text = '[workspaces.acme]\nregion = \'us\' # here\nembedded_id = """acme"""\naccount_id = \'1\'\n'
    path.write_text(text)
    put_entry(path, replace(read_book(path).get("acme"), region="eu1"))
    assert path.read_text() == text.replace("'us'", '"eu1"')


def test_writing_the_same_again_changes_nothing(path: Path) -> None:
    path.write_text(BY_HAND)
    before = path.stat().st_mtime_ns
    for entry in read_book(path).entries:
        put_entry(path, entry)
    use_workspace(path, "acme")
    assert path.read_text() == BY_HAND
    assert path.stat().st_mtime_ns == before


def test_a_rename_keeps_place_comments_and_use(path: Path) -> None:
    path.write_text(BY_HAND)
    old = read_book(path).get("acme")
    new = WorkspaceEntry("Acme ] # EU", old.region, old.embedded_id, dialog_hosts=old.dialog_hosts)
    book = put_entry(path, new, instead_of="ACME")
    assert book.active == "Acme ] # EU"
    assert [entry.name for entry in book.entries] == ["Acme ] # EU", "beta two"]
    gone, come = changed_lines(BY_HAND, path.read_text())
    assert gone == [
        'active = "acme"   # the one in use', "[workspaces.acme]  # note", "[workspaces.acme.dialog_hosts]",
    ]  # fmt: skip
    assert come == [
        'active = "Acme ] # EU"   # the one in use',
        '[workspaces."Acme ] # EU"]  # note',
        '[workspaces."Acme ] # EU".dialog_hosts]',
    ]
    back = put_entry(
        path, WorkspaceEntry("acme", "eu1", "acme", dialog_hosts=old.dialog_hosts), instead_of=new.name
    )
    assert back.active == "acme"
    assert path.read_text() == BY_HAND


def test_a_rename_may_change_capitals_only(path: Path) -> None:
    path.write_text(BY_HAND)
    assert put_entry(path, WorkspaceEntry("Beta Two"), instead_of="beta two").names == (
        "acme", "Beta Two", STAND_IN,
    )  # fmt: skip


def test_a_rename_to_another_ones_name_is_refused(path: Path) -> None:
    path.write_text(BY_HAND)
    with pytest.raises(UsageError, match="'beta two' already"):
        put_entry(path, WorkspaceEntry("BETA two"), instead_of="acme")
    assert path.read_text() == BY_HAND


def test_removing_keeps_comments_and_falls_back_to_the_stand_in(path: Path) -> None:
    path.write_text(BY_HAND)
    book = remove_entry(path, "Acme")
    assert (book.active, book.names) == (STAND_IN, ("beta two", STAND_IN))
    gone, come = changed_lines(BY_HAND, path.read_text())
    assert come == ['active = "stand-in"   # the one in use']
    assert [line for line in gone if line.startswith("#")] == []
    assert tomllib.loads(path.read_text())["workspaces"] == {"beta two": {"region": "us"}}
    assert remove_entry(path, "beta two").entries == ()
    with pytest.raises(UsageError, match="no workspace"):
        remove_entry(path, "beta two")


def test_one_action_changes_which_is_in_use(path: Path) -> None:
    path.write_text(BY_HAND)
    assert use_workspace(path, "BETA two").active == "beta two"
    assert read_book(path).active == "beta two"
    assert use_workspace(path, "Stand-In").active == STAND_IN
    assert read_book(path).active == STAND_IN
    with pytest.raises(UsageError, match="no workspace 'gamma'"):
        use_workspace(path, "gamma")
    assert use_workspace(path, "acme").active == "acme"
    assert path.read_text() == BY_HAND


def test_use_is_written_above_what_a_person_wrote(path: Path) -> None:
    path.write_text("# hello\n\n[workspaces.a]\n")
    use_workspace(path, "a")
    assert path.read_text() == 'active = "a"\n\n# hello\n\n[workspaces.a]\n'


@pytest.mark.parametrize(
    "text",
    [
        '[workspaces]\na = { region = "eu1", dialog_hosts = { x = "https://x.example" } } # c\n',
        'workspaces.a.region = "eu1" # c\nworkspaces.a.dialog_hosts.x = "https://x.example"\n',
        '[workspaces.a]\nregion = "eu1" # c\ndialog_hosts = { x = "https://x.example" }\n',
        '[workspaces.a]\nregion = "eu1" # c\ndialog_hosts.x = "https://x.example"\n',
        '[workspaces.a.dialog_hosts]\nx = "https://x.example"\n[workspaces.a]\nregion = "eu1" # c\n',
        '[ workspaces . "a" ]\r\nregion = """eu1""" # c\r\n[workspaces.a.dialog_hosts]\r\nx = "https://x.example"',
    ],
)
def test_every_way_to_write_a_workspace_can_be_changed(path: Path, text: str) -> None:
    entry = WorkspaceEntry("a", "ap1", "acme", dialog_hosts=(("y", "https://y.example"),))
    for name in ("a", "b"):
        path.write_bytes(text.encode())
        new = WorkspaceEntry(name, entry.region, entry.embedded_id, dialog_hosts=entry.dialog_hosts)
        assert put_entry(path, new, instead_of="a").entries == (new,)
        assert read_book(path).entries == (new,)
        assert "# c" in path.read_text()
    path.write_bytes(text.encode())
    assert use_workspace(path, "a").active == "a"
    assert remove_entry(path, "a").entries == ()
    assert read_book(path).names == (STAND_IN,)


def test_what_only_looks_like_a_table_is_left_alone(path: Path) -> None:
    strange = (
        '\n[[plugins]]\nname = "x"\n\n# about text\n[text]\nnote = """\n[workspaces.a]\nregion = "ap1"\n"""\n'
    )
    path.write_text('[workspaces.a]\nregion = "eu1"\n' + strange)
    assert put_entry(path, WorkspaceEntry("a", "us", "acme")).get("a").region == "us"
    assert put_entry(path, WorkspaceEntry("c", "us"), instead_of="a").names == ("c", STAND_IN)
    assert use_workspace(path, "c").active == "c"
    assert remove_entry(path, "c").entries == ()
    assert path.read_text().endswith(strange.lstrip())


def test_a_thousand_workspaces_are_changed_in_no_time(path: Path) -> None:
    path.write_text(
        "".join(f'# {number}\n[workspaces.w{number}]\nregion = "us"\n\n' for number in range(1000))
    )
    put_entry(path, WorkspaceEntry("w990", embedded_id="acme"))
    assert len(read_book(path).entries) == 1000
    path.write_text(path.read_text().replace('embedded_id = "acme"', 'embedded_id = "a b"'))
    with pytest.raises(UsageError, match="line 3964, column 1"):
        read_book(path)


def test_windows_line_ends_stay(path: Path) -> None:
    path.write_bytes(BY_HAND.replace("\n", "\r\n").encode())
    put_entry(path, WorkspaceEntry("gamma", embedded_id="g"))
    put_entry(path, WorkspaceEntry("beta two", embedded_id="b"))
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_setting_is_written_and_taken_out(path: Path) -> None:
    assert put_preference(path, "color_scheme", "dark").preferences == {"color_scheme": "dark"}
    assert put_preference(path, "history_days", "7").preferences["history_days"] == "7"
    put_preference(path, "color_scheme", "")
    assert read_book(path).preferences == {"history_days": "7"}
    with pytest.raises(UsageError):
        put_preference(path, "color_scheme", "pink")
    with pytest.raises(UsageError):
        put_preference(path, "data_dir", "/x")
    assert read_book(path).preferences == {"history_days": "7"}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (WorkspaceEntry("stand-in"), "name"),
        (WorkspaceEntry(""), "name"),
        (WorkspaceEntry("a", proxy="http://u:s3cr3t@p.example"), "proxy"),
        (WorkspaceEntry("a", rest_url="http://rest.example"), "REST"),
        (WorkspaceEntry("a", dialog_hosts=(("", "https://x.example"),)), "dialog host"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(path: Path, entry: WorkspaceEntry, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        put_entry(path, entry)
    assert "s3cr3t" not in str(raised.value)
    assert not path.exists()
