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
#: The name of the other bridge that the page around an iframe has.
FRAME_OBJECT_NAME = "opener"


#: What the page that receives messages can tell apart.
_SEEN_SOURCES = {
    source.value: source for source in (MessageSource.POPUP, MessageSource.FRAME, MessageSource.GONE)
}


class OpenerBridge(QObject):
    """Between the opener page and us.

    Signals:
        opening(url, features): the page opens a window; with an empty address, an empty one.
        going(url): the page sends the window that it opened there.
        framing(url): the page shows that in its iframe.
        answering(text, origin): the page posts to its window or frame.
        became_ready(): the page listens.
        was_blocked(): `window.open` gave no window.
        was_framed(): the iframe has loaded something.
        message_received(WindowMessage): a window message reached the page.
    """

    opening = Signal(str, str)
    going = Signal(str)
    framing = Signal(str)
    answering = Signal(str, str)
    became_ready = Signal()
    was_blocked = Signal()
    was_framed = Signal()
    message_received = Signal(object)

    @Slot()
    def ready(self) -> None:
        """The page has connected the channel and listens."""
        self.became_ready.emit()

    @Slot()
    def blocked(self) -> None:
        """The page could not open a window."""
        self.was_blocked.emit()

    @Slot()
    def framed(self) -> None:
        """The iframe has loaded something, be it the engine's own error page."""
        self.was_framed.emit()

    @Slot(str, str, str, int, bool)
    def posted(self, origin: str, source: str, text: str, size: int, is_genuine: bool) -> None:
        """A message event reached the page; an empty `text` has no JSON form or is too long."""
        known = _SEEN_SOURCES.get(source, MessageSource.OTHER)
        self.message_received.emit(WindowMessage(origin, known, text or None, is_genuine, size))


class PopupBridge(QObject):
    """Between a popup and us: what was typed into it, and what it posts where its opener was severed.

    Signals:
        document_answered(address, status): a document of the main frame exists; the address as it is.
        opener_missed(origin): a page on the trusted origin found its opener gone.
        message_received(WindowMessage): what the page posted to it.
        typed_into(str, str): a field of the page, and its text after each change of it; not to be shown.
    """

    document_answered = Signal(str, int)
    opener_missed = Signal(str)
    typed_into = Signal(str, str)
    message_received = Signal(object)

    @Slot(str)
    def severed(self, origin: str) -> None:
        """The page's opener is gone; ours stands in for it."""
        self.opener_missed.emit(origin)

    @Slot(str, str, int)
    def posted(self, origin: str, text: str, size: int) -> None:
        """The page posted to its opener."""
        self.message_received.emit(WindowMessage(origin, MessageSource.SEVERED, text or None, size=size))

    @Slot(str, int)
    def answered(self, address: str, status: int) -> None:
        """The server answered for the page with an HTTP status."""
        self.document_answered.emit(address, status)

    @Slot(str, str)
    def typed(self, field: str, text: str) -> None:
        """A field of the page has another text."""
        self.typed_into.emit(field, text)


def publish(bridge: QObject, page: QWebEnginePage) -> QWebChannel:
    """Let `page` reach `bridge`, from our own world only; further objects can be registered."""
    channel = QWebChannel(page)
    channel.registerObject(OBJECT_NAME, bridge)
    page.setWebChannel(channel, OUR_WORLD.value)
    return channel
