"""Pages of a dialog that goes wrong, and how a run of `create` with them is watched."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time

from tests.hostile.engine_processes import left_over
from tests.hostile.faulty_tray import FaultyTray, Handler, Strike
from tests.hostile.finished_dialogs import AUTH_ID
from tests.hostile.launching import CREATE, Ended, Launcher, end

STOPS_WITHIN_S = 3.0
FINISH = json.dumps({"type": "tray.authpopup.finish", "authType": "oauth", "authId": AUTH_ID})
CLOSE = json.dumps({"type": "tray.authpopup.close"})
LOUD = ("--log-level", "info")


def page(body: str, status: int = 200) -> Strike:
    return lambda handler: handler.send(status, f"<!doctype html>{body}")


def script(text: str) -> Strike:
    return page(f"<p>Dialog</p><script>{text}</script>")


def said(text: str) -> str:
    """JavaScript that tells the server how far a page got."""
    return f"fetch('/said/{text}', {{keepalive: true}})"


class HeldPage:
    """A page that says `loaded`, and does what it is to do once it is let go."""

    def __init__(self, tray: FaultyTray, then: str) -> None:
        self._tray, self._is_free = tray, threading.Event()
        tray.struck, tray.fault = ("/held",), self._answer
        tray.dialog = script(
            f"onload = () => {{ {said('loaded')}; fetch('/held').then(() => {{ {then} }}) }}"
        )

    def wait(self) -> None:
        """Wait until it is there."""
        self._tray.wait_for("loaded")

    def let_go(self) -> None:
        """Let it do what it is to do."""
        self._is_free.set()

    def _answer(self, handler: Handler) -> None:
        assert self._is_free.wait(60)
        handler.send(204, "")


def start(launcher: Launcher, *arguments: str) -> subprocess.Popen[str]:
    """Start `create` in a session of its own, so that what it leaves behind can be told."""
    return launcher.start(*CREATE, *LOUD, *arguments, start_new_session=True)


def stopped(process: subprocess.Popen[str], within_s: float = STOPS_WITHIN_S) -> Ended:
    """Tell it to stop, and see to it that it does."""
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    ended = end(process, 20 + within_s)
    assert time.monotonic() - begun < within_s
    assert left_over(process.pid, max(5.0, within_s)) == []
    return ended


def check(ended: Ended, outcome: str, code: int, *says: str) -> None:
    assert (ended.answer["outcome"], ended.code) == (outcome, code), ended.err
    message = ended.answer["message"] or ""
    assert [word for word in says if word not in message] == [], message


def never_answers(handler: Handler) -> None:
    handler.server.over.wait()
