"""What is seldom needed for a dialog, folded away: a solution instance, extra parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.gui.fold import Fold

if TYPE_CHECKING:  # imported when the fold is opened: 2 ms of the window's first paint
    from tray_auth_desktop.gui.check_box import CheckBox
    from tray_auth_desktop.gui.parameter_rows import ParameterRows


class _Extras(NamedTuple):
    is_solution: CheckBox
    parameters: ParameterRows


class RequestExtras(Fold[_Extras]):
    """Whether the dialog is for a solution instance, and the further parameters of its address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Mor&e", "What is wrong with the parameters", parent)

    @property
    def is_solution(self) -> CheckBox:
        """Whether the dialog is wanted for a place in a solution instance."""
        return self.contents.is_solution

    @property
    def parameters(self) -> ParameterRows:
        """Further parameters of the dialog's address."""
        return self.contents.parameters

    def make(self, inside: QVBoxLayout) -> _Extras:
        """Make the box and the rows."""
        from tray_auth_desktop.gui.check_box import CheckBox
        from tray_auth_desktop.gui.parameter_rows import ParameterRows

        is_solution = CheckBox("For a solutio&n instance", self)
        is_solution.setToolTip("Opens the dialog for a place in a solution instance instead of for a service")
        parameters = ParameterRows(self)
        inside.addWidget(is_solution)
        inside.addWidget(parameters)
        QWidget.setTabOrder(self.toggle, is_solution)
        QWidget.setTabOrder(is_solution, parameters.add_button)
        is_solution.toggled.connect(self.on_changed)
        parameters.changed.connect(self.on_changed)
        return _Extras(is_solution, parameters)

    @property
    def wants_solution(self) -> bool:
        """Whether the dialog is wanted for a place in a solution instance."""
        return self.made is not None and self.made.is_solution.isChecked()

    def given(self) -> tuple[tuple[str, str], ...]:
        """Return the further parameters, names and values as they were typed."""
        return self.made.parameters.parameters() if self.made else ()

    def words(self) -> str:
        """Return what is set."""
        count = len(self.given())
        solution = "solution instance" if self.wants_solution else ""
        return ", ".join(filter(None, (solution, counted(count, "parameter") if count else "")))

    def problem(self) -> str:
        """Return why a dialog cannot be opened with this; empty if it can."""
        return self.made.parameters.problem() if self.made else ""

    def set_extras(self, *, is_solution: bool, parameters: tuple[tuple[str, str], ...]) -> None:
        """Set everything."""
        if not (is_solution or parameters or self.made):
            return
        self.is_solution.setChecked(is_solution)
        self.parameters.set_parameters(parameters)
        if parameters:
            self.toggle.setChecked(True)
