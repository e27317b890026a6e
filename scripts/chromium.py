"""Install Debian's Chromium, for the tests that open a web application in it; they are skipped without."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.debian import Apt, Console

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Install it where there is none and where we may; say so where we may not."""
    console = Console(sys.stderr)
    apt = Apt.of_this_system(console)
    if any(which(name) for name in _NAMES) or apt is None:
        return
    if apt.may_install:
        apt.install((), ["chromium"])
    else:
        apt.ask_for((), ["chromium"])


if __name__ == "__main__":
    main()
