"""The slim bar beneath the banner: which page is shown, the list of all actions, the menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from tray_auth_desktop.gui.grounds import Bar
from tray_auth_desktop.gui.text_button import TextButton
from tray_auth_desktop.gui.theme import give_style


class PageBar(Bar):
    """One button for each page, of which one is down.

    Args:
        pages: Name and title of each page, and the shortcut that leads there.

    Signals:
        page_asked(str): the person wants that page.
        palette_asked(): the person wants the list of all actions.
        menu_asked(): the person wants the menu.
    """

    page_asked = Signal(str)
    palette_asked = Signal()
    menu_asked = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.Window, parent)
        give_style(self, "page_bar")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(4)
        for name, title, keys in pages:
            layout.addWidget(self._add(name, title, keys))
        layout.addStretch(1)
        find = self._make("&Find an action…", "Find any action by its words (Ctrl+K)")
        find.clicked.connect(self.palette_asked)
        self.menu_button = TextButton("&Menu", "down", self)
        self.menu_button.setToolTip("Everything that can be done (F10)")
        self.menu_button.clicked.connect(self.menu_asked)
        layout.addWidget(find)
        layout.addWidget(self.menu_button)

    def _make(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _add(self, name: str, title: str, keys: str) -> QToolButton:
        button = self._make(title, f"Show this page ({keys})")
        button.setAccessibleName(f"Page {title}")
        button.setCheckable(True)
        button.clicked.connect(partial(self._on_clicked, name))
        self._group.addButton(button)
        self._buttons[name] = button
        return button

    def show_page(self, name: str) -> None:
        """Let this page's button be the one that is down."""
        self._buttons[name].setChecked(True)

    def _on_clicked(self, name: str, _is_checked: bool = False) -> None:
        self.page_asked.emit(name)
