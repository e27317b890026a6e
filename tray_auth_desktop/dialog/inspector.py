"""The web inspector (DevTools) of a page, in a window of its own; there is none until it is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

_SIZE = (1_000, 640)


class Inspector(QWidget):
    """Shows the inspector of one page.

    It has a profile of its own, in memory: cookies and rules of the dialog's are none of its business.
    """

    def __init__(self, inspected: QWebEnginePage) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle("Web inspector")
        self._profile = QWebEngineProfile(self)
        self._view = QWebEngineView(self)
        self._view.setAccessibleName("Web inspector")
        self.page = QWebEnginePage(self._profile, self._view)
        self._view.setPage(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.resize(*_SIZE)
        inspected.setDevToolsPage(self.page)
        self.page.windowCloseRequested.connect(self.close)

    def come_forward(self) -> None:
        """Show it, in front of other windows."""
        self.show()
        self.raise_()
        self.activateWindow()

    def dispose(self) -> None:
        """Delete the page, then its profile, then the window; before the page that is inspected."""
        self.hide()
        self.page.setInspectedPage(None)  # type: ignore[arg-type]  # Qt takes a null page; the stubs do not say so
        self._view.setPage(None)  # type: ignore[arg-type]  # as above
        self.page.deleteLater()
        self._profile.deleteLater()
        self.deleteLater()
