"""A process under measurement: when it says what, and how much memory its tree holds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_LIMIT_S = 60.0


class MeasuredProcess:
    """Runs Python with `arguments`, and times the lines it writes to stderr.

    Args:
        arguments: What follows `python`.
        given: First line of its standard input; the pipe stays open until the end.
        environment: Variables beside those of this process.
    """

    def __init__(
        self, arguments: Sequence[str], *, given: str = "", environment: dict[str, str] | None = None
    ) -> None:
        self._started_at = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )
        if given and self._process.stdin is not None:
            self._process.stdin.write(f"{given}\n")
            self._process.stdin.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=_LIMIT_S)

    def ms_until(self, said: str) -> float:
        """Wait for a line that contains `said`; return milliseconds since the process was started."""
        heard: list[str] = []
        for line in self._process.stderr or ():
            now = time.perf_counter()
            if said in line:
                return (now - self._started_at) * 1_000
            heard.append(line)
        raise _silent(said, heard)

    def value_after(self, said: str) -> float:
        """Wait for a line that contains `said`; return the number that follows it."""
        heard: list[str] = []
        for line in self._process.stderr or ():
            if said in line:
                return float(line.partition(said)[2])
            heard.append(line)
        raise _silent(said, heard)

    def pss_mib(self) -> float:
        """Return the proportional set size of the process and all below it, in MiB."""
        return tree_pss_mib(self._process.pid)


def tree_pss_mib(root: int) -> float:
    """Return the proportional set size of a process and all below it, in MiB."""
    return sum(_pss_kib(pid) for pid in process_tree(root)) / 1_024


def process_tree(root: int) -> set[int]:
    """Return the numbers of a process and of all below it."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _pss_kib(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def _silent(said: str, heard: list[str]) -> RuntimeError:
    return RuntimeError(f"the process ended without saying {said!r}:\n{''.join(heard[-20:])}")
