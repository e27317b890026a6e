"""The processes of the web engine that belong to one run of the program, by /proc."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_STEP_S = 0.02


def renderers(pid: int) -> list[int]:
    """Return the processes that show the pages of a program: what the engine's zygote has made."""
    return [child for child, parent in _descendants(pid) if parent != pid and _is_zygote(parent)]


def zygotes(pid: int) -> list[int]:
    """Return the processes that make those: the program has started them itself."""
    return [child for child, parent in _descendants(pid) if parent == pid and _is_zygote(child)]


def kinds(pid: int) -> set[str]:
    """Return what kinds of processes the engine has for a program."""
    lines = [_command_line(child) for child, _ in _descendants(pid)]
    return {word.partition("=")[2] for line in lines for word in line if word.startswith("--type=")}


def shut_in(pid: int) -> list[bool]:
    """Return of each process whose calls of the kernel are filtered whether its user namespace is its own."""
    outside = (_PROC / str(pid) / "ns" / "user").readlink()
    found = []
    for process in renderers(pid):
        with suppress(FileNotFoundError, ProcessLookupError):  # one that nobody needs any more may end
            if "\nSeccomp:\t2\n" in (_PROC / str(process) / "status").read_text():
                found.append((_PROC / str(process) / "ns" / "user").readlink() != outside)
    return found


def kill(processes: list[int]) -> None:
    """Kill these."""
    assert _killed(processes) == len(processes) > 0


def kill_renderers(pid: int, limit_s: float = 20.0) -> None:
    """Kill them all, as soon as there are any; some may be about to end by themselves."""
    deadline = time.monotonic() + limit_s
    while not _killed(renderers(pid)):
        assert time.monotonic() < deadline, "no page has a process"
        time.sleep(_STEP_S)


def _killed(processes: list[int]) -> int:
    """Kill these; return how many were still there."""
    count = 0
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
            count += 1
    return count


def left_over(session: int, limit_s: float = 5.0) -> list[int]:
    """Return the processes that outlive a program that was started in a session of its own."""
    deadline = time.monotonic() + limit_s
    while (found := _of_session(session)) and time.monotonic() < deadline:
        time.sleep(_STEP_S)
    return found


def _of_session(session: int) -> list[int]:
    folders = [folder for folder in _PROC.iterdir() if folder.name.isdecimal()]
    return [int(folder.name) for folder in folders if _session(folder) == session]


def _descendants(pid: int) -> Iterator[tuple[int, int]]:
    """Yield each with its parent."""
    children = [int(folder.name) for folder in _PROC.iterdir() if folder.name.isdecimal()]
    by_parent: dict[int, list[int]] = {}
    for child in children:
        by_parent.setdefault(_stat(_PROC / str(child), 1), []).append(child)
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        for child in by_parent.get(parent, []):
            yield child, parent
            waiting.append(child)


def _session(folder: Path) -> int:
    return 0 if _state(folder) == "Z" else _stat(folder, 3)


def _state(folder: Path) -> str:
    fields = _fields(folder)
    return fields[0] if fields else "Z"


def _stat(folder: Path, number: int) -> int:
    fields = _fields(folder)
    return int(fields[number]) if fields else 0


def _fields(folder: Path) -> list[str]:
    """Return what follows the process's name; nothing if it is gone."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _is_zygote(pid: int) -> bool:
    return "--type=zygote" in _command_line(pid)


def _command_line(pid: int) -> list[str]:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []
