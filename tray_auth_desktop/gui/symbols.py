"""Small monochrome drawings in the colour of the text beside them, and letter tiles for services."""

from __future__ import annotations

import zlib
from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QImage,
    QImageReader,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from tray_auth_desktop import assets
from tray_auth_desktop.gui.theme import Tone, tone_color

#: Grounds of letter tiles; white text has a contrast of 4.5 : 1 or more on each.
TILE_COLORS = (
    "#1f6fb2", "#7b4bb7", "#a8326e", "#b1452b", "#8a5a00",
    "#4b7012", "#167052", "#0f6f80", "#4a5aa8", "#6b5b52",
)  # fmt: skip

_REASONS_TO_DRAW = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.EnabledChange)


@lru_cache(maxsize=256)
def symbol_image(name: str, color: str, size_px: int) -> QImage:
    """Return a drawing of `resources/icons/` in one colour."""
    source = assets.read_text(f"icons/{name}.svg").replace("currentColor", color)
    buffer = QBuffer()
    buffer.setData(QByteArray(source.encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(size_px, size_px))
    return reader.read()


def symbol_size_px() -> int:
    """Return how large a symbol is beside a text in the application's font."""
    return QFontMetrics(QGuiApplication.font()).height() + 2


def symbol_pixmap(name: str, color: QColor, ratio: float, size_px: int | None = None) -> QPixmap:
    """Return a drawing for a screen of this device pixel ratio; by default as large as a text is high."""
    size_px = size_px or symbol_size_px()
    pixmap = QPixmap.fromImage(symbol_image(name, color.name(), round(size_px * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def symbol_icon(name: str, palette: QPalette, ratio: float, tone: Tone | None = None) -> QIcon:
    """Return a drawing for a button or a menu, with its disabled look."""
    icon = QIcon()
    role, active = QPalette.ColorRole.ButtonText, QPalette.ColorGroup.Active  # even if drawn while disabled
    normal = tone_color(tone, palette) if tone else palette.color(active, role)
    dimmed = palette.color(QPalette.ColorGroup.Disabled, role)
    icon.addPixmap(symbol_pixmap(name, normal, ratio), QIcon.Mode.Normal)
    icon.addPixmap(symbol_pixmap(name, dimmed, ratio), QIcon.Mode.Disabled)
    return icon


@lru_cache(maxsize=512)
def letter_tile(label: str, size_px: int, ratio: float) -> QImage:
    """Return a service's tile: its first letter on a colour that is always the same for it."""
    image = QImage(QSize(size_px, size_px) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(TILE_COLORS[zlib.crc32(label.casefold().encode()) % len(TILE_COLORS)]))
    square = QRect(0, 0, size_px, size_px)
    painter.drawRoundedRect(square, size_px / 5, size_px / 5)
    font = QFont()
    font.setPixelSize(round(size_px * 0.6))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, first_letter(label))
    painter.end()
    return image


def first_letter(label: str) -> str:
    """Return the letter or digit a label starts with, in upper case."""
    return next((character.upper() for character in label if character.isalnum()), "?")


class SymbolButton(QToolButton):
    """A flat button with a symbol that keeps to the palette. Its name is also its tool tip."""

    #: How large the symbol is, beside one in a text.
    scale = 1.0

    def __init__(self, symbol: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = symbol
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def set_symbol(self, symbol: str) -> None:
        """Show another drawing."""
        self._symbol = symbol
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew when the colours or the size of texts change."""
        super().changeEvent(event)
        if event.type() in _REASONS_TO_DRAW:
            self._draw()

    def _draw(self) -> None:
        size_px = int(symbol_size_px() * self.scale)
        self.setIconSize(QSize(size_px, size_px))
        self.setIcon(symbol_icon(self._symbol, self.palette(), self.devicePixelRatioF()))


class SymbolLabel(QLabel):
    """A symbol beside a text that says the same."""

    def __init__(
        self,
        symbol: str,
        tone: Tone | None = None,
        parent: QWidget | None = None,
        *,
        scale: float = 1.0,
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_symbol(symbol, tone)

    def show_symbol(self, symbol: str, tone: Tone | None = None) -> None:
        """Show another drawing."""
        self._symbol, self._tone = symbol, tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew when the colours or the size of texts change."""
        super().changeEvent(event)
        if event.type() in _REASONS_TO_DRAW:
            self._draw()

    def _draw(self) -> None:
        palette = self.palette()
        color = (
            tone_color(self._tone, palette) if self._tone else palette.color(QPalette.ColorRole.WindowText)
        )
        size_px = round(symbol_size_px() * self._scale)
        self.setPixmap(symbol_pixmap(self._symbol, color, self.devicePixelRatioF(), size_px))
