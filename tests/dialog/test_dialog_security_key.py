"""What a person is asked when a page wants a security key; the key itself is scripted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, html, serve
from tray_auth_desktop.core.timeline import Observation
from tray_auth_desktop.dialog.dialog_view import DialogView
from tray_auth_desktop.dialog.security_key import SecurityKeyPanel
from tray_auth_desktop.dialog.security_key_request import Failure, PinError, Reason, State

_PIN = "correct horse"


@dataclass
class ScriptedPin:
    reason: Reason = Reason.Challenge
    error: PinError = PinError.NoError
    minPinLength: int = 4  # noqa: N815 - Qt's name
    remainingAttempts: int = 8  # noqa: N815 - Qt's name


class ScriptedKey(QObject):
    """A request as the engine makes it, in the state the test wants."""

    stateChanged = Signal(object)  # noqa: N815 - Qt's name

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self.pin = ScriptedPin()
        self.failure = Failure.Timeout
        self.done: list[str] = []

    def go_to(self, state: State) -> None:
        self._state = state
        self.stateChanged.emit(state)

    def state(self) -> State:
        return self._state

    def relyingPartyId(self) -> str:
        return "login.example"

    def userNames(self) -> list[str]:
        return ["anna", "bert"]

    def pinRequest(self) -> ScriptedPin:
        return self.pin

    def requestFailureReason(self) -> Failure:
        return self.failure

    def setPin(self, pin: str) -> None:
        self.done.append(f"pin {pin}")

    def setSelectedAccount(self, name: str) -> None:
        self.done.append(f"account {name}")

    def retry(self) -> None:
        self.done.append("retry")

    def cancel(self) -> None:
        self.done.append("cancel")


@pytest.fixture
def panel(qtbot: QtBot) -> SecurityKeyPanel:
    panel = SecurityKeyPanel()
    qtbot.addWidget(panel)
    return panel


@pytest.fixture
def seen(panel: SecurityKeyPanel) -> list[Observation]:
    seen: list[Observation] = []
    panel.observed.connect(seen.append)
    return seen


def test_a_pin_is_asked_for_masked_given_once_and_never_written_down(
    panel: SecurityKeyPanel, seen: list[Observation]
) -> None:
    key = ScriptedKey(State.CollectPin)
    panel.show_request(key)
    assert panel.isVisible()
    assert panel.pin.displayText() != _PIN
    QTest.keyClicks(panel.pin, _PIN)
    QTest.keyClick(panel.pin, Qt.Key.Key_Return)
    assert key.done == [f"pin {_PIN}"]
    assert panel.pin.text() == ""
    key.pin.error, key.pin.remainingAttempts = PinError.WrongPin, 7
    key.go_to(State.CollectPin)
    assert "That PIN was wrong." in panel.text
    assert "7 tries are left" in panel.text
    key.go_to(State.Completed)
    assert panel.isHidden()
    assert _PIN not in repr(seen)


def test_an_empty_pin_is_not_sent(panel: SecurityKeyPanel) -> None:
    key = ScriptedKey(State.CollectPin)
    panel.show_request(key)
    panel.go_button.click()
    assert key.done == []


def test_a_first_pin_says_how_long_it_must_be(panel: SecurityKeyPanel) -> None:
    key = ScriptedKey(State.CollectPin)
    key.pin.reason, key.pin.minPinLength = Reason.Set, 6
    panel.show_request(key)
    assert "at least 6 characters" in panel.text


def test_an_account_is_chosen(panel: SecurityKeyPanel) -> None:
    key = ScriptedKey(State.SelectAccount)
    panel.show_request(key)
    panel.accounts.setCurrentText("bert")
    panel.go_button.click()
    assert key.done == ["account bert"]


def test_a_touch_is_waited_for_and_can_be_cancelled(panel: SecurityKeyPanel) -> None:
    key = ScriptedKey(State.FinishTokenCollection)
    panel.show_request(key)
    assert "login.example" in panel.text
    assert "touch" in panel.text
    assert panel.go_button.isHidden()
    panel.cancel_button.click()
    assert key.done == ["cancel"]
    assert panel.isHidden()


@pytest.mark.parametrize("failure", list(Failure))
def test_each_failure_has_words_and_another_try(
    panel: SecurityKeyPanel, seen: list[Observation], failure: Failure
) -> None:
    key = ScriptedKey(State.RequestFailed)
    key.failure = failure
    panel.show_request(key)
    assert "could not be used" not in panel.text
    assert seen[-1].is_problem
    panel.retry_button.click()
    assert key.done == ["retry"]


def test_a_second_request_gives_up_the_first(panel: SecurityKeyPanel) -> None:
    first, second = ScriptedKey(State.CollectPin), ScriptedKey(State.SelectAccount)
    panel.show_request(first)
    panel.show_request(second)
    assert first.done == ["cancel"]
    first.go_to(State.Cancelled)
    assert panel.isVisible()


def test_what_a_page_asks_for_reaches_the_panel(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    view = run.dialog.widget()
    assert isinstance(view, DialogView)
    key = ScriptedKey(State.FinishTokenCollection)
    view.security_key.show_request(key)
    assert view.security_key.isVisible()
    run.wait_until(lambda: "The page asks for a security key" in run.texts)
