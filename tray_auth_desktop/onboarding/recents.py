"""Choices that were used before, kept in a small file for each workspace. Nothing in it is secret."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

_logger = logging.getLogger(__name__)
_KEPT = 10
#: A file that is larger is not one of ours.
_MAX_BYTES = 1024 * 1024
#: One writer at a time, whichever thread it runs on.
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class RecentChoice:
    """What a dialog was opened for, without the end user. Labels are what it was called then."""

    service_id: str
    service_environment_id: str
    scopes: tuple[str, ...] = ()
    service_name: str = ""
    service_version: str = ""
    service_label: str = ""
    environment_label: str = ""

    @property
    def label(self) -> str:
        """One line: the service in its version, and the environment."""
        version = f" v{self.service_version}" if self.service_version else ""
        environment = self.environment_label or self.service_environment_id
        return f"{self.service_label or self.service_id}{version} — {environment}"

    @property
    def detail(self) -> str:
        """The scopes, or that there are none."""
        return ", ".join(self.scopes) or "no scopes"

    def is_same(self, other: RecentChoice) -> bool:
        """Whether two ask for the same, whatever it was called."""
        return _identity(self) == _identity(other)


class Recents:
    """The last choices, newest first. Reads and writes a file: for worker threads.

    A file that is missing or broken holds none; a file that cannot be written is no error.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, workspace: str) -> tuple[RecentChoice, ...]:
        """Return a workspace's choices."""
        entries = self._read().get(workspace)
        if not isinstance(entries, list):
            return ()
        choices = (_choice(entry) for entry in entries)
        return tuple(choice for choice in choices if choice is not None)[:_KEPT]

    def add(self, workspace: str, choice: RecentChoice) -> tuple[RecentChoice, ...]:
        """Put a choice first. Returns the workspace's choices."""
        with _LOCK:
            others = (known for known in self.of(workspace) if not known.is_same(choice))
            choices = (choice, *others)[:_KEPT]
            self._write(self._read() | {workspace: [asdict(one) for one in choices]})
        return choices

    def clear(self, workspace: str) -> None:
        """Forget a workspace's choices."""
        with _LOCK:
            self._write({name: value for name, value in self._read().items() if name != workspace})

    def _read(self) -> dict[str, object]:
        import json  # not when the window starts

        try:
            if self._path.stat().st_size > _MAX_BYTES:
                return {}
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write(self, content: Mapping[str, object]) -> None:
        import json

        part = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            _logger.warning("recent choices could not be kept: %s", error.strerror)


def _identity(choice: RecentChoice) -> RecentChoice:
    return replace(
        choice, scopes=tuple(sorted(choice.scopes)), service_name="", service_label="", environment_label=""
    )


def _choice(entry: object) -> RecentChoice | None:
    """Return what an entry of the file says; None if it is not one of ours."""
    if not isinstance(entry, dict):
        return None
    texts = {name: entry.get(name, "") for name in _TEXTS}
    scopes = entry.get("scopes", [])
    is_ours = all(isinstance(text, str) for text in texts.values()) and isinstance(scopes, list)
    if not is_ours or not texts["service_id"] or not texts["service_environment_id"]:
        return None
    return RecentChoice(scopes=tuple(scope for scope in scopes if isinstance(scope, str)), **texts)


_TEXTS = tuple(field.name for field in fields(RecentChoice) if field.name != "scopes")
