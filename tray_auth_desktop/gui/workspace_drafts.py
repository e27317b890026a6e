"""What was typed into the form and is not saved, for each workspace; it lives as long as the window."""

from __future__ import annotations

from dataclasses import replace

from tray_auth_desktop.gui.workspace_form import Draft
from tray_auth_desktop.gui.workspace_list import Row
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry

#: No workspace can have a name that begins so: it is not printable.
_NEW = "\x01"


class Drafts:
    """Drafts by key: the name in the file, or a key of its own for what is not there yet."""

    def __init__(self) -> None:
        self._drafts: dict[str, Draft] = {}
        self._count = 0

    def get(self, key: str) -> Draft | None:
        """Return what was typed; None if nothing was."""
        return self._drafts.get(key)

    def put(self, key: str, draft: Draft) -> None:
        """Remember what was typed."""
        self._drafts[key] = draft

    def drop(self, key: str) -> None:
        """Forget it: it is saved, or not wanted any more."""
        self._drafts.pop(key, None)

    def add(self, entry: WorkspaceEntry) -> str:
        """Begin a new workspace; return its key."""
        self._count += 1
        key = f"{_NEW}{self._count}"
        self._drafts[key] = Draft(entry)
        return key

    def rows(self, book: WorkspaceBook, active: str) -> list[Row]:
        """Return the rows of the list: the file's, the new ones, the stand-in."""
        rows = []
        for entry in book.entries:
            is_active, is_unsaved = entry.name == active, entry.name in self._drafts
            rows.append(Row(entry.name, entry.name, entry.region, entry.embedded_id, is_active, is_unsaved))
        for key, draft in self._drafts.items():
            if is_new(key):
                name = draft.entry.name or "New workspace"
                rows.append(Row(key, name, draft.entry.region, draft.entry.embedded_id, is_unsaved=True))
        return [*rows, Row(STAND_IN, "Stand-in", "", "", is_active=active == STAND_IN)]


def is_new(key: str) -> bool:
    """Whether a key is that of a workspace that is not in the file yet."""
    return key.startswith(_NEW)


def copy_of(entry: WorkspaceEntry, book: WorkspaceBook) -> WorkspaceEntry:
    """Return a workspace that is the same but for its name, which nobody has."""
    name, number = f"{entry.name} copy", 2
    while book.find(name) is not None:
        name, number = f"{entry.name} copy {number}", number + 1
    return replace(entry, name=name)
