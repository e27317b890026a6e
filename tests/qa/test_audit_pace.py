"""The rate limit of the API: kept by each process by itself, and by all together."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.qa.audit_rig import a_case, auditing, settings_for
from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment
from tray_auth_desktop.qa.audit.pace import REQUESTS_PER_S, Pace, PacedClient, rate_of
from tray_auth_desktop.qa.audit.stand_in_steps import steps_on_stand_in
from tray_auth_desktop.secrets import Secret
from tray_auth_desktop.standin import StandIn


@dataclass
class Time:
    """A clock that runs while somebody waits."""

    now_s: float = 100.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now_s += seconds


def test_requests_go_out_one_after_the_other() -> None:
    time = Time()
    pace = Pace(10, time.now, time.wait)
    for _ in range(31):
        pace.take()
    assert round(time.now_s - 100, 6) == 3.0


@pytest.mark.parametrize("processes", range(1, 16))
def test_no_second_has_more_requests_than_all_processes_may_send(processes: int) -> None:
    time = Time()
    pace = Pace(rate_of(REQUESTS_PER_S / processes), time.now, time.wait)
    sent = []
    for _ in range(100):
        pace.take()
        sent.append(time.now_s)
    in_a_second = max(sum(at <= other < at + 1 for other in sent) for at in sent)
    assert in_a_second * processes <= 30


def test_after_a_pause_nothing_is_made_up_for() -> None:
    time = Time()
    pace = Pace(10, time.now, time.wait)
    pace.take()
    time.now_s += 50
    pace.take()
    assert time.waits == []
    pace.take()
    assert [round(wait, 6) for wait in time.waits] == [0.1]


def test_several_threads_do_not_take_the_same_turn() -> None:
    time = Time()
    waits: list[float] = []
    pace = Pace(10, time.now, waits.append)
    threads = [threading.Thread(target=pace.take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(round(wait, 6) for wait in waits) == [round(0.1 * turn, 6) for turn in range(1, 8)]


class Client:
    """Counts what is asked of it."""

    def generate_authorization_code(self, user_id: str) -> Secret:
        return Secret(user_id)

    def authentications_of(self, _user_id: str) -> tuple[Authentication, ...]:
        return ()

    def delete_authentication(self, _user_id: str, _auth_id: str) -> None: ...


def test_the_token_of_an_end_user_counts_as_the_request_that_it_is() -> None:
    time = Time()
    client = PacedClient(Client, Pace(10, time.now, time.wait))  # type: ignore[arg-type]  # a part of one will do
    client.authentications_of("u")
    client.authentications_of("u")
    client.delete_authentication("u", "a")
    client.generate_authorization_code("u")
    assert round(time.now_s - 100, 6) == 0.4


class CountingPace:
    """Takes down what is asked of it, and lets everything go at once."""

    made: list[CountingPace] = []  # noqa: RUF012 - one list for all, which the test empties

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self.taken = 0
        self.made.append(self)

    def take(self, requests: int = 1) -> None:
        self.taken += requests


@pytest.mark.webengine
def test_each_request_of_an_audit_waits_for_its_turn(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CountingPace.made.clear()
    monkeypatch.setattr("tray_auth_desktop.qa.audit.auditor.Pace", CountingPace)
    with StandIn() as stand_in:
        settings = settings_for(stand_in, tmp_path, requests_per_s=3.0)
        steps = steps_on_stand_in(Service("s", "twilio", "Twilio"), ServiceEnvironment("e"))
        with auditing(settings) as auditor:
            assert auditor.audit(a_case(stand_in, steps=steps)).status == "passed"
            assert auditor.audit(a_case(stand_in)).status == "passed"
        sent = sum(one.host == "api" and "/graphql" in one.path for one in stand_in.requests)
    (pace,) = CountingPace.made
    # code, token, list, list again, deletion; then code and list
    assert pace.taken == sent == 7
    assert pace.per_second == 2.0
