"""What is seldom needed for a dialog, folded away: a solution instance, extra parameters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.check_box import CheckBox
from tray_auth_desktop.gui.parameter_rows import ParameterRows
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import symbol_icon
from tray_auth_desktop.gui.theme import give_style


class RequestExtras(QWidget):
    """Says in its title what is set within, so that nothing counts unseen.

    Signals:
        changed(): something else is set.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = QToolButton(self)
        give_style(self.toggle, "toggle")
        self.toggle.setCheckable(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._inside = QWidget(self)
        self.is_solution = CheckBox("For a solutio&n instance", self._inside)
        self.is_solution.setToolTip(
            "Opens the dialog for a place in a solution instance instead of for a service"
        )
        self.parameters = ParameterRows(self._inside)
        self._problem = WrappedLabel(parent=self)
        self._problem.setAccessibleName("What is wrong with the parameters")
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.is_solution)
        inside.addWidget(self.parameters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._inside)
        layout.addWidget(self._problem)
        self.toggle.toggled.connect(self._show)
        self.is_solution.toggled.connect(self._on_changed)
        self.parameters.changed.connect(self._on_changed)
        self._show()

    def problem(self) -> str:
        """Return why a dialog cannot be opened with this; empty if it can."""
        return self.parameters.problem()

    def set_extras(self, *, is_solution: bool, parameters: tuple[tuple[str, str], ...]) -> None:
        """Set everything."""
        self.is_solution.setChecked(is_solution)
        self.parameters.set_parameters(parameters)
        if parameters:
            self.toggle.setChecked(True)

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        is_open = self.toggle.isChecked()
        self._inside.setVisible(is_open)
        count = len(self.parameters.parameters())
        set_within = [
            "solution instance" if self.is_solution.isChecked() else "",
            "1 parameter" if count == 1 else f"{count} parameters" if count else "",
        ]
        words = ", ".join(filter(None, set_within))
        self.toggle.setText(f"&More ({words})" if words else "&More")
        self.toggle.setIcon(
            symbol_icon("down" if is_open else "right", self.palette(), self.devicePixelRatioF())
        )
        problem = self.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
