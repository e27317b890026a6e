"""Workspaces of a program that runs as a subprocess, with a vault of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.program_run import Ended
from tray_auth_desktop.standin import StandIn

if TYPE_CHECKING:
    from tests.cli.conftest import Program
TOKEN = "5ec7e7" * 7


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
        ran = subprocess.run(
            [sys.executable, "-m", "tray_auth_desktop", "workspace", *arguments],
            input=stdin, capture_output=True, text=True, env=self.program.environment,
            cwd=self.program.folder, timeout=60,
        )  # fmt: skip
        for secret in (TOKEN, "p4ssw0rd"):
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
    with StandIn(master_token=TOKEN) as running:
        yield running


def own_hosts(stand_in: StandIn) -> tuple[str, ...]:
    """Return the flags that make a workspace of the stand-in that runs."""
    return (
        "--graphql-url", stand_in.graphql_url, "--rest-url", stand_in.rest_url,
        "--dialog-url", stand_in.dialog_url, "--embedded-id", stand_in.embedded_id,
    )  # fmt: skip
