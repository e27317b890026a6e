"""Things to choose from, as an item model that finds by words, and the delegate that paints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

# QStyle is reached by its module: its many enums cost 5 ms, which the first row painted can pay.
from PySide6 import QtWidgets
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from tray_auth_desktop.gui.symbols import letter_tile
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
TILE_ROLE = Qt.ItemDataRole.UserRole + 2
_PADDING_PX = 4
_GAP_PX = 8
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        key: What it is known by.
        label: What it is called.
        detail: A second, quieter line.
        also: More to find it by.
        has_tile: Whether a letter tile stands before it.
    """

    key: str
    label: str
    detail: str = ""
    also: str = ""
    has_tile: bool = False
    haystack: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        haystack = haystack_of(self.label, self.detail, self.also, self.key)
        object.__setattr__(self, "haystack", haystack)


class ChoiceModel(QAbstractListModel):
    """Choices, reduced to those that hold every word searched for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._shown: tuple[Choice, ...] = ()
        self._words: tuple[str, ...] = ()

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Take other choices; the search stays."""
        self._choices = tuple(choices)
        self._search()

    def set_filter(self, text: str) -> None:
        """Show only what holds every word of a text."""
        self._words = words_of(text)
        self._search()

    def choice_at(self, row: int) -> Choice | None:
        """Return what a row shows."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, key: str) -> int:
        """Return the row that shows a key, or -1."""
        return next((row for row, choice in enumerate(self._shown) if choice.key == key), -1)

    def find(self, key: str) -> Choice | None:
        """Return the choice of a key, shown or not."""
        return next((choice for choice in self._choices if choice.key == key), None)

    def labelled(self, label: str) -> tuple[Choice, ...]:
        """Return all choices of exactly this label, whatever its case."""
        return tuple(choice for choice in self._choices if choice.label.casefold() == label.casefold())

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the delegate paints and a screen reader reads."""
        choice = self.choice_at(index.row())
        if choice is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (choice.label, choice.detail)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (choice.label, choice.detail)))
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: choice.label,
            DETAIL_ROLE: choice.detail,
            TILE_ROLE: choice.label if choice.has_tile else None,
        }
        return values.get(role)

    def _search(self) -> None:
        self.beginResetModel()
        self._shown = tuple(choice for choice in self._choices if has_words(choice.haystack, self._words))
        self.endResetModel()


class TwoLineDelegate(QStyledItemDelegate):
    """Paints an item as a label with a quieter line beneath, and a letter tile before both.

    Args:
        is_uniform: Whether an item without a second line is as high as the others.
    """

    def __init__(self, parent: QObject | None = None, *, is_uniform: bool = False) -> None:
        super().__init__(parent)
        self._is_uniform = is_uniform

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
        room = self._paint_tile(painter, room, index.data(TILE_ROLE), option)
        self._paint_lines(painter, room, option, index)
        painter.restore()

    def _paint_tile(
        self, painter: QPainter, room: QRect, label: object, option: QStyleOptionViewItem
    ) -> QRect:
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
        painter.drawImage(square, letter_tile(label, size_px, painter.device().devicePixelRatioF()))
        return room

    def _paint_lines(
        self, painter: QPainter, room: QRect, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        detail = index.data(DETAIL_ROLE)
        is_selected = bool(option.state & QtWidgets.QStyle.StateFlag.State_Selected)
        upper = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        lower = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.PlaceholderText
        if not detail:
            self._paint_line(painter, room, option.palette, upper, option.font, str(index.data()))
            return
        half = room.height() // 2
        top = QRect(room.left(), room.top() + _PADDING_PX, room.width(), half - _PADDING_PX)
        bottom = QRect(room.left(), room.top() + half, room.width(), half - _PADDING_PX)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        self._paint_line(painter, top, option.palette, upper, option.font, str(index.data()))
        self._paint_line(painter, bottom, option.palette, lower, small, str(detail))

    def _paint_line(
        self,
        painter: QPainter,
        room: QRect,
        palette: QPalette,
        role: QPalette.ColorRole,
        font: QFont,
        text: str,
    ) -> None:
        painter.setFont(font)
        painter.setPen(palette.color(role))
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
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
