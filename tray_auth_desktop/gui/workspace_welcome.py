"""What is shown while no workspace is set up: how to connect an account, step by step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.gui.flow import FlowLayout
from tray_auth_desktop.gui.grounds import Card
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.theme import give_style, scaled_font

_STEPS = (
    (
        "Look at the address of your Tray app",
        "app.tray.io, app.eu1.tray.io or app.ap1.tray.io: it tells the region.",
    ),
    (
        "Find the Embedded ID",
        "In the Tray app, in the Embedded settings. Older pages call it partner name.",
    ),
    (
        "Make a master token",
        "In the Tray app under Settings → Tokens. It takes an admin or owner of the account, and is "
        "shown once only.",
    ),
    (
        "Enter them here",
        "The token goes into this computer's vault, never into a file. Then the connection is tested: "
        "is the token accepted, is it the right region, is the dialog's host reachable?",
    ),
)


class WorkspaceWelcome(Card):
    """Says what is needed and where it is found.

    Signals:
        add_requested(): the person wants to enter it.
        stand_in_requested(): the person wants to go on without an account.
    """

    add_requested = Signal()
    stand_in_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("Connect your Tray account", self)
        title.setFont(scaled_font(title, 1.5, is_bold=True))
        title.setWordWrap(True)
        about = WrappedLabel(
            "A workspace is one Tray account to work against. You can set up any number of them.", self
        )
        self.add_button = QPushButton("&Connect your Tray account…", self)
        give_style(self.add_button, "primary_button")
        self.stand_in_button = QPushButton("Use the &stand-in for now", self)
        note = WrappedLabel(
            "The stand-in is a local test service: everything can be tried on it, and nothing reaches Tray.",
            self,
        )
        self.add_button.clicked.connect(self.add_requested)
        self.stand_in_button.clicked.connect(self.stand_in_requested)
        buttons = FlowLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.stand_in_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(title)
        layout.addWidget(about)
        for number, (head, text) in enumerate(_STEPS, start=1):
            layout.addWidget(_step(number, head, text, self))
        layout.addLayout(buttons)
        layout.addWidget(note)
        layout.addStretch(1)


def _step(number: int, head: str, text: str, parent: QWidget) -> QWidget:
    step = QWidget(parent)
    digit = QLabel(str(number), step)
    digit.setFont(scaled_font(digit, 1.5, is_bold=True))
    digit.setMinimumWidth(digit.fontMetrics().horizontalAdvance("0") * 2)
    title = WrappedLabel(head, step)
    title.setFont(scaled_font(title, 1.0, is_bold=True))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(title)
    words.addWidget(WrappedLabel(text, step))
    layout = QHBoxLayout(step)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(digit, 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, 1)
    return step
