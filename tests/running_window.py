"""The program's window in the process of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from tests.dialog.dialog_bench import drain
from tray_auth_desktop import app
from tray_auth_desktop.cli.window import WindowProgram
from tray_auth_desktop.configuration import Configuration
from tray_auth_desktop.onboarding.limits import AttemptLimits


@contextmanager
def running_window(qapp: QApplication, configuration: Configuration) -> Iterator[WindowProgram]:
    """Give the program, its window not yet on the screen, and take it down."""
    account = app.Account(configuration)
    program = WindowProgram(qapp, account, configuration, AttemptLimits())
    yield program
    program.close()
    account.close()
    drain()
