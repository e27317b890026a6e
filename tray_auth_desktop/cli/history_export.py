"""`history export`: the timeline of one attempt as a file for a program or for a person."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tray_auth_desktop.cli.notices import say
from tray_auth_desktop.cli.prompts import can_ask, confirm
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.errors import ExitCode, UsageError
from tray_auth_desktop.onboarding.past_attempt import PastAttempt
from tray_auth_desktop.report import FORMATS, export_text, format_of


def export(
    attempt: PastAttempt,
    events: Sequence[TimelineEvent],
    form: str | None,
    output: str | None,
    *,
    force: bool,
) -> int:
    """Write the timeline to a file, or to stdout without one. Returns the exit code.

    Args:
        attempt: The attempt.
        events: Its timeline.
        form: One of `FORMATS`; by default what the file's name ends in, else the first of them.
        output: The file; None for stdout.
        force: Whether a file that is there may be overwritten without being asked for.

    Raises:
        UsageError: the file is there, and nobody can be asked.
        TrayAuthError: it could not be written.
    """
    text = export_text(attempt, events, form or format_of(output or "") or FORMATS[0])
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        return ExitCode.OK
    path = Path(output)
    if path.exists() and not force and not _may_overwrite(path):
        return ExitCode.CLOSED
    from tray_auth_desktop.onboarding.export_file import write_file

    write_file(str(path), [text])
    say(f"The timeline was written to {path}.")
    return ExitCode.OK


def _may_overwrite(path: Path) -> bool:
    if not can_ask():
        raise UsageError(
            f"The file {path} is there already; nothing was written.",
            advice="Name another file, or give --force to overwrite it.",
        )
    return confirm(f"The file {path} is there already. Overwrite it?", otherwise="Nothing was written.")
