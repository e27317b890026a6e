"""The results of an audit as they come: a line of JSON for each finished case, so that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.qa.audit.model import Result

NAME = "results.jsonl"


class ResultsFile:
    """Takes results one by one; what it has survives whatever happens to the audit.

    Args:
        folder: The report's folder.
        goes_on: Whether what is there already counts; else it is begun anew.

    Attributes:
        results: All that there are, by the id of their case.
    """

    def __init__(self, folder: Path, *, goes_on: bool) -> None:
        self._path = folder / NAME
        self.results: dict[str, Result] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if goes_on and self._path.exists():
                self.results = _read(self._path)
            self._path.write_bytes(b"".join(map(_line, self.results.values())))
        except OSError as error:
            raise UsageError(
                f"The report cannot be written to {folder}: {error.strerror}.",
                advice="Choose another folder with --output.",
            ) from None

    def add(self, result: Result) -> None:
        """Write a result."""
        self.results[result.id] = result
        with self._path.open("ab") as file:
            file.write(_line(result))


def _line(result: Result) -> bytes:
    return msgspec.json.encode(result) + b"\n"


def _read(path: Path) -> dict[str, Result]:
    """Return the results of a file; a last line that was cut off is left out."""
    found = {}
    for line in path.read_bytes().splitlines():
        try:
            result = msgspec.json.decode(line, type=Result)
        except msgspec.MsgspecError:
            continue
        found[result.id] = result
    return found
