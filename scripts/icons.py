"""Render the program's icon: resources/icons/program/SIZE.png from resources/icons/tray-auth-desktop.svg.

Run after the drawing was changed; the pictures stand in the repository: installing needs no renderer.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
SIZES_PX = (16, 24, 32, 48, 64, 128, 256, 512)


def rendered(drawing: QSvgRenderer, size_px: int) -> QImage:
    """Return the drawing as a square picture with a transparent ground."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    return image


def main() -> int:
    """Write all sizes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])  # fonts and colours of the drawing need one
    drawing = QSvgRenderer(str(ICONS / "tray-auth-desktop.svg"))
    folder = ICONS / "program"
    folder.mkdir(exist_ok=True)
    for size_px in SIZES_PX:
        if not rendered(drawing, size_px).save(str(folder / f"{size_px}.png")):
            sys.stderr.write(f"{folder / f'{size_px}.png'} could not be written\n")
            return 1
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
