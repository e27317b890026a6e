"""Paints what is to be chosen: a label, a quieter line beneath it, and a tile before both."""

from __future__ import annotations

from collections.abc import Callable

# QStyle is reached by its module: its many enums cost 5 ms, which the first row painted can pay.
from PySide6 import QtWidgets
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from tray_auth_desktop.gui.choices import DETAIL_ROLE, ICON_ROLE, TILE_ROLE
from tray_auth_desktop.gui.symbols import letter_tile

_PADDING_PX = 4
_GAP_PX = 8
_Index = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(QStyledItemDelegate):
    """Paints an item as a label with a quieter line beneath, and a letter tile before both.

    Args:
        is_uniform: Whether an item without a second line is as high as the others.

    Attributes:
        picture_of: Returns the picture of an address in so many pixels of the screen, if it is here.
    """

    def __init__(self, parent: QObject | None = None, *, is_uniform: bool = False) -> None:
        super().__init__(parent)
        self._is_uniform = is_uniform
        self.picture_of: Callable[[str, int], QImage | None] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Return room for one line or two."""
        lines = 2 if self._is_uniform or index.data(DETAIL_ROLE) else 1
        height = QFontMetrics(option.font).height() * lines + 2 * _PADDING_PX
        width = QFontMetrics(option.font).horizontalAdvance(str(index.data())) + 4 * _GAP_PX
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Let the style paint ground and check box, then the two lines."""
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QtWidgets.QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            _outline_check_box(painter, option)
        room = style.subElementRect(QtWidgets.QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
        room = _text_room(option, room)
        painter.save()
        room = self._paint_tile(painter, room, index, option)
        self._paint_lines(painter, room, option, index)
        painter.restore()

    def _paint_tile(
        self, painter: QPainter, room: QRect, index: _Index, option: QStyleOptionViewItem
    ) -> QRect:
        label = index.data(TILE_ROLE)
        if not isinstance(label, str):
            return room
        size_px = min(room.height() - 2 * _PADDING_PX, 2 * QFontMetrics(option.font).height())
        square = QRect(0, 0, size_px, size_px)
        square.moveCenter(room.center())
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if is_mirrored:
            square.moveRight(room.right())
            room = room.adjusted(0, 0, -(size_px + _GAP_PX), 0)
        else:
            square.moveLeft(room.left())
            room = room.adjusted(size_px + _GAP_PX, 0, 0, 0)
        painter.drawImage(square, self._tile(label, index.data(ICON_ROLE), size_px, painter))
        return room

    def _tile(self, label: str, icon: object, size_px: int, painter: QPainter) -> QImage:
        """Return the service's icon, or its letter until that is here."""
        ratio = painter.device().devicePixelRatioF()
        picture = None
        if self.picture_of is not None and isinstance(icon, str) and icon:
            picture = self.picture_of(icon, round(size_px * ratio))
        return picture or letter_tile(label, size_px, ratio)

    def _paint_lines(
        self, painter: QPainter, room: QRect, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        detail = index.data(DETAIL_ROLE)
        is_selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
        upper = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        lower = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.PlaceholderText
        if not detail:
            self._paint_line(painter, room, option, upper, option.font, str(index.data()))
            return
        half = room.height() // 2
        top = QRect(room.left(), room.top() + _PADDING_PX, room.width(), half - _PADDING_PX)
        bottom = QRect(room.left(), room.top() + half, room.width(), half - _PADDING_PX)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        self._paint_line(painter, top, option, upper, option.font, str(index.data()))
        self._paint_line(painter, bottom, option, lower, small, str(detail))

    def _paint_line(
        self,
        painter: QPainter,
        room: QRect,
        option: QStyleOptionViewItem,
        role: QPalette.ColorRole,
        font: QFont,
        text: str,
    ) -> None:
        painter.setFont(font)
        painter.setPen(option.palette.color(role))
        elided = QFontMetrics(font).elidedText(text, option.textElideMode, room.width())
        alignment = QtWidgets.QStyle.visualAlignment(
            QApplication.layoutDirection(), Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(room, alignment | Qt.AlignmentFlag.AlignVCenter, elided)


def _outline_check_box(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Draw a frame that can be seen: Fusion's own all but vanishes on a dark ground."""
    box = option.widget.style().subElementRect(
        QtWidgets.QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget
    )
    is_selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.PlaceholderText
    painter.save()
    painter.setPen(option.palette.color(role))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.restore()


def _text_room(option: QStyleOptionViewItem, room: QRect) -> QRect:
    """Return what is left beside the check box: the style's own place for a text is as short as the text."""
    whole = option.rect.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
    if option.direction == Qt.LayoutDirection.RightToLeft:
        whole.setRight(room.right() - _PADDING_PX)
    else:
        whole.setLeft(room.left() + _PADDING_PX)
    return whole
