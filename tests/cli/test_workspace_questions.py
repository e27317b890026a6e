"""What `workspace` asks on a terminal: tokens that are not shown, and whether to remove."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.cli.workspace_bench import TOKEN, Workspaces, own_hosts, stand_in, workspaces
from tray_auth_desktop.standin import StandIn

__all__ = ["stand_in", "workspaces"]
pytestmark = pytest.mark.program


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
    terminal.type(f"{TOKEN}\n")
    assert terminal.end() == 0
    assert TOKEN not in terminal.screen
    assert workspaces.kept == {"master token of acme": TOKEN}


def test_enter_leaves_the_token_out_and_edit_asks_again(workspaces: Workspaces) -> None:
    terminal = Terminal(workspaces, "add", "acme")
    terminal.expect("Enter leaves it out")
    terminal.type("\n")
    assert terminal.end() == 0
    assert workspaces.kept == {}
    terminal = Terminal(workspaces, "edit", "acme", "--token")
    terminal.expect("Master token")
    terminal.type(f"{TOKEN}\n")
    assert terminal.end() == 0
    assert workspaces.kept == {"master token of acme": TOKEN}
    assert TOKEN not in terminal.screen


def test_ctrl_c_at_the_question_saves_nothing(workspaces: Workspaces) -> None:
    terminal = Terminal(workspaces, "add", "acme")
    terminal.expect("Master token")
    terminal.type("\x03")
    assert terminal.end() == 3
    assert not workspaces.file.exists()


def test_removing_is_asked_about(workspaces: Workspaces) -> None:
    workspaces.ok("add", "acme", "--token-from-stdin", stdin=f"{TOKEN}\n")
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
    terminal.type(f"{TOKEN}\n")
    assert terminal.end() == 0
    assert TOKEN not in terminal.screen
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


def test_a_ctrl_c_that_another_thread_got_is_heard(workspaces: Workspaces) -> None:
    workspaces.ok("add", "acme")
    workspaces.set_backend("tests.workspaces.memory_vault.InterruptedVault")
    ended = workspaces.program.end(workspaces.program.start("workspace", "list"), 8)
    assert ended.code == 3


def _asks_the_vault(pid: int) -> bool:
    """Whether the thread that waits for the vault is there."""
    return len(list(Path(f"/proc/{pid}/task").iterdir())) > 1
