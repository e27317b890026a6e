"""The page of past attempts: filtered, sorted, copied, exported, repeated, each with its timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.gui.history_export import csv_of, json_of, write_file
from tray_auth_desktop.gui.history_frame import HistoryFrame
from tray_auth_desktop.gui.history_ports import PastAttempts
from tray_auth_desktop.gui.timeline_export import TimelineExport
from tray_auth_desktop.onboarding.past_attempt import PastAttempt
from tray_auth_desktop.onboarding.tasks import Tasks

#: How many are read at once; that takes a few milliseconds.
PART = 500
_EMPTY = "No attempts yet. Each dialog that is opened here or on the command line is listed, however it ends."
_CLOSED = "The journal is not open yet. Refresh when the window has started."
_FILTER = "JSON (*.json);;CSV (*.csv)"


class HistoryPage(HistoryFrame):
    """Reads the journal when it is shown, after each attempt (`refresh`), and further down as one scrolls.

    A filter and another order than newest first concern all attempts: then the rest is read too,
    part by part. So is it before an export.

    Args:
        journal: Returns the journal, or None while there is none. Called on Qt's thread.
        tasks: Writes exported files.

    Signals:
        repeat_requested(DialogRequest, Subject): the person wants the current attempt again.
        copied(str): this text is on the clipboard.
        exported(str): this file was written.
    """

    repeat_requested = Signal(object, object)
    copied = Signal(str)
    exported = Signal(str)

    def __init__(
        self, journal: Callable[[], PastAttempts | None], tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._journal = journal
        self._tasks = tasks
        self._source: PastAttempts | None = None
        self._workspace: str | None = None
        self._total = 0
        self._is_stale = True
        self._after_rest: Callable[[], None] | None = None
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._read_more)
        self._follow = QTimer(self, singleShot=True, interval=0)
        self._follow.timeout.connect(self._show_timeline_if_open)
        self.timeline_export = TimelineExport(journal, tasks, self)
        self._connect_all()

    def _connect_all(self) -> None:
        self.refresh_button.clicked.connect(self.refresh)
        self.line.retried.connect(self.refresh)
        self.filter_line.textChanged.connect(self._on_filter_changed)
        self.model.more_wanted.connect(self._read_more)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._read_rest_if_needed)
        self.view.current_changed.connect(self._show_what_can_be_done)
        self.view.current_changed.connect(self._follow.start)
        self.view.opened.connect(self.open_timeline)
        self.view.repeated.connect(self.repeat)
        self.timeline_button.clicked.connect(self.open_timeline)
        self.repeat_button.clicked.connect(self.repeat)
        self.export_button.clicked.connect(self.choose_export)
        self.details.closed.connect(self.close_timeline)
        self.view.copied.connect(self.copied)
        self.details.copied.connect(self.copied)
        self.details.timeline.export_asked.connect(self._export_timeline)
        self.timeline_export.said.connect(self.line.say)
        self.timeline_export.exported.connect(self.exported)

    @property
    def parts(self) -> QSplitter:
        """What divides table and timeline; its state can be kept."""
        return self.splitter

    def column_state(self) -> QByteArray:
        """Return widths, order and sorting of the columns, to be kept."""
        return self.view.column_state()

    def restore_columns(self, state: QByteArray) -> bool:
        """Take them as they were kept. Returns whether they could be read."""
        return self.view.restore_columns(state)

    def set_workspace(self, name: str | None) -> None:
        """Say which workspace one works against, by the name it has in the journal; None: any will do.

        An attempt can be repeated only where it was made: elsewhere its ids mean nothing.
        """
        self._workspace = name
        self._show_what_can_be_done()

    def refresh(self) -> None:
        """Read the latest attempts anew; while the page is hidden, when it is shown next."""
        self._is_stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read what happened meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """What happens from now on is read when the page is shown again."""
        super().hideEvent(event)
        self._is_stale = True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the timeline."""
        if event.key() == Qt.Key.Key_Escape and self.details.isVisibleTo(self):
            self.close_timeline()
        else:
            super().keyPressEvent(event)

    def open_timeline(self) -> None:
        """Show how the current attempt went; from now on that follows the current row."""
        if self.view.current_attempt() is not None:
            self.details.show()
            self._show_timeline()

    def close_timeline(self) -> None:
        """Leave the room to the table."""
        self.details.hide()
        self.view.setFocus()

    def repeat(self) -> None:
        """Ask for the current attempt again."""
        attempt = self.view.current_attempt()
        if attempt is not None and not self._why_not_repeated(attempt):
            self.repeat_requested.emit(attempt.request, attempt.subject)

    def choose_export(self) -> None:
        """Ask for a file, then write what is shown to it."""
        dialog = QFileDialog(self, "Export the attempts that are shown", "attempts.json", _FILTER)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "json")
        )
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()

    def _export_timeline(self, form: str) -> None:
        self.timeline_export.choose(self.details.attempt_id, form)

    def export(self, path: Path) -> None:
        """Write what the filter leaves to a file: CSV where its name ends so, else JSON."""
        self._after_rest = lambda: self._write(path)
        self._rest.start()

    def shown_attempts(self) -> tuple[PastAttempt, ...]:
        """Return the attempts that are shown, in the order they are shown."""
        return tuple(self.model.attempt_at(row) for row in range(self.model.rowCount()))

    def _read(self) -> None:
        journal = self._opened()
        if journal is None:
            return
        try:
            latest, self._total = journal.attempts(PART), journal.count_attempts()
        except TrayAuthError as error:
            self.line.fail(error.explanation)
            return
        self._is_stale = False
        self.line.clear()
        place = self.view.keep_place()
        if journal is self._source and len(latest) == PART:
            self.model.renew(latest)
        else:
            self.model.replace(latest)
        self._source = journal
        self.view.restore_place(place)
        self._show_state()
        self._read_rest_if_needed()

    def _opened(self) -> PastAttempts | None:
        journal = self._journal()
        if journal is None:
            self.line.say(_CLOSED)
        return journal

    def _read_more(self) -> None:
        """Read the next part; if all are needed, go on when the window has had its turn."""
        journal, oldest = self._source, self.model.oldest_id
        if journal is not None and self.model.has_more and oldest:
            try:
                older = journal.attempts(PART, before=oldest)
            except TrayAuthError as error:
                self.model.has_more, self._after_rest = False, None
                self.line.fail(error.explanation)
                return
            self.model.append(older)
            self._show_state(is_end=len(older) < PART)
        self._read_rest_if_needed()

    def _read_rest_if_needed(self) -> None:
        is_needed = self._after_rest is not None or bool(self.filter_line.text().strip())
        if self.model.has_more and (is_needed or not self.model.is_newest_first):
            self._rest.start()
        elif self._after_rest is not None and not self.model.has_more:
            following, self._after_rest = self._after_rest, None
            following()

    def _on_filter_changed(self, text: str) -> None:
        place = self.view.keep_place()
        self.model.set_filter(text)
        self.view.restore_place(place)
        self._show_state()
        self._read_rest_if_needed()

    def _show_state(self, *, is_end: bool = False) -> None:
        self.model.has_more = not is_end and self.model.read_count < self._total
        self.show_counts(self._total, _EMPTY)
        self._show_what_can_be_done()

    def _show_timeline_if_open(self) -> None:
        if self.details.isVisibleTo(self):
            self._show_timeline()

    def _show_timeline(self) -> None:
        attempt = self.view.current_attempt()
        if attempt is not None:
            self.details.show_attempt(attempt, self._events_of(attempt))

    def _events_of(self, attempt: PastAttempt) -> Sequence[TimelineEvent]:
        try:
            return self._source.timeline(attempt.attempt_id) if self._source is not None else ()
        except TrayAuthError as error:
            self.line.fail(error.explanation)
            return ()

    def _show_what_can_be_done(self) -> None:
        attempt = self.view.current_attempt()
        why_not = self._why_not_repeated(attempt) if attempt else "Select an attempt first."
        self.allow(has_current=attempt is not None, why_not_repeated=why_not)

    def _why_not_repeated(self, attempt: PastAttempt) -> str:
        if self._workspace is None or attempt.workspace == self._workspace:
            return ""
        return f"It was made in the workspace {attempt.workspace}: switch to that one to repeat it."

    def _write(self, path: Path) -> None:
        attempts = self.shown_attempts()
        text = csv_of if path.suffix.lower() == ".csv" else json_of
        self._tasks.submit(
            lambda: write_file(path, text(attempts)),
            lambda _none: self._on_written(path, len(attempts)),
            lambda error: self.line.fail(getattr(error, "explanation", type(error).__name__)),
        )

    def _on_written(self, path: Path, count: int) -> None:
        verb = "was" if count == 1 else "were"
        self.line.say(f"{counted(count, 'attempt')} {verb} written to {path}.")
        self.exported.emit(str(path))
