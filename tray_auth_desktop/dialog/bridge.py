"""The objects that pages can call. Each is published to one page, in our own world only.

Everything a published object has can be called from that world, so these are small and
hold nothing. Slots that JavaScript calls are one lower-case word, the same on both sides.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage

from tray_auth_desktop.core.window_message import MessageSource, WindowMessage
from tray_auth_desktop.dialog.scripts import OUR_WORLD

#: The name under which each page finds its bridge.
OBJECT_NAME = "bridge"


class OpenerBridge(QObject):
    """Between the opener page and us.

    Signals:
        opening(url, features), answering(text, origin): heard by the page.
        became_ready(): the page listens.
        was_blocked(): `window.open` gave no window.
        message_received(WindowMessage): a window message reached the page.
    """

    opening = Signal(str, str)
    answering = Signal(str, str)
    became_ready = Signal()
    was_blocked = Signal()
    message_received = Signal(object)

    @Slot()
    def ready(self) -> None:
        """The page has connected the channel and listens."""
        self.became_ready.emit()

    @Slot()
    def blocked(self) -> None:
        """The page could not open a window."""
        self.was_blocked.emit()

    @Slot(str, str, str, int, bool)
    def posted(self, origin: str, source: str, text: str, size: int, is_genuine: bool) -> None:
        """A message event reached the page; an empty `text` has no JSON form or is too long."""
        known = source if source in (MessageSource.POPUP, MessageSource.GONE) else MessageSource.OTHER
        self.message_received.emit(
            WindowMessage(origin, MessageSource(known), text or None, is_genuine, size)
        )


class PopupBridge(QObject):
    """Between a popup and us: what was typed into it, and what it posts where its opener was severed.

    Signals:
        opener_missed(origin): a page on the trusted origin found its opener gone.
        message_received(WindowMessage): what the page posted to it.
        typed_into(str): the text of a field, after each change of it; not to be shown.
    """

    opener_missed = Signal(str)
    typed_into = Signal(str)
    message_received = Signal(object)

    @Slot(str)
    def severed(self, origin: str) -> None:
        """The page's opener is gone; ours stands in for it."""
        self.opener_missed.emit(origin)

    @Slot(str, str, int)
    def posted(self, origin: str, text: str, size: int) -> None:
        """The page posted to its opener."""
        self.message_received.emit(WindowMessage(origin, MessageSource.SEVERED, text or None, size=size))

    @Slot(str)
    def typed(self, text: str) -> None:
        """A field of the page has another text."""
        self.typed_into.emit(text)


def publish(bridge: QObject, page: QWebEnginePage) -> None:
    """Let `page` reach `bridge`, from our own world only."""
    channel = QWebChannel(page)
    channel.registerObject(OBJECT_NAME, bridge)
    page.setWebChannel(channel, OUR_WORLD.value)
