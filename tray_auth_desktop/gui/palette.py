"""The list of all actions, found by typing any words of their names (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from tray_auth_desktop.gui.grounds import Field
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

_WIDTH_LETTERS, _HEIGHT_LINES = 84, 24
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ACTION_ROLE = Qt.ItemDataRole.UserRole


class CommandPalette(QDialog):
    """Shows what matches while one types; Enter does what is marked. What cannot be done now says why.

    Args:
        actions: Pairs of a group's name and an action in it.
        why_not: Returns why an action cannot be done now; an empty text if it can.
    """

    def __init__(
        self,
        actions: Sequence[tuple[str, QAction]],
        why_not: Callable[[QAction], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find an action")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = [(group, action, why_not(action)) for group, action in actions]
        self._model = QStandardItemModel(0, 3, self)
        self.field = Field(self)
        self.field.setAccessibleName("Find an action")
        self.field.setAccessibleDescription("Type any words. Up and Down choose, Enter does it.")
        self.field.setPlaceholderText("Type what you want to do")
        self.field.installEventFilter(self)
        self.view = QTableView(self)
        self.reason = WrappedLabel(parent=self)
        self.reason.setAccessibleName("Why the action cannot be done now")
        self.reason.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._set_up_view()
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.reason)
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * _WIDTH_LETTERS, metrics.height() * _HEIGHT_LINES)
        self.field.textChanged.connect(self._show_matches)
        self.view.activated.connect(self.run)
        self.view.clicked.connect(self.run)
        self.view.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_reason())
        self._show_matches("")

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self._model)
        view.setAccessibleName("Actions")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.horizontalHeader().hide()
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        columns = view.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def rows(self) -> list[str]:
        """Return the names of the actions that are shown."""
        return [self._model.item(row, 0).text() for row in range(self._model.rowCount())]

    def _show_matches(self, text: str) -> None:
        words = words_of(text)
        self._model.removeRows(0, self._model.rowCount())
        for group, action, reason in self._actions:
            name, keys = _name(action), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            if has_words(haystack_of(name, group, keys), words):
                self._model.appendRow(self._items(action, reason, (name, group, keys)))
        self.view.selectRow(0)
        self._show_reason()

    def _items(self, action: QAction, reason: str, texts: tuple[str, str, str]) -> list[QStandardItem]:
        items = [QStandardItem(text) for text in texts]
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        dimmed = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        for item in items:
            item.setToolTip(reason)
            item.setData(dimmed if reason else quiet, Qt.ItemDataRole.ForegroundRole)
        if not reason:
            items[0].setData(None, Qt.ItemDataRole.ForegroundRole)
        items[0].setData(action, _ACTION_ROLE)
        if action.isCheckable() and action.isChecked():
            items[0].setText(f"{texts[0]} ✓")
        return items

    def _marked(self) -> tuple[QAction, str] | None:
        index = self._model.index(self.view.currentIndex().row(), 0)
        if not index.isValid():
            return None
        wanted = index.data(_ACTION_ROLE)
        return next(((action, reason) for _, action, reason in self._actions if action is wanted), None)

    def _show_reason(self) -> None:
        marked = self._marked()
        if marked is None:
            self.reason.setText("No action has all these words.")
        else:
            self.reason.setText(marked[1] or "Enter does it; Escape closes the list.")

    def run(self, _index: QModelIndex | None = None) -> None:
        """Do what is marked, after the palette has gone; what cannot be done leaves it open."""
        marked = self._marked()
        if marked is None or marked[1]:
            self._show_reason()
            return
        action, parent = marked[0], self.parent() or self
        self.accept()
        QTimer.singleShot(0, parent, action.trigger)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the keys that move go to the list while the field has the keyboard."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.view.keyPressEvent(event)
                return True
            if event.key() in _ENTER:
                self.run()
                return True
        return super().eventFilter(watched, event)


def _name(action: QAction) -> str:
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
