"""`workspace`: everything one does with workspaces on the command line, as a subprocess."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.workspace_bench import TOKEN, Workspaces, workspaces

__all__ = ["workspaces"]
pytestmark = pytest.mark.program


def test_from_nothing_to_a_workspace_in_use_and_back(workspaces: Workspaces) -> None:
    (only,) = workspaces.ok("list")
    assert only == {"name": "stand-in", "active": True, "is_stand_in": True, "token": "its own"}
    added = workspaces.ok(
        "add", "Acme EU", "--region", "eu1", "--embedded-id", "acme", "--token-from-stdin",
        "--dialog-host", "slack=https://acme.integration-configuration.com", stdin=f"{TOKEN}\n",
    )  # fmt: skip
    assert added["token"] == "vault"
    assert not added["active"]
    assert added["hosts"]["graphql_url"] == "https://eu1.tray.io/graphql"
    assert added["dialog_hosts"] == {"slack": "https://acme.integration-configuration.com"}
    assert workspaces.kept == {"master token of Acme EU": TOKEN}
    assert workspaces.ok("use", "acme eu") == {"active": "Acme EU"}
    shown = workspaces.ok("show", "ACME EU")
    assert shown == added | {"active": True}
    assert [entry["active"] for entry in workspaces.ok("list")] == [True, False]
    assert workspaces.ok("use", "stand-in") == {"active": "stand-in"}
    assert workspaces.ok("remove", "acme eu", "--yes") == {"removed": "Acme EU", "active": "stand-in"}
    assert workspaces.kept == {}
    assert len(workspaces.ok("list")) == 1


def test_answers_for_people_hold_the_same(workspaces: Workspaces) -> None:
    ended = workspaces.run("add", "acme", "--embedded-id", "a", "--token-from-stdin", stdin=f"{TOKEN}\n")
    assert ended.code == 0
    assert str(workspaces.file) in ended.out
    assert "workspace use 'acme'" in ended.out
    workspaces.run("use", "acme")
    table = workspaces.run("list").out.splitlines()
    assert re.match(r"\*\s+acme\s+us\s+a\s+https://embedded.tray.io\s+vault", table[1])
    assert re.match(r"\s+stand-in", table[2])
    shown = workspaces.run("show", "acme").out
    assert "https://tray.io/graphql" in shown
    assert "vault" in shown
    assert workspaces.run("show", "stand-in").code == 0


def test_an_edit_changes_what_was_given_only(workspaces: Workspaces) -> None:
    workspaces.ok(
        "add", "acme", "--region", "eu1", "--embedded-id", "acme", "--account-id", "a-1",
        "--proxy", "http://jim@proxy.example:3128", "--opener-origin", "https://app.example",
        "--dialog-host", "slack=https://s.example", "--dialog-host", "hubspot=https://h.example",
        "--token-from-stdin", "--proxy-password-from-stdin", stdin=f"Bearer {TOKEN}\np4ssw0rd\n",
    )  # fmt: skip
    workspaces.file.write_text("# by hand\n" + workspaces.file.read_text())
    workspaces.ok("use", "acme")
    changed = workspaces.ok(
        "edit", "acme", "--new-name", "acme 2", "--embedded-id", "acme-2", "--unset", "account-id",
        "--dialog-host", "slack=", "--dialog-host", "x=https://x.example",
    )  # fmt: skip
    assert (changed["name"], changed["active"], changed["token"]) == ("acme 2", True, "vault")
    assert (changed["embedded_id"], changed["account_id"], changed["region"]) == ("acme-2", None, "eu1")
    assert changed["proxy"] == "http://jim@proxy.example:3128"
    assert changed["dialog_hosts"] == {"hubspot": "https://h.example", "x": "https://x.example"}
    assert workspaces.kept == {
        "master token of acme 2": TOKEN, "proxy password of acme 2": "p4ssw0rd",
    }  # fmt: skip
    assert workspaces.file.read_text().count("# by hand") == 1
    workspaces.ok(
        "edit", "acme 2", "--unset", "dialog-hosts", "--unset", "token", "--unset", "proxy-password"
    )
    assert workspaces.kept == {}
    assert workspaces.ok("show", "acme 2")["dialog_hosts"] == {}


def test_a_new_token_takes_the_place_of_the_old(workspaces: Workspaces) -> None:
    workspaces.ok("add", "acme", "--token-from-stdin", stdin="0ther\n")
    assert workspaces.ok("edit", "acme", "--token-from-stdin", stdin=f"{TOKEN}\r\n")["token"] == "vault"
    assert workspaces.kept == {"master token of acme": TOKEN}


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        ("keyring.backends.null.Keyring", "There is no vault"),
        ("keyring.backends.fail.Keyring", "There is no vault"),
        ("tests.workspaces.memory_vault.PlaintextVault", "There is no vault"),
        ("tests.workspaces.memory_vault.LockedVault", "locked"),
        ("tests.workspaces.memory_vault.RefusingVault", "refused"),
        ("tests.workspaces.memory_vault.BrokenVault", "cannot be used"),
        ("no.such.module", "cannot be used"),
    ],
)
def test_without_a_vault_the_workspace_is_saved_and_the_token_is_not(
    workspaces: Workspaces, backend: str, said: str
) -> None:
    workspaces.set_backend(backend)
    ended = workspaces.run("add", "acme", "--token-from-stdin", "--json", stdin=f"{TOKEN}\n")
    assert ended.code == 0
    assert json.loads(ended.out)["token"] == "not kept"
    (line,) = ended.err.splitlines()
    assert said in line
    assert "TRAY_MASTER_TOKEN" in line
    for file in workspaces.program.folder.rglob("*"):
        assert not file.is_file() or TOKEN.encode() not in file.read_bytes()
    listed = workspaces.ok("list")
    assert listed[0]["token"] == "asked for"
    workspaces.program.environment["TRAY_MASTER_TOKEN"] = TOKEN
    assert workspaces.ok("show", "acme")["token"] == "environment"
    assert workspaces.ok("remove", "acme", "--yes")["removed"] == "acme"


def test_no_token_is_asked_for_where_nobody_sits(workspaces: Workspaces) -> None:
    assert workspaces.ok("add", "acme", stdin="not read\n")["token"] == "asked for"
    assert workspaces.ok("add", "beta", "--no-token")["token"] == "asked for"
    assert "--token-from-stdin" in workspaces.refused("edit", "acme", "--token")
    assert "stdin" in workspaces.refused("edit", "acme", "--token-from-stdin")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "stand-in"), "stand-in"),
        (("add", "  "), "name"),
        (("add", "ACME"), "already"),
        (("add", "new", "--region", "eu2"), "eu2"),
        (("add", "new", "--dialog-url", "http://embedded.tray.io"), "https"),
        (("add", "new", "--dialog-host", "slack"), "SERVICE=URL"),
        (("add", "new", "--dialog-host", "=https://x.example"), "service"),
        (("add", "new", "--proxy", "http://jim:p4ssw0rd@proxy.example"), "password"),
        (("add", "new", "--proxy", "ftp://x"), "http, https or socks5, then ://host:port"),
        (("add", "new", "--ca-file", "none.pem"), "certificates"),
        (("add", "new", "--embedded-id", "a b"), "Embedded ID"),
        (("add", "new", "--token", TOKEN), "never an argument"),
        (("add", "new", f"--token={TOKEN}"), "does not take a value"),
        (("edit", "acme"), "Nothing was given"),
        (("edit", "gone", "--region", "us"), "acme, beta, stand-in"),
        (("edit", "acme", "--new-name", "BETA"), "already"),
        (("edit", "stand-in", "--region", "us"), "stand-in"),
        (("show", "gone"), "acme, beta, stand-in"),
        (("use", "gone"), "acme, beta, stand-in"),
        (("test", "gone"), "acme, beta, stand-in"),
        (("test", "acme"), "TRAY_MASTER_TOKEN"),
        (("remove", "acme"), "--yes"),
        (("remove", "gone", "--yes"), "acme, beta, stand-in"),
        (("remove", "stand-in", "--yes"), "stand-in"),
        (("add",), "NAME"),
    ],
)
def test_what_cannot_be_done_is_said(workspaces: Workspaces, arguments: tuple[str, ...], said: str) -> None:
    workspaces.folder.mkdir()
    workspaces.file.write_text("[workspaces.acme]\n[workspaces.beta]\n")
    assert said in workspaces.refused(*arguments)


def test_a_token_that_cannot_be_one_is_refused_before_anything_is_saved(workspaces: Workspaces) -> None:
    said = workspaces.refused("add", "acme", "--token-from-stdin", stdin="two words\n")
    assert "two words" not in said
    assert not workspaces.file.exists()


@pytest.mark.parametrize("command", [("list",), ("show", "acme"), ("use", "acme"), ("add", "x"), ("test",)])
def test_a_broken_file_is_pointed_at_and_stays(workspaces: Workspaces, command: tuple[str, ...]) -> None:
    workspaces.folder.mkdir()
    workspaces.file.write_text("[workspaces.acme]\nregion = eu1\n")
    assert f"{workspaces.file}, line 2, column 10" in workspaces.refused(*command)


def test_what_is_not_known_is_warned_of(workspaces: Workspaces) -> None:
    workspaces.folder.mkdir()
    workspaces.file.write_text("[workspaces.acme]\nembeded_id = 'x'\n")
    ended = workspaces.run("list")
    assert ended.code == 0
    assert "line 2, column 1: 'embeded_id'" in ended.err


def test_each_subcommand_takes_the_programs_flags(workspaces: Workspaces, tmp_path: Path) -> None:
    del workspaces.program.environment["TRAY_CONFIG_DIR"]
    other = ("--config-dir", str(tmp_path / "other"))
    workspaces.ok("add", "acme", *other)
    workspaces.ok("edit", "acme", "--region", "ap1", *other)
    workspaces.ok("use", "acme", *other)
    assert workspaces.ok("show", "acme", *other)["region"] == "ap1"
    assert len(workspaces.ok("list", *other)) == 2
    workspaces.ok("remove", "acme", "--yes", *other)
    assert (tmp_path / "other" / "config.toml").exists()
    assert not workspaces.file.exists()


def test_the_environments_account_is_not_written_into_the_file(workspaces: Workspaces) -> None:
    workspaces.program.environment |= {"TRAY_EMBEDDED_ID": "other", "TRAY_REGION": "eu1"}
    added = workspaces.ok("add", "acme")
    assert (added["embedded_id"], added["region"]) == (None, "us")
    ended = workspaces.run("use", "acme")
    assert "count more" in ended.err
