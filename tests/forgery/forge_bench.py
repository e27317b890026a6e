"""Runs whole attempts whose pages post hundreds of forged messages; reads what the journal kept of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PageServer
from tests.dialog.dialog_bench import html, serve
from tests.onboarding.attempt_bench import AUTH_ID, AttemptBench, AttemptRun
from tests.sizes import IS_FULL
from tray_auth_desktop.core.attempt import OutcomeKind
from tray_auth_desktop.core.timeline import EventKind, TimelineEvent
from tray_auth_desktop.core.window_message import Rejection, WindowMessage
from tray_auth_desktop.dialog.auth_dialog import AuthDialog

#: Everything at full size, for whoever has the minutes (docs/security.md).
#: How many messages a page posts. All shapes by hand are among the first hundred.
MESSAGES = 500 if IS_FULL else 50
DIALOG_PATH = "/external/auth/create/acme"
_SENTINEL = "sentinel"
_SCRIPT = (Path(__file__).parent / "forged.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Sites:
    """Where pages are: the dialog's own server, by every name it has, and another one.

    Attributes:
        seed: What the messages are made from.
    """

    own: PageServer
    other: PageServer
    seed: int

    @property
    def trusted(self) -> str:
        """The origin of the dialog, and the only one that is trusted."""
        return f"http://localhost:{self.own.server_port}"

    def named(self, host: str) -> str:
        """The dialog's own server under another name; a browser takes any name below `localhost`."""
        return f"http://{host}:{self.own.server_port}"


@dataclass(frozen=True)
class Stage:
    """A place to forge from.

    Attributes:
        build: Serves what is needed beside the dialog's page, and returns that page.
        reasons: Why its messages may be rejected.
        is_trusted_window: Whether only the data of its messages is wrong: then none says what a dialog says.
        opener_is_own: Whether the opener page has the dialog's own origin.
        headers: Headers of the dialog's page.
    """

    build: Callable[[Sites], str]
    reasons: frozenset[Rejection]
    is_trusted_window: bool = False
    opener_is_own: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Forged:
    """What came of a page full of forged messages."""

    sent: int
    lines: list[TimelineEvent]
    outcome: OutcomeKind
    auth_id: object

    @property
    def reasons(self) -> Counter[str]:
        """How often each reason stands in the timeline."""
        return Counter(str(line.observation.details.get("reason")) for line in self.lines)


def forging(sites: Sites, send: str, *, trusted: bool = False, when_left: bool = False) -> str:
    """Return a page that sends forged messages, at once or when it is left.

    Args:
        send: What is done with each `value`.
        trusted: Whether it is in the one place where what a dialog says would be believed.
        when_left: Whether they are sent while the page is unloaded.
    """
    config = {
        "seed": sites.seed,
        "count": MESSAGES,
        "authId": AUTH_ID,
        "saysWhatADialogSays": not trusted,
    }
    work = f"sendForged(makeForged({json.dumps(config)}), (value) => {{ {send} }});"
    later = f"addEventListener('pagehide', () => {{ {work} }});"
    return html(f"{_SCRIPT} {later if when_left else work}")


def run_stage(stage: Stage, sites: Sites, bench: AttemptBench) -> Forged:
    """Run an attempt in which everything is posted that the stage has; then the person closes it."""
    serve(sites.own, DIALOG_PATH, stage.build(sites), headers=dict(stage.headers))
    bench.origin = sites.trusted
    run = bench.make()
    sent: list[int] = []

    def listen(dialog: AuthDialog) -> None:
        dialog.message_received.connect(lambda message: sent.extend(_sent(message)))
        dialog.widget().show()

    run.runner.dialog_made.connect(listen)
    run.runner.start()
    run.wait_until(lambda: bool(sent))
    run.runner.cancel()
    run.wait_for_done()
    return Forged(sent[0] + 1, _lines(run, bench), run.outcome.kind, run.row_on_disk()["auth_id"])


def _sent(message: WindowMessage) -> list[int]:
    """Return how many messages a page says it has sent; nothing for any other message."""
    text = message.payload or ""
    data = json.loads(text) if _SENTINEL in text else None
    return [data["sent"]] if isinstance(data, dict) and data.get("type") == _SENTINEL else []


def _lines(run: AttemptRun, bench: AttemptBench) -> list[TimelineEvent]:
    """Return what the journal's file has about messages, without the remarks that are about none."""
    timeline = bench.journal.timeline(run.runner.attempt.attempt_id)
    return [
        event
        for event in timeline
        if event.observation.kind is EventKind.MESSAGE and "decision" in event.observation.details
    ]
