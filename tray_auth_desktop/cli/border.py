"""The border for every error: what becomes of it is an exit code and a line on stderr."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.errors import ExitCode, TrayAuthError

#: A full disk, a terminal that is gone, a stdout that was closed.
_OUTPUT_FAILS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})


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
        give_up_output()
        return ExitCode.UNEXPECTED
    except Exception:  # border: the text goes through the redacting log, not through Python's own traceback
        if _is_of_output(sys.exception()):
            return _unwritten()
        import logging

        logging.getLogger(__name__).exception("Something unexpected went wrong; please report it.")
        return ExitCode.UNEXPECTED


def _is_of_output(error: BaseException | None) -> bool:
    """Whether an answer could not be written: no file is named, and files are not written without a name."""
    return isinstance(error, OSError) and error.filename is None and error.errno in _OUTPUT_FAILS


def _unwritten() -> int:
    give_up_output()
    say("The answer could not be written. Check where the output goes to, and that there is room for it.")
    return ExitCode.UNEXPECTED


def give_up_output() -> None:
    """Let what is still to be written to stdout go nowhere: Python would fail on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
