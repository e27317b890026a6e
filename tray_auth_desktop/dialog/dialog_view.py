"""The dialog on screen: its address line and its web view, as one widget."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.dialog.address_line import AddressLine
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.security_key import SecurityKeyPanel


class DialogView(QWidget):
    """Room for the dialog's page; empty until `show_page`.

    Args:
        size: Width and height of the page in pixels; by default the room there is.
    """

    def __init__(self, size: tuple[int, int] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Dialog")
        self._address_line = AddressLine(None, self)
        self.security_key = SecurityKeyPanel(self)
        self._view = QWebEngineView(self)
        self._view.setAccessibleName("Dialog page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._address_line)
        layout.addWidget(self.security_key)
        layout.addWidget(self._view if size is None else self._of_size(size), 1)
        self.setFocusProxy(self._view)

    def show_page(self, page: PopupPage, trusted_origin: Origin) -> None:
        """Show the dialog's page from now on."""
        self._address_line.trusted_origin = trusted_origin
        self._address_line.show_url(page.url())
        page.shown_url_changed.connect(self._address_line.show_url)
        page.webAuthUxRequested.connect(self.security_key.show_request)
        self.security_key.observed.connect(page.observed)
        page.setParent(self._view)
        self._view.setPage(page)

    def _of_size(self, size: tuple[int, int]) -> QWidget:
        """Return what shows the page in a size of its own, with bars where there is no room for it."""
        self._view.setFixedSize(*size)
        around = QScrollArea(self)
        around.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setWidget(self._view)
        return around

    def take_keyboard(self) -> None:
        """Let what is typed go to the page."""
        self._view.setFocus()

    def release_page(self) -> None:
        """Let go of the page, which is about to be deleted."""
        page = self._view.page()
        self._view.setPage(None)  # type: ignore[arg-type]  # Qt takes a null page; the stubs do not say so
        page.deleteLater()
