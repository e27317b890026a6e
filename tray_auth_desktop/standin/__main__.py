"""Runs the stand-in: `python -m tray_auth_desktop.standin`."""

from __future__ import annotations

from tray_auth_desktop.standin.server_process import main

if __name__ == "__main__":
    main()
