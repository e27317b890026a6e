"""The table of authentications: which rows are selected, and cells and rows as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tray_auth_desktop.core.authentication_cells import cells_of
from tray_auth_desktop.gui.authentication_cells import CellDelegate
from tray_auth_desktop.gui.authentication_model import AuthenticationModel, Column
from tray_auth_desktop.gui.authentication_place import PlaceKeeper
from tray_auth_desktop.gui.columns import style_header

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication

_LEAST_ROWS = 5


class AuthenticationView(QTableView):
    """Rows are selected whole, but each cell can be copied.

    Signals:
        copied(str): this text is on the clipboard.
        chosen(): other rows are selected.
        opened(): more is wanted of the current row: Enter, or a double click.
    """

    copied = Signal(str)
    chosen = Signal()
    opened = Signal()

    def __init__(self, model: AuthenticationModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model, self))
        self.setAccessibleName("Authentications of the end user")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._set_sizes()
        self.place = PlaceKeeper(self, model)
        self.selectionModel().selectionChanged.connect(self.chosen)
        model.modelReset.connect(self.chosen)
        model.rowsRemoved.connect(self.chosen)
        self.doubleClicked.connect(self.opened)

    def _set_sizes(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(self.fontMetrics().height() + 12)
        columns = self.horizontalHeader()
        style_header(columns)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setResizeContentsPrecision(0)  # a double click on a border looks at the rows in sight
        columns.setStretchLastSection(True)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in ((Column.NAME, 22), (Column.SERVICE, 17), (Column.ENVIRONMENT, 15)):
            columns.resizeSection(column, letter * letters)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a few rows only, so that the column scrolls no earlier than it must."""
        rows = self.verticalHeader().defaultSectionSize() * _LEAST_ROWS
        return QSize(super().sizeHint().width(), rows + self.horizontalHeader().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never be squeezed to less than that."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter wants more of the row."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def select_id(self, auth_id: str, column: int = 0, *, is_scrolled_to: bool = True) -> bool:
        """Select the row of an id. Returns whether it is there and not filtered away."""
        row = self._model.row_of(auth_id)
        if row < 0:
            return False
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, max(column, 0))
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if is_scrolled_to:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def select_current(self) -> None:
        """Select the row that the keyboard is on, if none is selected."""
        index = self.currentIndex()
        if index.isValid() and not self.place.selected_count():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(index, flags.Select | flags.Rows)

    def selected(self) -> tuple[Authentication, ...]:
        """Return what is selected, from top to bottom."""
        return tuple(map(self._model.authentication, self.place.selected_rows()))

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected rows, from top to bottom."""
        return tuple(one.auth_id for one in self.selected())

    @property
    def current(self) -> Authentication | None:
        """What the keyboard is on, if that is selected."""
        index = self.currentIndex()
        is_there = index.isValid() and self.selectionModel().isSelected(index)
        return self._model.authentication(index.row()) if is_there else None

    def copy_cell(self) -> None:
        """Copy the current cell; of several selected rows, all of them."""
        index = self.currentIndex()
        if len(self.place.selected_rows()) > 1:
            self.copy_rows()
        elif index.isValid():
            self.copy_text(cells_of(self._model.authentication(index.row()))[index.column()])

    def copy_rows(self) -> None:
        """Copy the selected rows, cells parted by tabs, as spreadsheets take them."""
        self.copy_text("\n".join("\t".join(cells_of(one)) for one in self.selected()))

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard and say so; an empty one is nothing to copy."""
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)
