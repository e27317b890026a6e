"""The program's own stand-in, as a child process that ends when the program does.

A process of its own, so that serving does not slow the window, and so that the program
talks to it exactly as it talks to Tray: over HTTP, knowing nothing but addresses.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading

from tray_auth_desktop.core.workspace import Hosts, Workspace
from tray_auth_desktop.errors import NetworkError
from tray_auth_desktop.secrets import Secret

NAME = "Stand-in"
_START_LIMIT_S = 20.0


class StandInProcess:
    """Starts at once, in the background. `workspace` and `master_token` wait until it serves."""

    def __init__(self, opener_origin: str) -> None:
        self._opener_origin = opener_origin
        self._is_up = threading.Event()
        self._said: dict[str, str] = {}
        # Its standard input is a pipe that only we hold: when we end, however, it reads the end and ends too.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tray_auth_desktop.standin", "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=sys.platform != "win32",
        )
        threading.Thread(target=self._read_addresses, name="stand-in", daemon=True).start()

    def workspace(self) -> Workspace:
        """Return the workspace to reach it by. Waits; not for Qt's thread.

        Raises:
            NetworkError: it did not start.
        """
        said = self._wait()
        hosts = Hosts(said["graphql_url"], said["rest_url"], said["dialog_url"])
        return Workspace(NAME, hosts, said["embedded_id"], self._opener_origin, is_stand_in=True)

    def master_token(self) -> Secret:
        """Return the token it accepts; waits and fails as `workspace` does."""
        return Secret(self._wait()["master_token"])

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read_addresses(self) -> None:
        line = self._process.stdout.readline() if self._process.stdout is not None else ""
        try:
            self._said = json.loads(line)
        except ValueError:
            self._said = {}
        self._is_up.set()

    def _wait(self) -> dict[str, str]:
        if not self._is_up.wait(_START_LIMIT_S) or not self._said:
            raise NetworkError(
                "The stand-in did not start.", advice="Run `tray-auth-desktop standin` to see why."
            )
        return self._said


def placeholder() -> Workspace:
    """Return what can be said of the stand-in's workspace before it serves: its name."""
    local = "http://127.0.0.1"
    return Workspace(NAME, Hosts(f"{local}/graphql", local, local), "stand-in", local, is_stand_in=True)
