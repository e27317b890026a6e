"""The table of authentications: marks what is new, copies cells and rows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from tray_auth_desktop.gui.authentication_cells import CellDelegate
from tray_auth_desktop.gui.authentication_model import AuthenticationFilter, AuthenticationModel, Column
from tray_auth_desktop.gui.theme import give_style

_LEAST_ROWS = 5


class AuthenticationView(QTableView):
    """Rows are selected whole, but each cell can be copied.

    Signals:
        copied(str): this text is on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, model: AuthenticationModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.filter_model = AuthenticationFilter(model, self)
        self.setModel(self.filter_model)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName("Authentications of the end user")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._set_sizes()
        self._copy_cell = self._add_action("&Copy cell", self.copy_cell, QKeySequence.StandardKey.Copy)
        self._copy_id = self._add_action("Copy &authId", self.copy_auth_id)
        self._copy_row = self._add_action("Copy &row", self.copy_rows)

    def _set_sizes(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(self.fontMetrics().height() + 12)
        columns = self.horizontalHeader()
        give_style(columns, "header")
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setStretchLastSection(True)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in ((Column.NAME, 19), (Column.SERVICE, 17), (Column.ENVIRONMENT, 15)):
            columns.resizeSection(column, letter * letters)

    def _add_action(self, text: str, slot: object, key: QKeySequence.StandardKey | None = None) -> QAction:
        action = QAction(text, self)
        if key is not None:
            action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a few rows only, so that the column scrolls no earlier than it must."""
        rows = self.verticalHeader().defaultSectionSize() * _LEAST_ROWS
        return QSize(super().sizeHint().width(), rows + self.horizontalHeader().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never be squeezed to less than that."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def keep_place(self) -> tuple[str, int, int]:
        """Return what `restore_place` needs after the list was replaced."""
        current = self.filter_model.mapToSource(self.currentIndex())
        auth_id = self._model.auth_id(current.row()) if current.isValid() else ""
        return auth_id, current.column(), self.verticalScrollBar().value()

    def restore_place(self, place: tuple[str, int, int]) -> None:
        """Select the row that was current and scroll to where the table was."""
        auth_id, column, scrolled = place
        if auth_id:
            self.select_id(auth_id, column, is_scrolled_to=False)
        self.verticalScrollBar().setValue(scrolled)

    def select_id(self, auth_id: str, column: int = 0, *, is_scrolled_to: bool = True) -> bool:
        """Select the row of an id. Returns whether it is there and not filtered away."""
        source = self._model.index(self._model.row_of(auth_id), max(column, 0))
        index = self.filter_model.mapFromSource(source)
        if not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if is_scrolled_to:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._text(row, Column.AUTH_ID) for row in rows)

    def copy_cell(self) -> None:
        """Copy the current cell; of several selected rows, all of them."""
        if len(self.selectionModel().selectedRows()) > 1:
            self.copy_rows()
        elif self.currentIndex().isValid():
            self._copy(self._text(self.currentIndex().row(), self.currentIndex().column()))

    def copy_auth_id(self) -> None:
        """Copy the ids of the selected rows, one a line."""
        self._copy("\n".join(self.selected_ids()))

    def copy_rows(self) -> None:
        """Copy the selected rows, cells parted by tabs, as spreadsheets take them."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        self._copy("\n".join("\t".join(self._text(row, column) for column in Column) for row in rows))

    def _text(self, row: int, column: int) -> str:
        index = self.filter_model.index(row, column)
        return str(index.data(Qt.ItemDataRole.ToolTipRole) or "")

    def _copy(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)

    def _show_menu(self, at: QPoint) -> None:
        if not self.currentIndex().isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._copy_id, self._copy_cell, self._copy_row])
        menu.popup(self.viewport().mapToGlobal(at))
