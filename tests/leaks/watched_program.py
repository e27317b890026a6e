"""Runs the program in folders of its own, and reads everything of it that others could read."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.leaks.marked import Marks, hits, hits_in_files

ROOT = Path(__file__).resolve().parents[2]
#: Every place that a program on this system may write to by itself, below one folder.
_FOLDERS = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_RUNTIME_DIR": "run",
    "TRAY_CONFIG_DIR": "config",
    "TRAY_DATA_DIR": "data",
}
_LOOK_EVERY_S = 0.03


@dataclass
class Seen:
    """What could be seen of a run while it ran and after it.

    Attributes:
        files: In which files which values stood while it ran.
        left: In which files which values stand after it.
        arguments: Which values stood in the arguments of one of its processes.
        environments: Which values stood in the environment of a process that it started.
        own_environment: Which stood in its own, where whoever started it put them.
        processes: How many processes there were.
    """

    code: int = 0
    out: str = ""
    err: str = ""
    files: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)
    arguments: set[str] = field(default_factory=set)
    environments: set[str] = field(default_factory=set)
    own_environment: set[str] = field(default_factory=set)
    processes: set[int] = field(default_factory=set)


class WatchedProgram:
    """Starts the program as anybody would."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        self.folder = folder
        self.marks = marks
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRAY_", "XDG_"))}
        places = {name: str(folder / place) for name, place in _FOLDERS.items()}
        for place in places.values():
            Path(place).mkdir(parents=True, exist_ok=True)
        self.environment = kept | places
        self.environment |= {
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(
        self, *arguments: str, limit_s: float = 60, meanwhile: Callable[[list[int]], bool] | None = None
    ) -> Seen:
        """Run it to its end, at the most verbose log level.

        Args:
            meanwhile: Called with its processes, its own first, until it returns True.
        """
        command = [sys.executable, "-m", "tray_auth_desktop", *arguments]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment | {"TRAY_LOG_LEVEL": "debug"}, cwd=self.folder, start_new_session=True,
        )  # fmt: skip
        seen, is_over = Seen(), threading.Event()
        watcher = threading.Thread(target=self._watch, args=(process.pid, seen, is_over, meanwhile))
        watcher.start()
        try:
            out, err = process.communicate(timeout=limit_s)
        finally:
            is_over.set()
            watcher.join()
            process.kill()
            process.wait()
        seen.code, seen.out, seen.err = process.returncode, out.decode(), err.decode("utf-8", "replace")
        seen.left = hits_in_files(self.marks, self.folder)
        return seen

    def _watch(
        self,
        pid: int,
        seen: Seen,
        is_over: threading.Event,
        meanwhile: Callable[[list[int]], bool] | None,
    ) -> None:
        """Look at processes and files again and again: what is deleted before the end counts too."""
        while not is_over.wait(_LOOK_EVERY_S):
            family = _family(pid)
            if meanwhile is not None and meanwhile(family):
                meanwhile = None
            for process in family:
                seen.processes.add(process)
                # the arguments first: what they say of a process that is about to become a program holds then
                arguments = read_of_process(process, "cmdline")
                found = set(hits(self.marks, read_of_process(process, "environ")))
                seen.arguments |= set(hits(self.marks, arguments))
                # itself (which is no program yet when it is looked at early), or a child before it is one
                if process == pid or arguments == read_of_process(pid, "cmdline"):
                    seen.own_environment |= found
                else:
                    seen.environments |= found
            seen.files |= _hits_now(self.marks, self.folder)


def _hits_now(marks: Marks, folder: Path) -> dict[str, list[str]]:
    try:
        return hits_in_files(marks, folder)
    except OSError:  # a file went away while it was looked for
        return {}


def _family(pid: int) -> list[int]:
    """Return a process and all that come from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            parents.setdefault(parent_of(int(entry.name)), []).append(int(entry.name))
    family = [pid]
    for member in family:
        family.extend(parents.get(member, []))
    return family


def parent_of(pid: int) -> int:
    """Return the parent of a process; 0 if the process is gone."""
    status = read_of_process(pid, "stat").rpartition(b")")[2].split()
    return int(status[1]) if len(status) > 1 else 0


def read_of_process(pid: int, name: str) -> bytes:
    """Return what the system tells of a process; nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
