"""Paints the cells of the authentications: a letter tile before a service, a badge after what is new."""

from __future__ import annotations

# QStyle is reached by its module: its many enums cost 5 ms, which the first row painted can pay.
from PySide6 import QtWidgets
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from tray_auth_desktop.gui.authentication_model import IS_NEW_ROLE, Column
from tray_auth_desktop.gui.choices import TILE_ROLE
from tray_auth_desktop.gui.symbols import letter_tile

_BADGE = "New"
_GAP_PX = 8
_INSET_PX = 4
_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Leaves the ground of a cell to the style, and plain cells altogether."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Cut ids in the middle: both ends tell them apart. What is new is bold."""
        super().initStyleOption(option, index)
        if index.column() == Column.AUTH_ID:
            option.textElideMode = Qt.TextElideMode.ElideMiddle
        if index.data(IS_NEW_ROLE):
            option.font.setBold(True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        label, is_new = index.data(TILE_ROLE), bool(index.data(IS_NEW_ROLE))
        if not isinstance(label, str) and not is_new:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QtWidgets.QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = option.rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        painter.save()
        if isinstance(label, str):
            room = _paint_tile(painter, option, room, label)
        if is_new:
            room = _paint_badge(painter, option, room)
        _paint_text(painter, option, room, text)
        painter.restore()


def _paint_tile(painter: QPainter, option: QStyleOptionViewItem, room: QRect, label: str) -> QRect:
    size_px = QFontMetrics(option.font).height() + 2
    square = QRect(0, 0, size_px, size_px)
    left = _cut(option, room, square, is_first=True)
    painter.drawImage(square, letter_tile(label, size_px, painter.device().devicePixelRatioF()))
    return left


def _paint_badge(painter: QPainter, option: QStyleOptionViewItem, room: QRect) -> QRect:
    metrics = QFontMetrics(option.font)
    badge = QRect(0, 0, metrics.horizontalAdvance(_BADGE) + 2 * _GAP_PX, metrics.height() + 2)
    left = _cut(option, room, badge, is_first=False)
    ground, text = QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText
    if option.state & QtWidgets.QStyle.StateFlag.State_Selected:
        ground, text = text, ground
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(option.font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.color(ground))
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
    painter.setPen(option.palette.color(text))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, _BADGE)
    return left


def _paint_text(painter: QPainter, option: QStyleOptionViewItem, room: QRect, text: str) -> None:
    is_selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
    painter.setFont(option.font)
    painter.setPen(option.palette.color(role))
    elided = QFontMetrics(option.font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    alignment = QtWidgets.QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(room, alignment | Qt.AlignmentFlag.AlignVCenter, elided)


def _cut(option: QStyleOptionViewItem, room: QRect, piece: QRect, *, is_first: bool) -> QRect:
    """Move a piece to the start or the end of a room, in reading direction; return what is left."""
    left = QRect(room)
    piece.moveCenter(room.center())
    is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
    if is_first != is_mirrored:
        piece.moveLeft(room.left())
        left.setLeft(piece.right() + _GAP_PX)
    else:
        piece.moveRight(room.right())
        left.setRight(piece.left() - _GAP_PX)
    return left
