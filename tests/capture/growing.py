"""Runs some attempts and ends as the program does. For the test that nothing is left, not even a warning."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile

from tests.capture.offscreen import offscreen_application
from tests.capture.rig import CaptureRig
from tests.capture.ways import WHOLE_WAYS

_NAMES = (
    "inline, then close",
    "after one COOP page, inline",
    "the page closes, nothing is posted",
    "a window severed by COOP signs in",
)
_KINDS = (QWebEnginePage, QWebEngineProfile)


def main() -> None:
    """Run attempts of several ways; say how many pages and profiles there are after them."""
    application = offscreen_application()
    with TemporaryDirectory() as folder:
        rig = CaptureRig(application, Path(folder))
        for name in (
            "inline, then close",
            "after one COOP page, inline",
            "the page closes, nothing is posted",
        ):
            rig.run(WHOLE_WAYS[name])
        rig.run(WHOLE_WAYS["a window severed by COOP signs in"])
        rig.close()
    left: list[QObject] = [child for kind in _KINDS for child in application.findChildren(kind)]
    sys.stdout.write(f"{len(left)} left\n")


if __name__ == "__main__":
    main()
