"""`python -m tray_auth_desktop` and the installed command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from tray_auth_desktop.cli import early_stop
    from tray_auth_desktop.cli.closed_streams import replace_closed_streams

    early_stop.listen()
    replace_closed_streams()
    from tray_auth_desktop.cli import run

    sys.exit(run())


if __name__ == "__main__":
    main()
