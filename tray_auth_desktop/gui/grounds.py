"""What things stand on: cards, bars and fields.

Painted here, because a style sheet for the whole window would cost 25 ms at start-up, whatever is in it.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

_RADIUS_PX = 6.0
_FIELD_RADIUS_PX = 3.0


class Card(QFrame):
    """A ground with round corners and a thin line around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setForegroundRole(QPalette.ColorRole.Text)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground and line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        inside = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inside, _RADIUS_PX, _RADIUS_PX)


class Bar(QFrame):
    """A ground across the whole width with a thin line beneath it."""

    def __init__(self, ground: QPalette.ColorRole, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground

    def set_ground(self, ground: QPalette.ColorRole) -> None:
        """Stand on another ground."""
        self._ground = ground
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(self._ground))
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())


class Field(QLineEdit):
    """A line to type into, with an outline that can be seen: Fusion's own vanishes on a dark ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextMargins(2, 1, 2, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the outline over the style's."""
        super().paintEvent(event)
        if not self.hasFrame():
            return
        role = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(role))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inside, _FIELD_RADIUS_PX, _FIELD_RADIUS_PX)
