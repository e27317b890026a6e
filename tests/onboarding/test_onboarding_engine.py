"""Attempts with the real engine and a scripted client: every way to end, and what the journal then holds."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.dialog_bench import html, post, serve
from tests.onboarding.attempt_bench import AUTH_ID, REQUEST, AttemptBench, AttemptRun, listed
from tests.onboarding.scripted_client import CODE
from tray_auth_desktop.core.attempt import OutcomeKind, Phase, Via
from tray_auth_desktop.dialog.auth_dialog import AuthDialog
from tray_auth_desktop.errors import ExitCode

pytestmark = pytest.mark.webengine

PATH = "/external/auth/create/acme"
FINISH = post(authId=AUTH_ID, type="tray.authpopup.finish", authType="oauth")
CLOSE = post(type="tray.authpopup.close")
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}


def run_dialog(
    bench: AttemptBench,
    pages: PageServer,
    script: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> AttemptRun:
    """Run an attempt whose dialog is a page with that script, to its end."""
    run = start_dialog(bench, pages, script, status=status, headers=headers)
    run.wait_for_done()
    return run


def start_dialog(
    bench: AttemptBench,
    pages: PageServer,
    script: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> AttemptRun:
    serve(pages, PATH, html(script, "<p>dialog"), status, headers)
    run = bench.make()
    run.runner.dialog_made.connect(lambda dialog: dialog.widget().show())
    run.runner.start()
    return run


@pytest.mark.parametrize(("headers", "via"), [({}, Via.OPENER), (COOP, Via.SEVERED_OPENER)])
def test_finish_is_captured_and_confirmed(
    real_bench: AttemptBench, pages: PageServer, headers: dict[str, str], via: Via
) -> None:
    real_bench.client.lists_to_come = [[], []]
    real_bench.client.authentications = [listed(AUTH_ID)]
    run = run_dialog(real_bench, pages, FINISH + "window.close()", headers=headers)
    assert run.outcome.kind is OutcomeKind.CAPTURED
    assert run.outcome.auth_id == AUTH_ID
    assert run.outcome.auth_type == "oauth"
    assert run.outcome.via is via
    assert run.outcome.message is None
    assert run.outcome.exit_code is ExitCode.OK
    (confirmed,) = run.values("confirmed")
    assert getattr(confirmed, "confirmed") is True  # noqa: B009 - the signal carries an object
    assert run.row_on_disk()["confirmed"] == 1
    assert run.row_on_disk()["via"] == via.value


def make_when_loaded(bench: AttemptBench, run: AttemptRun) -> None:
    """Let the user's list show a new authentication from the moment the dialog is there."""
    run.runner.loaded.connect(lambda: bench.client.authentications.append(listed(AUTH_ID)))


def test_window_that_closes_without_a_word_is_captured_by_listing(
    real_bench: AttemptBench, pages: PageServer
) -> None:
    run = start_dialog(real_bench, pages, "onload = () => setTimeout(() => window.close(), 50)")
    make_when_loaded(real_bench, run)
    run.wait_for_done()
    assert (run.outcome.kind, run.outcome.auth_id, run.outcome.via) == (
        OutcomeKind.CAPTURED,
        AUTH_ID,
        Via.LISTING,
    )
    assert run.row_on_disk()["confirmed"] == 1


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (CLOSE + "window.close()", "The dialog was closed before it was finished."),
        (CLOSE, "The dialog was closed before it was finished."),
        ("window.close()", "The dialog's window closed itself"),
    ],
    ids=["message and window", "message", "window"],
)
def test_closed_within_the_dialog(
    real_bench: AttemptBench, pages: PageServer, script: str, words: str
) -> None:
    run = run_dialog(real_bench, pages, script)
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert run.outcome.exit_code is ExitCode.CLOSED
    assert (run.outcome.message or "").startswith(words)
    assert run.values("confirmed") == []


def test_closed_by_the_person(real_bench: AttemptBench, pages: PageServer) -> None:
    run = start_dialog(real_bench, pages, "")
    run.wait_until(lambda: "loaded" in run.names("loaded"))
    run.runner.cancel()
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CLOSED
    assert "closed here" in (run.outcome.message or "")


def test_finish_posted_while_the_person_closes_is_captured(
    real_bench: AttemptBench, pages: PageServer
) -> None:
    real_bench.limit(cancelled_delays_s=(10.0,), settle_s=20.0)  # the finish ends the wait, however late
    run = start_dialog(real_bench, pages, f"onpagehide = () => {{ {FINISH} }}")
    run.wait_until(lambda: "loaded" in run.names("loaded"))
    run.runner.cancel()
    run.wait_for_done()
    assert run.outcome.kind is OutcomeKind.CAPTURED
    assert run.outcome.via is Via.OPENER


@pytest.mark.parametrize("key", ["error", "err"])
def test_error_of_the_dialog(real_bench: AttemptBench, pages: PageServer, key: str) -> None:
    data = {"type": "tray.authPopup.error", key: "Service and environment do not match"}
    run = run_dialog(real_bench, pages, post(**data))
    assert run.outcome.kind is OutcomeKind.FAILED
    assert run.outcome.exit_code is ExitCode.FAILED
    assert "Service and environment do not match" in (run.outcome.message or "")


def test_page_that_explains_itself_counts_more_than_its_status(
    real_bench: AttemptBench, pages: PageServer
) -> None:
    run = run_dialog(real_bench, pages, post(type="tray.authPopup.error", error="code was used"), status=410)
    assert "code was used" in (run.outcome.message or "")


def test_error_status(real_bench: AttemptBench, pages: PageServer) -> None:
    run = run_dialog(real_bench, pages, "", status=404)
    assert run.outcome.kind is OutcomeKind.FAILED
    assert run.outcome.exit_code is ExitCode.FAILED
    assert "HTTP 404" in (run.outcome.message or "")
    assert CODE not in (run.outcome.message or "")


def test_host_that_is_not_reached(real_bench: AttemptBench, pages: PageServer) -> None:
    real_bench.origin = "https://no-such-host.invalid"
    run = run_dialog(real_bench, pages, "")
    assert run.outcome.kind is OutcomeKind.FAILED
    assert run.outcome.exit_code is ExitCode.NETWORK
    assert "https://no-such-host.invalid" in (run.outcome.message or "")


def test_time_limit(real_bench: AttemptBench, pages: PageServer) -> None:
    real_bench.limit(attempt_s=0.6)
    run = run_dialog(real_bench, pages, "")
    assert run.outcome.kind is OutcomeKind.TIMED_OUT
    assert run.outcome.exit_code is ExitCode.TIMED_OUT
    assert "0.6 seconds" in (run.outcome.message or "")


def renderer_of(run: AttemptRun) -> int:
    (dialog,) = run.dialogs
    assert isinstance(dialog, AuthDialog)
    page = dialog.page()
    assert page is not None
    return page.renderProcessPid()


@pytest.mark.parametrize("is_made", [False, True], ids=["nothing made", "made before"])
def test_process_that_dies(real_bench: AttemptBench, pages: PageServer, *, is_made: bool) -> None:
    run = start_dialog(real_bench, pages, "")
    if is_made:
        make_when_loaded(real_bench, run)
    run.wait_until(lambda: "loaded" in run.names("loaded"))
    os.kill(renderer_of(run), signal.SIGKILL)
    run.wait_for_done()
    if is_made:
        assert (run.outcome.kind, run.outcome.via) == (OutcomeKind.CAPTURED, Via.LISTING)
    else:
        assert run.outcome.kind is OutcomeKind.CRASHED
        assert run.outcome.exit_code is ExitCode.ENGINE
        assert "web engine broke down" in (run.outcome.message or "")


class KillingList(list[str]):
    """The server's list of requests, which does something as soon as a path is asked for."""

    def __init__(self, path: str, act: Callable[[], None]) -> None:
        super().__init__()
        self._path = path
        self._act = act

    def append(self, path: str) -> None:
        """Note a request."""
        super().append(path)
        if path == self._path:
            self._act()


def test_process_killed_right_after_the_post(real_bench: AttemptBench, pages: PageServer) -> None:
    """By message or by listing: it is captured."""
    pid: list[int] = []
    is_known = threading.Event()

    def kill() -> None:
        real_bench.client.authentications.append(listed(AUTH_ID))
        assert is_known.wait(20)
        os.kill(pid[0], signal.SIGKILL)

    pages.requested = KillingList("/posted", kill)
    blocked = "const request = new XMLHttpRequest(); request.open('GET', '/posted', false); request.send();"
    run = start_dialog(real_bench, pages, f"onload = () => setTimeout(() => {{ {FINISH} {blocked} }}, 50)")
    run.wait_until(lambda: "loaded" in run.names("loaded"))
    pid.append(renderer_of(run))
    is_known.set()
    run.wait_for_done()
    assert (run.outcome.kind, run.outcome.auth_id) == (OutcomeKind.CAPTURED, AUTH_ID)
    assert run.outcome.via in (Via.OPENER, Via.LISTING)


def test_window_that_lost_its_opener_is_reason_to_look_into_the_list(
    real_bench: AttemptBench, pages: PageServer
) -> None:
    """A dialog that only believes its own window would wait for ever."""
    serve(pages, "/callback", html(post(kind="callback")))
    serve(pages, "/provider", html("location = '/callback'"), headers=COOP)
    run = start_dialog(real_bench, pages, "onload = () => window.open('/provider')")
    make_when_loaded(real_bench, run)
    run.wait_for_done()
    assert (run.outcome.kind, run.outcome.via) == (OutcomeKind.CAPTURED, Via.LISTING)


def test_account_id_is_answered(real_bench: AttemptBench, pages: PageServer) -> None:
    real_bench.account_id = "account-7"
    script = f"onmessage = (event) => {{ if (event.data.data === 'account-7') {{ {FINISH} }} }};"
    run = run_dialog(real_bench, pages, script + post(type="tray.authpopup.accountIdRequest"))
    assert run.outcome.kind is OutcomeKind.CAPTURED


def test_dialog_is_asked_for_what_was_requested(real_bench: AttemptBench, pages: PageServer) -> None:
    run_dialog(real_bench, pages, FINISH)
    assert pages.requested[0] == (
        f"{PATH}?code={CODE}&serviceId={REQUEST.service_id}"
        f"&serviceEnvironmentId={REQUEST.service_environment_id}&scopes[]=read"
    )


def test_code_is_nowhere_but_in_the_request(
    real_bench: AttemptBench, pages: PageServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    leaky = "console.log(location.href); console.error(document.URL); alert(location.search);"
    tell = "opener.postMessage({type: 'tray.authPopup.error', error: 'bad ' + location.href}, '*');"
    move = "history.replaceState(0, '', '/x#' + location.search);"
    run = run_dialog(real_bench, pages, f"{leaky} {tell} {move}")
    real_bench.journal.flush()
    assert any(CODE in asked for asked in pages.requested)
    folder = real_bench.journal_path.parent
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    assert "journal.sqlite3" in files
    assert not [name for name, data in files.items() if CODE.encode() in data]
    assert CODE not in repr(run.events)
    assert CODE not in repr(run.said) + repr(run.runner.attempt.__dict__) + caplog.text
    assert CODE not in (run.outcome.message or "")
    assert run.events


def test_many_attempts_one_after_another(real_bench: AttemptBench, pages: PageServer, qtbot: QtBot) -> None:
    real_bench.client.authentications = [listed(AUTH_ID)]
    for _ in range(5):
        run = run_dialog(real_bench, pages, FINISH + "window.close()")
        assert run.outcome.kind is OutcomeKind.CAPTURED
        assert run.runner.attempt.phase is Phase.ENDED
    assert len(real_bench.journal.attempts()) == 5
