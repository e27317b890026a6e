"""The actions of the table as Qt has them: with shortcuts, and with the reason where one cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from tray_auth_desktop.gui.actions import ACTIONS, ActionEntry, Group


def _always() -> str:
    return ""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Deed:
    """What an action does.

    Attributes:
        run: Does it.
        why_not: Returns why it cannot be done now, as a sentence; an empty text if it can.
        is_on: Whether it is on, for one that can be on or off.
    """

    run: Callable[[], object]
    why_not: Callable[[], str] = _always
    is_on: Callable[[], bool] = _never


class WindowActions(QObject):
    """Joins the table with what the window does.

    A shortcut works whatever is shown: one whose action cannot be done now says why.

    Args:
        window: The widget in which the shortcuts count.
        deeds: What each action of the table does, by its name.

    Signals:
        refused(str): an action was asked for that cannot be done now; says why.
        workspace_asked(str): the person wants to work against this workspace.
        workspaces_changed(): there are other workspaces now.
    """

    refused = Signal(str)
    workspace_asked = Signal(str)
    workspaces_changed = Signal()

    def __init__(self, window: QWidget, deeds: Mapping[str, Deed]) -> None:
        super().__init__(window)
        self._window = window
        self._deeds = dict(deeds)
        self._choices: dict[str, QActionGroup] = {}
        self._actions = {entry.name: self._make(entry) for entry in ACTIONS}
        window.addActions(list(self._actions.values()))
        self._workspaces: list[QAction] = []
        self._names: tuple[tuple[str, str], ...] = ()
        self._active = ""

    def _make(self, entry: ActionEntry) -> QAction:
        action = QAction(entry.text, self)
        action.setObjectName(entry.name)
        if entry.keys:
            action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
        action.setCheckable(entry.is_checkable)
        if entry.choice:
            self._choices.setdefault(entry.choice, QActionGroup(self)).addAction(action)
        action.triggered.connect(partial(self._on_triggered, entry.name))
        return action

    def action(self, name: str) -> QAction:
        """Return an action of the table."""
        return self._actions[name]

    def in_group(self, group: Group) -> list[QAction]:
        """Return the actions of a group in the table's order; a group's own further ones follow."""
        found = [self._actions[entry.name] for entry in ACTIONS if entry.group is group]
        return [*found, *self._workspaces] if group is Group.WORKSPACE else found

    @property
    def workspaces(self) -> list[QAction]:
        """One action for each workspace that can be switched to; the active one is checked."""
        return list(self._workspaces)

    def set_workspaces(self, names: Sequence[tuple[str, str]], active: str) -> None:
        """Say which workspaces there are.

        Args:
            names: Key of each, and what it is called.
            active: Key of the one that is worked against.
        """
        if (tuple(names), active) == (self._names, self._active):
            return
        for action in self._workspaces:
            action.deleteLater()
        self._names, self._active = tuple(names), active
        together = QActionGroup(self)
        self._workspaces = [self._make_switch(key, label) for key, label in names]
        for action in self._workspaces:
            together.addAction(action)
        self.workspaces_changed.emit()

    def _make_switch(self, key: str, label: str) -> QAction:
        action = QAction(f"Workspace {label.replace('&', '&&')}", self)
        action.setObjectName(f"workspace {key}")
        action.setData(key)
        action.setCheckable(True)
        action.setChecked(key == self._active)
        action.triggered.connect(partial(self._on_switch, key))
        return action

    def why_not(self, action: QAction) -> str:
        """Return why an action cannot be done now; an empty text if it can."""
        deed = self._deeds.get(action.objectName())
        if deed is not None:
            return deed.why_not()
        return "This workspace is the active one." if action.data() == self._active else ""

    def refresh(self, actions: Sequence[QAction]) -> None:
        """Let actions look as they are now, for as long as a menu shows them."""
        for action in actions:
            reason = self.why_not(action)
            action.setToolTip(reason or action.text().replace("&", ""))
            action.setStatusTip(reason)
            action.setEnabled(not reason or bool(action.data()))
            deed = self._deeds.get(action.objectName())
            if deed is not None and action.isCheckable():
                action.setChecked(deed.is_on())

    def release(self, actions: Sequence[QAction]) -> None:
        """Enable actions again, so that their shortcuts answer."""
        for action in actions:
            action.setEnabled(True)

    def _on_triggered(self, name: str, _is_checked: bool = False) -> None:
        deed, action = self._deeds[name], self._actions[name]
        reason = deed.why_not()
        if reason:
            self.refused.emit(reason)
        else:
            deed.run()
        if action.isCheckable():
            action.setChecked(deed.is_on())

    def _on_switch(self, key: str, _is_checked: bool = False) -> None:
        if key != self._active:
            self._check_active()  # the other is active once it is taken up
            self.workspace_asked.emit(key)

    def _check_active(self) -> None:
        for action in self._workspaces:
            action.setChecked(action.data() == self._active)
