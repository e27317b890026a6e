"""The page of workspaces: the list of them, the form of one, the test of its connection, the first run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from tray_auth_desktop.gui.connection_panel import ConnectionPanel, Diagnose
from tray_auth_desktop.gui.scrolling import scrolled
from tray_auth_desktop.gui.state_line import StateLine
from tray_auth_desktop.gui.workspace_drafts import Drafts, copy_of, is_new
from tray_auth_desktop.gui.workspace_editor import WorkspaceEditor
from tray_auth_desktop.gui.workspace_form import Draft, WorkspaceForm
from tray_auth_desktop.gui.workspace_layout import arrange
from tray_auth_desktop.gui.workspace_list import WorkspaceList
from tray_auth_desktop.gui.workspace_questions import WorkspaceQuestions
from tray_auth_desktop.gui.workspace_store import Change, WorkspaceStore
from tray_auth_desktop.gui.workspace_tokens import WorkspaceTokens
from tray_auth_desktop.gui.workspace_welcome import WorkspaceWelcome
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.workspaces.book import WorkspaceBook
from tray_auth_desktop.workspaces.entry import STAND_IN, WorkspaceEntry
from tray_auth_desktop.workspaces.vault import Vault


class WorkspacesPage(QWidget):
    """Changes the file of workspaces and the vault; which workspace is used is decided elsewhere.

    Args:
        book_path: The file of workspaces.
        vault: Where the secrets go.
        diagnose: Makes the checks of a connection.
        tasks: Runs what may wait.

    Signals:
        use_requested(str): the person wants to work against this workspace, or `stand-in`.
        changed(): the file holds something else now.
        renamed(str, str): a workspace's old name and its new one; `changed` follows.
        token_given(str, Secret): a workspace's token, which counts from now on. It may not be in the
            vault, because there is none: then it is kept in memory only.
        copied(str): this text is on the clipboard.
    """

    use_requested = Signal(str)
    changed = Signal()
    renamed = Signal(str, str)
    token_given = Signal(str, object)
    copied = Signal(str)

    def __init__(
        self,
        book_path: Path,
        vault: Vault,
        diagnose: Diagnose,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._diagnose = diagnose
        self._book = WorkspaceBook(book_path)
        self._active: str | None = None
        self._key = ""
        self._submitted: Draft | None = None
        self._drafts = Drafts()
        self.store = WorkspaceStore(book_path, vault, tasks, self)
        self.list = WorkspaceList(self)
        self.form = WorkspaceForm(self._is_taken, self)
        self.panel = ConnectionPanel(tasks, self)
        self.editor = WorkspaceEditor(self.form, self.panel, self)
        self.welcome = WorkspaceWelcome(self)
        self.questions = WorkspaceQuestions(self)
        self.tokens = WorkspaceTokens(self.store, self.questions, self)
        self.add_button = QPushButton("&Add…", self)
        self.add_button.setAccessibleName("Add a workspace")
        self.state = StateLine("the file of workspaces", self)
        self._lay_out()
        self._connect_all()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        for page in (self.welcome, self.editor):
            self._stack.addWidget(scrolled(page, self))
        arrange(self.add_button, self.list, self.state, self._stack, self)

    def _connect_all(self) -> None:
        store, form, editor = self.store, self.form, self.editor
        store.book_read.connect(self._on_book)
        store.book_unreadable.connect(self.state.fail)
        store.saved.connect(self._on_saved)
        store.removed.connect(self._on_removed)
        store.refused.connect(self._on_refused)
        self.tokens.known.connect(self._show_vault)
        self.tokens.given.connect(self.token_given)
        self.tokens.ready.connect(self._on_token_ready)
        self.state.retried.connect(self.reload)
        self.add_button.clicked.connect(self.start_adding)
        self.welcome.add_requested.connect(self.start_adding)
        self.welcome.stand_in_requested.connect(lambda: self.use_requested.emit(STAND_IN))
        self.list.chosen.connect(self.select)
        self.list.activated.connect(self._use)
        form.edited.connect(self._on_edited)
        form.submitted.connect(self._save)
        form.reverted.connect(self._ask_revert)
        editor.use_clicked.connect(lambda: self._use(self._key))
        editor.test_clicked.connect(lambda: self.test(self._key))
        editor.duplicate_clicked.connect(self._duplicate)
        editor.remove_clicked.connect(self._ask_remove)
        self.panel.use_clicked.connect(lambda: self._use(self._key))
        self.panel.token_missed.connect(lambda: self.tokens.ask(self._key))
        for source in (self.list, self.panel):
            source.copied.connect(self.copied)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the file again: another program or a person may have changed it."""
        super().showEvent(event)
        self.reload()

    @property
    def is_first_run(self) -> bool:
        """Whether it says how to begin."""
        return self._stack.currentIndex() == 0

    @property
    def active(self) -> str:
        """Name of the workspace in use."""
        return self._book.active if self._active is None else self._active

    def reload(self) -> None:
        """Read the file and ask the vault."""
        self.store.load()
        self.store.ask_vault()

    def show_active(self, name: str) -> None:
        """Mark the workspace that the window works against."""
        self._active = name
        if name == self._key:
            self.panel.offer_no_use()
        self._show_rows()
        self._show_head()

    def start_adding(self, entry: WorkspaceEntry | None = None) -> None:
        """Begin a new workspace."""
        self.select(self._drafts.add(entry if isinstance(entry, WorkspaceEntry) else WorkspaceEntry("")))
        self.form.name.setFocus()
        self.form.name.field.selectAll()

    def select(self, key: str) -> None:
        """Show a workspace; what was typed for another stays its draft."""
        self._keep_draft()
        if key != self._key:
            self.panel.dismiss()
            self.editor.show_notice("")
        self._key = key
        self._stack.setCurrentIndex(1)
        self._fill()
        self._show_rows()

    def test(self, name: str) -> None:
        """Test a workspace's connection, as it is saved."""
        shown = "the stand-in" if name == STAND_IN else name
        self.panel.start(
            shown, lambda: self._diagnose(name, self.tokens.held(name)), offers_use=name != self.active
        )

    def _fill(self) -> None:
        """Show the chosen workspace: as it was typed, or else as it is saved."""
        saved = self._book.find(self._key)
        self.form.fill(saved or WorkspaceEntry(""), self._drafts.get(self._key))
        self._show_head()
        self._show_vault()
        if saved is not None:
            self.tokens.look_up(saved.name)

    def _keep_draft(self) -> None:
        if self._key and self._key != STAND_IN and self.form.is_edited:
            self._drafts.put(self._key, self.form.draft)

    def _on_edited(self) -> None:
        if self.form.is_edited:
            self._drafts.put(self._key, self.form.draft)
        else:
            self._drafts.drop(self._key)
        self._show_head()
        self._show_rows()

    def _on_book(self, book: WorkspaceBook) -> None:
        before, self._book = self._book, book
        self.state.clear()
        if book.warnings:
            self.state.say(" ".join(book.warnings))
        if not self._key or not (is_new(self._key) or self._key == STAND_IN or book.find(self._key)):
            self._go_home()
        elif self._key and book.find(self._key) != before.find(self._key) and not self.form.is_edited:
            self._fill()
        self._show_rows()

    def _go_home(self) -> None:
        """Show the workspace in use, or another; where there is none, how to begin."""
        self._key = ""
        names = [entry.name for entry in self._book.entries]
        if names:
            self.select(self.active if self.active in (*names, STAND_IN) else names[0])
        else:
            self._stack.setCurrentIndex(0)

    def _show_vault(self) -> None:
        self.form.set_vault_words(self.tokens.token_words(self._key), self.tokens.vault_words)

    def _show_head(self) -> None:
        is_saved = self._book.find(self._key) is not None
        name = self.form.name.text if is_new(self._key) else self._key
        self.editor.show_workspace(name, is_active=self._key == self.active, is_saved=is_saved)

    def _show_rows(self) -> None:
        self.list.set_rows(self._drafts.rows(self._book, self.active), self._key or self.active)

    def _save(self) -> None:
        self._submitted = self.form.draft
        self.form.set_saving(True)
        entry = self._submitted.entry
        self.store.save(entry, self.form.old_name, self.form.typed_token, self.form.typed_password)

    def _on_saved(self, change: Change) -> None:
        """Show it as saved; what was typed while it was saved stays typed."""
        self._book = change.book
        submitted, self._submitted = self._submitted, None
        typed = self.form.draft
        self.form.set_saving(False)
        self._drafts.drop(self._key)
        if self._active is not None and change.old_name == self._active:
            self._active = change.name
        if typed != submitted:
            self._drafts.put(change.name, typed)
        self._key = change.name
        self.tokens.take(change)
        self._fill()
        self._show_rows()
        self.editor.show_notice(change.vault_problem)
        if change.old_name and change.old_name != change.name:
            self.renamed.emit(change.old_name, change.name)
        self.changed.emit()
        self.test(change.name)

    def _on_refused(self, explanation: str) -> None:
        self._submitted = None
        self.form.set_saving(False)
        self.form.state.fail(explanation)

    def _use(self, key: str) -> None:
        if key == STAND_IN or self._book.find(key) is not None:
            self.use_requested.emit(key)

    def _duplicate(self) -> None:
        entry = self._book.find(self._key)
        if entry is not None:
            self.start_adding(copy_of(entry, self._book))

    def _ask_remove(self) -> None:
        name = self._key
        self.questions.ask_remove(name, self._book.path, lambda: self.store.remove(name))

    def _on_removed(self, change: Change) -> None:
        was_active = change.name == self.active
        self._book = change.book
        self._drafts.drop(change.name)
        self.tokens.forget(change.name)
        self._active = STAND_IN if was_active else self._active
        self.panel.dismiss()
        self._go_home()
        self._show_rows()
        self.state.say(change.vault_problem or f"Removed the workspace {change.name}.")
        self.changed.emit()
        if was_active:
            self.use_requested.emit(STAND_IN)

    def _ask_revert(self) -> None:
        self.questions.ask_discard(self.form.name.text, self._revert)

    def _revert(self) -> None:
        key = self._key
        self._drafts.drop(key)
        self._key = ""
        if is_new(key):
            self._go_home()
            self._show_rows()
        else:
            self.select(key)

    def _on_token_ready(self, name: str, problem: str) -> None:
        if name == self._key:
            self.editor.show_notice(problem)
            self.tokens.look_up(name)
            self.test(name)

    def _is_taken(self, old_name: str, name: str) -> bool:
        other = self._book.find(name)
        return other is not None and other.name != old_name
