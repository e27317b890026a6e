"""The baseline of a long list: a model over a Python list, and a QSortFilterProxyModel before it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QLineEdit, QTableView, QVBoxLayout, QWidget

from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.onboarding.tasks import Tasks

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class PlainModel(QAbstractTableModel):
    """Rows of texts."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, ...]] = []

    def set_rows(self, listed: tuple[Authentication, ...]) -> None:
        """Show a list."""
        self.beginResetModel()
        self._rows = [
            (
                one.name,
                one.service.label if one.service else "",
                one.service_environment.label if one.service_environment else "",
                one.auth_id,
            )
            for one in listed
        ]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else 4

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a text."""
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class PlainTable:
    """A table as the manuals show it."""

    is_busy = False

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self.window, self.view, self.line = QWidget(), QTableView(), QLineEdit()
        self._model, proxy = PlainModel(), QSortFilterProxyModel()
        self._proxy = proxy
        proxy.setSourceModel(self._model)
        proxy.setFilterKeyColumn(-1)
        proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.textChanged.connect(proxy.setFilterFixedString)
        self.view.setModel(proxy)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.line)
        layout.addWidget(self.view)

    def load(self, client: TrayClient, user_id: str, done: Callable[[], None]) -> None:
        """Fetch everything, then show it."""

        def loaded(listed: tuple[Authentication, ...]) -> None:
            self._model.set_rows(listed)
            done()

        def failed(error: Exception) -> None:
            raise error

        self._tasks.submit(lambda: client.authentications_of(user_id), loaded, failed)
