"""A small window for a popup that the dialog opened, with its address above it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.dialog.address import title_without_address
from tray_auth_desktop.dialog.address_line import AddressLine
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.security_key import SecurityKeyPanel

_DEFAULT_SIZE = (520, 680)


class PopupWindow(QWidget):
    """Shows one popup of the dialog. Closed by its page or by the person.

    Signals:
        closed(PopupWindow): the window is gone; its page can be deleted.
    """

    closed = Signal(object)

    def __init__(self, page: PopupPage, trusted_origin: Origin, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.page = page
        self._address_line = AddressLine(trusted_origin, self)
        self._view = QWebEngineView(self)
        self.security_key = SecurityKeyPanel(self)
        page.setParent(self._view)
        self._view.setPage(page)
        self._view.setAccessibleName("Page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._address_line)
        layout.addWidget(self.security_key)
        layout.addWidget(self._view, 1)
        self.resize(*_DEFAULT_SIZE)
        page.urlChanged.connect(self._address_line.show_url)
        page.webAuthUxRequested.connect(self.security_key.show_request)
        self.security_key.observed.connect(page.observed)
        page.titleChanged.connect(lambda title: self.setWindowTitle(title_without_address(title, page.url())))
        page.geometryChangeRequested.connect(self._on_geometry_change_requested)
        page.windowCloseRequested.connect(self.close)
        self._view.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the window is gone."""
        event.accept()
        self.closed.emit(self)

    def _on_geometry_change_requested(self, geometry: QRect) -> None:
        """Take over the size a page asks for, within reason; never its position."""
        width = min(max(geometry.width(), 360), 1_200)
        height = min(max(geometry.height(), 320), 1_000)
        self.resize(width, height + self._address_line.sizeHint().height())
