"""What QA varies from one dialog to the next, folded away beneath the choices."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.gui.scrolling import bring_into_view
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.text_button import FoldButton

if TYPE_CHECKING:  # what is folded away is made when it is wanted: the window's first paint need not wait
    from tray_auth_desktop.core.presentation import Presentation
    from tray_auth_desktop.gui.presentation_fields import PresentationFields


class PresentationOptions(QWidget):
    """Says in its title what is varied, so that nothing is unseen. It stays so until it is reset.

    Signals:
        changed(): something else is wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = FoldButton("", self)
        self._inside = QWidget(self)
        self._problem = WrappedLabel(parent=self)
        self._problem.setAccessibleName("What is wrong with the test options")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._inside)
        layout.addWidget(self._problem)
        self.toggle.clicked.connect(self._on_clicked)
        self.toggle.toggled.connect(self._show)
        self._show()

    @cached_property
    def fields(self) -> PresentationFields:
        """The fields, made when they are first wanted."""
        from tray_auth_desktop.gui.presentation_fields import PresentationFields

        fields = PresentationFields(self._inside)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.addWidget(fields)
        QWidget.setTabOrder(self.toggle, fields)
        fields.changed.connect(self._on_changed)
        return fields

    def presentation(self) -> Presentation | None:
        """Return what is wanted; None for what every attempt has, or while a field cannot be used."""
        if "fields" not in self.__dict__:
            return None
        try:
            return self.fields.presentation()
        except ValueError:
            return None

    def problem(self) -> str:
        """Return why a dialog cannot be opened with this; empty if it can."""
        if "fields" not in self.__dict__:
            return ""
        try:
            self.fields.presentation()
        except ValueError as error:
            return str(error)
        return ""

    def _on_clicked(self, is_open: bool) -> None:
        """Show what was just opened: it stands at the foot of a column that scrolls."""
        if is_open:
            QTimer.singleShot(0, self, lambda: bring_into_view(self))  # once everything has its place

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        is_open = self.toggle.isChecked()
        if is_open:
            _ = self.fields
        self._inside.setVisible(is_open)
        wanted = self.presentation()
        words = ", ".join(_word(name, value) for name, value in wanted.described().items()) if wanted else ""
        self.toggle.setText(f"Test o&ptions ({words})" if words else "Test o&ptions")
        problem = self.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


def _word(name: str, value: str | bool) -> str:
    return name.replace("_", " ") if value is True else str(value)
