"""How large the window's texts are, beside what the system says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QTableView, QWidget

LEAST, MOST = 0.7, 2.5
#: Under which name the scale is remembered.
KEPT_AS = "text"
_SCALE, _BASE = "textScale", "basePointSize"
_NEARLY = 0.02
_QT_MAX_PX = 16_777_215


def current_scale() -> float:
    """Return how large texts are; 1 is the system's size."""
    app = QApplication.instance()
    return float(app.property(_SCALE) or 1.0) if app is not None else 1.0


def why_not(factor: float) -> str:
    """Return why texts cannot be larger or smaller by this factor; an empty text if they can."""
    scale = current_scale() * factor
    if scale > MOST + 0.001:
        return "The text is as large as it can be."
    return "The text is as small as it can be." if scale < LEAST - 0.001 else ""


def scale_text(factor: float) -> float:
    """Make all texts larger or smaller, and what was made to fit them. Returns the new scale."""
    app, before = QApplication.instance(), current_scale()
    if app is None:
        return before
    scale = min(max(before * factor, LEAST), MOST)
    if abs(scale - 1.0) < _NEARLY:
        scale = 1.0
    if scale == before:
        return scale
    ratio = scale / before
    base = float(app.property(_BASE) or QApplication.font().pointSizeF())
    own = [(widget, QFont(widget.font())) for widget in QApplication.allWidgets() if _has_own_font(widget)]
    font = QFont(QApplication.font())
    font.setPointSizeF(base * scale)
    app.setProperty(_BASE, base)
    app.setProperty(_SCALE, scale)
    QApplication.setFont(font)
    for widget, its_font in own:
        its_font.setPointSizeF(its_font.pointSizeF() * ratio)
        widget.setFont(its_font)
    for widget in QApplication.allWidgets():
        if widget.styleSheet():  # WORKAROUND: what has a style sheet keeps its font (seen in 6.11.3)
            widget.setStyleSheet(widget.styleSheet())
        _fit(widget, ratio)
    return scale


def _has_own_font(widget: QWidget) -> bool:
    return widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and widget.font().pointSizeF() > 0


def _fit(widget: QWidget, ratio: float) -> None:
    """Scale what was measured in letters once: rows, columns, greatest widths."""
    if isinstance(widget, QTableView):
        rows, columns = widget.verticalHeader(), widget.horizontalHeader()
        rows.setDefaultSectionSize(round(rows.defaultSectionSize() * ratio))
        last = columns.count() - columns.stretchLastSection()
        for section in range(last):
            columns.resizeSection(section, round(columns.sectionSize(section) * ratio))
    if 200 < widget.maximumWidth() < _QT_MAX_PX:
        widget.setMaximumWidth(round(widget.maximumWidth() * ratio))
