"""The end user's authentications: title, filter, Refresh, state and table. Right side of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from tray_auth_desktop.gui.authentication_model import AuthenticationModel
from tray_auth_desktop.gui.authentication_view import AuthenticationView
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.state_line import StateLine, WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.theme import scaled_font
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, LoadState, NotAsked

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication


class AuthenticationTable(QWidget):
    """Keeps selection and scroll position when the list is fetched again, and the rows when that fails.

    Signals:
        refreshed(): the person asks for the list again.
        stopped(): the person has waited long enough for it.
        copied(str): this text is on the clipboard.
    """

    refreshed = Signal()
    stopped = Signal()
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new_id = ""
        self._empty_text = ""
        self._model = AuthenticationModel(self)
        self._title = QLabel(self)
        self._title.setFont(scaled_font(self._title, 1.0, is_bold=True))
        self.refresh_button = SymbolButton("refresh", "Refresh the authentications (F5)", self)
        self.filter_line = FilterLine("Filter authentications", "Filter authentications", self)
        self._line = StateLine("authentications", self)
        self._progress = _thin_progress(self)
        self.view = AuthenticationView(self._model, self)
        self._blank = WrappedLabel(parent=self)
        self._lay_out()
        self.refresh_button.clicked.connect(self.refreshed)
        self._line.retried.connect(self.refreshed)
        self._line.stopped.connect(self.stopped)
        self._line.setFocusProxy(self.view)
        self.filter_line.textChanged.connect(self._on_filter_changed)
        self.view.copied.connect(self.copied)
        self.set_state(NotAsked())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self.refresh_button)
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._blank.setAccessibleName("Authentications: nothing to show")
        body = QWidget(self)
        self._body = QStackedLayout(body)
        self._body.addWidget(self.view)
        self._body.addWidget(self._blank)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.filter_line)
        layout.addWidget(self._line)
        layout.addWidget(self._progress)
        layout.addWidget(body, 1)

    @property
    def blank_text(self) -> str:
        """What is said in place of the table, or an empty text while it is on show."""
        return self._blank.text() if self._body.currentWidget() is self._blank else ""

    @property
    def state_text(self) -> str:
        """What the line above the table says."""
        return self._line.text()

    def clear(self) -> None:
        """Forget the rows: they are another end user's."""
        self._new_id = ""
        self._replace(())

    def set_state(self, state: LoadState[Authentication]) -> None:
        """Show where the list stands."""
        self._progress.setVisible(isinstance(state, Loading))
        self.refresh_button.setEnabled(not isinstance(state, NotAsked))
        self._line.clear()
        if isinstance(state, Loaded):
            self._replace(state.items)
            self._say_if_empty("This end user has no authentications yet.")
        elif isinstance(state, LoadFailed):
            self._line.fail(state.explanation)
            self._say_if_empty("The list could not be fetched.")
        elif isinstance(state, Loading):
            self._line.wait("Still loading the authentications…", is_quiet=True)
            self._say_if_empty("Loading the authentications…")
        else:
            self._replace(())
            self._say_if_empty("Choose an end user to see the authentications.")

    def mark_new(self, auth_id: str) -> None:
        """Mark, select and scroll to an id, now or as soon as it is listed."""
        self._new_id = auth_id
        self._model.set_new(auth_id)
        self.view.select_id(auth_id)

    def _replace(self, items: tuple[Authentication, ...]) -> None:
        place = self.view.keep_place()
        is_awaited = self._new_id != "" and self._model.row_of(self._new_id) < 0
        self._model.set_authentications(items, self._new_id)
        if not (is_awaited and self.view.select_id(self._new_id)):
            self.view.restore_place(place)
        self._show_title()

    def _on_filter_changed(self, text: str) -> None:
        self.view.filter_model.set_filter(text)
        self._say_if_empty(self._empty_text)
        self._show_title()

    def _say_if_empty(self, text: str) -> None:
        self._empty_text = text
        total, shown = self._model.rowCount(), self.view.filter_model.rowCount()
        if total and not shown:
            text = f"None of the {total} authentications matches the filter."
        self._blank.setText(text)
        self._body.setCurrentWidget(self.view if shown else self._blank)

    def _show_title(self) -> None:
        total, shown = self._model.rowCount(), self.view.filter_model.rowCount()
        count = f" ({total})" if total == shown else f" ({shown} of {total})"
        self._title.setText(f"Authentications{count if total else ''}")


def _thin_progress(parent: QWidget) -> QProgressBar:
    """Return a bar that moves while something is under way."""
    bar = QProgressBar(parent)
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(4)
    bar.setAccessibleName("Loading the authentications")
    return bar
