"""What the window needs of the desk that runs attempts, so that a scripted one can take its place."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from tray_auth_desktop.core.attempt import Via
from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.presentation import Presentation
from tray_auth_desktop.core.subject import Subject


class DialogWidget(Protocol):
    """The part of a dialog that the window uses."""

    def widget(self) -> QWidget:
        """Return what belongs into the centre; the dialog deletes it."""
        ...

    def inspect(self) -> None:
        """Open the web inspector of the dialog's page."""
        ...


class CapturedRecord(Protocol):
    """An attempt that captured an authId in an earlier run of the program."""

    @property
    def attempt_id(self) -> str:
        """The attempt's id."""
        ...

    @property
    def auth_id(self) -> str | None:
        """What it captured."""
        ...

    @property
    def started_at(self) -> float:
        """Seconds since the epoch."""
        ...

    @property
    def confirmed(self) -> bool:
        """Whether the id was seen in the user's list."""
        ...

    @property
    def via(self) -> Via | None:
        """How the id reached us."""
        ...

    @property
    def request(self) -> DialogRequest:
        """What the attempt was for."""
        ...


class Desk(Protocol):
    """Runs attempts one at a time: the signals and methods of `onboarding.desk.AttemptDesk`."""

    @property
    def attempt_started(self) -> SignalInstance:
        """Carries str: the attempt's id."""
        ...

    @property
    def dialog_made(self) -> SignalInstance:
        """Carries DialogWidget: its widget belongs into the centre now."""
        ...

    @property
    def dialog_dismissed(self) -> SignalInstance:
        """Carries nothing: the widget is about to be deleted."""
        ...

    @property
    def phase_changed(self) -> SignalInstance:
        """Carries Phase: where the attempt stands."""
        ...

    @property
    def progress_changed(self) -> SignalInstance:
        """Carries str: one line on what is being waited for."""
        ...

    @property
    def code_life_changed(self) -> SignalInstance:
        """Carries int: seconds the code can still be used; -1 when that no longer matters."""
        ...

    @property
    def time_left_changed(self) -> SignalInstance:
        """Carries int: seconds until the attempt is out of time."""
        ...

    @property
    def observed(self) -> SignalInstance:
        """Carries TimelineEvent: something happened."""
        ...

    @property
    def ended(self) -> SignalInstance:
        """Carries Outcome: already on disk."""
        ...

    @property
    def confirmed(self) -> SignalInstance:
        """Carries Outcome: the search in the user's list is over."""
        ...

    @property
    def listed(self) -> SignalInstance:
        """Carries tuple[Authentication, ...]: the user's list as the attempt fetched it."""
        ...

    @property
    def recovered(self) -> SignalInstance:
        """Carries tuple[CapturedRecord, ...]: captured earlier, never shown."""
        ...

    @property
    def journal_failed(self) -> SignalInstance:
        """Carries str: results are not on disk; says why."""
        ...

    @property
    def is_running(self) -> bool:
        """Whether an attempt has no outcome yet."""
        ...

    def start(
        self, request: DialogRequest, subject: Subject | None = None, presentation: Presentation | None = None
    ) -> None:
        """Begin an attempt.

        Args:
            request: What it is for.
            subject: What people call that.
            presentation: How the dialog is shown to its page.
        """
        ...

    def cancel(self) -> None:
        """The person wants out of the running attempt."""
        ...

    def new_code(self) -> None:
        """Begin again with a fresh code, for what the last attempt was for."""
        ...

    def acknowledge(self, attempt_id: str) -> None:
        """The outcome of an attempt has been seen on screen."""
        ...
