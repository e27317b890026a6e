"""A column that scrolls when the window is too low for it, and never sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class _Column(QScrollArea):
    """Never narrower than what it shows, with the bar beside it: sideways nothing comes into view."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell those around it when what it shows needs another width: Qt itself looks only once."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least width of the column, and of the bar."""
        shown, least = self.widget(), super().minimumSizeHint()
        if shown is None:
            return least
        width = shown.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), width), least.height())


def column_around(widget: QWidget) -> QScrollArea | None:
    """Return the area that scrolls the column a widget stands in."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def bring_into_view(widget: QWidget) -> None:
    """Scroll the column that a widget stands in until all of it is seen, or else its end."""
    area = column_around(widget)
    if area is not None and widget.isVisible():
        area.ensureWidgetVisible(widget, 0, 16)


def scrolled(column: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """Return an area that shows a column of widgets; the keyboard passes through to them."""
    area = _Column(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(column)
    return area
