"""The middle of the window: the dialog, or what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tray_auth_desktop.gui.dialog_bar import DialogBar
from tray_auth_desktop.gui.grounds import Card
from tray_auth_desktop.gui.guidance import Guidance
from tray_auth_desktop.gui.guide_page import GuidePage
from tray_auth_desktop.gui.scrolling import scrolled


class Centre(QStackedWidget):
    """Holds a guide page, and a page for the dialog's widget with a bar above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guide = GuidePage(self)
        self.bar = DialogBar(self)
        self._dialog_page = Card(self)
        self._inside = QVBoxLayout(self._dialog_page)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        self._inside.addWidget(self.bar)
        self._guide_area = scrolled(self.guide, self)
        self.addWidget(self._guide_area)
        self.addWidget(self._dialog_page)

    @property
    def has_dialog(self) -> bool:
        """Whether a dialog's widget is in place."""
        return self._inside.count() > 1

    def show_guidance(self, guidance: Guidance) -> None:
        """Say what to do next; a dialog that is in place stays, behind it."""
        self.guide.show_guidance(guidance)
        self.setCurrentWidget(self._guide_area)

    def take_dialog(self, widget: QWidget) -> None:
        """Put a dialog's widget in place, behind what is said."""
        self.dismiss_dialog()
        self._inside.addWidget(widget, 1)
        _chain_after(self.bar.last_button, widget)
        widget.show()

    def show_dialog(self) -> None:
        """Show the dialog that is in place, and give it the keyboard."""
        item = self._inside.itemAt(1)
        widget = item.widget() if item is not None else None
        if widget is not None:
            self.setCurrentWidget(self._dialog_page)
            widget.setFocus()

    def dismiss_dialog(self) -> None:
        """Let go of the dialog's widget; whoever made it deletes it."""
        while self.has_dialog:
            item = self._inside.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.setParent(None)
        self.bar.reset()


def _chain_after(first: QWidget, added: QWidget) -> None:
    """Let the keyboard come to what a widget holds right after another, not at the window's end."""
    inside = [child for child in added.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for child in inside:
        QWidget.setTabOrder(first, child)
        first = child
