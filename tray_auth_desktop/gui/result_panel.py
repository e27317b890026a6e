"""The captured authId and how sure it is. Top right of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.auth_id_view import AuthIdView
from tray_auth_desktop.gui.grounds import Card
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import Tone, scaled_font

if TYPE_CHECKING:
    from datetime import datetime

    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.core.subject import Subject

_EMPTY = "No authId captured yet. It appears here as soon as the dialog announces it."
_NOT_FOUND = (
    "Captured, but not confirmed: it was not found in the user's list. Refresh the list to look again."
)
_TITLE, _EARLIER_TITLE = "Captured authId", "Captured authId, of an attempt before"
#: By the values of `Via`.
_VIA_WORDS = {
    "opener": "Announced by the dialog to its opener.",
    "severed-opener": (
        "Announced by the dialog although its opener was severed: a web page of your own would have lost it."
    ),
    "listing": "The dialog announced nothing; found by comparing the user's list with the one before.",
}
_UPDATED = "Already in the list: updated. The id is the one it had before."
_OTHER_ID = "Editing came back with an id that was not in the user's list before: a new authentication."
_KNOWN = "An authentication the user already had: the dialog returned a known id and made no new one."


class ResultPanel(Card):
    """Shows one result, until another takes its place.

    Signals:
        painted(str): the result of this attempt is on the screen.
        copied(str): this authId is on the clipboard.
    """

    painted = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attempt_id = ""
        self._title = QLabel(_TITLE, self)
        self._title.setFont(scaled_font(self._title, 1.0, is_bold=True))
        self._empty = WrappedLabel(_EMPTY, self)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._id = AuthIdView(self)
        self._copy = QPushButton("Copy", self)
        self._copy.setAccessibleName("Copy the captured authId")
        self._copy.setToolTip("Copy the authId (Ctrl+Shift+C)")
        self._symbol = SymbolLabel("pending", parent=self)
        self._state = WrappedLabel(parent=self)
        self._state.setAccessibleName("State of the captured authId")
        self._known = WrappedLabel(parent=self)
        self._known.setAccessibleName("Whether the authId is new")
        self._via = WrappedLabel(parent=self)
        self._about = WrappedLabel(parent=self)
        self._lay_out()
        self._copy.clicked.connect(self.copy)
        self._id.painted.connect(self._on_painted)
        self._show_parts(has_result=False)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._copy)
        state = QHBoxLayout()
        state.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._id)
        layout.addLayout(state)
        layout.addWidget(self._known)
        layout.addWidget(self._via)
        layout.addWidget(self._about)
        layout.addWidget(self._empty)
        for quiet in (self._via, self._about):
            quiet.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    @property
    def auth_id(self) -> str:
        """The id on show, or an empty text."""
        return self._id.text()

    @property
    def state_text(self) -> str:
        """What is said of the id on show."""
        return self._state.text()

    @property
    def known_text(self) -> str:
        """What is said where the id was known before, or should have been."""
        return self._known.text()

    def show_captured(self, attempt_id: str, outcome: Outcome, subject: Subject, at: datetime) -> None:
        """Show a result that was just captured; whether it is in the list is not known yet."""
        self._attempt_id = attempt_id
        self._title.setText(_TITLE)
        self._id.show_id(outcome.auth_id or "")
        self._known.setText(_known_words(outcome, is_edit=bool(subject.authentication)))
        self._via.setText(_VIA_WORDS[outcome.via] if outcome.via else "")
        kind = f" · {outcome.auth_type}" if outcome.auth_type else ""
        self._about.setText(f"{at:%H:%M:%S} · {subject.text}{kind}")
        if outcome.confirmed:
            self._say("check", Tone.GOOD, "Confirmed: it is in the user's list.")
        else:
            self._say("pending", None, "Captured. Looking for it in the user's list…")
        self._show_parts(has_result=True)

    def show_confirmation(self, outcome: Outcome) -> None:
        """Say what came of the search in the list; of another id than the one on show it says nothing."""
        if outcome.auth_id != self.auth_id:
            return
        if outcome.confirmed:
            self._say("check", Tone.GOOD, "Confirmed: it is in the user's list.")
        else:
            self._say("warning", Tone.WARNING, _NOT_FOUND)

    def call_earlier(self) -> None:
        """Another attempt starts: say that the result on show is not that one's."""
        self._title.setText(_EARLIER_TITLE if self.auth_id else _TITLE)

    @property
    def title(self) -> str:
        """What the result is called."""
        return self._title.text()

    def copy(self) -> None:
        """Put the authId on the clipboard, if there is one."""
        if self.auth_id:
            self._id.copy_id()
            self.copied.emit(self.auth_id)

    def _say(self, symbol: str, tone: Tone | None, text: str) -> None:
        self._symbol.show_symbol(symbol, tone)
        self._state.setText(text)

    def _show_parts(self, *, has_result: bool) -> None:
        for widget in (self._id, self._copy, self._symbol, self._state, self._via, self._about):
            widget.setVisible(has_result)
        self._known.setVisible(has_result and bool(self._known.text()))
        self._empty.setVisible(not has_result)

    def _on_painted(self) -> None:
        self.painted.emit(self._attempt_id)


def _known_words(outcome: Outcome, *, is_edit: bool) -> str:
    """Return what is to be said beside the id; a new one of a new authentication needs no words."""
    if outcome.was_known:
        return _UPDATED if is_edit else _KNOWN
    return _OTHER_ID if is_edit and outcome.was_known is False else ""
