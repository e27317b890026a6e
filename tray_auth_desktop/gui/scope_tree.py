"""Scopes as a tree with check boxes: those of the environment, and those a person adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from tray_auth_desktop.gui.choices import DETAIL_ROLE
from tray_auth_desktop.gui.two_line_delegate import TwoLineDelegate
from tray_auth_desktop.gui.word_filter import has_words, haystack_of, words_of

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Scope

_VALUE_ROLE = Qt.ItemDataRole.UserRole
_ADDED_ROLE = Qt.ItemDataRole.UserRole + 8
_ADDED_TEXT = "Not listed by the environment; asked for all the same."


class ScopeTree(QTreeWidget):
    """Each scope is checked on its own: a checked scope asks for itself, not for those below it.

    Signals:
        checks_changed(): other scopes are checked now, or one was added or removed.
        current_changed(): another row is current.
    """

    checks_changed = Signal()
    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(False)
        self.setAccessibleName("Scopes")
        self.setItemDelegate(TwoLineDelegate(self))
        self.setIndentation(20)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # scopes of one service differ at their ends
        self.itemChanged.connect(self._on_item_changed)
        self.currentItemChanged.connect(self._on_current_changed)

    def show_scopes(self, scopes: Iterable[Scope], added: Iterable[str], checked: Iterable[str]) -> None:
        """Fill the tree anew."""
        self.blockSignals(True)
        self.clear()
        for scope in scopes:
            self.addTopLevelItem(_item(scope))
        listed = {_value(item) for item in self._items()}
        for value in added:
            if value not in listed:
                self.addTopLevelItem(_added_item(value))
        wanted = set(checked)
        for item in self._items():
            item.setCheckState(0, _check_state(_value(item) in wanted))
        self.expandAll()
        self.blockSignals(False)
        self.checks_changed.emit()

    def checked(self) -> tuple[str, ...]:
        """Return the checked scopes from top to bottom, each once."""
        values = (_value(item) for item in self._items() if item.checkState(0) == Qt.CheckState.Checked)
        return tuple(dict.fromkeys(values))

    def added(self) -> tuple[str, ...]:
        """Return the scopes the person added."""
        return tuple(_value(item) for item in self._items() if item.data(0, _ADDED_ROLE))

    def check(self, value: str) -> None:
        """Check a scope; one that is not listed is added first."""
        self.check_all((value,))

    def check_all(self, values: Iterable[str]) -> None:
        """Check scopes, beside those that are checked; those that are not listed are added first."""
        self.blockSignals(True)
        items = {_value(item): item for item in reversed(list(self._items()))}
        last = None
        for value in dict.fromkeys(values):
            last = items.get(value)
            if last is None:
                last = _added_item(value)
                self.addTopLevelItem(last)
            last.setCheckState(0, Qt.CheckState.Checked)
        self.blockSignals(False)
        if last is not None:
            self.setCurrentItem(last)
            self.scrollToItem(last)
        self.viewport().update()
        self.checks_changed.emit()

    def check_shown(self) -> None:
        """Check every scope that the filter shows."""
        self.blockSignals(True)
        for item in self._items():
            if not _is_out_of_sight(item):
                item.setCheckState(0, Qt.CheckState.Checked)
        self.blockSignals(False)
        self.viewport().update()
        self.checks_changed.emit()

    def uncheck_all(self) -> None:
        """Ask for no scope."""
        self.blockSignals(True)
        for item in self._items():
            item.setCheckState(0, Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.viewport().update()
        self.checks_changed.emit()

    @property
    def is_current_added(self) -> bool:
        """Whether the current row can be removed."""
        item = self.currentItem()
        return item is not None and bool(item.data(0, _ADDED_ROLE))

    def remove_current(self) -> None:
        """Remove the current row if the person added it."""
        item = self.currentItem()
        if item is not None and item.data(0, _ADDED_ROLE):
            self.takeTopLevelItem(self.indexOfTopLevelItem(item))
            self.checks_changed.emit()

    def set_filter(self, text: str) -> int:
        """Show scopes that hold every word, with those above them; returns how many match."""
        words = words_of(text)
        tops = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return sum(_filter(item, words) for item in tops if item is not None)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a few lines only, so that the form scrolls no earlier than it must."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete removes what the person added."""
        if event.key() == Qt.Key.Key_Delete and self.is_current_added:
            self.remove_current()
        else:
            super().keyPressEvent(event)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for row in range(self.topLevelItemCount()):
            top = self.topLevelItem(row)
            if top is not None:
                yield from _walk(top)

    def _on_item_changed(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.checks_changed.emit()

    def _on_current_changed(self, _now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        self.current_changed.emit()


def _item(scope: Scope) -> QTreeWidgetItem:
    item = _bare_item(scope.value, scope.description)
    item.addChildren([_item(child) for child in scope.children])
    return item


def _added_item(value: str) -> QTreeWidgetItem:
    item = _bare_item(value, _ADDED_TEXT)
    item.setData(0, _ADDED_ROLE, True)
    return item


def _bare_item(value: str, detail: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([value])
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    item.setData(0, _VALUE_ROLE, value)
    item.setData(0, DETAIL_ROLE, detail)
    item.setToolTip(0, "\n".join(filter(None, (value, detail))))
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (value, detail))))
    return item


def _value(item: QTreeWidgetItem) -> str:
    return str(item.data(0, _VALUE_ROLE))


def _check_state(is_checked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked


def _walk(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    yield item
    for child in _children(item):
        yield from _walk(child)


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    children = (item.child(row) for row in range(item.childCount()))
    return [child for child in children if child is not None]


def _is_out_of_sight(item: QTreeWidgetItem) -> bool:
    above: QTreeWidgetItem | None = item
    while above is not None:
        if above.isHidden():
            return True
        above = above.parent()
    return False


def _filter(item: QTreeWidgetItem, words: tuple[str, ...]) -> int:
    below = sum(_filter(child, words) for child in _children(item))
    matches = has_words(haystack_of(_value(item), str(item.data(0, DETAIL_ROLE))), words)
    item.setHidden(not matches and not below)
    return below + int(matches)
