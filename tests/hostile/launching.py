"""Run the program as another program would, in surroundings that the test has prepared."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import program_run
from tests.hostile.faulty_tray import SECRETS
from tests.program_run import CREATE, ROOT

#: The full size takes minutes, and waits for the program's own time limits.
__all__ = ["CREATE"]
LIST = ("list", "--user-id", "u-1", "--json")
USERS = ("users", "list", "--json")
_BROKEN = ("Traceback", "Unraisable", "RuntimeWarning", "QThread:", "Segmentation")


@dataclass(frozen=True)
class Ended(program_run.Ended):
    """How a run ended, and whether it behaved."""

    @property
    def lines(self) -> list[str]:
        """What the program itself said to the person."""
        return [line for line in self.err.splitlines() if line.startswith("tray-auth-desktop: ")]

    def check_manners(self, *, longest: int = 2_000) -> None:
        """No traceback, no secret, and no line that nobody would read to its end."""
        said = self.out + self.err
        assert not [word for word in _BROKEN if word in said], self.err
        assert not [secret for secret in SECRETS if secret in said], "a secret was told"
        assert max((len(line) for line in self.lines), default=0) < longest, self.err[:4_000]


@dataclass
class Launcher:
    """Starts the program.

    Attributes:
        home: Its home, with all folders that it makes of its own accord.
        variables: Its whole environment.
        wrapping: A command that the program is started through.
        entry: What Python is told to run.
    """

    home: Path
    variables: dict[str, str] = field(default_factory=dict)
    wrapping: tuple[str, ...] = ()
    entry: tuple[str, ...] = ("-m", "tray_auth_desktop")
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("TRAY_", "XDG_"))}
        own = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "HOME": str(self.home)}
        self.variables = kept | own | self.variables

    @property
    def journal(self) -> Path:
        """Where its journal is, unless a variable says otherwise."""
        return self.home / ".local" / "share" / "tray-auth-desktop" / "journal.sqlite3"

    def command(self, *arguments: str) -> list[str]:
        """The command that starts it."""
        return [*self.wrapping, sys.executable, *self.entry, *arguments]

    def start(self, *arguments: str, **further: Any) -> subprocess.Popen[str]:
        """Start it; stdout and stderr are pipes unless the test says otherwise."""
        pipes: dict[str, Any] = {
            "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
        }  # fmt: skip
        process: subprocess.Popen[str] = subprocess.Popen(
            self.command(*arguments), text=True, env=self.variables, cwd=self.home, **(pipes | further)
        )
        self._started.append(process)
        return process

    def close(self) -> None:
        """End what a test that failed has left running."""
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.wait()
            for pipe in (process.stdout, process.stderr, process.stdin):
                if pipe is not None:
                    pipe.close()

    def run(self, *arguments: str, limit_s: float = 60, **further: Any) -> Ended:
        """Run it to its end, and see to it that it behaved."""
        return end(self.start(*arguments, **further), limit_s)

    def run_all(self, commands: Sequence[Sequence[str]], limit_s: float = 60) -> list[Ended]:
        """Run several at once, each to its end."""
        processes = [self.start(*command) for command in commands]
        ended: list[Ended | None] = [None] * len(processes)

        def wait(number: int) -> None:
            ended[number] = end(processes[number], limit_s, is_checked=False)

        threads = [threading.Thread(target=wait, args=(number,)) for number in range(len(processes))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = [one for one in ended if one is not None]
        assert len(found) == len(commands), "a command hung"
        for one in found:
            one.check_manners()
        return found


def end(process: subprocess.Popen[str], limit_s: float = 60, *, is_checked: bool = True) -> Ended:
    """Wait for a run to end; one that hangs is an error."""
    ran = program_run.end(process, limit_s)
    ended = Ended(ran.code, ran.out, ran.err)
    if is_checked:
        ended.check_manners()
    return ended
