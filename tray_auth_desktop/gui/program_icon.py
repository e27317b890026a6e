"""The program's icon, for its windows and the task bar."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from tray_auth_desktop import assets

_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def program_icon() -> QIcon:
    """Return the icon in all sizes; a picture is read when its size is first needed."""
    icon = QIcon()
    for size_px in _SIZES_PX:
        icon.addFile(str(assets.path(f"icons/program/{size_px}.png")), QSize(size_px, size_px))
    return icon
