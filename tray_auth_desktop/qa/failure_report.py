"""What a failed test leaves behind of its dialogs: timeline and picture, as text, files and properties."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tray_auth_desktop.qa.driver import outcome_text

if TYPE_CHECKING:
    from tray_auth_desktop.qa.dialog_session import DialogSession
    from tray_auth_desktop.qa.workbench import Workbench

_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class FailureReport:
    """Of one dialog of a failed test.

    Attributes:
        text: The timeline, and where the files are.
        timeline: The file with all that the timeline has, as JSON; None if it could not be written.
        picture: The file with what was on the screen; None if there was nothing, or it could not be written.
    """

    text: str
    timeline: Path | None = None
    picture: Path | None = None


def report_on(
    session: DialogSession, workbench: Workbench, folder: Path, test: str, number: int
) -> FailureReport:
    """Write the files of one dialog.

    Args:
        session: The dialog.
        workbench: What it was opened with.
        folder: Where to.
        test: The test's id.
        number: Which of the test's dialogs it is, from 1.
    """
    lines = _timeline_lines(session)
    stem = folder / f"{_UNFIT.sub('-', test)[-_LONGEST_NAME:].strip('-')}-{number}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        timeline = _timeline(session, workbench, stem.with_name(f"{stem.name}.json"))
        picture = _picture(session, stem.with_name(f"{stem.name}.png"))
    except OSError as error:
        return FailureReport("\n".join([*lines, f"timeline and picture could not be written: {error}"]))
    lines.append(f"timeline as JSON: {timeline}")
    lines.append(f"picture: {picture}" if picture else "no picture: the dialog was never on the screen")
    return FailureReport("\n".join(lines), timeline, picture)


def _timeline(session: DialogSession, workbench: Workbench, path: Path) -> Path:
    record = workbench.record_of(session)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _picture(session: DialogSession, path: Path) -> Path | None:
    picture = session.picture()
    if picture is None:
        return None
    path.write_bytes(picture.png())
    return path


def _timeline_lines(session: DialogSession) -> list[str]:
    lines = []
    for event in session.timeline:
        seen = event.observation
        mark = "!" if seen.is_problem else " "
        lines.append(f"{event.at_ms:>7} ms {mark} {seen.kind.value:<12} {seen.text}")
    return [*lines, f"outcome: {outcome_text(session.last_outcome)}"]
