"""The command line: one module per command; exit codes are in `errors.ExitCode`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["run"]

#: Set by a shell that asks click what can follow.
_COMPLETION = "_TRAY_AUTH_DESKTOP_COMPLETE"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Without arguments there is nothing to read: the window opens without loading click,
    which would hold it back by a fifth.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if not given and _COMPLETION not in os.environ:
        from tray_auth_desktop.cli.plain import run_window

        return run_window()
    from tray_auth_desktop.cli.root import run_command

    return run_command(given)
