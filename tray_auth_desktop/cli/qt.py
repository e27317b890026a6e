"""The Qt application, made the same way for every command that shows something."""

from __future__ import annotations

import logging
import os
import sys

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from tray_auth_desktop import __version__
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.errors import EngineError
from tray_auth_desktop.gui.theme import STYLE_ARGUMENTS, apply_theme
from tray_auth_desktop.settings import COLOR_SCHEME

_logger = logging.getLogger(__name__)

#: What Qt says on machines without a GPU or a display, and that means nothing there.
_HARMLESS = (
    "This plugin does not support",
    "QRhiGles2: Failed to create",
    "Failed to create RHI for backend",
    "QVulkanInstance: Failed to initialize Vulkan",
    "GBM is not supported with the current configuration",
    "GPUInfo not initialized on GpuInfoUpdate",
    "Sandboxing disabled by user",
    "Failed to load vulkan",
    "initInstance: No Vulkan library",
    "Failed to create platform Vulkan instance",
    "Unable to detect GPU vendor",
)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def make_application(configuration: Configuration) -> QApplication:
    """Make the application object. It does not end when a window is closed: attempts decide that.

    Raises:
        EngineError: there is no display, and nothing says to do without.
    """
    if not has_display():
        raise EngineError(
            "There is no display to show a window on.",
            advice="Start it in a graphical session, or set QT_QPA_PLATFORM=offscreen to do without.",
        )
    qInstallMessageHandler(_log_qt_message)
    # The web engine is loaded later than the application; it demands this to be set before.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QApplication.setDesktopFileName("tray-auth-desktop")
    application = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    application.setApplicationName("tray-auth-desktop")
    application.setApplicationDisplayName("Tray Auth Desktop")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    apply_theme(application, _SCHEMES.get(configuration.preference(COLOR_SCHEME), Qt.ColorScheme.Unknown))
    return application


def has_display() -> bool:
    """Whether Qt will find something to draw on; where it does not, it ends the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def finish_deletions() -> None:
    """Delete what was given to `deleteLater`: pages before their profile, all before the application."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Send what Qt has to say through our own log, which redacts it."""
    level = logging.DEBUG if text.startswith(_HARMLESS) else _LEVELS[kind]
    _logger.log(level, "Qt: %s", text)
