"""What QA varies from one dialog to the next, folded away beneath the choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.gui.fold import Fold

if TYPE_CHECKING:  # imported when the fold is opened
    from tray_auth_desktop.core.presentation import Presentation
    from tray_auth_desktop.gui.presentation_fields import PresentationFields


class PresentationOptions(Fold["PresentationFields"]):
    """The test options. What is varied stays so until it is reset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Test o&ptions", "What is wrong with the test options", parent)

    @property
    def fields(self) -> PresentationFields:
        """The fields, made when they are first wanted."""
        return self.contents

    def make(self, inside: QVBoxLayout) -> PresentationFields:
        """Make the fields."""
        from tray_auth_desktop.gui.presentation_fields import PresentationFields

        fields = PresentationFields(self)
        inside.addWidget(fields)
        QWidget.setTabOrder(self.toggle, fields)
        fields.changed.connect(self.on_changed)
        return fields

    def presentation(self) -> Presentation | None:
        """Return what is wanted; None for what every attempt has, or while a field cannot be used."""
        try:
            return self.made.presentation() if self.made else None
        except ValueError:
            return None

    def words(self) -> str:
        """Return what is varied."""
        wanted = self.presentation()
        return ", ".join(_word(name, value) for name, value in wanted.described().items()) if wanted else ""

    def problem(self) -> str:
        """Return why a dialog cannot be opened with this; empty if it can."""
        try:
            if self.made:
                self.made.presentation()
        except ValueError as error:
            return str(error)
        return ""


def _word(name: str, value: str | bool) -> str:
    return name.replace("_", " ") if value is True else str(value)
