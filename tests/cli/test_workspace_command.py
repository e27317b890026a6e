"""`workspace`: everything one does with workspaces on the command line, as a subprocess."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tray_auth_desktop.standin import StandIn

if TYPE_CHECKING:
    from tests.cli.conftest import Ended, Program

pytestmark = pytest.mark.program
_ROOT = Path(__file__).resolve().parents[2]
_TOKEN = "5ec7e7" * 7


class Workspaces:
    """Runs `workspace` commands with a vault of the test's own, or with none."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.folder = program.folder / "settings"
        self.vault = program.folder / "vault.json"
        program.environment |= {"TRAY_CONFIG_DIR": str(self.folder), "TEST_VAULT": str(self.vault)}
        self.set_backend("tests.workspaces.memory_vault.FileVault")

    @property
    def file(self) -> Path:
        return self.folder / "config.toml"

    @property
    def kept(self) -> dict[str, str]:
        rows = json.loads(self.vault.read_text()) if self.vault.exists() else []
        return {name: text for _, name, text in rows}

    def set_backend(self, backend: str) -> None:
        self.program.environment["PYTHON_KEYRING_BACKEND"] = backend

    def run(self, *arguments: str, stdin: str = "") -> Ended:
        from tests.cli.conftest import Ended

        ran = subprocess.run(
            [sys.executable, "-m", "tray_auth_desktop", "workspace", *arguments],
            input=stdin, capture_output=True, text=True, env=self.program.environment,
            cwd=self.program.folder, timeout=60,
        )  # fmt: skip
        for secret in (_TOKEN, "p4ssw0rd"):
            assert secret not in ran.stdout + ran.stderr
            assert not self.file.exists() or secret not in self.file.read_text()
        assert "Traceback" not in ran.stderr
        return Ended(ran.returncode, ran.stdout, ran.stderr)

    def ok(self, *arguments: str, stdin: str = "") -> Any:
        """Run with --json; return the answer."""
        ended = self.run(*arguments, "--json", stdin=stdin)
        assert ended.code == 0, ended.err
        return json.loads(ended.out)

    def refused(self, *arguments: str, stdin: str = "") -> str:
        """Run what must end with exit code 2 and say why; return what it said."""
        before = self.file.read_text() if self.file.exists() else None
        ended = self.run(*arguments, stdin=stdin)
        assert (ended.code, ended.out) == (2, ""), ended
        assert (self.file.read_text() if self.file.exists() else None) == before
        return ended.err


@pytest.fixture
def workspaces(program: Program) -> Workspaces:
    return Workspaces(program)


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with StandIn(master_token=_TOKEN) as running:
        yield running


def own_hosts(stand_in: StandIn) -> tuple[str, ...]:
    """Return the flags that make a workspace of the stand-in that runs."""
    return (
        "--graphql-url", stand_in.graphql_url, "--rest-url", stand_in.rest_url,
        "--dialog-url", stand_in.dialog_url, "--embedded-id", stand_in.embedded_id,
    )  # fmt: skip


def test_from_nothing_to_a_workspace_in_use_and_back(workspaces: Workspaces) -> None:
    (only,) = workspaces.ok("list")
    assert only == {"name": "stand-in", "active": True, "is_stand_in": True, "token": "its own"}
    added = workspaces.ok(
        "add", "Acme EU", "--region", "eu1", "--embedded-id", "acme", "--token-from-stdin",
        "--dialog-host", "slack=https://acme.integration-configuration.com", stdin=f"{_TOKEN}\n",
    )  # fmt: skip
    assert added["token"] == "vault"
    assert not added["active"]
    assert added["hosts"]["graphql_url"] == "https://eu1.tray.io/graphql"
    assert added["dialog_hosts"] == {"slack": "https://acme.integration-configuration.com"}
    assert workspaces.kept == {"master token of Acme EU": _TOKEN}
    assert workspaces.ok("use", "acme eu") == {"active": "Acme EU"}
    shown = workspaces.ok("show", "ACME EU")
    assert shown == added | {"active": True}
    assert [entry["active"] for entry in workspaces.ok("list")] == [True, False]
    assert workspaces.ok("use", "stand-in") == {"active": "stand-in"}
    assert workspaces.ok("remove", "acme eu", "--yes") == {"removed": "Acme EU", "active": "stand-in"}
    assert workspaces.kept == {}
    assert len(workspaces.ok("list")) == 1


def test_answers_for_people_hold_the_same(workspaces: Workspaces) -> None:
    ended = workspaces.run("add", "acme", "--embedded-id", "a", "--token-from-stdin", stdin=f"{_TOKEN}\n")
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
        "--token-from-stdin", "--proxy-password-from-stdin", stdin=f"Bearer {_TOKEN}\np4ssw0rd\n",
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
        "master token of acme 2": _TOKEN, "proxy password of acme 2": "p4ssw0rd",
    }  # fmt: skip
    assert workspaces.file.read_text().count("# by hand") == 1
    workspaces.ok(
        "edit", "acme 2", "--unset", "dialog-hosts", "--unset", "token", "--unset", "proxy-password"
    )
    assert workspaces.kept == {}
    assert workspaces.ok("show", "acme 2")["dialog_hosts"] == {}


def test_a_new_token_takes_the_place_of_the_old(workspaces: Workspaces) -> None:
    workspaces.ok("add", "acme", "--token-from-stdin", stdin="0ther\n")
    assert workspaces.ok("edit", "acme", "--token-from-stdin", stdin=f"{_TOKEN}\r\n")["token"] == "vault"
    assert workspaces.kept == {"master token of acme": _TOKEN}


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
    ended = workspaces.run("add", "acme", "--token-from-stdin", "--json", stdin=f"{_TOKEN}\n")
    assert ended.code == 0
    assert json.loads(ended.out)["token"] == "not kept"
    (line,) = ended.err.splitlines()
    assert said in line
    assert "TRAY_MASTER_TOKEN" in line
    for file in workspaces.program.folder.rglob("*"):
        assert not file.is_file() or _TOKEN.encode() not in file.read_bytes()
    listed = workspaces.ok("list")
    assert listed[0]["token"] == "asked for"
    workspaces.program.environment["TRAY_MASTER_TOKEN"] = _TOKEN
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
        (("add", "new", "--token", _TOKEN), "never an argument"),
        (("add", "new", f"--token={_TOKEN}"), "does not take a value"),
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


# Test the connection.


def test_the_connection_of_a_kept_workspace_is_tested(workspaces: Workspaces, stand_in: StandIn) -> None:
    workspaces.ok("add", "own", *own_hosts(stand_in), "--token-from-stdin", "--use", stdin=f"{_TOKEN}\n")
    for arguments in (("test",), ("test", "OWN")):
        tested = workspaces.ok(*arguments)
        assert (tested["workspace"].lower(), tested["ok"]) == ("own", True)
        assert [check["subject"] for check in tested["checks"]] == [
            "Master token", "Region", "REST API", "Dialog host",
        ]  # fmt: skip
        assert {check["verdict"] for check in tested["checks"]} == {"ok"}
    ended = workspaces.run("test")
    assert ended.code == 0
    assert len(ended.out.splitlines()) == 4


def test_the_stand_in_can_be_tested_too(workspaces: Workspaces) -> None:
    assert workspaces.ok("test", "stand-in")["ok"]


def test_a_refused_token_is_6(workspaces: Workspaces, stand_in: StandIn) -> None:
    workspaces.ok("add", "own", *own_hosts(stand_in), "--token-from-stdin", stdin="wr0ng\n")
    ended = workspaces.run("test", "own")
    assert ended.code == 6
    assert ended.out.startswith("failed    Master token:")
    workspaces.program.environment["TRAY_MASTER_TOKEN"] = _TOKEN
    assert workspaces.ok("test", "own")["ok"], "the environment counts more than the vault"


def test_a_host_that_is_not_there_is_7(workspaces: Workspaces, stand_in: StandIn) -> None:
    gone = ("--graphql-url", "http://127.0.0.1:9/graphql", "--rest-url", "http://127.0.0.1:9")
    workspaces.ok("add", "gone", *own_hosts(stand_in), *gone, "--token-from-stdin", stdin=f"{_TOKEN}\n")
    ended = workspaces.run("test", "gone", "--json")
    assert ended.code == 7
    assert json.loads(ended.out)["ok"] is False
    own = ("--dialog-host", "slack=http://127.0.0.1:9")
    workspaces.ok("add", "half", *own_hosts(stand_in), *own, "--token-from-stdin", stdin=f"{_TOKEN}\n")
    ended = workspaces.run("test", "half")
    assert ended.code == 7
    assert [line.split()[0] for line in ended.out.splitlines()] == ["ok", "ok", "ok", "ok", "failed"]


# A person at a terminal.


class Terminal:
    """Runs the program at a terminal of its own, and reads what is on its screen."""

    def __init__(self, workspaces: Workspaces, *arguments: str) -> None:
        self.screen = ""
        self.pid, self.side = pty.fork()
        if self.pid == 0:
            os.chdir(workspaces.program.folder)
            command = [sys.executable, "-m", "tray_auth_desktop", "workspace", *arguments]
            os.execve(sys.executable, command, workspaces.program.environment)  # takes this process's place

    def expect(self, text: str, limit_s: float = 30) -> None:
        """Wait until this is on the screen."""
        until = time.monotonic() + limit_s
        while text not in self.screen:
            assert time.monotonic() < until, self.screen
            assert self._read(0.5) is not None, self.screen

    def type(self, text: str) -> None:
        os.write(self.side, text.encode())

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        while self._read(30) is not None:
            pass
        os.close(self.side)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self, limit_s: float) -> str | None:
        if not select.select([self.side], [], [], limit_s)[0]:
            return ""
        try:
            data = os.read(self.side, 4096)
        except OSError:  # how Linux says that the other side has gone
            return None
        self.screen += data.decode(errors="replace")
        return self.screen if data else None


def test_the_token_is_asked_for_and_not_shown(workspaces: Workspaces) -> None:
    terminal = Terminal(workspaces, "add", "acme", "--embedded-id", "acme")
    terminal.expect("Master token of the workspace acme")
    terminal.type(f"{_TOKEN}\n")
    assert terminal.end() == 0
    assert _TOKEN not in terminal.screen
    assert workspaces.kept == {"master token of acme": _TOKEN}


def test_enter_leaves_the_token_out_and_edit_asks_again(workspaces: Workspaces) -> None:
    terminal = Terminal(workspaces, "add", "acme")
    terminal.expect("Enter leaves it out")
    terminal.type("\n")
    assert terminal.end() == 0
    assert workspaces.kept == {}
    terminal = Terminal(workspaces, "edit", "acme", "--token")
    terminal.expect("Master token")
    terminal.type(f"{_TOKEN}\n")
    assert terminal.end() == 0
    assert workspaces.kept == {"master token of acme": _TOKEN}
    assert _TOKEN not in terminal.screen


def test_ctrl_c_at_the_question_saves_nothing(workspaces: Workspaces) -> None:
    terminal = Terminal(workspaces, "add", "acme")
    terminal.expect("Master token")
    terminal.type("\x03")
    assert terminal.end() == 3
    assert not workspaces.file.exists()


def test_removing_is_asked_about(workspaces: Workspaces) -> None:
    workspaces.ok("add", "acme", "--token-from-stdin", stdin=f"{_TOKEN}\n")
    terminal = Terminal(workspaces, "remove", "acme")
    terminal.expect("Remove the workspace acme from")
    terminal.type("n\n")
    assert terminal.end() == 3
    assert workspaces.kept
    terminal = Terminal(workspaces, "remove", "acme")
    terminal.expect("[y/N]")
    terminal.type("y\n")
    assert terminal.end() == 0
    assert len(workspaces.ok("list")) == 1
    assert workspaces.kept == {}


def test_a_test_asks_for_the_token_where_there_is_no_vault(workspaces: Workspaces, stand_in: StandIn) -> None:
    workspaces.set_backend("keyring.backends.null.Keyring")
    workspaces.ok("add", "own", *own_hosts(stand_in))
    terminal = Terminal(workspaces, "test", "own")
    terminal.expect("Master token of the workspace own")
    terminal.type(f"{_TOKEN}\n")
    assert terminal.end() == 0
    assert _TOKEN not in terminal.screen
    assert "Dialog host" in terminal.screen


def test_a_vault_that_hangs_can_be_interrupted(workspaces: Workspaces) -> None:
    workspaces.ok("add", "acme")
    workspaces.set_backend("tests.workspaces.memory_vault.SilentVault")
    process = workspaces.program.start("workspace", "list")
    time_limit = time.monotonic() + 30
    while not _asks_the_vault(process.pid):
        assert time.monotonic() < time_limit
    process.send_signal(signal.SIGINT)
    ended = workspaces.program.end(process, 8)
    assert ended.code == 3


def _asks_the_vault(pid: int) -> bool:
    """Whether the thread that waits for the vault is there."""
    return len(list(Path(f"/proc/{pid}/task").iterdir())) > 1
