"""The two ways to open the dialog: in a popup of an opener page, and in an iframe of it."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWebEngineCore import QWebEnginePage

from tray_auth_desktop.core.dialog_url import DialogLaunch
from tray_auth_desktop.core.presentation import POPUP_SIZE, Embedding, Presentation
from tray_auth_desktop.dialog.bridge import OpenerBridge
from tray_auth_desktop.dialog.emulation import Emulation, commands_for
from tray_auth_desktop.dialog.frame_page import FramePage
from tray_auth_desktop.dialog.opener_page import OpenerPage
from tray_auth_desktop.dialog.popup_page import PopupPage
from tray_auth_desktop.dialog.profile import AttemptProfile


class Opening(QObject):
    """Opens one dialog and hears its messages.

    Signals:
        became_ready(): the dialog opens without delay now.
        page_made(PopupPage): the page that the dialog is in; it loads next.
        message_received(WindowMessage): a window message arrived.
        observed(Observation): something for the timeline.
        was_blocked(): the engine gave no window.
        opener_left(): the page that hears the messages was sent elsewhere.
        opener_died(int): its process ended; the exit code.
    """

    became_ready = Signal()
    page_made = Signal(object)
    message_received = Signal(object)
    observed = Signal(object)
    was_blocked = Signal()
    opener_left = Signal()
    opener_died = Signal(int)

    def __init__(
        self, profile: AttemptProfile, opener_origin: str, presentation: Presentation, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._profile = profile
        self._opener_origin = opener_origin
        self._presentation = presentation
        self._event_name = token_hex(16)
        self._emulation: Emulation | None = None

    def open(self, launch: DialogLaunch) -> None:
        """Open the dialog, once the page that opens it listens."""
        raise NotImplementedError

    def answer(self, text: str, origin: str) -> None:
        """Post a message to the dialog."""
        self._bridge().answering.emit(text, origin)

    def close(self) -> None:
        """Delete what is not on screen, before the pages and the profile."""
        if self._emulation is not None:
            self._emulation.close()
            self._emulation = None

    def _bridge(self) -> OpenerBridge:
        raise NotImplementedError

    def _listen_to(self, bridge: OpenerBridge) -> None:
        bridge.was_blocked.connect(self.was_blocked)
        bridge.message_received.connect(self.message_received)

    def _emulated(self, page: QWebEnginePage, then: Callable[[], None]) -> None:
        """Go on when the page believes what the presentation says."""
        if not commands_for(self._presentation):
            then()
            return
        self._emulation = Emulation(page, self._presentation, then, self)
        self._emulation.observed.connect(self.observed)


class PopupOpening(Opening):
    """By `window.open` of a page that is not shown and outlives the dialog."""

    def __init__(
        self, profile: AttemptProfile, opener_origin: str, presentation: Presentation, parent: QObject
    ) -> None:
        super().__init__(profile, opener_origin, presentation, parent)
        self._launch: DialogLaunch | None = None
        self._is_ready = self._is_made = False
        self._opener = OpenerPage(profile, opener_origin, self._make_page, self)
        self._opener.bridge.became_ready.connect(self._on_ready)
        self._opener.loadStarted.connect(self._on_load_started)
        self._opener.renderProcessTerminated.connect(self._on_terminated)
        self._listen_to(self._opener.bridge)

    def open(self, launch: DialogLaunch) -> None:
        """Open the dialog, now or when the opener page listens."""
        self._launch = launch
        if self._is_ready:
            width, height = self._presentation.size or POPUP_SIZE
            features = f"width={width},height={height},scrollbars=no"
            # a page that is to believe something is opened empty, as the sample integrators do, and sent on
            url = "" if commands_for(self._presentation) else launch.url
            self._opener.bridge.opening.emit(url, features)

    def close(self) -> None:
        """Delete the opener page too."""
        super().close()
        self._opener.deleteLater()

    def _bridge(self) -> OpenerBridge:
        return self._opener.bridge

    def _on_ready(self) -> None:
        self._is_ready = True
        self.became_ready.emit()
        if self._launch is not None:
            self.open(self._launch)

    def _make_page(self) -> PopupPage | None:
        """Return the page for the window that our opener opens: the dialog, once."""
        launch = self._launch
        if launch is None or self._is_made:
            return None
        self._is_made = True
        page = PopupPage(self._profile, launch.trusted_origin, self._event_name, self)
        self.page_made.emit(page)
        if commands_for(self._presentation):
            # not at once: the engine has no page for the inspector before this call has returned
            page.loadFinished.connect(
                lambda: self._emulated(page, lambda: self._go(page, launch)),
                Qt.ConnectionType.SingleShotConnection,
            )
        return page

    def _go(self, page: PopupPage, launch: DialogLaunch) -> None:
        page.forget_loads()
        self._opener.bridge.going.emit(launch.url)

    def _on_load_started(self) -> None:
        if self._is_ready and self._is_made:
            self.opener_left.emit()

    def _on_terminated(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        if status is not QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self.opener_died.emit(code)


class FrameOpening(Opening):
    """In an iframe of a page that is shown."""

    def __init__(
        self, profile: AttemptProfile, opener_origin: str, presentation: Presentation, parent: QObject
    ) -> None:
        super().__init__(profile, opener_origin, presentation, parent)
        self._page: FramePage | None = None
        self.became_ready.emit()

    def open(self, launch: DialogLaunch) -> None:
        """Make the page around the dialog; the dialog follows when that listens."""
        page = FramePage(self._profile, self._opener_origin, launch.trusted_origin, self._event_name, self)
        self._page = page
        self._listen_to(page.opener_bridge)
        frame = page.opener_bridge.framing.emit
        page.opener_bridge.became_ready.connect(lambda: self._emulated(page, lambda: frame(launch.url)))
        self.page_made.emit(page)

    def _bridge(self) -> OpenerBridge:
        if self._page is None:
            raise RuntimeError("the dialog has not been opened")
        return self._page.opener_bridge


def make_opening(
    profile: AttemptProfile, opener_origin: str, presentation: Presentation, parent: QObject
) -> Opening:
    """Return what opens the dialog the way a presentation says."""
    kind = FrameOpening if presentation.embedding is Embedding.IFRAME else PopupOpening
    return kind(profile, opener_origin, presentation, parent)
