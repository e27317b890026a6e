"""The list of workspaces: the one in use is marked, the stand-in is always there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeySequence,
    QPalette,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QVBoxLayout, QWidget

from tray_auth_desktop.gui.columns import style_header
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.row_filter import RowFilter
from tray_auth_desktop.gui.state_line import WrappedLabel

_HEADERS = ("Name", "Account", "State")
_NAME_LETTERS = 10
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One workspace in the list.

    Attributes:
        key: Its name in the file; empty for one that is not there yet.
        name, region, embedded_id: What is shown.
        is_active: Whether it is in use.
        is_unsaved: Whether something typed is not saved.
    """

    key: str
    name: str
    region: str = ""
    embedded_id: str = ""
    is_active: bool = False
    is_unsaved: bool = False

    @property
    def account(self) -> str:
        """Region and Embedded ID."""
        return " · ".join(filter(None, (self.region, self.embedded_id)))

    @property
    def state(self) -> str:
        """What there is to say about it."""
        return ", ".join(filter(None, ("in use" * self.is_active, "not saved" * self.is_unsaved)))


class WorkspaceList(QWidget):
    """Shows the rows; one of them is chosen.

    Signals:
        chosen(str): the key of the row the person chose.
        activated(str): the person wants to use the workspace (Enter or double click).
        copied(str): this text is on the clipboard.
    """

    chosen = Signal(str)
    activated = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._key = ""
        self._model = QStandardItemModel(0, len(_HEADERS), self)
        self._model.setHorizontalHeaderLabels(list(_HEADERS))
        self._filter = RowFilter(self)
        self._filter.setSourceModel(self._model)
        self.filter_line = FilterLine("Filter workspaces", "Filter workspaces", self)
        self.view = QTableView(self)
        self._blank = WrappedLabel("No workspace matches the filter.", self)
        self._blank.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blank.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._set_up_view()
        body = QWidget(self)
        self._body = QStackedLayout(body)
        self._body.addWidget(self.view)
        self._body.addWidget(self._blank)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.filter_line)
        layout.addWidget(body, 1)
        self.filter_line.textChanged.connect(self._on_filter_changed)

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self._filter)
        view.setAccessibleName("Workspaces")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSortingEnabled(True)
        view.verticalHeader().hide()
        columns = view.horizontalHeader()
        style_header(columns)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._fit_font()
        copy = QAction("&Copy row", view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy)
        view.addAction(copy)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        view.selectionModel().currentRowChanged.connect(self._on_current_changed)
        view.clicked.connect(self._on_current_changed)
        view.activated.connect(lambda index: self.activated.emit(self._key_at(index)))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Keep rows as high as the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "view"):
            self._fit_font()

    def _fit_font(self) -> None:
        metrics = self.fontMetrics()
        self.view.verticalHeader().setDefaultSectionSize(metrics.height() + 12)
        self.view.horizontalHeader().setMinimumSectionSize(metrics.averageCharWidth() * _NAME_LETTERS)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What is shown, from top to bottom."""
        return self._filter.rows()

    @property
    def key(self) -> str:
        """The key of the chosen row; it stays chosen while a filter hides it."""
        return self._key

    def set_rows(self, rows: Sequence[Row], chosen: str) -> None:
        """Show these rows, and mark one of them, without saying that it was chosen."""
        self._is_filling = True
        self._model.removeRows(0, self._model.rowCount())
        for row in rows:
            self._model.appendRow(self._items(row))
        self.choose(chosen)
        self._is_filling = False

    def choose(self, key: str) -> None:
        """Mark a row."""
        self._key = key
        for number in range(self._filter.rowCount()):
            index = self._filter.index(number, 0)
            if self._key_at(index) == key:
                self.view.setCurrentIndex(index)

    def _items(self, row: Row) -> list[QStandardItem]:
        items = [QStandardItem(text) for text in (row.name, row.account, row.state)]
        for item in items:
            item.setData(row.key, _KEY)
            font = item.font()
            font.setBold(row.is_active)
            item.setFont(font)
            item.setToolTip(item.text())
        return items

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not self._is_filling and current.isValid():
            self._key = self._key_at(current)
            self.chosen.emit(self._key)

    def _on_filter_changed(self, text: str) -> None:
        self._is_filling = True
        self._filter.set_filter(text)
        self.choose(self._key)
        self._is_filling = False
        self._body.setCurrentWidget(self.view if self._filter.rowCount() else self._blank)

    def _copy(self) -> None:
        row = self.view.currentIndex().row()
        if row >= 0:
            text = "\t".join(self._filter.texts(row))
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _key_at(self, index: QModelIndex) -> str:
        return str(index.data(_KEY) or "")
