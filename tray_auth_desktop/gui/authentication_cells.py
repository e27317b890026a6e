"""Paints the cells of the authentications: a letter tile before a service, a badge after what changed."""

from __future__ import annotations

# QStyle is reached by its module: its many enums cost 5 ms, which the first row painted can pay.
from PySide6 import QtWidgets
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from tray_auth_desktop.gui.authentication_model import AuthenticationModel, Column
from tray_auth_desktop.gui.symbols import letter_tile
from tray_auth_desktop.gui.theme import fixed_font

_GAP_PX = 8
_INSET_PX = 4
_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints what the model says without asking for each role.

    Each question would give up Python's lock and ask for it again: while a long list is read on
    another thread, a single paint would wait for it a thousand times.
    """

    def __init__(self, model: AuthenticationModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Cut ids in the middle, for whoever measures or paints a cell in the usual way."""
        super().initStyleOption(option, index)
        if index.column() == Column.AUTH_ID:
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        column = index.column()
        text, badge = self._model.cell(index.row(), column)
        is_id = column == Column.AUTH_ID
        font = fixed_font() if is_id else option.font
        _paint_ground(painter, option)
        room = option.rect.adjusted(_INSET_PX, 0, -_INSET_PX, 0)
        if column == Column.SERVICE and text:
            room = _paint_tile(painter, option, room, text)
        if badge:
            font.setBold(True)
            room = _paint_badge(painter, option, font, room, badge)
        mode = Qt.TextElideMode.ElideMiddle if is_id else Qt.TextElideMode.ElideRight
        elided = QFontMetrics(font).elidedText(text or "—", mode, room.width())
        _paint_text(painter, option, font, room, elided)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Let the style paint what is beneath a cell that is selected, current or under the mouse."""
    state = QtWidgets.QStyle.StateFlag
    if option.state & (state.State_Selected | state.State_MouseOver | state.State_HasFocus):
        control = QtWidgets.QStyle.ControlElement.CE_ItemViewItem
        option.widget.style().drawControl(control, option, painter, option.widget)


def _paint_tile(painter: QPainter, option: QStyleOptionViewItem, room: QRect, label: str) -> QRect:
    size_px = QFontMetrics(option.font).height() + 2
    square = QRect(0, 0, size_px, size_px)
    left = _cut(option, room, square, is_first=True)
    painter.drawImage(square, letter_tile(label, size_px, painter.device().devicePixelRatioF()))
    return left


def _paint_badge(
    painter: QPainter, option: QStyleOptionViewItem, font: QFont, room: QRect, word: str
) -> QRect:
    metrics = QFontMetrics(font)
    badge = QRect(0, 0, metrics.horizontalAdvance(word) + 2 * _GAP_PX, metrics.height() + 2)
    left = _cut(option, room, badge, is_first=False)
    ground, text = QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText
    if option.state & QtWidgets.QStyle.StateFlag.State_Selected:
        ground, text = text, ground
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.color(ground))
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
    painter.setPen(option.palette.color(text))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()
    return left


def _paint_text(painter: QPainter, option: QStyleOptionViewItem, font: QFont, room: QRect, text: str) -> None:
    is_selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
    painter.setFont(font)
    painter.setPen(option.palette.color(role))
    alignment = QtWidgets.QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
    painter.drawText(room, alignment | Qt.AlignmentFlag.AlignVCenter, text)


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
