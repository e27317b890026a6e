"""Beside the timeline: one event in full, as formatted JSON, and the way to the page it came from."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.contract_check import Finding
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton
from tray_auth_desktop.gui.theme import fixed_font
from tray_auth_desktop.onboarding.past_attempt import timeline_fields_of

_Flag = Qt.TextInteractionFlag
_LEAST_LETTERS = 30


class TimelineDetails(QWidget):
    """Shows one event; hidden until one is chosen.

    Signals:
        copied(str): this text is on the clipboard.
        page_asked(): the person wants to see the page that the event came from.
        back_asked(): the person wants to go back to where the page was asked for.
        closed(): the person wants the room back.
    """

    copied = Signal(str)
    page_asked = Signal()
    back_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding = WrappedLabel(parent=self)
        self._finding.setAccessibleName("What to know of this event")
        self._json = QPlainTextEdit(self)
        self._json.setReadOnly(True)
        self._json.setTextInteractionFlags(_Flag.TextSelectableByMouse | _Flag.TextSelectableByKeyboard)
        self._json.setTabChangesFocus(True)
        self._json.setFont(fixed_font())
        self._json.setAccessibleName("The event as JSON")
        self.page_button = QPushButton("Its pa&ge", self)
        self.page_button.setToolTip("Go to the navigation during which this event came")
        self.back_button = QPushButton("&Back", self)
        self.back_button.setToolTip("Back to the event that you came from")
        self._copy = SymbolButton("copy", "Copy the event as JSON", self)
        self._close = SymbolButton("close", "Close the details (Esc)", self)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LEAST_LETTERS)
        self._lay_out()
        self.page_button.clicked.connect(self.page_asked)
        self.back_button.clicked.connect(self.back_asked)
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.closed)
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.page_button)
        head.addWidget(self.back_button)
        head.addStretch(1)
        head.addWidget(self._copy)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._finding)
        layout.addWidget(self._json, 1)

    @property
    def text(self) -> str:
        """The event as it is shown."""
        return self._json.toPlainText()

    @property
    def finding_text(self) -> str:
        """What is said to be known of it."""
        return self._finding.text()

    def show_event(
        self, event: TimelineEvent, findings: Sequence[Finding], *, has_page: bool, can_go_back: bool
    ) -> None:
        """Show an event, and what a robust integrator should know of it."""
        (fields,) = timeline_fields_of([event])
        self._json.setPlainText(json.dumps(fields, ensure_ascii=False, indent=2))
        self._finding.setText("\n".join(f"{finding.title}. {finding.advice}" for finding in findings))
        self._finding.setVisible(bool(findings))
        self.page_button.setEnabled(has_page)
        self.back_button.setEnabled(can_go_back)
        self.show()

    def copy(self) -> None:
        """Copy the event as JSON."""
        QGuiApplication.clipboard().setText(self.text)
        self.copied.emit(self.text)
