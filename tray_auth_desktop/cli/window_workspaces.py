"""The workspaces as the window has them: listed, switched, set up, and asked for their tokens."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tray_auth_desktop import app
from tray_auth_desktop.cli.first_account import no_token
from tray_auth_desktop.cli.window_tokens import WindowTokens
from tray_auth_desktop.gui.banner import Remedy
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry

if TYPE_CHECKING:
    from tray_auth_desktop.cli.window import WindowProgram
    from tray_auth_desktop.configuration import Configuration
    from tray_auth_desktop.core.connection_check import CheckResult
    from tray_auth_desktop.gui.main_window import MainWindow
    from tray_auth_desktop.gui.workspaces_page import WorkspacesPage
    from tray_auth_desktop.secrets import Secret

_logger = logging.getLogger(__name__)
#: Key of the workspace that flags and environment describe; names in the file are never empty.
_DESCRIBED = ""
_OFFER = "You work against the stand-in, a local test service. Your own Tray account is a few steps away."
_OFFER_DISMISSED = "offer_dismissed"
#: How long the program waits at its end for accounts that end in the background.
_LAST_WAIT_S = 3.0


class WindowWorkspaces(QObject):
    """Reads and writes files on worker threads; the window shows what comes of it."""

    def __init__(self, program: WindowProgram) -> None:
        super().__init__(program)
        self._program = program
        self._first = program.account.name
        self._is_described = program.configuration.is_described and not program.configuration.workspace
        self._key = _DESCRIBED if self._is_described else self._first
        self._book: WorkspaceBook | None = None
        self._is_switching = False
        self._unreadable = ""
        self.tokens = WindowTokens(program, lambda: self._key != _DESCRIBED)
        self._page: WorkspacesPage | None = None
        self._entry: WorkspaceEntry | None = None
        self._ending: list[threading.Thread] = []

    def watch(self, window: MainWindow) -> None:
        """Do what the window asks for."""
        self._show_names(())
        window.workspace_asked.connect(self.switch)
        window.workspaces_wanted.connect(self.read_soon)
        window.token_asked.connect(self.tokens.ask)
        window.notices.dismissed.connect(self._on_dismissed)

    def read_soon(self) -> None:
        """Read the file of workspaces, and show what is in it."""
        self._program.tasks.submit(self._program.configuration.book, self._on_read, self._on_unreadable)

    def switch(self, key: str) -> None:
        """Work against another workspace; where that cannot be, everything stays as it is, and says why."""
        if self._is_switching:
            return
        self._is_switching = True
        self._program.window.statusBar().showMessage(f"Switching to {self._label_of(key)}…")
        configuration = self._configuration_for(key)
        self._program.tasks.submit(
            lambda: app.Account(configuration, key or None, ask=no_token),
            lambda account: self._on_account(key, account, configuration),
            lambda error: self._on_not_switched(key, error),
        )

    def _configuration_for(self, key: str) -> Configuration:
        """Return what counts for a workspace: the token of the environment is that of the first one only."""
        configuration = self._program.configuration
        if key == _DESCRIBED and self._is_described:
            return configuration
        is_first = key == self._first and not self._is_described
        return replace(
            configuration, workspace=None, master_token=configuration.master_token if is_first else None
        )

    def _on_account(self, key: str, account: app.Account, configuration: Configuration) -> None:
        """The account is there: leave the old one, close it in the background, remember the choice."""
        self._is_switching = False
        program = self._program
        if program.desk.is_running:  # begun while the account was made: what runs goes first
            self._end(account)
            program.window.say("An attempt is running: the workspace was not switched.")
            return
        self.tokens.give_to(account)
        left, self._key = program.account, key
        program.take_up(account, configuration)
        self._end(left)
        self._entry = self._book.find(key) if self._book is not None and key else None
        self._show_names(self._names())
        if self._page is not None:
            self._page.show_active(self._active_name)
        program.window.say(f"Working against {program.window.workspace.name}.")
        if key != _DESCRIBED:
            self._remember(key)

    def _on_not_switched(self, key: str, error: Exception) -> None:
        self._is_switching = False
        window = self._program.window
        window.statusBar().clearMessage()
        window.notices.add(
            f"{self._label_of(key)} was not taken up; you still work against {window.workspace.name}. "
            f"{explain(error)}",
            Remedy("Manage workspaces", partial(window.show_page, "page_workspaces")),
        )

    def _remember(self, name: str) -> None:
        from tray_auth_desktop.workspaces.file import use_workspace

        path = self._program.configuration.book_path
        self._program.tasks.submit(
            lambda: use_workspace(path, name),
            self._on_read,
            lambda error: self._program.window.notices.add(
                f"The choice is not remembered for the next start. {explain(error)}"
            ),
        )

    def keep_scheme(self, scheme: str) -> None:
        """Remember a colour scheme in the file of workspaces, where a person can change it too."""
        from tray_auth_desktop.workspaces.file import put_preference

        path = self._program.configuration.book_path
        self._program.tasks.submit(
            lambda: put_preference(path, "color_scheme", "" if scheme == "system" else scheme),
            lambda _book: None,
            lambda error: self._program.window.notices.add(
                f"The colours are not remembered for the next start. {explain(error)}"
            ),
        )

    def _end(self, account: app.Account) -> None:
        """End an account in the background: the stand-in's process may take its time."""
        thread = threading.Thread(target=account.close, name="account", daemon=True)
        self._ending.append(thread)
        thread.start()

    def close(self) -> None:
        """End the account, if it is not the first one; wait a moment for those that end already."""
        if self._program.account.name != self._first or self._ending:
            self._end(self._program.account)
        for thread in self._ending:
            thread.join(_LAST_WAIT_S)

    def _on_read(self, book: WorkspaceBook) -> None:
        """Show what the file holds; where the active workspace was changed, take it up anew."""
        self._program.window.notices.remove(self._unreadable)
        self._unreadable = self._program.problem = ""  # should it become unreadable now, that is news
        self._book = book
        self._show_names(self._names())
        for warning in book.warnings:
            self._program.window.notices.add(warning)
        self._notice_change(book.find(self._key) if self._key else None)
        is_first_run = (
            not book.entries and self._key == STAND_IN and not self._program.configuration.workspace
        )
        if is_first_run and not self._program.state.is_set(_OFFER_DISMISSED):
            self._program.window.notices.add(
                _OFFER,
                Remedy("Connect your Tray account…", self._connect),
                is_offer=True,
            )
        elif book.entries:
            self._program.window.notices.remove(_OFFER)

    def _notice_change(self, entry: WorkspaceEntry | None) -> None:
        """Take the active workspace up anew where its entry is another now."""
        before, self._entry = self._entry, entry
        if before is None or entry is None or before == entry or self._is_switching:
            return
        if self._program.desk.is_running:
            self._program.window.notices.add(
                f"The workspace {entry.name} was changed. That counts once you switch to it again; "
                "the attempt that is running goes on as it was begun."
            )
        else:
            self.switch(entry.name)

    def _connect(self) -> None:
        self._program.window.actions_of_window.action("connect").trigger()

    def _on_unreadable(self, error: Exception) -> None:
        if self._program.problem:
            self._unreadable = self._program.problem  # said at the start already
            return
        window = self._program.window
        window.notices.remove(self._unreadable)
        self._unreadable = explain(error)
        window.notices.add(
            self._unreadable, Remedy("Manage workspaces", partial(window.show_page, "page_workspaces"))
        )

    def _on_page_read(self, book: WorkspaceBook) -> None:
        """The page could read the file: if that could not be read before, it was mended."""
        if self._unreadable:
            self._on_read(book)

    def _on_dismissed(self, text: str) -> None:
        if text == _OFFER:
            self._program.state.put(_OFFER_DISMISSED, "yes")

    def _names(self) -> tuple[str, ...]:
        return self._book.names if self._book is not None else ()

    def _show_names(self, names: tuple[str, ...]) -> None:
        """List the workspaces of the file, the stand-in, and the one that is not in the file."""
        listed = [(name, _label(name)) for name in names]
        if STAND_IN not in names:
            listed.append((STAND_IN, _label(STAND_IN)))
        if self._is_described:
            listed.insert(0, (_DESCRIBED, f"{self._first} (given at the start)"))
        self._program.window.actions_of_window.set_workspaces(listed, self._key)

    def _label_of(self, key: str) -> str:
        return self._first if key == _DESCRIBED else _label(key)

    def make_page(self, parent: QWidget) -> QWidget:
        """Make the page of workspaces."""
        from tray_auth_desktop.gui.workspaces_page import WorkspacesPage
        from tray_auth_desktop.workspaces.vault import Vault

        program, window = self._program, self._program.window
        page = WorkspacesPage(program.configuration.book_path, Vault(), self._diagnose, program.tasks, parent)
        page.show_active(self._active_name)
        page.use_requested.connect(window.ask_for_workspace)
        page.panel.use_clicked.connect(lambda: window.show_page("page_onboard"))  # what comes next
        page.renamed.connect(self._on_renamed)
        page.changed.connect(self.read_soon)
        page.store.book_read.connect(self._on_page_read)
        page.token_given.connect(self.tokens.take)
        page.copied.connect(window.say_copied)
        window.reload_workspaces.connect(page.reload)
        window.first_run_asked.connect(page.start_adding)
        self._page = page
        return page

    def _diagnose(self, name: str, token: Secret | None) -> Iterator[CheckResult]:
        """Make the checks of a workspace. Called on a worker thread."""
        from tray_auth_desktop.cli.workspace_checks import connection_checks

        return connection_checks(self._configuration_for(name), name, token=token, ask=no_token)

    @property
    def _active_name(self) -> str:
        """What the page marks; a workspace that is not in the file is none of its rows."""
        return "" if self._key == _DESCRIBED else self._program.account.name

    def _on_renamed(self, old_name: str, name: str) -> None:
        self.tokens.rename(old_name, name)
        if self._key == old_name:
            self._key = name


def _label(name: str) -> str:
    return "Stand-in" if name == STAND_IN else name
