"""The dialog breaks: `create` ends with the right outcome, in words, and can always be stopped."""

from __future__ import annotations

import datetime
import socket
import ssl
from pathlib import Path

import pytest
import trustme

from tests.hostile.dialog_pages import (
    FINISH,
    LOUD,
    check,
    never_answers,
    page,
    said,
    script,
    start,
    stopped,
)
from tests.hostile.engine_processes import left_over
from tests.hostile.faulty_tray import FaultyTray, Handler, Strike, served
from tests.hostile.finished_dialogs import AUTH_ID
from tests.hostile.launching import CREATE, Launcher, end
from tests.sizes import IS_FULL, only_full

pytestmark = [
    pytest.mark.program,
    pytest.mark.webengine,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes by /proc"),
]


@pytest.mark.parametrize(
    ("status", "says"),
    [(404, "answered with HTTP 404"), pytest.param(500, "answered with HTTP 500", marks=only_full)],
)
def test_an_error_in_place_of_the_dialog(
    launcher: Launcher, tray: FaultyTray, status: int, says: str
) -> None:
    tray.dialog = page("<h1>Sorry</h1>", status)

    check(launcher.run(*CREATE), "failed", 4, says, tray.origin, "Open it again", "new code")


@only_full
def test_a_host_that_is_down(launcher: Launcher, tray: FaultyTray) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    launcher.variables["TRAY_DIALOG_URL"] = f"http://127.0.0.1:{port}"

    check(launcher.run(*CREATE), "failed", 7, f"127.0.0.1:{port}", "cannot be reached", "Check the network")


@only_full
def test_a_host_without_a_name(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables["TRAY_DIALOG_URL"] = "https://dialog.tray-auth-desktop.invalid"
    launcher.variables["QTWEBENGINE_DISABLE_SANDBOX"] = "1"

    check(launcher.run(*CREATE), "failed", 7, "dialog.tray-auth-desktop.invalid", "Check the network")


@pytest.mark.parametrize(
    ("days", "says"), [((-9, -1), "DATE"), ((-1, 9), "AUTHORITY")], ids=["expired", "unknown"]
)
def test_a_certificate_that_is_not_valid_is_shown_with_its_details(
    launcher: Launcher, tray: FaultyTray, days: tuple[int, int], says: str
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    not_before, not_after = (now + datetime.timedelta(days=day) for day in days)
    authority = trustme.CA(organization_name="Nobody's Authority")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", not_before=not_before, not_after=not_after).configure_cert(context)
    if says == "DATE":
        file = launcher.home / "authority.pem"
        authority.cert_pem.write_to_path(str(file))
        launcher.variables["TRAY_CA_FILE"] = str(file)
    with served(FaultyTray(context)) as dialog_host:
        launcher.variables["TRAY_DIALOG_URL"] = dialog_host.origin
        ended = launcher.run(*CREATE, *LOUD)
        assert not dialog_host.reached.is_set(), "the code was sent to a host without a valid certificate"
    details = ("Nobody's Authority", not_after.strftime("%Y-%m-%d"), "clock", "open it again")
    check(ended, "failed", 7, dialog_host.origin, "certificate", says, *details)


def test_a_blank_page_is_waited_for_until_one_stops(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = page(f"<script>{said('blank')}</script>")
    process = start(launcher)
    tray.wait_for("blank")

    check(stopped(process), "closed", 3, "told to stop")


@only_full
def test_a_blank_page_is_waited_for_until_time_is_out(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = page("")

    check(launcher.run(*CREATE, "--timeout", "1"), "timed_out", 5, "1 seconds", "new code", "--timeout")


def _never_ends(handler: Handler) -> None:
    handler.send(200, "<!doctype html><p>Loading", size=100_000)
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"<i></i>")


def _redirects_for_ever(handler: Handler) -> None:
    handler.send(302, "", {"Location": handler.path})


@pytest.mark.parametrize("endless", [never_answers, _never_ends], ids=["no answer", "no end"])
def test_a_load_without_end_can_be_stopped(launcher: Launcher, tray: FaultyTray, endless: Strike) -> None:
    tray.dialog = endless
    process = start(launcher)
    assert tray.reached.wait(30)

    check(stopped(process), "closed", 3, "told to stop")


@only_full
def test_a_load_without_end_runs_out_of_time(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = never_answers

    check(launcher.run(*CREATE, "--timeout", "1.5"), "timed_out", 5, "1.5 seconds")


@only_full
def test_redirects_without_end(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = _redirects_for_ever

    check(launcher.run(*CREATE), "failed", 7, "ERR_TOO_MANY_REDIRECTS")


def test_an_error_of_javascript_is_in_the_timeline_and_does_not_end_the_dialog(
    launcher: Launcher, tray: FaultyTray
) -> None:
    tray.dialog = script(f"setTimeout(() => opener.postMessage({FINISH}, '*'), 300); undefined_function()")
    tray.listed = [AUTH_ID]

    ended = launcher.run(*CREATE, *LOUD)

    check(ended, "captured", 0)
    assert "undefined_function is not defined" in ended.err


def test_a_script_without_end_does_not_hold_up_the_program(launcher: Launcher, tray: FaultyTray) -> None:
    tray.dialog = script(f"{said('busy')}; setTimeout(() => {{ for (;;); }}, 200)")
    process = start(launcher)
    tray.wait_for("busy")

    check(stopped(process), "closed", 3, "told to stop")


@pytest.mark.parametrize(
    "scheme", ["Basic", *(pytest.param(name, marks=only_full) for name in ("Digest", "Negotiate"))]
)
def test_a_password_that_the_host_asks_for_is_not_given(
    launcher: Launcher, tray: FaultyTray, scheme: str
) -> None:
    details = {"Basic": 'realm="x"', "Digest": 'realm="x", nonce="n", qop="auth"', "Negotiate": ""}[scheme]
    tray.dialog = lambda handler: handler.send(401, "no", {"WWW-Authenticate": f"{scheme} {details}".strip()})

    check(launcher.run(*CREATE), "failed", 4, "HTTP 401", "Open it again")


@pytest.mark.parametrize(
    ("version", "says"),
    [
        (ssl.TLSVersion.TLSv1_2, ("asks for a certificate", "proxy answers in Tray's place")),
        # here the host says so after the handshake, and may hang up before that is read
        pytest.param(ssl.TLSVersion.TLSv1_3, ("could not be loaded",), marks=only_full),
    ],
    ids=["TLS 1.2", "TLS 1.3"],
)
def test_a_certificate_of_ours_that_the_host_asks_for_is_not_given(
    launcher: Launcher, tray: FaultyTray, version: ssl.TLSVersion, says: tuple[str, ...]
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    context.maximum_version = version
    file = launcher.home / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    with served(FaultyTray(context)) as dialog_host:
        launcher.variables |= {"TRAY_DIALOG_URL": dialog_host.origin, "TRAY_CA_FILE": str(file)}
        ended = launcher.run(*CREATE)
    check(ended, "failed", 7, dialog_host.origin, *says)


@only_full
def test_windows_by_the_hundred(launcher: Launcher, tray: FaultyTray) -> None:
    opening = "for (let n = 0; n < 300; n++) window.open('about:blank', '_blank', 'popup')"
    tray.dialog = script(f"{opening}; setTimeout(() => opener.postMessage({FINISH}, '*'), 500)")
    tray.listed = [AUTH_ID]
    process = start(launcher)

    ended = end(process)

    check(ended, "captured", 0)
    assert ended.err.count("More than 8 windows") <= 300
    assert left_over(process.pid) == []


@pytest.mark.parametrize("_trial", range(10 if IS_FULL else 1))
def test_windows_by_the_hundred_can_be_stopped(launcher: Launcher, tray: FaultyTray, _trial: int) -> None:
    opening = "window.open('about:blank', '_blank', 'popup')"
    tray.dialog = script(f"setInterval(() => {{ for (let n = 0; n < 20; n++) {opening} }}, 1); {said('go')}")
    process = start(launcher)
    tray.wait_for("go")

    check(stopped(process), "closed", 3, "told to stop")
