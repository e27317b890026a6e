"""Log records go to stderr, and nothing secret goes with them."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

LOGGER_NAME = "tray_auth_desktop"


class RedactingFormatter(logging.Formatter):
    """Format a record, then take out whatever looks like a secret, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text, redacted."""
        from tray_auth_desktop.redaction import redact  # its patterns cost 3 ms: here, for the first record

        return redact(super().format(record), limit=20_000)


def set_up_logging(level: int | str = logging.WARNING, stream: TextIO | None = None) -> None:
    """Send the program's records of `level` and above to stderr. May be called again to change the level."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger(LOGGER_NAME)
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
