"""Makes a tile of a service's icon, which comes from anywhere: what is broken or hostile makes none."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPainterPath

from tray_auth_desktop.gui.svg_check import is_harmless

_MAX_SIDE_PX = 2_048
_FORMATS = {b"png", b"jpeg", b"jpg", b"gif", b"webp", b"ico", b"bmp"}
#: Room around a drawing that does not fill its square.
_INSET = 0.14
#: What a drawing lighter than this, or without any light colour, stands on.
_LIGHT_FROM = 200
_GROUNDS = ("#ffffff", "#2b2f34")
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,(.*)", re.IGNORECASE | re.DOTALL)
Draw = Callable[[QPainter, QRect], None]


def make_tile(data: bytes, size_px: int) -> QImage | None:
    """Return a square picture of an icon, or None if it cannot be one. For worker threads."""
    draw = _svg(data) if data.lstrip()[:1] == b"<" else _raster(data)
    if draw is None:
        return None
    square = QRect(0, 0, size_px, size_px)
    whole = _painted(size_px, lambda painter: draw(painter, square))
    light = _lightness(whole)
    if light is None:
        return None
    edge = QPainterPath()
    edge.addRoundedRect(QRectF(square), size_px / 5, size_px / 5)
    if _fills(whole):
        return _painted(size_px, lambda painter: _paint_clipped(painter, edge, whole))
    margin = max(1, round(size_px * _INSET))
    inside = square.adjusted(margin, margin, -margin, -margin)
    ground = QColor(_GROUNDS[light >= _LIGHT_FROM])

    def paint(painter: QPainter) -> None:
        painter.fillPath(edge, ground)
        draw(painter, inside)

    return _painted(size_px, paint)


def _painted(size_px: int, paint: Callable[[QPainter], None]) -> QImage:
    image = QImage(QSize(size_px, size_px), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    paint(painter)
    painter.end()
    return image


def _paint_clipped(painter: QPainter, edge: QPainterPath, image: QImage) -> None:
    painter.setClipPath(edge)
    painter.drawImage(0, 0, image)


def _svg(data: bytes) -> Draw | None:
    """Return what draws an SVG that is small, closed in itself and not too deep."""
    try:
        text = data.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return None
    if not is_harmless(text, _is_embedded_picture):
        return None
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(text.encode()))
    if not renderer.isValid() or renderer.defaultSize().isEmpty():
        return None
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return lambda painter, square: renderer.render(painter, QRectF(square))


def _is_embedded_picture(target: str) -> bool:
    """Whether a reference holds a raster image itself, of a size that can be drawn."""
    embedded = _EMBEDDED.fullmatch(target)
    if embedded is None:
        return False
    try:
        return _image(base64.b64decode(embedded[1])) is not None
    except (binascii.Error, ValueError):
        return False


def _image(data: bytes) -> QImage | None:
    """Return a raster image of a known kind and sensible size."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    is_known = bytes(reader.format().data()).lower() in _FORMATS
    if not is_known or size.isEmpty() or max(size.width(), size.height()) > _MAX_SIDE_PX:
        return None
    image = reader.read()
    return None if image.isNull() else image


def _raster(data: bytes) -> Draw | None:
    image = _image(data)
    if image is None:
        return None

    def draw(painter: QPainter, square: QRect) -> None:
        """Draw it in the middle of the square, as large as fits."""
        size = image.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
        scaled = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        place = QRect(QPoint(), size)
        place.moveCenter(square.center())
        painter.drawImage(place.topLeft(), scaled)

    return draw


def _fills(image: QImage) -> bool:
    """Whether a drawing reaches all four edges, so that it is a tile already."""
    last = image.width() - 1
    middle = image.width() // 2
    return all(
        image.pixelColor(x, y).alpha() >= 250
        for x, y in ((middle, 0), (middle, last), (0, middle), (last, middle))
    )


def _lightness(image: QImage) -> int | None:
    """Return how light the darkest quarter of what can be seen is, 0 to 255; None if nothing can."""
    small = image.scaled(
        16, 16, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    colors = (small.pixelColor(x, y) for x in range(16) for y in range(16))
    lights = sorted(color.lightness() for color in colors if color.alpha() > 60)
    return lights[len(lights) // 4] if lights else None
