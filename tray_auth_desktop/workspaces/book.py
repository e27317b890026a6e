"""The file of workspaces: `config.toml` in the user's config folder (docs/workspaces.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry

FILE_NAME = "config.toml"


@dataclass(frozen=True, slots=True)
class WorkspaceBook:
    """What the file holds.

    Attributes:
        path: The file; it need not exist.
        entries: The workspaces, in the file's order.
        active: Name of the one in use; `STAND_IN` where none is.
        preferences: The table `[settings]`: names of `settings.PROGRAM_OPTIONS` and their values.
    """

    path: Path
    entries: tuple[WorkspaceEntry, ...] = ()
    active: str = STAND_IN
    preferences: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> WorkspaceEntry:
        """Return the workspace of that name.

        Raises:
            UsageError: there is none; names those there are.
        """
        for entry in self.entries:
            if entry.name == name:
                return entry
        known = ", ".join([*(entry.name for entry in self.entries), STAND_IN])
        raise UsageError(f"There is no workspace {name!r}.", advice=f"There are: {known}.")
