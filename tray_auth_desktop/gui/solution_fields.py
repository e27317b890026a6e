"""Names a place in a solution instance, which the dialog is opened for instead of for a service."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tray_auth_desktop.core.dialog_url import checked_segment
from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.state_line import WrappedLabel

_INSTANCE = "Solution &instance id"
_AUTHENTICATION = "E&xternal auth id"


class SolutionFields(QWidget):
    """Two ids, both of which stand in the dialog's address.

    Signals:
        changed(): another text stands in one of them.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instance_id, self.external_auth_id = Field(self), Field(self)
        self.external_auth_id.setPlaceholderText("such as external_slack_authentication")
        self._problem = WrappedLabel(parent=self)
        self._problem.setAccessibleName("What is wrong with the ids")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for text, line in ((_INSTANCE, self.instance_id), (_AUTHENTICATION, self.external_auth_id)):
            label = QLabel(text, self)
            label.setBuddy(line)
            line.setAccessibleName(text.replace("&", ""))
            line.textChanged.connect(self._on_edited)
            layout.addWidget(label)
            layout.addWidget(line)
        layout.addWidget(self._problem)
        self._on_edited()

    @property
    def ids(self) -> tuple[str, str]:
        """The solution instance's id and what it calls the authentication."""
        return self.instance_id.text().strip(), self.external_auth_id.text().strip()

    def missing(self) -> tuple[str, ...]:
        """Return what is still to be typed."""
        names = ("a solution instance id", "an external auth id")
        return tuple(name for name, value in zip(names, self.ids, strict=True) if not value)

    def problem(self) -> str:
        """Return why an id cannot be used; empty if both can, or are still to come."""
        for value, name in zip(self.ids, ("solution instance id", "external auth id"), strict=True):
            try:
                checked_segment(value or "-", name)
            except ValueError:
                return f"The {name} may hold letters, digits and - . _ ~ only, as it stands in an address."
        return ""

    def set_ids(self, instance_id: str, external_auth_id: str) -> None:
        """Show other ids."""
        self.instance_id.setText(instance_id)
        self.external_auth_id.setText(external_auth_id)

    def _on_edited(self) -> None:
        problem = self.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.changed.emit()
