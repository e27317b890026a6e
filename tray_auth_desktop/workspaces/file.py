"""Read and write the file of workspaces. A file that cannot be read is reported and never overwritten."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.fields import (
    LABELS,
    TEXT_FIELDS,
    address_complaint,
    complaint,
    name_complaint,
    service_complaint,
)
from tray_auth_desktop.workspaces.locked_file import locked, read_text, write_text
from tray_auth_desktop.workspaces.reading import PREFERENCES, BookReader
from tray_auth_desktop.workspaces.sections import remove_tables, rename_table, set_values, table_of


def read_book(path: Path) -> WorkspaceBook:
    """Return what the file holds; an empty book if it does not exist.

    Raises:
        UsageError: it cannot be read; says where (line and column) and why.
    """
    text = read_text(path)
    return WorkspaceBook(path) if text is None else BookReader(path, text).read()


def put_entry(path: Path, entry: WorkspaceEntry, *, instead_of: str | None = None) -> WorkspaceBook:
    """Write a workspace into the file, and return what it holds now.

    Args:
        path: The file; it is made if it does not exist.
        entry: What to write.
        instead_of: Name of the workspace whose place it takes (for a rename); None to add
            it, or replace the one of its own name.

    Raises:
        UsageError: the file cannot be read or written, the entry cannot be used, or its
            new name is another workspace's. The file is as it was then.
    """
    check_entry(entry)

    def changed(text: str, book: WorkspaceBook) -> tuple[str, WorkspaceBook]:
        """Return the text and the book with the entry in its place."""
        old = book.get(instead_of) if instead_of else book.find(entry.name)
        other = book.find(entry.name)
        if other is not None and other != old:
            raise UsageError(
                f"There is a workspace {other.name!r} already.",
                advice="Choose another name, or edit that one.",
            )
        active = entry.name if old is not None and book.active == old.name else book.active
        if old is not None and old.name != entry.name:
            text = rename_table(text, ("workspaces", old.name), entry.name)
        return _with_entry(text, entry, active), _book_with(book, entry, old, active)

    return _change(path, changed)


def remove_entry(path: Path, name: str) -> WorkspaceBook:
    """Take a workspace out of the file; if it was active, the stand-in is.

    Raises:
        UsageError: there is no such workspace, or the file cannot be read or written.
    """

    def changed(text: str, book: WorkspaceBook) -> tuple[str, WorkspaceBook]:
        entry = book.get(name)
        active = STAND_IN if book.active == entry.name else book.active
        text = remove_tables(text, ("workspaces", entry.name))
        rest = tuple(kept for kept in book.entries if kept != entry)
        return _with_active(text, active), replace(book, entries=rest, active=active)

    return _change(path, changed)


def use_workspace(path: Path, name: str) -> WorkspaceBook:
    """Make a workspace, or the stand-in, the active one.

    Raises:
        UsageError: there is no such workspace, or the file cannot be read or written.
    """

    def changed(text: str, book: WorkspaceBook) -> tuple[str, WorkspaceBook]:
        active = STAND_IN if book.is_stand_in(name) else book.get(name).name
        return _with_active(text, active), replace(book, active=active)

    return _change(path, changed)


def put_preference(path: Path, name: str, value: str) -> WorkspaceBook:
    """Write one of the program's settings into the file; an empty value takes it out.

    Args:
        path: The file; it is made if it does not exist.
        name: A name of `reading.PREFERENCES`.
        value: What it is to be.

    Raises:
        UsageError: the file cannot be read or written.
    """
    if name not in PREFERENCES:
        raise UsageError(f"There is no setting {name!r} that the file of workspaces can hold.")

    def changed(text: str, book: WorkspaceBook) -> tuple[str, WorkspaceBook]:
        kept = {key: old for key, old in book.preferences.items() if key != name}
        kept |= {name: value} if value else {}
        return set_values(text, ("settings",), {name: value}), replace(book, preferences=kept)

    return _change(path, changed)


def check_entry(entry: WorkspaceEntry) -> None:
    """Check a workspace before it is written.

    Raises:
        UsageError: a field cannot be used; says which and why.
    """
    found = [("name", name_complaint(entry.name))]
    found += [(field, complaint(field, getattr(entry, field))) for field in TEXT_FIELDS]
    found += [
        ("dialog_hosts", service_complaint(service) or address_complaint(url))
        for service, url in entry.dialog_hosts
    ]
    for field, why in found:
        if why:
            raise UsageError(f"The {LABELS[field]} of the workspace {why}.")


def _with_entry(text: str, entry: WorkspaceEntry, active: str) -> str:
    keys = ("workspaces", entry.name)
    text = set_values(text, keys, {field: getattr(entry, field) for field in TEXT_FIELDS})
    hosts = (*keys, "dialog_hosts")
    wanted = dict.fromkeys(table_of(tomllib.loads(text), hosts), "") | dict(entry.dialog_hosts)
    if entry.dialog_hosts:
        text = set_values(text, hosts, wanted)
    elif wanted:
        text = remove_tables(text, hosts)
    return _with_active(text, active)


def _with_active(text: str, active: str) -> str:
    is_written = "active" in tomllib.loads(text)
    return set_values(text, (), {"active": active}) if is_written or active != STAND_IN else text


def _book_with(
    book: WorkspaceBook, entry: WorkspaceEntry, old: WorkspaceEntry | None, active: str
) -> WorkspaceBook:
    if old is None:
        return replace(book, entries=(*book.entries, entry), active=active)
    entries = tuple(entry if kept == old else kept for kept in book.entries)
    return replace(book, entries=entries, active=active)


def _change(path: Path, changed: Callable[[str, WorkspaceBook], tuple[str, WorkspaceBook]]) -> WorkspaceBook:
    """Read the file, change it and write it, while no other copy of the program does.

    What is about to be written is read first: if it does not say what it should, nothing is written.
    """
    with locked(path):
        text = read_text(path) or ""
        book = BookReader(path, text).read()
        new_text, meant = changed(text, book)
        written = BookReader(path, new_text).read()
        if not _say_the_same(written, meant) or not _keeps(new_text, text, meant):
            raise UsageError(
                f"{path} is written in a way that the program cannot change safely.",
                advice="Nothing was changed. Make the change with a text editor, or give the workspace "
                "a table of its own, as in docs/workspaces.md.",
            )
        if new_text != text:
            write_text(path, new_text)
        return written


def _say_the_same(one: WorkspaceBook, other: WorkspaceBook) -> bool:
    def content(book: WorkspaceBook) -> object:
        entries = {entry.name: replace(entry, dialog_hosts=()) for entry in book.entries}
        hosts = {entry.name: dict(entry.dialog_hosts) for entry in book.entries}
        return entries, hosts, book.active, dict(book.preferences)

    return content(one) == content(other)


def _keeps(new_text: str, old_text: str, meant: WorkspaceBook) -> bool:
    """Whether what this version does not know is still there, but for that of a workspace that went."""
    new, old = tomllib.loads(new_text), tomllib.loads(old_text)
    names = {entry.name for entry in meant.entries}
    old_tables, new_tables = table_of(old, ("workspaces",)), table_of(new, ("workspaces",))
    if len(new_tables) < len(old_tables):
        old_tables = {name: table for name, table in old_tables.items() if name in names}
    return _strange(old, old_tables) == _strange(new, new_tables)


def _strange(document: Mapping[str, Any], tables: Mapping[str, Any]) -> list[str]:
    known = (*TEXT_FIELDS, "dialog_hosts")
    found = [value for key, value in document.items() if key not in ("active", "settings", "workspaces")]
    found += [(key, value) for table in tables.values() for key, value in table.items() if key not in known]
    return sorted(map(repr, found))
