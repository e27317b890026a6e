"""The buttons of a timeline's head that open menus: what to know of the dialog, and the export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.gui.text_button import TextButton

if TYPE_CHECKING:  # nothing is found before the first attempt
    from tray_auth_desktop.core.contract_check import Finding

_EXPORTS = (("json", "As &JSON, for programs…"), ("html", "As one &HTML file, for people…"))


class MenuButton(TextButton):
    """A flat button that opens a menu."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "down", parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.entries = QMenu(name, self)
        self.entries.setToolTipsVisible(True)
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Show the menu beneath the button."""
        self.entries.popup(self.mapToGlobal(self.rect().bottomLeft()))


class ExportButton(MenuButton):
    """Asks for the timeline as a file.

    Signals:
        chosen(str): in this format, one of `report.FORMATS`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Export…", "Export the timeline of this attempt", parent)
        for form, text in _EXPORTS:
            action = self.entries.addAction(text)
            action.setData(form)
        self.entries.triggered.connect(lambda action: self.chosen.emit(action.data()))
        self.setEnabled(False)


class FindingsButton(MenuButton):
    """Lists what a robust integrator should know; hidden while there is nothing.

    Signals:
        chosen(int): the person wants to see this finding's event; its place in the list.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "What a robust integration must cope with", parent)
        self.entries.triggered.connect(lambda action: self.chosen.emit(action.data()))
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List other findings."""
        self.entries.clear()
        for number, finding in enumerate(findings):
            action = self.entries.addAction(finding.title.replace("&", "&&"))
            action.setToolTip(finding.advice)
            action.setData(number)
        self.setText(counted(len(findings), "finding"))
        self.setVisible(bool(findings))
