"""A desk that follows a script, and a dialog without an engine."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind, Phase, Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.presentation import Presentation
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.core.timeline import EventKind, Observation, TimelineEvent

AUTH_ID = "5d0f6c0a-4b3e-4f57-9d4e-2f1b7c9a8e10"


class FakeDialog(QObject):
    """Hands out a widget where the real one hands out a web view."""

    def __init__(self) -> None:
        super().__init__()
        self.inspections = 0
        self._widget = QWidget()
        self.line = QLineEdit(self._widget)
        self.line.setAccessibleName("A field of the dialog")
        title = QLabel("The dialog of the service", self._widget)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self._widget)
        layout.addWidget(title, 1)
        layout.addWidget(self.line)
        self._widget.setFocusProxy(self.line)

    def widget(self) -> QWidget:
        return self._widget

    def inspect(self) -> None:
        self.inspections += 1


class FakeDesk(QObject):
    """Has the signals of the real desk; the test says when which is emitted."""

    attempt_started = Signal(object)
    dialog_made = Signal(object)
    dialog_dismissed = Signal()
    phase_changed = Signal(object)
    progress_changed = Signal(str)
    code_life_changed = Signal(int)
    time_left_changed = Signal(int)
    observed = Signal(object)
    ended = Signal(object)
    confirmed = Signal(object)
    listed = Signal(object)
    recovered = Signal(object)
    journal_failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[DialogRequest] = []
        self.subjects: list[Subject | None] = []
        self.presentations: list[Presentation | None] = []
        self.acknowledged: list[str] = []
        self.cancels = 0
        self.dialog: FakeDialog | None = None
        self._is_running = False

    @property
    def is_running(self) -> bool:
        return self._is_running

    def start(
        self, request: DialogRequest, subject: Subject | None = None, presentation: Presentation | None = None
    ) -> None:
        self.requests.append(request)
        self.subjects.append(subject)
        self.presentations.append(presentation)
        self._is_running = True
        self.attempt_started.emit(f"attempt-{len(self.requests)}")
        self.phase_changed.emit(Phase.PREPARING)
        self.progress_changed.emit("Making a single-use code…")

    def cancel(self) -> None:
        self.cancels += 1

    def new_code(self) -> None:
        self.start(self.requests[-1], self.subjects[-1])

    def acknowledge(self, attempt_id: str) -> None:
        self.acknowledged.append(attempt_id)

    def open(self) -> FakeDialog:
        """Let the dialog appear."""
        self.dialog = FakeDialog()
        self.phase_changed.emit(Phase.OPEN)
        self.dialog_made.emit(self.dialog)
        self.progress_changed.emit("Loading the dialog…")
        return self.dialog

    def end(self, outcome: Outcome) -> None:
        """Let the attempt end, in the order in which the real desk tells it."""
        self._is_running = False
        self.code_life_changed.emit(-1)
        self.dialog_dismissed.emit()
        if self.dialog is not None:
            self.dialog.widget().deleteLater()
            self.dialog = None
        self.ended.emit(outcome)

    def capture(self, auth_id: str = AUTH_ID, via: Via = Via.OPENER) -> Outcome:
        """Let the dialog finish."""
        outcome = Outcome.captured(auth_id, via)
        self.end(outcome)
        return outcome

    def fail(self, kind: OutcomeKind, message: str) -> None:
        """Let the attempt end without a result."""
        self.end(Outcome.without_result(kind, message))

    def observe(
        self, text: str, at_ms: int = 0, kind: EventKind = EventKind.API, *, bad: bool = False
    ) -> None:
        """Let something happen."""
        self.observed.emit(TimelineEvent(at_ms, Observation(kind, text, is_problem=bad)))
