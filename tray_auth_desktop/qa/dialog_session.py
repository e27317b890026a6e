"""One dialog under test: its main window, the windows it opens, its messages and its outcome."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tray_auth_desktop import app
from tray_auth_desktop.core.attempt import Outcome, Phase
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.qa.driver import STEP_S, WindowDriver
from tray_auth_desktop.qa.errors import unmet
from tray_auth_desktop.qa.waiting import wait_for
from tray_auth_desktop.qa.watch import PATIENCE_S, AttemptWatch

if TYPE_CHECKING:
    from tray_auth_desktop.dialog.page_input import Picture
    from tray_auth_desktop.dialog.popup_page import PopupPage

_ACCEPTED = "accepted"
#: The types of the dialog's window messages, as the dialog spells them after `tray.authpopup.`.
EVENTS = ("finish", "error", "close", "cancel", "accountIdRequest")
#: Ends a process at once; Windows knows one way only.
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
#: Seconds that a page gets to draw itself for the picture of a failed test.
_DRAW_S = 2.0


@dataclass(frozen=True, slots=True)
class DialogMessage:
    """A window message of the dialog that was believed.

    Attributes:
        type: Its type, as the dialog spelled it.
        auth_id: The authentication it names; None where it names none.
        origin: The origin that posted it.
        source: Which window it came from: `popup`, `gone` or `severed`.
        at_ms: Milliseconds since the attempt began.
        details: All that the timeline has of it.
    """

    type: str
    auth_id: str | None
    origin: str
    source: str
    at_ms: int
    details: Mapping[str, object] = field(default_factory=dict, repr=False)


class DialogSession(WindowDriver):
    """A dialog that was opened for a test, with one attempt behind it as for everybody else.

    Args:
        watch: The attempt.
        attempt_s: Seconds it may take.
    """

    def __init__(self, watch: AttemptWatch, attempt_s: float) -> None:
        super().__init__(watch, self._dialog_page)
        self._attempt_s = attempt_s
        self._expected: set[int] = set()

    @property
    def timeline(self) -> tuple[TimelineEvent, ...]:
        """All that happened so far, oldest first."""
        return tuple(self._watch.timeline)

    @property
    def attempt_id(self) -> str:
        """The attempt's id."""
        return self._watch.runner.attempt.attempt_id

    def expect_event(self, name: str, *, timeout: float = STEP_S) -> DialogMessage:
        """Wait for a window message of the dialog: `finish`, `error`, `close`, `cancel`, `accountIdRequest`.

        Each message is returned once: what is expected twice must come twice. Messages that are not
        to be believed count for nothing; the timeline says why.
        """
        __tracebackhide__ = True
        if name.casefold() not in map(str.casefold, EVENTS):
            why = f"the dialog has no such event; there are {', '.join(EVENTS)}"
            raise unmet(f'wait for the event "{name}"', why, "")
        found: list[int] = []

        def has_come() -> bool:
            found[:] = [at for at in self._messages(name) if at not in self._expected]
            return bool(found) or self._watch.is_over

        wait_for(has_come, self._watch.changed, timeout)
        if not found:
            raise unmet(f'wait for the event "{name}"', self._other_messages(), self._look())
        self._expected.add(found[0])
        return _message_of(self._watch.timeline[found[0]])

    def outcome(self, *, timeout: float | None = None) -> Outcome:
        """Wait for the one outcome and for its search in the user's list.

        Args:
            timeout: Seconds to wait; by default as long as the attempt may take.
        """
        __tracebackhide__ = True
        watch = self._watch
        limit_s = self._attempt_s + PATIENCE_S if timeout is None else timeout
        wait_for(lambda: watch.is_over, watch.changed, limit_s)
        if not watch.is_over or watch.outcome is None:
            why = f"there is none after {limit_s:g} s"
            raise unmet("wait for the outcome", why, self._look())
        return watch.outcome

    def popup(self, *, timeout: float = STEP_S) -> WindowDriver:
        """Wait for the window that the dialog opens, and return what acts in it; the newest of several."""
        __tracebackhide__ = True
        watch = self._watch
        wait_for(lambda: bool(self._popup_pages()) or watch.is_over, watch.changed, timeout)
        pages = self._popup_pages()
        if not pages:
            why = self._missing() if watch.is_over else "it has opened none"
            raise unmet("wait for a window of the dialog", why, self._look())
        page = pages[-1]
        return WindowDriver(watch, lambda: page if page in self._popup_pages() else None)

    def close(self) -> None:
        """Close the dialog as a person would who gives up."""
        self._let_it_draw()
        if not self._watch.is_over:
            self._watch.runner.cancel()

    def crash(self) -> None:
        """Kill the process that shows the dialog, as if the browser had crashed."""
        page = self._dialog_page()
        if page is not None:
            os.kill(page.renderProcessPid(), _KILL)

    def end(self) -> None:
        """End the attempt at once, however far it is, and wait until nothing of it is left.

        May be called again.
        """
        if self._watch.is_deleted:
            return
        runner = self._watch.runner
        for _ in range(3):  # close the dialog, do not compare the lists, do not look for a confirmation
            if runner.attempt.phase is Phase.ENDED:
                runner.abandon()
            else:
                runner.cancel()
        self._watch.delete()

    @property
    def last_outcome(self) -> Outcome | None:
        """The outcome as far as it is known now, without waiting."""
        return self._watch.outcome

    def picture(self) -> Picture | None:
        """Return what is on screen now, or was when the attempt ended; None if there never was anything."""
        self._let_it_draw()
        return app.picture_of(self._dialog_page()) or self._watch.last_picture

    def _let_it_draw(self) -> None:
        """Give the page a moment to be on the screen, which nobody promises."""
        driver = self._driver(_DRAW_S)
        if driver is not None and self._dialog_page() is not None:
            self._wait_for_answer(driver.draw, [], _DRAW_S)
            driver.stop()

    def _dialog_page(self) -> PopupPage | None:
        dialog = self._watch.dialog
        return dialog.page() if dialog is not None else None

    def _popup_pages(self) -> tuple[PopupPage, ...]:
        dialog = self._watch.dialog
        return dialog.popup_pages() if dialog is not None else ()

    def _messages(self, name: str) -> list[int]:
        """Return where in the timeline the messages of a type are."""
        ending = f".{name}".casefold()
        return [
            at
            for at, event in enumerate(self._watch.timeline)
            if _decision_of(event) == _ACCEPTED and _type_of(event).casefold().endswith(ending)
        ]

    def _other_messages(self) -> str:
        others = [
            f"{_type_of(event) or '(no type)'} from {event.observation.details.get('origin')}"
            f" ({_decision_of(event)}: {event.observation.details.get('reason')})"
            for event in self._watch.timeline
            if _decision_of(event)
        ]
        over = f"; {self._missing()}" if self._watch.is_over else ""
        return (f"instead there came {'; '.join(others)}" if others else "no message has come") + over


def _decision_of(event: TimelineEvent) -> str:
    observation = event.observation
    return str(observation.details.get("decision", "")) if observation.kind is EventKind.MESSAGE else ""


def _type_of(event: TimelineEvent) -> str:
    return str(event.observation.details.get("type", ""))


def _message_of(event: TimelineEvent) -> DialogMessage:
    details = event.observation.details
    auth_id = details.get("auth_id")
    return DialogMessage(
        type=_type_of(event),
        auth_id=str(auth_id) if auth_id is not None else None,
        origin=str(details.get("origin", "")),
        source=str(details.get("source", "")),
        at_ms=event.at_ms,
        details=details,
    )
