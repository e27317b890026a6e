"""What an earlier run of the program captured and could not show any more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tray_auth_desktop.gui.grounds import Card, Field
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.theme import fixed_font, scaled_font

if TYPE_CHECKING:
    from datetime import datetime

    from tray_auth_desktop.gui.ports import CapturedRecord

_ABOUT = "The program ended before it could show these. Nothing was lost:"
_MOST = 5


class RecoveredPanel(Card):
    """One line for each result; hidden while there is none.

    Signals:
        painted(str): the result of this attempt is on the screen.
        copied(str): this authId is on the clipboard.
    """

    painted = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unpainted: list[str] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._rest = WrappedLabel(parent=self)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        title = QLabel("Captured earlier", self)
        title.setFont(scaled_font(title, 1.0, is_bold=True))
        dismiss = SymbolButton("close", "Dismiss what was captured earlier", self)
        dismiss.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(dismiss)
        about = WrappedLabel(_ABOUT, self)
        for quiet in (about, self._rest):
            quiet.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(about)
        layout.addLayout(self._rows)
        layout.addWidget(self._rest)

    @property
    def auth_ids(self) -> tuple[str, ...]:
        """The ids on show."""
        return tuple(line.text() for line in self.findChildren(Field))

    def show_records(self, records: Sequence[CapturedRecord]) -> None:
        """Show what was captured, newest first; the rest is shown when the program starts again."""
        newest = sorted(records, key=lambda record: record.started_at, reverse=True)
        for record in newest[:_MOST]:
            self._add(record)
        left = len(newest) - _MOST
        self._rest.setText(f"{left} more will be shown at the next start." if left > 0 else "")
        self._rest.setVisible(left > 0)
        self.setVisible(bool(records))

    def _add(self, record: CapturedRecord) -> None:
        if record.auth_id is None:
            return
        line = Field(self)
        line.setText(record.auth_id)
        line.setReadOnly(True)
        line.setFont(fixed_font())
        line.setCursorPosition(0)
        line.setAccessibleName("authId captured earlier")
        from datetime import datetime

        when = datetime.fromtimestamp(record.started_at).astimezone()
        line.setToolTip(f"{when:%Y-%m-%d %H:%M:%S} · end user {record.request.user_id}")
        copy = SymbolButton("copy", f"Copy the authId {record.auth_id}", self)
        copy.clicked.connect(partial(self._copy, record.auth_id))
        about = WrappedLabel(self._about(record, when), self)
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(copy)
        self._rows.addLayout(row)
        self._rows.addWidget(about)
        self._unpainted.append(record.attempt_id)

    def _about(self, record: CapturedRecord, when: datetime) -> str:
        sure = "confirmed" if record.confirmed else "not confirmed"
        return f"{when:%Y-%m-%d %H:%M} · {sure} · end user {record.request.user_id}"

    def _copy(self, auth_id: str) -> None:
        QGuiApplication.clipboard().setText(auth_id)
        self.copied.emit(auth_id)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, then say so once the whole window has been flushed."""
        super().paintEvent(event)
        if self._unpainted:
            QTimer.singleShot(0, self, self._tell_painted)

    def _tell_painted(self) -> None:
        painted, self._unpainted = self._unpainted, []
        for attempt_id in painted:
            self.painted.emit(attempt_id)
