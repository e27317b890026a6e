"""Standard streams that whoever started the program has closed.

Without them the first files the program opens would take their numbers, and what the web engine
writes to stderr would end up in one of those. An answer that nobody can read must not pass for told.
"""

from __future__ import annotations

import os
import sys


def replace_closed_streams() -> None:
    """Put something in the place of each: nothing to read, a stdout that fails, a stderr that forgets."""
    for number, how in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_RDWR)):
        if _is_closed(number):
            os.open(os.devnull, how)  # takes the lowest number that is free
            if number == 1:
                sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as we run
            elif number == 2:
                sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False
