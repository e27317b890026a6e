"""Past attempts as text for other programs: JSON and CSV, and written to a file as a whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.onboarding.past_attempt import PastAttempt, fields_of

#: What a spreadsheet would take for a formula when it begins a cell; names come from outside.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def json_of(attempts: Sequence[PastAttempt]) -> str:
    """Return the attempts as a JSON list, with the fields of the command line."""
    return json.dumps([fields_of(attempt) for attempt in attempts], indent=2, ensure_ascii=False) + "\n"


def csv_of(attempts: Sequence[PastAttempt]) -> str:
    """Return the attempts as CSV (RFC 4180) with a line of heads; lists stand in one cell, as JSON."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    heads_written = False
    for attempt in attempts:
        fields = fields_of(attempt)
        if not heads_written:
            writer.writerow(fields)
            heads_written = True
        writer.writerow([_cell(value) for value in fields.values()])
    return text.getvalue()


def write_file(path: Path, text: str) -> None:
    """Write a text to a file. May wait: for a worker thread.

    Raises:
        TrayAuthError: it could not be written; a file that was there is as it was.
    """
    file = QSaveFile(str(path))
    data = text.encode("utf-8", "replace")
    if not file.open(QIODevice.OpenModeFlag.WriteOnly) or file.write(data) != len(data) or not file.commit():
        raise TrayAuthError(
            f"The file {path} could not be written: {file.errorString()}.".replace("..", "."),
            advice="Choose another folder, or make room there, then export again.",
        )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
