"""A page in the centre that says what to do next, with the buttons for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.flow import FlowLayout
from tray_auth_desktop.gui.grounds import Card
from tray_auth_desktop.gui.guidance import Guidance, Offer
from tray_auth_desktop.gui.state_line import BusyBar, WrappedLabel
from tray_auth_desktop.gui.symbols import SymbolLabel
from tray_auth_desktop.gui.theme import scaled_font

_WIDTH_LETTERS = 62
_SYMBOL_SCALE = 1.5
_BUTTON_TEXTS = {
    Offer.NEW_CODE: "Open again with a new code",
    Offer.COPY_AUTH_ID: "Copy authId",
    Offer.COPY_TEXT: "Copy text",
    Offer.CANCEL: "Cancel",
}


class GuidePage(Card):
    """Shows one guidance at a time.

    Signals:
        accepted(Offer): the person pressed one of the buttons.
    """

    accepted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guidance: Guidance | None = None
        self._symbol = SymbolLabel("check", parent=self, scale=_SYMBOL_SCALE)
        self._title = WrappedLabel(parent=self)
        self._title.setFont(scaled_font(self._title, 1.5, is_bold=True))
        self._title.setForegroundRole(QPalette.ColorRole.Text)
        self._text = WrappedLabel(parent=self)
        self._text.setAccessibleName("What to do next")
        self._text.setForegroundRole(QPalette.ColorRole.Text)
        self._progress = BusyBar("Under way", self, is_thin=False)
        self._buttons = {offer: self._make_button(offer) for offer in Offer}
        self._lay_out()

    def _make_button(self, offer: Offer) -> QPushButton:
        button = QPushButton(_BUTTON_TEXTS[offer], self)
        button.clicked.connect(partial(self._on_clicked, offer))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._symbol)
        head.addWidget(self._title, 1)
        self._row = FlowLayout()
        column = QWidget(self)
        column.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDTH_LETTERS)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addLayout(head)
        inside.addWidget(self._text)
        inside.addWidget(self._progress)
        inside.addLayout(self._row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    @property
    def title(self) -> str:
        """The title on show."""
        return self._title.text()

    @property
    def text(self) -> str:
        """The text on show."""
        return self._text.text()

    def show_guidance(self, guidance: Guidance) -> None:
        """Say what to do next."""
        had_focus = any(button.hasFocus() for button in self._buttons.values())
        self.guidance = guidance
        self._symbol.setVisible(bool(guidance.symbol))
        if guidance.symbol:
            self._symbol.show_symbol(guidance.symbol, guidance.tone)
        self._title.setText(guidance.title)
        self._text.setText(guidance.text)
        self._progress.setVisible(guidance.is_busy)
        self._show_offers(guidance.offers)
        if had_focus and guidance.offers:
            self._buttons[guidance.offers[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.setVisible(False)
        for offer in offers:
            self._row.addWidget(self._buttons[offer])
            self._buttons[offer].setVisible(True)

    def _on_clicked(self, offer: Offer) -> None:
        self.accepted.emit(offer)
