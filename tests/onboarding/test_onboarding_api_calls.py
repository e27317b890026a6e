"""The calls of an attempt are in its timeline: how long each took, and what came of it."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import REQUEST
from tray_auth_desktop.core.models import Authentication, Connector
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.errors import NetworkError, TrayAuthError
from tray_auth_desktop.journal import Journal
from tray_auth_desktop.onboarding.api_calls import ApiCalls
from tray_auth_desktop.onboarding.recorder import Recorder
from tray_auth_desktop.secrets import Secret

CODE = "c0de" * 10


class Client:
    """Answers, or fails if it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def generate_authorization_code(self, _user_id: str) -> Secret:
        self._fail()
        return Secret(CODE)

    def authentications_of(self, _user_id: str) -> tuple[Authentication, ...]:
        self._fail()
        return (Authentication("a"), Authentication("b"))

    def connectors(self) -> tuple[Connector, ...]:
        self._fail()
        return ()

    def _fail(self) -> None:
        if self._error is not None:
            raise self._error


class Written:
    """A recorder, and what it recorded."""

    def __init__(self) -> None:
        self.recorder = Recorder("attempt", Journal.in_memory())
        self.recorder.begin("test", REQUEST, None, {})
        self.events: list[TimelineEvent] = []
        self.recorder.recorded.connect(self.events.append)


@pytest.mark.usefixtures("qapp")
def test_a_call_is_written_with_its_duration_and_what_came_of_it(qtbot: QtBot) -> None:
    written, calls = Written(), ApiCalls(Client)
    calls.follow(written.recorder)

    client = calls.client()
    assert client.generate_authorization_code("u").reveal() == CODE
    assert len(client.authentications_of("u")) == 2
    assert client.connectors() == ()

    assert [event.observation.kind for event in written.events] == [EventKind.API] * 3
    details = [event.observation.details for event in written.events]
    assert [found["operation"] for found in details] == [
        "Make a single-use code",
        "List the authentications",
        "List the connectors",
    ]
    assert [found["count"] for found in details] == [None, 2, 0]
    assert all(isinstance(found["duration_ms"], int) and found["duration_ms"] >= 0 for found in details)
    assert CODE not in str(written.events)


def test_a_call_that_fails_says_why_and_fails_all_the_same(qtbot: QtBot) -> None:
    error = NetworkError("Tray was not reached.", advice="Check the network.")
    written, calls = Written(), ApiCalls(lambda: Client(error))
    calls.follow(written.recorder)
    with pytest.raises(TrayAuthError):
        calls.client().authentications_of("u")
    (event,) = written.events
    assert event.observation.is_problem
    assert event.observation.details["error"] == "NetworkError"
    assert event.observation.details["reason"] == "Tray was not reached. Check the network."


def test_calls_made_before_anybody_follows_are_kept(qtbot: QtBot) -> None:
    written, calls = Written(), ApiCalls(Client)
    thread = threading.Thread(target=lambda: calls.client().authentications_of("u"))
    thread.start()
    thread.join()
    assert written.events == []

    calls.follow(written.recorder)

    qtbot.waitUntil(lambda: len(written.events) == 1)
    assert written.events[0].observation.details["count"] == 2
