"""Baseline: a bare QWidget window. Says "painted" on stderr when it is."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    """A window with nothing in it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        print("painted", file=sys.stderr, flush=True)
        QTimer.singleShot(0, QApplication.quit)


application = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
