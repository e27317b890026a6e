"""What the fixture `auth_dialog` is: opens dialogs for one test, and takes them away after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tray_auth_desktop.core.presentation import Presentation
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.qa.dialog_session import DialogSession
from tray_auth_desktop.qa.errors import DialogExpectationError
from tray_auth_desktop.qa.failure_report import FailureReport, report_on
from tray_auth_desktop.qa.request import Parameters, Wanted
from tray_auth_desktop.qa.workbench import QuietCollector, Workbench

ATTEMPT_S = 120.0


class DialogOpener:
    """Opens dialogs; a context manager that ends them all.

    Args:
        workbench: What they are opened with.
        folder: Where the files of a failed test go.
    """

    def __init__(self, workbench: Workbench, folder: Path) -> None:
        self._workbench = workbench
        self._folder = folder
        self._sessions: list[DialogSession] = []
        self._collector = QuietCollector()

    def __call__(
        self,
        service: str,
        *,
        user: str = "",
        environment: str = "",
        scopes: Sequence[str] = (),
        scenario: str = "",
        parameters: Parameters = (),
        presentation: Presentation | None = None,
        timeout: float = ATTEMPT_S,
    ) -> DialogSession:
        """Open a dialog for a new authentication, and wait for its page.

        Args:
            service: Name, title or id of the service.
            user: Id, external id or name of the end user; by default the first test user.
            environment: Title or id of the environment; not needed where there is one only.
            scopes: The scopes that are asked for.
            scenario: How the stand-in's dialog shall go (docs/standin.md).
            parameters: Further pairs for the dialog's address, or a mapping.
            presentation: How the dialog is shown; by default as to everybody.
            timeout: Seconds the attempt may take.

        Raises:
            DialogExpectationError: what is named cannot be found, or may not be used.
        """
        __tracebackhide__ = True
        wanted = Wanted(service, user, environment, scopes, scenario, parameters)
        try:
            session = self._workbench.open(wanted, timeout, presentation)
        except TrayAuthError as error:
            raise DialogExpectationError(f"open the dialog of {service!r}: {error.explanation}") from None
        self._sessions.append(session)
        return session

    def reports(self, test: str) -> list[FailureReport]:
        """Write down what the test's dialogs did, for the report of its failure."""
        return [
            report_on(session, self._workbench, self._folder, test, number)
            for number, session in enumerate(self._sessions, start=1)
        ]

    def __enter__(self) -> Self:
        self._collector.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._sessions:
            self._sessions.pop().end()  # under no name here, so that the collector finds it unused
        self._collector.__exit__(kind, error, trace)
