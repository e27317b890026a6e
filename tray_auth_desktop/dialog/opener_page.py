"""The page that opens the dialog and outlives it.

It is never shown. Because it is ours and stays, no message is lost with the dialog's
page; because its channel is connected before the dialog opens, none is too early.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage

from tray_auth_desktop import assets
from tray_auth_desktop.core.window_message import MAX_PAYLOAD_CHARS
from tray_auth_desktop.dialog.bridge import OBJECT_NAME, OpenerBridge, publish
from tray_auth_desktop.dialog.profile import AttemptProfile
from tray_auth_desktop.dialog.scripts import script


class OpenerPage(QWebEnginePage):
    """An empty page of the configured opener origin, with the bridge in it.

    Args:
        make_popup: Called when the page opens a window; returns the page to open it in.
    """

    def __init__(
        self,
        profile: AttemptProfile,
        opener_origin: str,
        make_popup: Callable[[], QWebEnginePage | None],
        parent: QObject,
    ) -> None:
        super().__init__(profile.engine, parent)
        self._make_popup = make_popup
        self._is_filled = False
        self.bridge = OpenerBridge(self)
        publish(self.bridge, self)
        constants = {"object": OBJECT_NAME, "maxChars": MAX_PAYLOAD_CHARS}
        self.scripts().insert(script("opener_relay.js", constants, with_channel=True))
        self.setHtml(assets.read_text("dialog/opener.html"), QUrl(opener_origin))

    def acceptNavigationRequest(  # noqa: N802 - Qt's name
        self, _url: QUrl | str, _navigation: QWebEnginePage.NavigationType, _is_main_frame: bool
    ) -> bool:
        """Accept our own empty page and nothing after it.

        Any page that has a reference to its opener may send it elsewhere; then nobody
        would hear the finish.
        """
        is_first, self._is_filled = not self._is_filled, True
        return is_first

    def createWindow(self, _type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]  # noqa: N802 - the stubs do not allow None, which Qt reads as "refused"
        """Return the dialog's page; None if no dialog is being opened."""
        return self._make_popup()

    # A dialog of the opener page's own origin can make it say things, and ask things. Nobody would see who
    # asks, a box of the system's would block the window, and a line of the console would go to stderr.

    def javaScriptConsoleMessage(  # noqa: N802 - Qt's name
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, _text: str, _line: int, _source: str
    ) -> None:
        """Print nothing."""

    def javaScriptAlert(self, _origin: QUrl | str, _text: str) -> None:  # noqa: N802 - Qt's name
        """Show nothing."""

    def javaScriptConfirm(self, _origin: QUrl | str, _text: str) -> bool:  # noqa: N802 - Qt's name
        """Answer with Cancel."""
        return False

    def javaScriptPrompt(self, _origin: QUrl | str, _text: str, _default: str) -> tuple[bool, str]:  # noqa: N802 - Qt's name
        """Answer with Cancel."""
        return (False, "")

    def chooseFiles(  # noqa: N802 - Qt's name
        self, _mode: QWebEnginePage.FileSelectionMode, _old: object, _types: object
    ) -> list[str]:
        """Give no files."""
        return []
