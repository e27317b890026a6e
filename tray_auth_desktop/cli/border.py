"""The border for every error: what becomes of it is an exit code and a line on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.errors import ExitCode, TrayAuthError


def exit_code_of(work: Callable[[], int]) -> int:
    """Do the work of a command and return its exit code, whatever happens."""
    try:
        return work()
    except KeyboardInterrupt:
        return ExitCode.CLOSED
    except TrayAuthError as error:
        from tray_auth_desktop.redaction import redact

        say(redact(error.explanation))
        return error.exit_code
    except BrokenPipeError:
        # whoever read our output has gone; nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.UNEXPECTED
    except Exception:  # border: the text goes through the redacting log, not through Python's own traceback
        import logging

        logging.getLogger(__name__).exception("Something unexpected went wrong; please report it.")
        return ExitCode.UNEXPECTED
