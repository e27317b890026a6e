"""Read and write the file of workspaces. A file that cannot be read is reported and never overwritten."""

from __future__ import annotations

from pathlib import Path

from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import WorkspaceEntry


def read_book(path: Path) -> WorkspaceBook:
    """Return what the file holds; an empty book if it does not exist.

    Raises:
        UsageError: it cannot be read; says where (line and column) and why.
    """
    raise NotImplementedError(path)


def put_entry(path: Path, entry: WorkspaceEntry, *, instead_of: str | None = None) -> WorkspaceBook:
    """Write a workspace into the file, and return what it holds now.

    Args:
        path: The file; it is made if it does not exist.
        entry: What to write.
        instead_of: Name of the workspace whose place it takes (for a rename); None to add
            it, or replace the one of its own name.
    """
    raise NotImplementedError(path, entry, instead_of)


def remove_entry(path: Path, name: str) -> WorkspaceBook:
    """Take a workspace out of the file; if it was active, the stand-in is."""
    raise NotImplementedError(path, name)


def use_workspace(path: Path, name: str) -> WorkspaceBook:
    """Make a workspace, or the stand-in, the active one."""
    raise NotImplementedError(path, name)
