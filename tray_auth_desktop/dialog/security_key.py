"""What a page's request for a security key or passkey asks of the person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tray_auth_desktop.core.timeline import EventKind, Observation
from tray_auth_desktop.dialog.security_key_request import KeyRequest, State, words_for

_ENDED = (State.Cancelled, State.Completed, State.NotStarted)
_CANCELLED = "The security key was cancelled"


class SecurityKeyPanel(QFrame):
    """A strip above the page. Hidden while no page asks for a key; one request at a time.

    Signals:
        observed(Observation): something for the timeline; never what was typed.
    """

    observed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request: KeyRequest | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Security key")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setAccessibleName("What the security key waits for")
        self.pin = QLineEdit(self)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setAccessibleName("PIN of the security key")
        self.accounts = QComboBox(self)
        self.accounts.setAccessibleName("Account on the security key")
        self.go_button = QPushButton("&Continue", self)
        self.retry_button = QPushButton("&Try again", self)
        self.cancel_button = QPushButton("Cancel", self)
        self._lay_out()
        self.pin.returnPressed.connect(self._on_go)
        self.go_button.clicked.connect(self._on_go)
        self.retry_button.clicked.connect(self._on_retry)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.pin, 1)
        row.addWidget(self.accounts, 1)
        row.addStretch()
        for button in (self.go_button, self.retry_button, self.cancel_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addLayout(row)

    @property
    def text(self) -> str:
        """What the person is told."""
        return self._text.text()

    def show_request(self, request: KeyRequest) -> None:
        """Ask the person what a page's request needs; a request that was on show is given up."""
        if self._request is not None:
            self._on_cancel()
        self._request = request
        request.stateChanged.connect(lambda state: self._on_state_changed(request, state))
        self.observed.emit(Observation(EventKind.SECURITY, "The page asks for a security key"))
        self._on_state_changed(request, request.state())

    def _on_state_changed(self, request: KeyRequest, state: State) -> None:
        if request is not self._request:
            return  # one that was given up still tells how it ended
        if state in _ENDED:
            self._end("The security key was used" if state is State.Completed else _CANCELLED)
            return
        self.pin.clear()
        self.pin.setVisible(state is State.CollectPin)
        self.accounts.setVisible(state is State.SelectAccount)
        self.go_button.setVisible(state in (State.CollectPin, State.SelectAccount))
        self.retry_button.setVisible(state is State.RequestFailed)
        if state is State.SelectAccount:
            self.accounts.clear()
            self.accounts.addItems(request.userNames())
        self._text.setText(f"{request.relyingPartyId()}: {words_for(request, state)}")
        if state is State.RequestFailed:
            reason = request.requestFailureReason().name
            self.observed.emit(
                Observation(EventKind.SECURITY, f"Security key failed: {reason}", is_problem=True)
            )
        self.show()
        self._take_focus(state)

    def _take_focus(self, state: State) -> None:
        first = {
            State.CollectPin: self.pin,
            State.SelectAccount: self.accounts,
            State.RequestFailed: self.retry_button,
        }.get(state, self.cancel_button)
        first.setFocus()

    def _on_go(self) -> None:
        request = self._request
        if request is None:
            return
        if request.state() is State.SelectAccount:
            request.setSelectedAccount(self.accounts.currentText())
        elif self.pin.text():
            pin = self.pin.text()
            self.pin.clear()
            request.setPin(pin)

    def _on_retry(self) -> None:
        if self._request is not None:
            self._request.retry()

    def _on_cancel(self) -> None:
        if self._request is not None:
            request = self._request
            self._end(_CANCELLED)
            request.cancel()

    def _end(self, text: str) -> None:
        self._request = None
        self.pin.clear()
        self.hide()
        self.observed.emit(Observation(EventKind.SECURITY, text))
