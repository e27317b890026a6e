"""A line to type into with a list that drops down: Down opens it, Enter picks, Esc reverts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFocusEvent, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.symbols import symbol_icon

if TYPE_CHECKING:  # the list is loaded when it drops down: 2 ms of the window's first paint
    from PySide6.QtWidgets import QCompleter, QListView

    from tray_auth_desktop.gui.choices import ChoiceModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LIST_ROWS = 9


class ListPlace(NamedTuple):
    """Where an open list stands: how far it is scrolled, and the key that is marked."""

    scroll: int
    key: str


class SearchField(Field):
    """The text is what is chosen until it is edited; then it is what is searched for.

    Signals:
        row_picked(QModelIndex): a row of the model as it is shown now.
        text_searched(str): the person typed, and the model shows what matches.
        left(str): the keyboard went elsewhere while the text was not what is chosen.
        end_seen(): the last rows of the list are in view.

    Attributes:
        menu_actions: What the context menu offers beside the usual.
        picture_of: Gives the list the picture of an address and a size in pixels, if it is there.
    """

    row_picked = Signal(QModelIndex)
    text_searched = Signal(str)
    left = Signal(str)
    end_seen = Signal()

    def __init__(self, model: ChoiceModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._chosen = ""
        self._has_selected_by_click = False
        self._is_placing = False
        self.menu_actions: tuple[QAction, ...] = ()
        self.picture_of: Callable[[str, int], QImage | None] | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription("Type to search. Down opens the list, Enter picks, Escape reverts.")
        self.setPlaceholderText("Type to search")
        self._open_action = QAction(self)
        self._open_action.setToolTip("Show the list")
        self._open_action.triggered.connect(self.open_list)
        self.addAction(self._open_action, QLineEdit.ActionPosition.TrailingPosition)
        self._draw_action()
        self.textEdited.connect(self._on_edited)

    @property
    def is_list_open(self) -> bool:
        """Whether the list is dropped down."""
        return self._is_list_made and self._popup.isVisible()

    @property
    def completion_list(self) -> QListView:
        """The list that drops down."""
        return self._popup

    @property
    def searched_text(self) -> str:
        """What is searched for; empty while the text is what is chosen."""
        return self.text().strip() if self._is_edited() else ""

    @property
    def _is_list_made(self) -> bool:
        return "_popup" in self.__dict__

    def show_chosen(self, label: str) -> None:
        """Show what is chosen; nothing is searched for any more."""
        self._chosen = label
        if self._is_list_made:
            self._popup.hide()
        self.setText(label)
        self.setCursorPosition(0)
        if self.hasFocus():
            self.end(False)
            self.home(True)  # all of it, with its beginning in view

    def list_place(self) -> ListPlace:
        """Return what the list shows just now, to be kept when other choices come."""
        if not self._is_list_made:
            return ListPlace(0, "")
        marked = self._model.choice_at(self._popup.currentIndex().row()) if self.is_list_open else None
        return ListPlace(self._popup.verticalScrollBar().value(), marked.key if marked else "")

    def renew_list(self, place: ListPlace | None = None) -> None:
        """Other choices came: show them, and if the person has typed meanwhile, drop the list down.

        Args:
            place: What an open list showed before.
        """
        if self.is_list_open or (self.searched_text and self.hasFocus()):
            self._drop_down(place if self.is_list_open else None)

    def open_list(self) -> None:
        """Drop the list down: all of it, or what matches the typed text."""
        self.setFocus()
        self._model.set_filter(self.text() if self._is_edited() else "")
        self._drop_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Down, pick with Enter, revert with Esc."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.open_list()
        elif event.key() == Qt.Key.Key_Escape and self._is_edited():
            self.show_chosen(self._chosen)
            self.text_searched.emit("")
        elif event.key() in _ENTER and self._is_edited():
            self.pick_first()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter in the list picks, Esc closes it and reverts; the rest is the completer's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER:
                self.pick_first()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.show_chosen(self._chosen)
                self.text_searched.emit("")
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
                self._on_scrolled(self._popup.verticalScrollBar().value())
        return super().eventFilter(watched, event)

    def pick_first(self) -> None:
        """Pick the row that is marked in the list, or else the first that matches."""
        row = max(0, self._popup.currentIndex().row()) if self.is_list_open else 0
        index = self._model.index(row, 0)
        if index.isValid():
            self.row_picked.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with what is chosen, after the usual."""
        menu = self.createStandardContextMenu()
        if self.menu_actions:
            menu.addSeparator()
            menu.addActions(self.menu_actions)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say so if something was typed that is not chosen."""
        super().focusOutEvent(event)
        self._has_selected_by_click = False
        if event.reason() != Qt.FocusReason.PopupFocusReason and self._is_edited():
            self.left.emit(self.text())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The first click selects everything, so that typing searches anew."""
        super().mouseReleaseEvent(event)
        if not self._has_selected_by_click and not self.hasSelectedText():
            self._has_selected_by_click = True
            self.selectAll()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the arrow anew when the colours change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_open_action"):
            self._draw_action()

    @cached_property
    def _popup(self) -> QListView:
        from PySide6.QtWidgets import QListView

        from tray_auth_desktop.gui.two_line_delegate import TwoLineDelegate

        popup = QListView()
        popup.setUniformItemSizes(True)
        popup.setAccessibleName(f"{self.accessibleName()}: list")
        popup.setMouseTracking(True)
        self._completer = self._make_completer(popup)
        delegate = TwoLineDelegate(popup, is_uniform=True)
        delegate.picture_of = self.picture_of
        popup.setItemDelegate(delegate)
        popup.clicked.connect(self._on_clicked)
        popup.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        popup.installEventFilter(self)
        return popup

    def _make_completer(self, popup: QListView) -> QCompleter:
        from PySide6.QtWidgets import QCompleter

        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(LIST_ROWS)
        completer.setWrapAround(False)  # there may be more to come after the last row
        completer.setPopup(popup)
        # Not QLineEdit.setCompleter: that would replace the typed text by whatever row is marked.
        completer.setWidget(self)
        return completer

    def _drop_down(self, place: ListPlace | None = None) -> None:
        if self._model.rowCount() == 0:
            if self._is_list_made:
                self._popup.hide()
            return
        popup = self._popup
        row = self._model.row_of(place.key) if place and place.key else -1
        if row < 0:
            row = 0 if self._is_edited() else max(0, self._row_of_chosen())
        self._is_placing = True  # what is seen on the way to that row does not count as seen
        self._completer.complete(QRect(0, 0, self.width(), self.height()))
        popup.setCurrentIndex(popup.model().index(row, 0))
        if place is not None:
            popup.verticalScrollBar().setValue(place.scroll)
        self._is_placing = False
        bar = popup.verticalScrollBar()
        if place is None and bar.value() >= bar.maximum():
            self._on_scrolled(bar.value())

    def _row_of_chosen(self) -> int:
        same = self._model.labelled(self._chosen) if self._chosen else ()
        return self._model.row_of(same[0].key) if same else 0

    def _is_edited(self) -> bool:
        return self.text() != self._chosen

    def _on_edited(self, text: str) -> None:
        self._model.set_filter(text)
        self._drop_down()
        self.text_searched.emit(text)

    def _on_clicked(self, index: QModelIndex) -> None:
        # The list shows a proxy of the model with the same rows.
        self.row_picked.emit(self._model.index(index.row(), 0))

    def _on_scrolled(self, value: int) -> None:
        bar = self._popup.verticalScrollBar()
        is_at_end = bar.maximum() > 0 and value >= bar.maximum() - bar.pageStep()
        if self._is_placing or not self.is_list_open or not is_at_end:
            return
        if self._model.has_more_rows:
            place = self.list_place()
            self._model.show_more_rows()
            self._drop_down(place)
        else:
            self.end_seen.emit()

    def _draw_action(self) -> None:
        self._open_action.setIcon(symbol_icon("down", self.palette(), self.devicePixelRatioF()))
