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

    Attributes:
        field: Where one types.
        head, row, foot: Where label, field and line stand; each has room for further buttons at its end.
    """

    chosen = Signal(str)
    retried = Signal()
    stopped = Signal()

    def __init__(self, label: str, what: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what, self._hint = what, hint
        self._choice: Choice | None = None
        self._trouble = ""
        self._state: LoadState[Choice] = NotAsked()
        self._model = ChoiceModel(self)
        self._title = QLabel(label, self)
        self.field = SearchField(self._model, label.replace("&", ""), self)
        self._title.setBuddy(self.field)
        self.head = QHBoxLayout()
        self.row = QHBoxLayout()
        self._line = StateLine(what, self, beside=self.row)
        self._lay_out()
        self.setFocusProxy(self.field)
        self.field.row_picked.connect(self._on_row_picked)
        self.field.text_searched.connect(self._on_searched)
        self.field.left.connect(self._on_left)
        self._line.retried.connect(self.retried)
        self._line.stopped.connect(self.stopped)
        self._show_state()

    def _lay_out(self) -> None:
        self.head.setSpacing(4)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self.row.setSpacing(8)
        self.row.insertWidget(0, self.field, 1)
        self._line.setFocusProxy(self.field)
        self.foot = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.head)
        layout.addLayout(self.row)
        layout.addWidget(self._line)

    @property
    def key(self) -> str:
        """What is chosen, or an empty text."""
        return self._choice.key if self._choice else ""

    @property
    def state_text(self) -> str:
        """What the line beneath the field says."""
        return self._line.text()

    @property
    def is_loaded(self) -> bool:
        """Whether the list is here."""
        return isinstance(self._state, Loaded)

    def set_state(self, state: LoadState[Choice]) -> None:
        """Show where the list stands; only a list that is here replaces the one before."""
        self._state = state
        if isinstance(state, Loaded):
            place = self.field.list_place()
            self._model.set_choices(state.items)
            self._renew_choice()
            self.field.renew_list(place)
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

    def complain(self, trouble: str) -> None:
        """Say that something wanted cannot be chosen, until something else is."""
        self._trouble = trouble
        self._show_state()

    def _renew_choice(self) -> None:
        if self._choice is not None:
            fresh = self._model.find(self._choice.key)
            if fresh is not None and fresh != self._choice:
                is_other_label = fresh.label != self._choice.label
                self._choice = fresh
                if is_other_label and not self.field.searched_text:
                    self.field.show_chosen(fresh.label)

    def _set_choice(self, choice: Choice | None) -> None:
        is_new = choice != self._choice
        self._choice = choice
        self._trouble = ""
        self.field.show_chosen(choice.label if choice else "")
        self._show_state()
        if is_new:
            self.chosen.emit(self.key)

    def _show_state(self) -> None:
        state = self._state
        self.field.setEnabled(not isinstance(state, NotAsked))
        if isinstance(state, NotAsked):
            self._line.say(self._trouble or self._hint)
        elif isinstance(state, LoadFailed):
            self._line.fail(state.explanation)
        elif self._trouble:
            self._line.fail(self._trouble)
        elif isinstance(state, Loading):
            self._line.wait(f"Loading {self._what}…")
        elif not state.items:
            self._line.fail(f"There are no {self._what}.")
        elif self.field.searched_text:
            self._show_search(state)
        elif self._choice is not None:
            self._show_choice(state, self._choice)
        elif state.is_partial:
            self._line.say(f"{len(state.items)} {self._what} so far, loading more…")
        else:
            self._line.say(self._offer(state))

    def _show_search(self, state: Loaded[Choice]) -> None:
        """Say what came of the search for the typed text."""
        rows = self._model.match_count
        if rows:
            self._line.say(f"{rows} of {len(state.items)} match")
        else:
            self._line.say(f"None of the {self._what} matches “{self.field.searched_text}”.")

    def _show_choice(self, state: Loaded[Choice], choice: Choice) -> None:
        """Say what the field does not: the second line of what is chosen, and whether it still exists."""
        if not state.has_more and self._model.find(choice.key) is None:
            self._line.say("No longer in the list; it stays chosen until you choose another.")
        else:
            self._line.say(choice.detail)

    def _offer(self, state: Loaded[Choice]) -> str:
        return f"{len(state.items)} to choose from"

    def _on_row_picked(self, index: QModelIndex) -> None:
        choice = self._model.choice_at(index.row())
        if choice is not None:
            self._set_choice(choice)

    def _on_searched(self, _text: str) -> None:
        self._trouble = ""
        self._show_state()

    def _on_left(self, text: str) -> None:
        """The keyboard goes elsewhere: an exact name counts as chosen, else what was chosen stays."""
        same = self._model.labelled(text.strip())
        if len(same) == 1:
            self._set_choice(same[0])
        elif self._choice is not None:
            self.field.show_chosen(self._choice.label)
            self._show_state()
