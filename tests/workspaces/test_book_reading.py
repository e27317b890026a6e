"""Reading the file of workspaces: what it can say, and how each mistake in it is pointed at."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.errors import ExitCode, UsageError
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.fields import TEXT_FIELDS, complaint, name_complaint
from tray_auth_desktop.workspaces.file import put_entry, read_book, use_workspace
from tray_auth_desktop.workspaces.place import place_of
from tray_auth_desktop.workspaces.reading import PREFERENCES

_WHOLE = """\
active = "ACME"

[settings]
history_days = 30
color_scheme = "dark"

[workspaces.acme]
region = "eu1"
embedded_id = "acme"
graphql_url = "https://graphql.acme.example/graphql"
rest_url = "https://rest.acme.example"
dialog_url = "https://acme.integration-configuration.com"
opener_origin = "https://app.acme.example"
account_id = "account 1"
proxy = "http://jim@proxy.example:3128"
ca_file = "~/corporate.pem"

[workspaces.acme.dialog_hosts]
slack = "https://embedded.eu1.tray.io"
"svc id" = "https://other.integration-configuration.com"

[workspaces."Ünser Test"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_is_an_empty_book(path: Path) -> None:
    book = read_book(path)
    assert (book.entries, book.active, dict(book.preferences)) == ((), STAND_IN, {})
    assert not path.exists()


def test_everything_that_can_be_said_is_read(path: Path) -> None:
    path.write_text(_WHOLE, encoding="utf-8")
    book = read_book(path)
    acme, test = book.entries
    assert acme == WorkspaceEntry(
        "acme",
        region="eu1",
        embedded_id="acme",
        graphql_url="https://graphql.acme.example/graphql",
        rest_url="https://rest.acme.example",
        dialog_url="https://acme.integration-configuration.com",
        opener_origin="https://app.acme.example",
        account_id="account 1",
        proxy="http://jim@proxy.example:3128",
        ca_file="~/corporate.pem",
        dialog_hosts=(
            ("slack", "https://embedded.eu1.tray.io"),
            ("svc id", "https://other.integration-configuration.com"),
        ),
    )
    assert test == WorkspaceEntry("Ünser Test")
    assert book.active == "acme"
    assert book.preferences == {"history_days": "30", "color_scheme": "dark"}
    assert book.warnings == ()
    assert acme.workspace().dialog_url_for("slack") == "https://embedded.eu1.tray.io"


@pytest.mark.parametrize("text", ["﻿" + _WHOLE, _WHOLE.replace("\n", "\r\n")], ids=["mark", "windows"])
def test_what_other_editors_write_is_read(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
    assert len(read_book(path).entries) == 2


def test_a_workspace_is_found_however_it_is_capitalised(path: Path) -> None:
    path.write_text(_WHOLE, encoding="utf-8")
    book = read_book(path)
    assert book.get(" acMe ").name == "acme"
    assert book.get("ÜNSER TEST").name == "Ünser Test"
    with pytest.raises(UsageError) as raised:
        book.get("beta")
    assert "acme, Ünser Test, stand-in" in raised.value.advice


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("active = \n", "line 1, column 10", "Invalid value"),
        ("a = 1\n[b\n", "line 2, column 3", "Expected ']'"),
        ("x = 1\nx = 2\n", "line 2", "Cannot overwrite"),
        ("\n\nx = [1,\n\n", "line 3, column 8", "ends too early"),
        ('active = "gone"\n', "line 1, column 1", "no workspace 'gone'"),
        ("active = 1\n", "line 1, column 1", "text in quotes, not a number"),
        ("workspaces = 3\n", "line 1, column 1", "table, not a number"),
        ("[[workspaces]]\nname = 'x'\n", "line 1, column 3", "table, not a list"),
        ("[workspaces]\nacme = true\n", "line 2, column 1", "table, not true or false"),
        ("[workspaces.a]\nregion = 'eu2'\n", "line 2, column 1", "us, eu1, ap1"),
        ("[workspaces.a]\nregion = ['us']\n", "line 2, column 1", "not a list"),
        ("[workspaces.a]\naccount_id = 2020-01-01\n", "line 2, column 1", "not a date"),
        ("[workspaces.a]\nembedded_id = 'a/b'\n", "line 2, column 1", "Embedded ID"),
        ("[workspaces.a]\n# x\n  dialog_url = 'http://embedded.tray.io'\n", "line 3, column 3", "https"),
        ("[workspaces.a]\nrest_url = 'api.tray.io'\n", "line 2, column 1", "https"),
        ("[workspaces.a]\ngraphql_url = 'https://x.example/?a=b'\n", "line 2, column 1", "query"),
        ("[workspaces.a]\nopener_origin = 'x'\n", "line 2, column 1", "opener origin"),
        ("[workspaces.a]\nca_file = 'x.pem'\n", "line 2, column 1", "whole path"),
        ("[workspaces.a]\nproxy = 'ftp://x'\n", "line 2, column 1", "proxy"),
        ("[workspaces.a.dialog_hosts]\nslack = 'ftp://x'\n", "line 2, column 1", "dialog host"),
        ("[workspaces]\na = {region = 'us', rest_url = 'x'}\n", "line 2, column 21", "REST"),
        ("workspaces.a.rest_url = 'x'\n", "line 1, column 14", "REST"),
        ("x = '''\nregion = 1\n'''\n[workspaces.a]\nregion = 'x'\n", "line 5, column 1", "region"),
        ("[workspaces.Stand-In]\n", "line 1, column 13", "stand-in"),
        ("[workspaces.a]\n[workspaces.A]\n", "line 2, column 13", "capitals"),
        ("[workspaces.' a']\n", "line 1, column 13", "space"),
        (f"[workspaces.{'a' * 65}]\n", "line 1, column 13", "64"),
        ("[settings]\ncolor_scheme = 'pink'\n", "line 2, column 1", "system, light, dark"),
        ("[settings]\nhistory_days = -1\n", "line 2, column 1", "number of days"),
        ("[settings]\nhistory_days = nan\n", "line 2, column 1", "number of days"),
    ],
)
def test_a_mistake_is_pointed_at_and_the_file_is_left_alone(
    path: Path, text: str, place: str, said: str
) -> None:
    path.write_text(text)
    changes: list[Callable[[], object]] = [
        lambda: read_book(path),
        lambda: use_workspace(path, STAND_IN),
        lambda: put_entry(path, WorkspaceEntry("new")),
    ]
    for change in changes:
        with pytest.raises(UsageError) as raised:
            change()
        assert raised.value.exit_code is ExitCode.USAGE
        assert f"{path}, {place}" in str(raised.value)
        assert said in str(raised.value)
        assert "text editor" in raised.value.advice
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[workspaces.a]\nmaster_token = '{}'\n", "line 2, column 1"),
        ("token = '{}'\n", "line 1, column 1"),
        ("[settings]\nTRAY_MASTER_TOKEN = 1\n'API-key' = '{}'\n", "line 3, column 1"),
        ("[workspaces.a.strange]\npassword = '{}'\n", "line 2, column 1"),
        ("[workspaces.a]\nproxy = 'http://jim:{}@proxy.example:1'\n", "line 2, column 1"),
        ("[workspaces.a]\nrest_url = 'https://jim:{}@rest.example'\n", "line 2, column 1"),
        ("[workspaces.a]\nopener_origin = 'https://jim:{}@rest.example'\n", "line 2, column 1"),
    ],
)
def test_a_secret_is_refused_and_not_repeated(path: Path, text: str, place: str) -> None:
    path.write_text(text.format("s3cr3t"))
    with pytest.raises(UsageError) as raised:
        read_book(path)
    assert place in str(raised.value)
    error: BaseException | None = raised.value
    while error is not None:
        assert "s3cr3t" not in f"{error!r}"
        error = error.__cause__ or error.__context__


def test_a_workspace_and_a_service_may_be_called_token(path: Path) -> None:
    path.write_text("[workspaces.token.dialog_hosts]\npassword = 'https://x.example'\n")
    assert read_book(path).get("token").dialog_hosts == (("password", "https://x.example"),)


def test_what_a_newer_version_wrote_is_warned_of(path: Path) -> None:
    path.write_text("new = 1\n[workspaces.a]\nembeded_id = 'a'\n[settings]\ndata_dir = '/x'\n")
    book = read_book(path)
    assert [entry.name for entry in book.entries] == ["a"]
    assert len(book.warnings) == 3
    assert any("line 3, column 1" in warning and "embeded_id" in warning for warning in book.warnings)


def test_a_file_that_is_no_text_is_pointed_at(path: Path) -> None:
    path.write_bytes(b"# fine\n# M\xfcller\n")
    with pytest.raises(UsageError, match="line 2, column 4: not a letter in UTF-8"):
        read_book(path)
    with pytest.raises(UsageError):
        use_workspace(path, STAND_IN)
    assert path.read_bytes() == b"# fine\n# M\xfcller\n"


def test_what_is_no_file_is_said(path: Path) -> None:
    path.mkdir()
    with pytest.raises(UsageError, match="it is no file"):
        read_book(path)


def test_a_file_that_is_far_too_large_is_not_read(path: Path) -> None:
    path.write_bytes(b"#" * 2_000_000)
    with pytest.raises(UsageError, match="too large"):
        read_book(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(path: Path) -> None:
    path.write_text("")
    path.chmod(0)
    with pytest.raises(UsageError, match="permission"):
        read_book(path)


def test_nesting_without_end_is_no_traceback(path: Path) -> None:
    path.write_text("a = " + "[" * 5000)
    with pytest.raises(UsageError):
        read_book(path)


@given(st.text(max_size=80))
def test_whatever_is_in_it_is_read_or_refused_in_words(text: str) -> None:
    from tray_auth_desktop.workspaces.reading import BookReader

    said = "config.toml, line "
    try:
        BookReader(Path("config.toml"), text).read()
    except UsageError as error:
        said = str(error)
    assert "config.toml, line " in said


def test_a_key_is_found_however_it_is_written() -> None:
    text = 'a."b c".d = 1\n\n[e]\n# d\nf = """\nd\n"""\n\n[e.g]\nh = {i = 1, d = 2}\n'
    assert str(place_of(text, ("a", "b c", "d"))) == "line 1, column 9"
    assert str(place_of(text, ("e", "f"))) == "line 5, column 1"
    assert str(place_of(text, ("e", "g", "h", "d"))) == "line 10, column 13"


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("region", "ap1", "AP1"),
        ("embedded_id", "acme-1_~.x", "acme corp"),
        ("graphql_url", "https://tray.io/graphql", "https://tray.io/graphql#x"),
        ("graphql_url", "http://127.0.0.1:80/graphql", "http://tray.io/graphql"),
        ("dialog_url", "https://acme.integration-configuration.com", "acme.integration-configuration.com"),
        ("opener_origin", "http://localhost:3000", "localhost:3000"),
        ("account_id", "any text", "two\nlines"),
        ("proxy", "socks5://127.0.0.1:1080", "127.0.0.1:1080"),
        ("proxy", "http://user@proxy.example", "http://user:pass@proxy.example"),
        ("proxy", "https://proxy.example:3128/", "http://proxy.example:99999"),
        ("ca_file", "C:\\corp.pem", "corp.pem"),
        ("name", "Acme (EU) — live", "stand-IN"),
    ],
)
def test_fields_are_checked(field: str, good: str, bad: str) -> None:
    assert complaint(field, good) == ""
    assert complaint(field, bad)
    assert complaint(field, f" {good}")


def test_empty_is_not_set_but_a_name_is_needed() -> None:
    assert not any(complaint(field, "") for field in TEXT_FIELDS)
    assert name_complaint("")
    assert name_complaint("   ")
    assert name_complaint("a\u202eb")


def test_the_documented_file_is_read_as_it_is_documented(path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "workspaces.md").read_text(encoding="utf-8")
    _, _, rest = text.partition("```toml\n")
    path.write_text(rest.partition("```")[0], encoding="utf-8")
    book = read_book(path)
    assert book.warnings == ()
    assert (book.active, book.names) == ("Acme EU", ("Acme EU", "Staging", STAND_IN))
    fields = {name for entry in book.entries for name in TEXT_FIELDS if getattr(entry, name)}
    assert fields == set(TEXT_FIELDS), "each field is in the example"
    assert set(book.preferences) == set(PREFERENCES)
