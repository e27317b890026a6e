"""Writes the timeline of an attempt to a file that the person chooses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.gui.history_ports import PastAttempts
from tray_auth_desktop.onboarding.tasks import Tasks

_FILTERS = {"json": "JSON (*.json)", "html": "HTML (*.html)"}
_NO_ATTEMPT = "There is no attempt to export: the journal does not have it, or is not open yet."


class TimelineExport(QObject):
    """Asks where to, reads the journal, and writes on a worker thread.

    Args:
        journal: Returns the journal, or None while there is none. Called on Qt's thread.
        tasks: Writes the file.

    Signals:
        exported(str): this file was written.
        said(str): what became of it, for people.
    """

    exported = Signal(str)
    said = Signal(str)

    def __init__(self, journal: Callable[[], PastAttempts | None], tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._journal, self._tasks = journal, tasks

    def choose(self, attempt_id: str, form: str) -> None:
        """Ask for a file, then write the timeline to it in a format."""
        dialog = QFileDialog(
            self._window, "Export the timeline", f"timeline-{attempt_id[:8]}.{form}", _FILTERS[form]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # it asks before a file is overwritten
        dialog.setDefaultSuffix(form)
        dialog.fileSelected.connect(lambda name: self.write(Path(name), attempt_id, form))
        dialog.open()

    def write(self, path: Path, attempt_id: str, form: str) -> None:
        """Write the timeline of an attempt to a file."""
        journal = self._journal()
        try:
            attempt = journal.attempt(attempt_id) if journal is not None else None
            events = journal.timeline(attempt_id) if journal is not None else ()
        except TrayAuthError as error:
            self.said.emit(error.explanation)
            return
        if attempt is None:
            self.said.emit(_NO_ATTEMPT)
            return

        def work() -> None:
            from tray_auth_desktop.onboarding.export_file import write_file
            from tray_auth_desktop.report import export_text

            write_file(str(path), [export_text(attempt, events, form)])

        self._tasks.submit(work, lambda _none: self._on_written(path), self._on_failed)

    def _on_written(self, path: Path) -> None:
        self.said.emit(f"The timeline was written to {path}.")
        self.exported.emit(str(path))

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(getattr(error, "explanation", type(error).__name__))
