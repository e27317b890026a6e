"""Shows JSON as it came: one page for each reply, formatted, to be selected and copied."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tray_auth_desktop.gui.theme import fixed_font

_COLUMNS, _LINES = 72, 28


class RawJsonDialog(QDialog):
    """Read-only pages of JSON.

    Signals:
        copied(str): this text is on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._pages = QTabWidget(self)
        self._pages.setAccessibleName("Replies")
        buttons = QDialogButtonBox(parent=self)
        copy = QPushButton("&Copy the page", self)
        close = QPushButton("C&lose", self)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages, 1)
        layout.addWidget(buttons)
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.reject)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * _COLUMNS, self.fontMetrics().lineSpacing() * _LINES)

    @property
    def text(self) -> str:
        """What the page on show says."""
        page = self._pages.currentWidget()
        return page.toPlainText() if isinstance(page, QPlainTextEdit) else ""

    def show_page(self, title: str, value: object, instead: str = "") -> None:
        """Show a page, in place of the one of the same title.

        Args:
            title: What the reply was to.
            value: JSON; None while there is none.
            instead: What to say then.
        """
        text = instead if value is None else json.dumps(value, ensure_ascii=False, indent=2)
        page = self._page(title)
        if page.toPlainText() != text:
            page.setPlainText(text)

    def copy(self) -> None:
        """Copy the page on show."""
        QGuiApplication.clipboard().setText(self.text)
        self.copied.emit(self.text)

    def _page(self, title: str) -> QPlainTextEdit:
        for number in range(self._pages.count()):
            known = self._pages.widget(number)
            if self._pages.tabText(number) == title and isinstance(known, QPlainTextEdit):
                return known
        page = QPlainTextEdit(self)
        page.setReadOnly(True)
        page.setTabChangesFocus(True)
        page.setFont(fixed_font())
        page.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        page.setAccessibleName(f"JSON: {title}")
        self._pages.addTab(page, title)
        return page
