"""What is seldom needed for a dialog, folded away: a solution instance, extra parameters."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.gui.scrolling import bring_into_view
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.text_button import FoldButton

if TYPE_CHECKING:  # what is folded away is made when it is wanted: 2 ms of the window's first paint
    from tray_auth_desktop.gui.check_box import CheckBox
    from tray_auth_desktop.gui.parameter_rows import ParameterRows


class RequestExtras(QWidget):
    """Says in its title what is set within, so that nothing counts unseen.

    Signals:
        changed(): something else is set.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = FoldButton("", self)
        self._inside = QWidget(self)
        self._problem = WrappedLabel(parent=self)
        self._problem.setAccessibleName("What is wrong with the parameters")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._inside)
        layout.addWidget(self._problem)
        self.toggle.clicked.connect(self._on_clicked)
        self.toggle.toggled.connect(self._show)
        self._show()

    @property
    def is_solution(self) -> CheckBox:
        """Whether the dialog is wanted for a place in a solution instance."""
        return self._made[0]

    @property
    def parameters(self) -> ParameterRows:
        """Further parameters of the dialog's address."""
        return self._made[1]

    @cached_property
    def _made(self) -> tuple[CheckBox, ParameterRows]:
        """Make what is inside."""
        from tray_auth_desktop.gui.check_box import CheckBox
        from tray_auth_desktop.gui.parameter_rows import ParameterRows

        is_solution = CheckBox("For a solutio&n instance", self._inside)
        is_solution.setToolTip("Opens the dialog for a place in a solution instance instead of for a service")
        parameters = ParameterRows(self._inside)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(8, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(is_solution)
        inside.addWidget(parameters)
        QWidget.setTabOrder(self.toggle, is_solution)
        QWidget.setTabOrder(is_solution, parameters.add_button)
        is_solution.toggled.connect(self._on_changed)
        parameters.changed.connect(self._on_changed)
        return is_solution, parameters

    @property
    def _is_made(self) -> bool:
        return "_made" in self.__dict__

    @property
    def wants_solution(self) -> bool:
        """Whether the dialog is wanted for a place in a solution instance."""
        return self._is_made and self.is_solution.isChecked()

    def given(self) -> tuple[tuple[str, str], ...]:
        """Return the further parameters, names and values as they were typed."""
        return self.parameters.parameters() if self._is_made else ()

    def problem(self) -> str:
        """Return why a dialog cannot be opened with this; empty if it can."""
        return self.parameters.problem() if self._is_made else ""

    def set_extras(self, *, is_solution: bool, parameters: tuple[tuple[str, str], ...]) -> None:
        """Set everything."""
        if not (is_solution or parameters or self._is_made):
            return
        self.is_solution.setChecked(is_solution)
        self.parameters.set_parameters(parameters)
        if parameters:
            self.toggle.setChecked(True)

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
            _ = self._made
        self._inside.setVisible(is_open)
        count = len(self.given())
        set_within = [
            "solution instance" if self.wants_solution else "",
            counted(count, "parameter") if count else "",
        ]
        words = ", ".join(filter(None, set_within))
        self.toggle.setText(f"Mor&e ({words})" if words else "Mor&e")
        problem = self.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
