"""A host application: its window, its own functions, and a person who fills in the dialog on the stand-in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from tray_auth_desktop import AuthDialog, Outcome, TrayClient, app
from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
from tray_auth_desktop.onboarding.ports import Dialog

LIMIT_MS = 40_000
USER_ID = "4a392901-1acd-54f4-af29-8f1da44444fd"
TWILIO = ("55d1154c-4fd8-4c2c-ba22-041deabfcbfd", "973b1afa-aa13-42c7-86c3-3964f44c53dd")
Step = Callable[[Callable[[str], None]], None]
FORM = (("Account SID", "AC0123"), ("Auth Token", "no-real-token"))


def finish_deletions() -> None:
    """Delete what was given to `deleteLater`."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


class Person(QObject):
    """Fills in the form of each dialog that appears, then presses a button."""

    def __init__(
        self, dialog: AuthDialog, button: str = "Create", form: tuple[tuple[str, str], ...] = FORM
    ) -> None:
        super().__init__(dialog)
        self._form = form
        self._button = button
        self.problems: list[str] = []
        dialog._attempt.runner_made.connect(self._on_runner_made)

    def _on_runner_made(self, runner: AttemptRunner) -> None:
        runner.dialog_made.connect(self._on_dialog_made)

    def _on_dialog_made(self, dialog: Dialog) -> None:
        driver = app.page_driver(dialog, self)
        steps: list[Step] = [partial(driver.fill, label, value) for label, value in self._form]
        steps.append(partial(driver.press, self._button))
        dialog.loaded.connect(lambda: self._do(steps))

    def _do(self, steps: list[Step]) -> None:
        def done(missing: str) -> None:
            if missing:
                self.problems.append(missing)
            else:
                self._do(steps[1:])

        if steps:
            steps[0](done)


@dataclass
class Heard:
    """What the dialog told its application, in order."""

    signals: list[tuple[str, Outcome]] = field(default_factory=list)

    def listen(self, dialog: AuthDialog) -> None:
        for name in ("captured", "closed", "failed", "confirmed"):
            getattr(dialog, name).connect(lambda outcome, name=name: self.signals.append((name, outcome)))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.signals]


@dataclass
class Backend:
    """Stands for the application's own backend: it has the master token, and its functions are called."""

    client: TrayClient
    threads: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def code(self, user_id: str) -> str:
        self._note(f"code {user_id}")
        return self.client.generate_authorization_code(user_id).reveal()

    def ids(self, user_id: str) -> list[str]:
        self._note(f"list {user_id}")
        return [found.auth_id for found in self.client.authentications_of(user_id)]

    def _note(self, what: str) -> None:
        self.asked.append(what)
        self.threads.add(threading.current_thread().name)
