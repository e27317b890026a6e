"""All that Tray tells of the selected authentication. Beneath the table, folded until it is wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.scrolling import column_around
from tray_auth_desktop.gui.state_line import StateLine
from tray_auth_desktop.gui.text_button import FoldButton

if TYPE_CHECKING:  # what is shown only when it is wanted is loaded then
    from tray_auth_desktop.core.models import Authentication, AuthenticationDetails
    from tray_auth_desktop.gui.raw_json_dialog import RawJsonDialog
    from tray_auth_desktop.gui.text_table import TextTable
    from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork

#: Who passes over a row with the arrow keys does not ask for its details.
_REST_MS = 250
_LISTED, _DETAILS = "As listed", "Details (REST)"
_LEAST_LINES = 9


class AuthenticationDetailsPane(QWidget):
    """Shows at once what the list tells, and asks for the rest in the background.

    Signals:
        copied(str): this text is on the clipboard.
        folded(bool): whether only the head is shown now.
    """

    copied = Signal(str)
    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: AuthenticationWork | None = None
        self._user_id = ""
        self._authentication: Authentication | None = None
        self._details: AuthenticationDetails | None = None
        self._raw: RawJsonDialog | None = None
        self.toggle = FoldButton("&Details", self)
        self.raw_button = QPushButton("Raw &JSON…", self)
        self._body = QWidget(self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        self._lay_out()
        self._table: TextTable | None = None
        self._line: StateLine | None = None
        self.toggle.toggled.connect(self._on_toggled)
        self.raw_button.clicked.connect(self.show_raw)
        self._on_toggled(False)

    def _lay_out(self) -> None:
        self.raw_button.setToolTip("The replies that these details come from")
        head = QHBoxLayout()
        head.addWidget(self.toggle)
        head.addStretch(1)
        head.addWidget(self.raw_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)

    def _build(self) -> None:
        """Make what is inside when it is shown for the first time."""
        from tray_auth_desktop.gui.text_table import TextTable

        self._table = TextTable("details", ("Field", "Value"), self._body, wide=1)
        self._table.view.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        copy = QAction("Copy &value", self._table.view)
        copy.triggered.connect(self.copy_value)
        self._table.view.insertAction(self._table.view.actions()[0], copy)
        self._table.copied.connect(self.copied)
        self._line = StateLine("the details", self._body)
        self._line.setFocusProxy(self._table.view)
        self._line.retried.connect(self._ask)
        self._line.stopped.connect(self._on_stopped)
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._line)
        layout.addWidget(self._table, 1)

    @property
    def is_open(self) -> bool:
        """Whether the details are shown."""
        return self.toggle.isChecked()

    @property
    def state_text(self) -> str:
        """What is said of the details that are asked for."""
        return self._line.text() if self._line is not None else ""

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return what is shown, as pairs of a field and its value."""
        return self._table.rows() if self._table is not None else ()

    def set_source(self, work: AuthenticationWork | None, user_id: str) -> None:
        """Say what details are asked with, and whose they are."""
        self._work, self._user_id = work, user_id

    def show_authentication(self, authentication: Authentication | None) -> None:
        """Show another one, or none."""
        is_same = authentication is self._authentication
        self._authentication = authentication
        if not is_same:
            self._details = None
            self._show()

    def show_raw(self) -> None:
        """Open the replies as they came."""
        if self._authentication is None:
            return
        if self._raw is None:
            from tray_auth_desktop.gui.raw_json_dialog import RawJsonDialog

            self._raw = RawJsonDialog(f"JSON of {self._authentication.label}", self)
            self._raw.copied.connect(self.copied)
            self._raw.finished.connect(self._on_raw_closed)
        self._show_pages()
        self._raw.open()
        if self._details is None and not self._rest.isActive():
            self._ask()

    def copy_value(self) -> None:
        """Copy the value of the current field."""
        index = self._table.view.currentIndex() if self._table is not None else None
        if index is not None and index.isValid():
            text = str(index.siblingAtColumn(1).data() or "")
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _on_toggled(self, is_open: bool) -> None:
        self.toggle.setToolTip("Hide the details" if is_open else "Show the details (Enter, on a row)")
        if is_open:
            self._come_into_sight()
        self._body.setVisible(is_open)
        if is_open and self._table is None:
            self._build()
        self._show()
        self.folded.emit(not is_open)

    def _come_into_sight(self) -> None:
        """Scroll the column that this is part of, should it become higher than the window now."""
        area = column_around(self)
        if area is not None:
            show = partial(area.ensureWidgetVisible, self, 0, 0)
            area.verticalScrollBar().rangeChanged.connect(
                lambda *_range: QTimer.singleShot(0, area, show), Qt.ConnectionType.SingleShotConnection
            )

    def _show(self) -> None:
        """Show what is known, and ask for the rest a moment later."""
        self._rest.stop()
        if self._work is not None:
            self._work.drop_details()
        self.raw_button.setEnabled(self._authentication is not None)
        if self._table is None or self._line is None:
            return
        self._line.clear()
        self._table.set_rows(self._fields())
        if self._authentication is None:
            self._line.say("Select an authentication to see its details.")
        elif self.is_open and self._details is None and self._can_ask:
            self._line.wait("Asking for the details…", is_quiet=True)
            self._rest.start()

    @property
    def _can_ask(self) -> bool:
        return self._work is not None and bool(self._user_id)

    def _fields(self) -> list[tuple[str, str]]:
        if self._authentication is None:
            return []
        from tray_auth_desktop.gui.authentication_fields import detail_fields, listed_fields

        fields = listed_fields(self._authentication)
        return fields + (detail_fields(self._details, fields) if self._details is not None else [])

    def _ask(self) -> None:
        if self._work is None or self._authentication is None or not self._user_id:
            return
        if self._line is not None:
            self._line.wait("Asking for the details…", is_quiet=True)
        self._work.ask_details(
            self._user_id, self._authentication.auth_id, self._on_details, self._on_details_failed
        )
        self._show_pages()

    def _on_details(self, details: AuthenticationDetails) -> None:
        self._details = details
        self._show()
        self._show_pages()

    def _on_details_failed(self, explanation: str) -> None:
        if self._line is not None:
            self._line.fail(f"The details could not be fetched. {explanation}")
        self._show_pages(explanation)

    def _on_stopped(self) -> None:
        if self._work is not None:
            self._work.drop_details()
        self._on_details_failed("Cancelled. Press Retry to ask again.")

    def _show_pages(self, explanation: str = "") -> None:
        if self._raw is None or self._authentication is None:
            return
        from tray_auth_desktop.core.export import as_listed

        self._raw.show_page(_LISTED, as_listed(self._authentication))
        details = dict(self._details.raw) if self._details is not None else None
        waiting = "Asking for the details…" if self._can_ask else "The details cannot be asked for here."
        self._raw.show_page(_DETAILS, details, explanation or waiting)

    def _on_raw_closed(self) -> None:
        if self._raw is not None:
            self._raw.deleteLater()
            self._raw = None
