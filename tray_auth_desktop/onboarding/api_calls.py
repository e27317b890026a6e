"""Lets an attempt's timeline say which calls to Tray it made, how long each took and what came of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from tray_auth_desktop.core.presentation import AS_EVER, Presentation
from tray_auth_desktop.core.timeline import LISTING, Details, EventKind, Observation
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.redaction import redact

if TYPE_CHECKING:  # `create` makes its calls before it loads what runs the attempt
    from tray_auth_desktop.core.dialog_url import DialogRequest
    from tray_auth_desktop.core.models import Authentication, Connector
    from tray_auth_desktop.core.subject import Subject
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner
    from tray_auth_desktop.onboarding.context import AttemptContext
    from tray_auth_desktop.onboarding.ports import AttemptClient
    from tray_auth_desktop.onboarding.recorder import Recorder
    from tray_auth_desktop.secrets import Secret

T = TypeVar("T")
_logger = logging.getLogger(__name__)


class ApiCalls(QObject):
    """Gives out a client whose calls are noted. What is noted before `follow` is kept until then.

    Args:
        client: Returns the client that really calls. Called on worker threads.
    """

    _called = Signal(object)

    def __init__(self, client: Callable[[], AttemptClient], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._recorder: Recorder | None = None
        self._waiting: list[Observation] = []
        self._called.connect(self._on_called)

    def client(self) -> TimedClient:
        """Return the client. May wait; called on worker threads."""
        return TimedClient(self._client(), self._note)

    def follow(self, recorder: Recorder) -> None:
        """Write the calls into a timeline from now on."""
        self._recorder = recorder
        waiting, self._waiting = self._waiting, []
        for observation in waiting:
            recorder.add(observation)

    def _note(self, observation: Observation) -> None:
        """Take a call over to Qt's thread."""
        try:
            self._called.emit(observation)
        except RuntimeError:  # the Qt half is deleted already: the attempt is over
            _logger.debug("a call ended after its attempt did")

    @Slot(object)
    def _on_called(self, observation: Observation) -> None:
        if self._recorder is None:
            self._waiting.append(observation)
        else:
            self._recorder.add(observation)


class TimedClient:
    """Implements `ports.AttemptClient` by another one, and says how long each call took."""

    def __init__(self, client: AttemptClient, note: Callable[[Observation], None]) -> None:
        self._client = client
        self._note = note

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Mint a single-use code."""
        return self._timed(
            "Make a single-use code", lambda: self._client.generate_authorization_code(user_id)
        )

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """List an end user's authentications."""
        return self._timed(LISTING, lambda: self._client.authentications_of(user_id))

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors."""
        return self._timed("List the connectors", self._client.connectors)

    def _timed(self, operation: str, call: Callable[[], T]) -> T:
        started_at = time.monotonic()
        try:
            answer = call()
        except TrayAuthError as error:
            self._note(_failed(operation, _ms_since(started_at), error))
            raise
        self._note(_answered(operation, _ms_since(started_at), answer))
        return answer


def observed_runner(
    request: DialogRequest,
    context: AttemptContext,
    parent: QObject | None = None,
    *,
    subject: Subject | None = None,
    presentation: Presentation = AS_EVER,
) -> AttemptRunner:
    """Return what runs an attempt, with the calls to Tray in its timeline."""
    from tray_auth_desktop.onboarding.attempt_runner import AttemptRunner

    calls = ApiCalls(context.client)
    observed = replace(context, client=calls.client)
    runner = AttemptRunner(request, observed, parent, subject=subject, presentation=presentation)
    calls.setParent(runner)
    calls.follow(runner.recorder)
    return runner


def _answered(operation: str, duration_ms: int, answer: object) -> Observation:
    count = len(answer) if isinstance(answer, tuple) else None
    found = f", {count:,} found" if count is not None else ""
    details: Details = {
        "operation": operation,
        "duration_ms": duration_ms,
        "outcome": "answered",
        "count": count,
    }
    return Observation(EventKind.API, f"{operation}: answered in {duration_ms} ms{found}", details)


def _failed(operation: str, duration_ms: int, error: TrayAuthError) -> Observation:
    details: Details = {
        "operation": operation,
        "duration_ms": duration_ms,
        "outcome": "failed",
        "error": type(error).__name__,
        "reason": redact(error.explanation, 500),
    }
    return Observation(EventKind.API, f"{operation}: failed after {duration_ms} ms", details, is_problem=True)


def _ms_since(moment: float) -> int:
    return round((time.monotonic() - moment) * 1_000)
