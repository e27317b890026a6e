"""Runs of the program as a subprocess: how it is called, and how it ended."""

from __future__ import annotations

import json
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CREATE = (
    "create", "--user-id", "u-1", "--service-id", "s-1", "--service-environment-id", "e-1", "--json",
)  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON line on stdout; fails where there is more or less than that."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


def end(process: subprocess.Popen[str], limit_s: float = 60, typed: str | None = None) -> Ended:
    """Wait for a run to end; one that hangs is an error. `typed` goes to its standard input."""
    with process:
        try:
            out, err = process.communicate(typed, timeout=limit_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            raise
    return Ended(process.returncode, out or "", err or "")
