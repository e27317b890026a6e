"""Chooses scopes by what a connector must do: operations are checked, their scopes are taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.gui.choices import DETAIL_ROLE
from tray_auth_desktop.gui.filter_line import FilterLine
from tray_auth_desktop.gui.state_line import StateLine, WrappedLabel
from tray_auth_desktop.gui.two_line_delegate import TwoLineDelegate
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, LoadState

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Connector, Operation

_NAME_ROLE = Qt.ItemDataRole.UserRole
_SEARCH_ROLE = Qt.ItemDataRole.UserRole + 9
_SIZE_LETTERS = (64, 28)


class OperationsPicker(QDialog):
    """Lists the operations of one connector at a time; what is checked in others is kept.

    Args:
        connectors: Those that work with the chosen service, newest first; not empty.
        catalog: Fetches operations.
        parent: The window it belongs to.

    Signals:
        taken(tuple[str, ...]): the scopes that the checked operations need, each once.
    """

    taken = Signal(object)

    def __init__(
        self, connectors: tuple[Connector, ...], catalog: Catalog, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._connectors, self._catalog = connectors, catalog
        self._checked: dict[tuple[int, str], tuple[str, ...]] = {}
        self.setWindowTitle("Scopes by operation")
        self.connector_choice = QComboBox(self)
        self.connector_choice.setAccessibleName("Connector")
        self.connector_choice.view().setAccessibleName("Connectors")
        self.connector_choice.addItems([_connector_text(one, connectors) for one in connectors])
        self.connector_choice.setVisible(len(connectors) > 1)
        self.filter_line = FilterLine("Filter operations", "Filter operations and scopes", self)
        self.list = _OperationList(self)
        self._line = StateLine("operations", self)
        self._sum = WrappedLabel(parent=self)
        self._sum.setAccessibleName("Scopes that will be taken over")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self._take = self._buttons.addButton("&Use these scopes", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self._connect_all()
        self._show_sum()
        catalog.load_operations(connectors[0])

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        title = QLabel("What must the connector do?", self)
        title.setBuddy(self.list)
        layout.addWidget(title)
        layout.addWidget(self.connector_choice)
        layout.addWidget(self.filter_line)
        layout.addWidget(self._line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._sum)
        layout.addWidget(self._buttons)
        letter = self.fontMetrics()
        width, height = _SIZE_LETTERS
        self.resize(letter.averageCharWidth() * width, letter.height() * height)

    def _connect_all(self) -> None:
        self._catalog.operations_changed.connect(self._on_operations)
        self.connector_choice.activated.connect(self._load)
        self.filter_line.textChanged.connect(self._on_filter_changed)
        self.list.itemChanged.connect(self._on_item_changed)
        self._line.retried.connect(self._load)
        self._line.stopped.connect(self._catalog.cancel)
        self._buttons.rejected.connect(self.reject)
        self._buttons.accepted.connect(self._on_accepted)

    def scopes(self) -> tuple[str, ...]:
        """Return what the checked operations need, each scope once."""
        return tuple(dict.fromkeys(scope for scopes in self._checked.values() for scope in scopes))

    @property
    def state_text(self) -> str:
        """What the line above the list says."""
        return self._line.text()

    def done(self, result: int) -> None:
        """Close, and wait for no list any more."""
        self._catalog.operations_changed.disconnect(self._on_operations)
        self._catalog.load_operations(None)
        super().done(result)

    def _load(self) -> None:
        self._catalog.load_operations(self._connectors[self.connector_choice.currentIndex()])

    def _on_operations(self, state: LoadState[Operation]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        if isinstance(state, Loaded):
            for operation in state.items:
                self._add(operation)
        self.list.blockSignals(False)
        self._on_filter_changed(self.filter_line.text())
        if isinstance(state, Loaded) and state.items:
            self._line.clear()
        elif isinstance(state, Loaded):
            self._line.say("This connector lists no operations. Check the scopes one by one instead.")
        elif isinstance(state, LoadFailed):
            self._line.fail(state.explanation)
        else:
            self._line.wait("Loading operations…")

    def _add(self, operation: Operation) -> None:
        item = QListWidgetItem(operation.label, self.list)
        scopes = ", ".join(operation.auth_scopes) or "needs no scopes"
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setData(_NAME_ROLE, (operation.name, operation.auth_scopes))
        item.setData(DETAIL_ROLE, scopes)
        item.setToolTip("\n".join(filter(None, (operation.label, operation.description, scopes))))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{operation.label}, {scopes}")
        item.setData(
            _SEARCH_ROLE, haystack_of(operation.label, operation.name, operation.description, scopes)
        )
        is_checked = (self.connector_choice.currentIndex(), operation.name) in self._checked
        item.setCheckState(Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked)

    def _on_filter_changed(self, text: str) -> None:
        words = words_of(text)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not has_words(str(item.data(_SEARCH_ROLE)), words))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        name, scopes = item.data(_NAME_ROLE)
        key = (self.connector_choice.currentIndex(), name)
        if item.checkState() == Qt.CheckState.Checked:
            self._checked[key] = tuple(scopes)
        else:
            self._checked.pop(key, None)
        self._show_sum()

    def _show_sum(self) -> None:
        count, scopes = len(self._checked), self.scopes()
        operations = counted(count, "operation")
        if not count:
            text = "Check the operations that are needed."
        elif not scopes:
            text = f"{operations}: no scopes needed"
        else:
            text = f"{operations}: {', '.join(scopes)}"
        self._sum.setText(text)
        self._take.setEnabled(bool(scopes))

    def _on_accepted(self) -> None:
        self.taken.emit(self.scopes())
        self.accept()


class _OperationList(QListWidget):
    """Enter belongs to the dialog, Space to the check box."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Operations")
        self.setItemDelegate(TwoLineDelegate(self, is_uniform=True))
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _connector_text(connector: Connector, connectors: tuple[Connector, ...]) -> str:
    newest = next(one for one in connectors if one.name == connector.name)
    mark = " (newest)" if connector is newest else ""
    return f"{connector.title or connector.name} {connector.version}{mark}"
