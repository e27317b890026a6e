"""The end user's authentications: filter, actions, table and details. Right side of the window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from tray_auth_desktop.gui.authentication_details import AuthenticationDetailsPane
from tray_auth_desktop.gui.columns import restore_columns
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.state_line import BusyBar, StateLine, WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.theme import scaled_font
from tray_auth_desktop.gui.word_filter import none_matches
from tray_auth_desktop.gui.work_line import WorkLine
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, LoadState, NotAsked

if TYPE_CHECKING:  # the table is loaded for the first list, its changes for the first end user
    from tray_auth_desktop.core.models import Authentication
    from tray_auth_desktop.gui.authentication_actions import AuthenticationActions
    from tray_auth_desktop.gui.authentication_changes import AuthenticationChanges
    from tray_auth_desktop.gui.authentication_model import AuthenticationModel
    from tray_auth_desktop.gui.authentication_view import AuthenticationView
    from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork


class AuthenticationTable(QWidget):
    """Keeps selection and scroll position when the list is fetched again, and the rows when that fails.

    For the window: give it `catalog.authentication_work` with `attach`, say whose list it is with
    `set_end_user`, open the dialog for `dialog_requested`, and take the actions for menu and palette
    from `acts["edit"]` and so on (their names: `AuthenticationActions`). What is to be restored at the
    next start: `view.horizontalHeader().saveState()` and `details.toggle.isChecked()`.

    Signals:
        refreshed(): the person asks for the list again, or a change makes that advisable.
        stopped(): the person has waited long enough for it.
        copied(str): this text is on the clipboard.
        dialog_requested(DialogRequest, Subject): Tray's dialog is wanted, to edit an authentication.
    """

    refreshed = Signal()
    stopped = Signal()
    copied = Signal(str)
    dialog_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._awaited_id = ""
        self._empty_text = ""
        self._kept_columns = QByteArray()
        self._work: AuthenticationWork | None = None
        self._title = QLabel(self)
        self._title.setFont(scaled_font(self._title, 1.0, is_bold=True))
        self.refresh_button = SymbolButton("refresh", "Refresh the authentications (F5)", self)
        self.menu_button = SymbolButton("more", "Authentications: edit, copy, export, delete", self)
        self.filter_line = FilterLine("Filter authentications", "Filter authentications", self)
        self._line = StateLine("authentications", self)
        self.work_line = WorkLine("the change of authentications", self)
        self._progress = BusyBar("Loading the authentications", self)
        self._blank = WrappedLabel(parent=self)
        self.details = AuthenticationDetailsPane(self)
        self._changes: AuthenticationChanges | None = None
        self._lay_out()
        self._connect_all()
        self.set_state(NotAsked())

    def _connect_all(self) -> None:
        self.refresh_button.clicked.connect(self.refreshed)
        self.menu_button.clicked.connect(self._open_menu)
        self._line.retried.connect(self.refreshed)
        self._line.stopped.connect(self.stopped)
        self.details.copied.connect(self.copied)

    @property
    def _is_made(self) -> bool:
        """Whether model and view are there."""
        return "view" in self.__dict__

    @cached_property
    def model(self) -> AuthenticationModel:
        """The rows. Made with the view: without both the window is painted 10 ms sooner."""
        from tray_auth_desktop.gui.authentication_model import AuthenticationModel

        model = AuthenticationModel(self)
        model.set_filter(self.filter_line.text())
        self.filter_line.textChanged.connect(model.set_filter)
        model.counted.connect(self._on_counted)
        return model

    @cached_property
    def view(self) -> AuthenticationView:
        """What shows them. Made when it is first asked for, or a list is under way."""
        from tray_auth_desktop.gui.authentication_view import AuthenticationView

        view = AuthenticationView(self.model, self)
        self._body.insertWidget(0, view)
        self.setTabOrder(self.work_line.last_button, view)
        self._line.setFocusProxy(view)
        self.work_line.setFocusProxy(view)
        view.copied.connect(self.copied)
        view.chosen.connect(self._on_chosen)
        view.selectionModel().currentChanged.connect(self._on_chosen)
        view.opened.connect(self._on_opened)
        restore_columns(view.horizontalHeader(), self._kept_columns)
        return view

    @cached_property
    def acts(self) -> AuthenticationActions:
        """What can be done with them, by name."""
        from tray_auth_desktop.gui.authentication_actions import AuthenticationActions

        acts = AuthenticationActions(self.view)
        acts.asked.connect(self._on_asked)
        return acts

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.menu_button)
        head.addWidget(self.refresh_button)
        # As high as header and rows of the table are at least: nothing moves when that is made.
        self._blank.setMinimumHeight((self.fontMetrics().height() + 12) * 6)
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._blank.setAccessibleName("Authentications: nothing to show")
        body = QWidget(self)
        self._body = QStackedLayout(body)
        self._body.addWidget(self._blank)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.filter_line)
        layout.addWidget(self._line)
        layout.addWidget(self.work_line)
        layout.addWidget(self._progress)
        layout.addWidget(body, 3)
        layout.addWidget(self.details)
        # folded, it takes no more room than its head
        self.details.folded.connect(
            lambda is_folded: layout.setStretchFactor(self.details, 0 if is_folded else 2)
        )

    def column_state(self) -> QByteArray:
        """Return what is to be kept of the columns."""
        return self.view.horizontalHeader().saveState() if self._is_made else self._kept_columns

    def restore_columns(self, kept: QByteArray) -> None:
        """Let the columns be as they were kept."""
        self._kept_columns = kept
        if self._is_made:
            restore_columns(self.view.horizontalHeader(), kept)

    @property
    def blank_text(self) -> str:
        """What is said in place of the table, or an empty text while it is on show."""
        return self._blank.text() if self._body.currentWidget() is self._blank else ""

    @property
    def state_text(self) -> str:
        """What the line above the table says."""
        return self._line.text()

    def attach(self, work: AuthenticationWork) -> None:
        """Take what details are asked and changes are made with."""
        self._work = work

    def set_end_user(self, user_id: str, label: str = "") -> None:
        """Say whose authentications come from now on; another end user's rows are forgotten.

        Args:
            user_id: Tray's id; empty for nobody.
            label: What people call the end user.
        """
        self.clear()
        self.details.set_source(self._work, user_id)
        if self._work is not None and (user_id or self._changes is not None):
            self.changes.set_end_user(user_id, label)

    @property
    def changes(self) -> AuthenticationChanges:
        """What does the actions."""
        if self._changes is None:
            from tray_auth_desktop.gui.authentication_changes import AuthenticationChanges

            self._changes = AuthenticationChanges(self.view, self.model, self.acts, self.work_line, self)
            self._changes.dialog_requested.connect(self.dialog_requested)
            self._changes.refresh_wanted.connect(self.refreshed)
            if self._work is not None:
                self._changes.set_source(self._work)
        return self._changes

    def clear(self) -> None:
        """Forget the rows: they are another end user's."""
        self._awaited_id = ""
        self.view.place.forget()
        self.model.clear()

    def set_state(self, state: LoadState[Authentication]) -> None:
        """Show where the list stands."""
        is_partial = isinstance(state, Loaded) and state.is_partial
        self._progress.setVisible(is_partial or isinstance(state, Loading))
        self.refresh_button.setEnabled(not isinstance(state, NotAsked))
        if not is_partial:
            self._line.clear()
        if not isinstance(state, NotAsked):
            _ = self.acts  # makes the table with all its keys
        if isinstance(state, Loaded):
            (self.model.show_part if is_partial else self.model.show_all)(state.items)
            self._empty_text = "" if is_partial else "This end user has no authentications yet."
        elif isinstance(state, LoadFailed):
            self._fail(state.explanation)
        elif isinstance(state, Loading):
            self.model.begin_load()
            self._line.wait("Still loading the authentications…", is_quiet=True)
            self._empty_text = "Loading the authentications…"
        else:
            if self._is_made:
                self.model.show_all(())
            self._empty_text = "Choose an end user to see the authentications."
        self._on_counted()

    def _fail(self, explanation: str) -> None:
        """Say why there is no list; what came of it before stays."""
        is_part = self.model.end_load()
        missing = " What is shown is only a part of the list." if is_part else ""
        self._line.fail(f"{explanation}{missing}")
        self._empty_text = "The list could not be fetched."

    def mark_new(self, auth_id: str, *, was_known: bool | None = None) -> None:
        """Mark, select and scroll to an id, now or as soon as it is listed.

        Args:
            auth_id: What an attempt captured.
            was_known: Whether it was in the list before; then it is marked as updated.
        """
        from tray_auth_desktop.gui.authentication_model import NEW, UPDATED

        self.model.mark(auth_id, UPDATED if was_known else NEW)
        self._awaited_id = "" if self.view.select_id(auth_id) else auth_id

    def _on_counted(self) -> None:
        total, shown = (self.model.total, self.model.rowCount()) if self._is_made else (0, 0)
        count = f" ({total:,})" if total == shown else f" ({shown:,} of {total:,})"
        self._title.setText(f"Authentications{count if total else ''}")
        text = self._empty_text
        if total and not shown:
            text = none_matches(total, "authentication")
        self._blank.setText(text)
        self._body.setCurrentWidget(self.view if shown else self._blank)
        if self._awaited_id and self._is_made and self.view.select_id(self._awaited_id):
            self._awaited_id = ""

    def _on_chosen(self) -> None:
        self.details.show_authentication(self.view.current)

    def _on_opened(self) -> None:
        self.details.toggle.setChecked(True)

    def _on_asked(self, name: str) -> None:
        acts = {
            "details": self._on_opened,
            "edit": self.changes.edit,
            "rename": self.changes.rename,
            "delete": self.changes.delete,
        }
        if name in acts:
            acts[name]()
        else:
            self.changes.export(name)

    def _open_menu(self) -> None:
        self.acts.open_menu(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()), self)
