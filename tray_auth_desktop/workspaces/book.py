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
        warnings: What is in the file and was not understood: sentences with line and column.
    """

    path: Path
    entries: tuple[WorkspaceEntry, ...] = ()
    active: str = STAND_IN
    preferences: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all workspaces, the stand-in's last."""
        return (*(entry.name for entry in self.entries), STAND_IN)

    def find(self, name: str) -> WorkspaceEntry | None:
        """Return the workspace of that name, however it is capitalised; None if there is none."""
        wanted = name.strip().casefold()
        return next((entry for entry in self.entries if entry.name.casefold() == wanted), None)

    def get(self, name: str) -> WorkspaceEntry:
        """Return the workspace of that name, however it is capitalised.

        Raises:
            UsageError: there is none; names those there are.
        """
        found = self.find(name)
        if found is None:
            raise UsageError(
                f"There is no workspace {name!r}.", advice=f"There are: {', '.join(self.names)}."
            )
        return found

    def is_stand_in(self, name: str) -> bool:
        """Whether a name is the stand-in's."""
        return name.strip().casefold() == STAND_IN
