"""The Qt application, made the same way for every command that shows something."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress

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
from tray_auth_desktop.app import has_display
from tray_auth_desktop.cli.notices import say
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
_DISPLAY_ADVICE = "Start it in a graphical session, or set QT_QPA_PLATFORM=offscreen to do without."
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


def make_application(
    configuration: Configuration, answer: Callable[[EngineError], int] | None = None
) -> QApplication:
    """Make the application object. It does not end when a window is closed: attempts decide that.

    Args:
        configuration: What flags and environment say.
        answer: Tells why there is no application, and returns the exit code; by default a line on stderr.
            Where Qt finds a display that it cannot use, it would end the process without a word for people.

    Raises:
        EngineError: there is no display, and nothing says to do without.
    """
    if not has_display():
        raise EngineError(
            "There is no display to show a window on.",
            advice=_DISPLAY_ADVICE,
        )
    qInstallMessageHandler(StartMessages(answer or _say))
    # The web engine is loaded later than the application; it demands this to be set before.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QApplication.setDesktopFileName("tray-auth-desktop")
    application = QApplication([*sys.argv[:1], *STYLE_ARGUMENTS])
    qInstallMessageHandler(_log_qt_message)
    # Qt has something to say after Python's end too, and would call into nothing.
    atexit.register(qInstallMessageHandler, None)
    application.setApplicationName("tray-auth-desktop")
    application.setApplicationDisplayName("Tray Auth Desktop")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    apply_theme(application, _SCHEMES.get(configuration.preference(COLOR_SCHEME), Qt.ColorScheme.Unknown))
    return application


class StartMessages:
    """Takes what Qt says until there is an application; if there will be none, ends the process in words.

    Args:
        answer: Tells why, and returns the exit code.
    """

    def __init__(self, answer: Callable[[EngineError], int]) -> None:
        self._answer = answer
        self._reasons: list[str] = []

    def __call__(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Pass a message on."""
        if kind is not QtMsgType.QtFatalMsg:
            if kind is not QtMsgType.QtDebugMsg and not text.startswith(_HARMLESS):
                self._reasons.append(text.strip().rstrip("."))
            _log_qt_message(kind, context, text)
            return
        why = "; ".join(self._reasons) or text.strip().splitlines()[0].rstrip(".")
        code = self._answer(
            EngineError(f"There is no display that Qt can use: {why}.", advice=_DISPLAY_ADVICE)
        )
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)  # Qt aborts when this returns; nothing was begun that needs an end


def _say(error: EngineError) -> int:
    say(error.explanation)
    return error.exit_code


def finish_deletions() -> None:
    """Delete what was given to `deleteLater`: pages before their profile, all before the application."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Send what Qt has to say through our own log, which redacts it."""
    level = logging.DEBUG if text.startswith(_HARMLESS) else _LEVELS[kind]
    _logger.log(level, "Qt: %s", text)
