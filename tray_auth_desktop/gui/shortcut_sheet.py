"""What F1 opens: every shortcut, and what the words mean that the window uses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from tray_auth_desktop.gui.actions import ACTIONS, KEYS_IN_PARTS
from tray_auth_desktop.gui.glossary import glossary
from tray_auth_desktop.gui.text_table import TextTable

_WIDTH_LETTERS, _HEIGHT_LINES = 120, 34


class ShortcutSheet(QDialog):
    """Two tables: what can be done with the keyboard, and the glossary.

    Signals:
        copied(str): this text is on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Shortcuts and words")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.shortcuts = TextTable("shortcuts", ("What", "Where", "Keys"), self, wide=0)
        self.shortcuts.set_rows(shortcut_rows())
        self.words = TextTable("words", ("Word", "Meaning"), self, wide=1)
        self.words.set_rows(glossary())
        tabs = QTabWidget(self)
        tabs.setAccessibleName("Shortcuts and words")
        tabs.tabBar().setAccessibleName("Shortcuts or words")
        tabs.addTab(self.shortcuts, "&Shortcuts")
        tabs.addTab(self.words, "&Words")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(tabs, 1)
        layout.addWidget(buttons)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * _WIDTH_LETTERS, metrics.height() * _HEIGHT_LINES)
        self.shortcuts.setFocus()
        for table in (self.shortcuts, self.words):
            table.copied.connect(self.copied)


def shortcut_rows() -> list[tuple[str, str, str]]:
    """Return what is done, where, and by which keys, for all actions; those without keys are in the menu."""
    rows = [(entry.label, entry.group.label, keys_text(entry.keys) or "in the menu") for entry in ACTIONS]
    return rows + [(what, "Parts of the window", keys) for keys, what in KEYS_IN_PARTS]


def keys_text(keys: tuple[str, ...]) -> str:
    """Return shortcuts as this system writes them."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
