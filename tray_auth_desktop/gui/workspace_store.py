"""Reads and changes the file of workspaces and the vault for the window, on worker threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import WorkspaceEntry
from tray_auth_desktop.workspaces.vault import Vault, VaultError


@dataclass(frozen=True, slots=True)
class Change:
    """A workspace that was saved or removed, and what became of its secrets.

    Attributes:
        name: What the workspace is called now; of a removed one, what it was called.
        old_name: What it was called before; empty if it is new.
        book: What the file holds now.
        token: The token that was given.
        unkept: The same, if the vault does not have it.
        vault_problem: What the vault could not do; empty if all is well.
    """

    name: str
    old_name: str
    book: WorkspaceBook
    token: Secret | None = field(default=None, repr=False)
    unkept: Secret | None = field(default=None, repr=False)
    vault_problem: str = ""


@dataclass(frozen=True, slots=True)
class VaultState:
    """What the vault says.

    Attributes:
        is_there: Whether secrets can be kept.
        words: Which vault it is, or why there is none.
    """

    is_there: bool
    words: str


class WorkspaceStore(QObject):
    """Does one thing after the other as it is asked; each answers with a signal.

    Signals:
        book_read(WorkspaceBook): what the file holds.
        book_unreadable(str): why it cannot be read, and what to do.
        saved(Change): a workspace is in the file.
        removed(Change): a workspace is gone.
        refused(str): a change was not made; why, and what to do.
        vault_known(VaultState): which vault there is.
        token_known(str, str): a workspace's name, and where its token is: "kept", "missing", or what
            the vault says.
    """

    book_read = Signal(object)
    book_unreadable = Signal(str)
    saved = Signal(object)
    removed = Signal(object)
    refused = Signal(str)
    vault_known = Signal(object)
    token_known = Signal(str, str)

    def __init__(self, book_path: Path, vault: Vault, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = book_path
        self._vault = vault
        self._tasks = tasks

    def load(self) -> None:
        """Read the file."""
        self._tasks.submit(
            self._read, self.book_read.emit, lambda error: self.book_unreadable.emit(explain(error))
        )

    def ask_vault(self) -> None:
        """Find out which vault there is."""
        self._tasks.submit(
            lambda: VaultState(self._vault.is_there, self._vault.describe()),
            self.vault_known.emit,
            lambda error: self.vault_known.emit(VaultState(False, explain(error))),
        )

    def ask_token(self, name: str) -> None:
        """Find out whether the vault has a workspace's token."""
        self._tasks.submit(
            lambda: "kept" if self._vault.token(name) else "missing",
            lambda state: self.token_known.emit(name, state),
            lambda error: self.token_known.emit(name, explain(error)),
        )

    def save(
        self, entry: WorkspaceEntry, old_name: str, token: Secret | None, password: Secret | None
    ) -> None:
        """Put a workspace into the file, and its secrets into the vault."""
        self._submit(lambda: self._save(entry, old_name, token, password), self.saved.emit)

    def remove(self, name: str) -> None:
        """Take a workspace out of the file, and its secrets out of the vault."""
        self._submit(lambda: self._remove(name), self.removed.emit)

    def keep_token(self, name: str, token: Secret, done: Callable[[Secret | None, str], None]) -> None:
        """Put a token into the vault.

        Args:
            name: Of the workspace.
            token: Its master token.
            done: Called with the token if it could not be kept, and with what the vault said.
        """
        self._tasks.submit(
            lambda: self._vault.keep_token(name, token),
            lambda _: done(None, ""),
            lambda error: done(token, explain(error)),
        )

    def _submit(self, work: Callable[[], Change], on_success: Callable[[Change], None]) -> None:
        self._tasks.submit(work, on_success, lambda error: self.refused.emit(explain(error)))

    def _read(self) -> WorkspaceBook:
        from tray_auth_desktop.workspaces.file import read_book

        return read_book(self.path)

    def _save(
        self, entry: WorkspaceEntry, old_name: str, token: Secret | None, password: Secret | None
    ) -> Change:
        from tray_auth_desktop.workspaces.file import put_entry

        if not old_name:
            _refuse_taken(self._read(), entry.name)
        book = put_entry(self.path, entry, instead_of=old_name or None)
        unkept, problems = None, []
        try:
            if old_name:
                self._vault.rename(old_name, entry.name)
            if password is not None:
                self._vault.keep_proxy_password(entry.name, password)
        except VaultError as error:
            problems.append(error.explanation)
        try:
            if token is not None:
                self._vault.keep_token(entry.name, token)
        except VaultError as error:
            unkept = token
            problems.append(error.explanation)
        return Change(entry.name, old_name, book, token, unkept, " ".join(dict.fromkeys(problems)))

    def _remove(self, name: str) -> Change:
        from tray_auth_desktop.workspaces.file import remove_entry

        book = remove_entry(self.path, name)
        problem = ""
        try:
            self._vault.forget(name)
        except VaultError as error:
            problem = f"What the vault holds for {name} may still be there. {error}"
        return Change(name, name, book, vault_problem=problem)


def _refuse_taken(book: WorkspaceBook, name: str) -> None:
    from tray_auth_desktop.errors import UsageError

    if book.find(name) is not None:
        raise UsageError(f"There is a workspace {name!r} already.", advice="Choose another name.")
