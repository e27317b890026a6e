"""Beneath the history: how one attempt ended, in full, and its timeline as the journal has it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.gui.history_cells import outcome_sign, outcome_text, outcome_word
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolButton, SymbolLabel
from tray_auth_desktop.gui.timeline_panel import TimelinePanel
from tray_auth_desktop.onboarding.past_attempt import PastAttempt, user_of, what_of

#: How many events are added before the window gets its turn again.
_AT_ONCE = 200


class HistoryDetails(QWidget):
    """Shows one attempt; a long timeline comes in parts, so that nothing stalls.

    Signals:
        copied(str): this text is on the clipboard.
        closed(): the person wants it out of the way.
    """

    copied = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attempt_id = ""
        self._waiting: list[TimelineEvent] = []
        self._symbol = SymbolLabel("pending", parent=self)
        self._title = WrappedLabel(parent=self)
        self._title.setAccessibleName("The attempt")
        self._text = WrappedLabel(parent=self)
        self._text.setAccessibleName("How it ended")
        self._close = SymbolButton("close", "Close the timeline (Esc)", self)
        self.timeline = TimelinePanel(self)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._add_some)
        self._lay_out()
        self._close.clicked.connect(self.closed)
        self.timeline.copied.connect(self.copied)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 0)
        head.addWidget(self._symbol)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        text = QHBoxLayout()
        text.setContentsMargins(16, 0, 16, 0)
        text.addWidget(self._text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(text)
        layout.addWidget(self.timeline, 1)

    @property
    def title(self) -> str:
        """What is on show."""
        return self._title.text()

    @property
    def text(self) -> str:
        """How it ended."""
        return self._text.text()

    @property
    def is_complete(self) -> bool:
        """Whether all events are in place."""
        return not self._waiting

    def show_attempt(self, attempt: PastAttempt, events: Sequence[TimelineEvent]) -> None:
        """Show another attempt, or the same one anew."""
        self.attempt_id = attempt.attempt_id
        symbol, tone = outcome_sign(attempt)
        self._symbol.show_symbol(symbol, tone)
        parts = (outcome_word(attempt), user_of(attempt), what_of(attempt), attempt.workspace)
        self._title.setText(" · ".join(filter(None, parts)))
        self._text.setText(outcome_text(attempt))
        self.timeline.clear()
        self._waiting = list(events)
        self._add_some()

    def _add_some(self) -> None:
        now, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for event in now:
            self.timeline.add(event)
        if self._waiting:
            self._turn.start()
        else:
            self.timeline.view.scrollToTop()
