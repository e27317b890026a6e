"""Lines for people, on stderr: stdout belongs to answers."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from tray_auth_desktop.cli.table import one_line
from tray_auth_desktop.errors import JournalError

if TYPE_CHECKING:
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.journal import AttemptRecord, Journal


def say(text: str) -> None:
    """Write one line to stderr; an empty text says nothing, and a closed stderr is no error.

    Nothing of it can steer the terminal: a text may name what a server sent.
    """
    if text:
        try:
            sys.stderr.write(f"tray-auth-desktop: {one_line(text)}\n")
            sys.stderr.flush()
        except OSError:
            return


def say_recovered(journal: Journal) -> None:
    """Name what earlier runs captured and could not say. `history` shows it too."""
    try:
        records = journal.captured_but_not_shown()
    except JournalError as error:
        say(error.explanation)
        return
    for record in records:
        say(recovered_line(record))


def say_resolved(journal: Journal, attempt_id: str, outcome: Outcome) -> None:
    """Say how an attempt ended that an earlier run of the program did not live to see the end of."""
    try:
        record = journal.attempt(attempt_id)
    except JournalError as error:
        say(error.explanation)
        return
    if record is not None:
        say(recovered_line(record) if outcome.auth_id else cut_off_line(record))


def cut_off_line(record: AttemptRecord) -> str:
    """Return the line for an attempt that was cut off and of which no result is known."""
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.started_at))
    return f"The attempt of {when} for user {record.request.user_id}: {record.message or 'nothing is known.'}"


def recovered_line(record: AttemptRecord) -> str:
    """Return the line that brings back a result."""
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.started_at))
    return (
        f"An attempt of {when} captured authId {record.auth_id} for user {record.request.user_id}, "
        "but the program ended before it could say so. `tray-auth-desktop history` lists it."
    )
