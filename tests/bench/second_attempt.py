"""Runs the window, opens a dialog, cancels it, opens another, and says how long that took to load."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QTimer

from tests.bench.window_under_test import WindowUnderTest

#: How long a person looks at the window between two clicks; the next dialog is made ready meanwhile.
_PAUSE_MS = 1_500


def main() -> None:
    """Open two dialogs; report the second."""
    window = WindowUnderTest(sys.argv[1:])
    clicked_at = 0.0
    loads = 0

    def click() -> None:
        nonlocal clicked_at
        clicked_at = time.perf_counter()
        window.open_dialog()

    def loaded() -> None:
        nonlocal loads
        loads += 1
        if loads == 1:
            QTimer.singleShot(0, window.program.desk.cancel)
            window.program.desk.became_idle.connect(lambda: QTimer.singleShot(_PAUSE_MS, click))
        else:
            took_ms = (time.perf_counter() - clicked_at) * 1_000
            print(f"second attempt loaded after ms:{took_ms:.1f}", file=sys.stderr, flush=True)
            window.quit()

    window.on_dialog_loaded(loaded)
    QTimer.singleShot(_PAUSE_MS, click)
    window.run()
    os._exit(0)


main()
