"""The results of an audit as they come: a line of JSON for each finished case, so that nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.model import Result

NAME = "results.jsonl"


class _Line(Result, frozen=True):
    """A result as it stands in the file.

    Attributes:
        audit_started_at: When the audit began, in ISO 8601; where it was gone on with, the first time.
        audit_seconds: How long it had taken by then, all runs of it.
    """

    audit_started_at: str = ""
    audit_seconds: float = 0.0


class ResultsFile:
    """Takes results one by one; what it has survives whatever happens to the audit.

    Args:
        folder: The report's folder.
        goes_on: Whether what is there already counts; else it is begun anew.
        now: A clock, in seconds.

    Attributes:
        results: All that there are, by the id of their case.
        started_at: When the audit began, in ISO 8601; where it is gone on with, the first time.
    """

    def __init__(
        self, folder: Path, *, goes_on: bool, started_at: str = "", now: Callable[[], float] = time.monotonic
    ) -> None:
        self._path = folder / NAME
        self._now = now
        self._began_at = now()
        self._seconds_before = 0.0
        self.started_at = started_at
        self.results: dict[str, Result] = {}
        lines: list[_Line] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if goes_on and self._path.exists():
                lines = _read(self._path)
            self._path.write_bytes(b"".join(map(_text, lines)))
        except OSError as error:
            raise UsageError(
                f"The report cannot be written to {folder}: {error.strerror}.",
                advice="Choose another folder with --output.",
            ) from None
        if lines:
            self.started_at = min(line.audit_started_at for line in lines) or started_at
            self._seconds_before = max(line.audit_seconds for line in lines)
        self.results = {line.id: _result(line) for line in lines}

    @property
    def seconds(self) -> float:
        """How long the audit has taken so far, all runs of it."""
        return round(self._seconds_before + self._now() - self._began_at, 1)

    def add(self, result: Result) -> None:
        """Write a result."""
        self.results[result.id] = result
        line = _Line(**_fields(result), audit_started_at=self.started_at, audit_seconds=self.seconds)
        with self._path.open("ab") as file:
            file.write(_text(line))


def _fields(result: Result) -> dict[str, Any]:
    return {field.name: getattr(result, field.name) for field in msgspec.structs.fields(Result)}


def _result(line: _Line) -> Result:
    return Result(**_fields(line))


def _text(line: _Line) -> bytes:
    return msgspec.json.encode(line) + b"\n"


def _read(path: Path) -> list[_Line]:
    """Return the lines of a file; a last one that was cut off is left out."""
    found: dict[str, _Line] = {}
    for text in path.read_bytes().splitlines():
        try:
            line = msgspec.json.decode(text, type=_Line)
        except msgspec.MsgspecError:
            continue
        found[line.id] = line
    return list(found.values())
