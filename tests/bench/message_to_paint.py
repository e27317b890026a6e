"""Says how long it takes from `postMessage` in the dialog's page to the authId painted in the window."""

from __future__ import annotations

import http.server
import os
import sys
import threading
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_PAGE = Path(__file__).with_name("message.html").read_text(encoding="utf-8")


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the page, and notes when it posted."""

    posted_at = 0.0
    auth_id = ""

    def do_GET(self) -> None:
        if self.path.startswith("/posted"):
            Handler.posted_at = float(self.path.partition("at=")[2])
            body = b""
        else:
            Handler.auth_id = str(uuid.uuid4())
            body = _PAGE.replace("AUTH_ID", Handler.auth_id).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class PaintWatch(QObject):
    """Notes when a widget was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted_at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.painted_at == 0.0:
            # the filter sees the event before the widget does: the time is taken right after it
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.painted_at = self.painted_at or time.time() * 1_000


def main() -> None:
    """Open dialog after dialog; report each."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["TRAY_DIALOG_URL"] = f"http://127.0.0.1:{server.server_port}"
    from tests.bench.window_under_test import WindowUnderTest

    window = WindowUnderTest(sys.argv[2:])
    left = int(sys.argv[1])
    watch = PaintWatch()
    shown = window.program.window.parts.result

    # now, because it takes 50 ms the first time: in `ended` it would be measured
    for widget in (shown, *shown.findChildren(QWidget)):
        widget.installEventFilter(watch)

    def ended() -> None:
        watch.painted_at = 0.0
        QTimer.singleShot(400, report)

    def report() -> None:
        nonlocal left
        print(
            f"message painted after ms:{watch.painted_at - Handler.posted_at:.1f}",
            file=sys.stderr,
            flush=True,
        )
        left -= 1
        if left:
            window.open_dialog()
        else:
            window.quit()

    window.program.desk.ended.connect(ended)
    QTimer.singleShot(1_000, window.open_dialog)
    window.run()
    os._exit(0)


main()
