"""Baseline: a bare QWebEngineView that loads one page. Says "painted" and "loaded" on stderr.

The address is read from stdin, since it carries a code. Ends when stdin does.
"""

from __future__ import annotations

import sys
import threading

from PySide6.QtCore import QUrl
from PySide6.QtGui import QPaintEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget


class Window(QWidget):
    """A window with a web view in it."""

    is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            print("painted", file=sys.stderr, flush=True)


def end_with_stdin() -> None:
    sys.stdin.read()
    QApplication.quit()


address = sys.stdin.readline().strip()
application = QApplication(sys.argv[:1])
window = Window()
layout = QVBoxLayout(window)
view = QWebEngineView(window)
layout.addWidget(view)
window.resize(560, 700)
view.loadFinished.connect(lambda _ok: print("loaded", file=sys.stderr, flush=True))
view.load(QUrl(address))
window.show()
threading.Thread(target=end_with_stdin, daemon=True).start()
application.exec()
