"""A field to choose one thing from a list that is fetched in the background; type to find it by any word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tray_auth_desktop.gui.choices import Choice, ChoiceModel
from tray_auth_desktop.gui.search_field import SearchField
from tray_auth_desktop.gui.state_line import StateLine
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, LoadState, NotAsked


class Picker(QWidget):
    """Label, search field and the state of the list.

    What was chosen or typed stays while the list is fetched again, and when that fails.

    Args:
        label: With its mnemonic.
        what: What the list holds, such as "end users".
        hint: What to do first while nothing was asked for.

    Signals:
        chosen(str): the key of what is chosen now; empty if nothing is.
        retried(): the person asks for the list again.
        stopped(): the person has waited long enough for it.
    """

    chosen = Signal(str)
    retried = Signal()
    stopped = Signal()

    def __init__(self, label: str, what: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what, self._hint = what, hint
        self._choice: Choice | None = None
        self._state: LoadState[Choice] = NotAsked()
        self._model = ChoiceModel(self)
        title = QLabel(label, self)
        self.field = SearchField(self._model, label.replace("&", ""), self)
        title.setBuddy(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        self._line = StateLine(what, self, beside=row)
        self._line.setFocusProxy(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addLayout(row)
        layout.addWidget(self._line)
        self.setFocusProxy(self.field)
        self.field.row_picked.connect(self._on_row_picked)
        self.field.text_searched.connect(self._on_searched)
        self.field.left.connect(self._on_left)
        self._line.retried.connect(self.retried)
        self._line.stopped.connect(self.stopped)
        self._show_state()

    @property
    def key(self) -> str:
        """What is chosen, or an empty text."""
        return self._choice.key if self._choice else ""

    @property
    def state_text(self) -> str:
        """What the line beneath the field says."""
        return self._line.text()

    def set_state(self, state: LoadState[Choice]) -> None:
        """Show where the list stands; only a list that is here replaces the one before."""
        self._state = state
        if isinstance(state, Loaded):
            self._model.set_choices(state.items)
            self._renew_choice()
            self.field.search_again()
        elif isinstance(state, NotAsked):
            self._model.set_choices(())
        self._show_state()

    def choose(self, key: str) -> None:
        """Choose by key, as if the person had."""
        choice = self._model.find(key)
        if choice is not None:
            self._set_choice(choice)

    def clear(self) -> None:
        """Choose nothing."""
        self._set_choice(None)

    def _renew_choice(self) -> None:
        if self._choice is not None:
            fresh = self._model.find(self._choice.key)
            if fresh is not None and fresh != self._choice:
                self._choice = fresh
                self.field.show_chosen(fresh.label)

    def _set_choice(self, choice: Choice | None) -> None:
        is_new = choice != self._choice
        self._choice = choice
        self.field.show_chosen(choice.label if choice else "")
        self._show_state()
        if is_new:
            self.chosen.emit(self.key)

    def _show_state(self) -> None:
        state = self._state
        self.field.setEnabled(not isinstance(state, NotAsked))
        if isinstance(state, NotAsked):
            self._line.say(self._hint)
        elif isinstance(state, Loading):
            self._line.wait(f"Loading {self._what}…")
        elif isinstance(state, LoadFailed):
            self._line.fail(state.explanation)
        elif not state.items:
            self._line.fail(f"There are no {self._what}.")
        elif state.is_partial:
            self._line.say(f"{len(state.items)} {self._what} so far, loading more…")
        else:
            self._show_choice(state)

    def _show_choice(self, state: Loaded[Choice]) -> None:
        """Say what the field does not: the second line of what is chosen, and whether it still exists."""
        if self._choice is None:
            self._line.say(f"{len(state.items)} to choose from")
        elif self._model.find(self._choice.key) is None:
            self._line.say("No longer in the list; it stays chosen until you choose another.")
        else:
            self._line.say(self._choice.detail)

    def _on_row_picked(self, index: QModelIndex) -> None:
        choice = self._model.choice_at(index.row())
        if choice is not None:
            self._set_choice(choice)

    def _on_searched(self, text: str) -> None:
        is_fruitless = bool(text.strip()) and self._model.rowCount() == 0
        if is_fruitless and isinstance(self._state, Loaded) and self._state.items:
            self._line.say(f"None of the {self._what} matches “{text.strip()}”.")
        else:
            self._show_state()

    def _on_left(self, text: str) -> None:
        """The keyboard goes elsewhere: an exact name counts as chosen, else what was chosen stays."""
        same = self._model.labelled(text.strip())
        if len(same) == 1:
            self._set_choice(same[0])
        elif self._choice is not None:
            self.field.show_chosen(self._choice.label)
            self._show_state()
