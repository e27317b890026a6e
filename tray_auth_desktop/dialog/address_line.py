"""The read-only line above a web view: where one is, whether it is trusted, whether it is encrypted."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.dialog.address import encoded


class AddressLine(QWidget):
    """Shows the origin of the page in a view. Queries are never shown: they carry the code."""

    def __init__(self, trusted_origin: Origin | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trusted_origin = trusted_origin
        self._connection = QLabel(self)
        self._connection.setAccessibleName("Connection")
        self._address = QLineEdit(self)
        self._address.setReadOnly(True)
        self._address.setAccessibleName("Address of the page")
        self._address.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._trust = QLabel(self)
        self._trust.setAccessibleName("Trust")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        for widget in (self._connection, self._address, self._trust):
            layout.addWidget(widget)
        self.show_url(QUrl())

    def show_url(self, url: QUrl) -> None:
        """Show where the view is now."""
        try:
            origin = Origin.parse(encoded(url))
        except ValueError:
            self._show("", "—", "")
            return
        trusted = origin == self.trusted_origin
        self._show(str(origin), connection_words(origin), "Trusted dialog" if trusted else "Other site")
        self._trust.setToolTip(
            "This is the dialog's own origin: its messages count."
            if trusted
            else "Not the dialog's origin: nothing this page says is believed."
        )

    def _show(self, address: str, connection: str, trust: str) -> None:
        self._address.setText(address)
        self._address.setCursorPosition(0)  # where there is no room for all, the scheme is what counts
        self._connection.setText(connection)
        self._trust.setText(trust)


def connection_words(origin: Origin) -> str:
    """Return how safe the way to an origin is, in a word or three."""
    if origin.is_secure:
        return "🔒 Encrypted"
    return "This computer" if origin.is_loopback else "⚠ Not encrypted"
