"""Follows one attempt: its timeline, its dialog, its outcome, and when nothing more will come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from tray_auth_desktop.core.attempt import Outcome
from tray_auth_desktop.core.timeline import TimelineEvent
from tray_auth_desktop.qa.waiting import wait_for

if TYPE_CHECKING:
    from tray_auth_desktop.dialog.auth_dialog import AuthDialog
    from tray_auth_desktop.dialog.page_input import Picture
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner

#: The size of the dialog's window where nothing says another.
WINDOW_SIZE = (520, 680)
#: For what takes no time but that of a machine which is busy with other things.
PATIENCE_S = 60.0


class AttemptWatch(QObject):
    """What is known of an attempt that runs.

    Attributes:
        timeline: All that happened so far.
        outcome: How it ended; None before. Confirmed, or not, once it `is_over`.
        is_loaded: Whether the dialog's first page has been there.
        is_over: Whether nothing more will come.
        last_picture: The dialog as it was when the attempt had its outcome; None before.

    Signals:
        changed(): one of them, or what can be seen, may be another now.
    """

    changed = Signal()

    def __init__(self, runner: AttemptRunner) -> None:
        super().__init__()
        self.runner = runner
        self.timeline: list[TimelineEvent] = []
        self.outcome: Outcome | None = None
        self.is_loaded = False
        self.is_over = False
        self.last_picture: Picture | None = None
        self._dialog: AuthDialog | None = None
        self._left = 1  # the runner itself
        runner.destroyed.connect(self._on_part_deleted)
        runner.dialog_made.connect(self._on_dialog_made)
        runner.recorder.recorded.connect(self._on_recorded)
        runner.loaded.connect(self._on_loaded)
        runner.ended.connect(self._on_ended)
        runner.confirmed.connect(self._on_confirmed)
        runner.done.connect(self._on_done)

    @property
    def dialog(self) -> AuthDialog | None:
        """The dialog as long as it has pages; None before and after."""
        return None if self.is_over else self._dialog

    @property
    def is_deleted(self) -> bool:
        """Whether nothing of the attempt is left."""
        return self._left == 0

    def delete(self) -> None:
        """Delete what the attempt, which is over, was made of; return when nothing of it is left."""
        self.last_picture = None
        self.runner.deleteLater()
        wait_for(lambda: self.is_deleted, self.changed, PATIENCE_S)

    def _on_dialog_made(self, dialog: AuthDialog) -> None:
        self._dialog = dialog
        self._left += 1
        dialog.destroyed.connect(self._on_part_deleted)  # the last of its pages and its profile to go
        widget = dialog.widget()
        widget.setWindowTitle("Dialog under test")
        widget.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        widget.resize(*WINDOW_SIZE)
        widget.show()

    def _on_part_deleted(self) -> None:
        self._left -= 1
        self.changed.emit()

    def _on_recorded(self, event: TimelineEvent) -> None:
        self.timeline.append(event)
        self.changed.emit()

    def _on_loaded(self) -> None:
        self.is_loaded = True
        self.changed.emit()

    def _on_ended(self, outcome: Outcome, _elapsed_ms: int) -> None:
        """Keep what is on screen: the dialog is taken away next."""
        from tray_auth_desktop import app

        self.outcome = outcome
        if self._dialog is not None:
            self.last_picture = app.picture_of(self._dialog.page())

    def _on_confirmed(self, outcome: Outcome) -> None:
        self.outcome = outcome

    def _on_done(self) -> None:
        self.is_over = True
        self.changed.emit()
