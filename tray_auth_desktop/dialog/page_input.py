"""What needs the view that shows a page: real key events, and its picture."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QKeyCombination, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QWidget

#: What people call the key; Qt keeps that name for the one beside the numbers.
_PEOPLES_NAMES = {"enter": "Return", "escape": "Esc", "arrowup": "Up", "arrowdown": "Down"}
#: What a key types beside its own letter; a page is told of a key press only with it.
_TYPED = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Tab: "\t", Qt.Key.Key_Space: " ", Qt.Key.Key_Backspace: "\b"}


def send_key(page: QWebEnginePage, name: str) -> None:
    """Press and release a key as if a person had, such as `Enter`, `Shift+Tab` or `a`.

    Raises:
        ValueError: there is no key of that name.
    """
    key, modifiers, text = key_called(name)
    view = _view_of(page)
    target = view.focusProxy() if view is not None else None
    if not isinstance(target, QWidget):
        return
    target.setFocus()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))


class Picture:
    """What the view of a page showed."""

    def __init__(self, image: QImage) -> None:
        self._image = image

    def png(self) -> bytes:
        """Return the bytes of a PNG file."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes text; the stubs want bytes
        return bytes(data.data())


def picture_of(page: QWebEnginePage | None) -> Picture | None:
    """Return what the view of a page shows; None where nothing shows it."""
    view = _view_of(page) if page is not None else None
    return Picture(view.grab().toImage()) if view is not None else None


def _view_of(page: QWebEnginePage) -> QWebEngineView | None:
    return QWebEngineView.forPage(page)  # None where there is none; the stubs do not say so


def key_called(name: str) -> tuple[Qt.Key, Qt.KeyboardModifier, str]:
    """Return a key, what is held down with it, and what it types.

    Raises:
        ValueError: there is no key of that name.
    """
    *before, last = name.split("+") if len(name) > 1 else [name]
    sequence = QKeySequence.fromString("+".join([*before, _PEOPLES_NAMES.get(last.casefold(), last)]))
    if sequence.count() != 1:
        raise ValueError(f"there is no key called {name!r}")
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # it can be; the stubs do not say so
    if pressed.key() is Qt.Key.Key_unknown:
        raise ValueError(f"there is no key called {name!r}")
    text = last if len(last) == 1 and not before else _TYPED.get(pressed.key(), "")
    return pressed.key(), pressed.keyboardModifiers(), text
