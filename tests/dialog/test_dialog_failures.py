"""The dialog's page does not come, or its process dies: said in words, once, and without the code."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PageServer
from tests.dialog.dialog_bench import DialogBench, DialogRun, html, post, serve, windows_on_screen
from tray_auth_desktop.core.dialog_state import LoadFailure

pytestmark = pytest.mark.webengine


def failure(run: DialogRun) -> LoadFailure:
    run.wait_until(lambda: bool(run.failures))
    assert len(run.failures) == 1
    assert "secret" not in run.failures[0].reason
    assert run.problem(run.failures[0].reason) is not None
    return run.failures[0]


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 503])
def test_error_status(bench: DialogBench, pages: PageServer, status: int) -> None:
    run = bench.open(serve(pages, "/d", html("", "<p>no"), status) + "?code=secret")
    failed = failure(run)
    assert failed.status == status
    assert not failed.is_network
    assert f"answered with HTTP {status}" in failed.reason
    assert run.loads == 0


def test_error_page_can_still_speak(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html(post(type="tray.authPopup.error", error="used")), 410))
    failure(run)
    run.wait_until(lambda: len(run.judged) == 1)


def test_error_status_without_a_body(bench: DialogBench, pages: PageServer) -> None:
    assert failure(bench.open(serve(pages, "/d", "", 500))).status == 500


def test_password_prompt_of_the_server(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", "", 401, headers={"WWW-Authenticate": 'Basic realm="x"'}))
    failure(run)
    assert windows_on_screen() == ["DialogView"]


def test_host_that_does_not_listen(bench: DialogBench) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        run = bench.open(f"http://127.0.0.1:{taken.getsockname()[1]}/d?code=secret")
        failed = failure(run)
    assert failed.is_network
    assert "cannot be reached" in failed.reason


def test_host_that_has_no_name(bench: DialogBench) -> None:
    failed = failure(bench.open("https://no-such-host.invalid/d?code=secret"))
    assert failed.is_network
    assert "https://no-such-host.invalid/d" in failed.reason


def test_endless_redirect(bench: DialogBench, pages: PageServer) -> None:
    failed = failure(bench.open(serve(pages, "/d", "", 302, headers={"Location": "/d"})))
    assert failed.is_network


def test_failure_after_the_first_page_is_not_the_dialogs(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("onload = () => setTimeout(() => { location = '/gone' })")))
    run.wait_until(lambda: any(text.endswith("/gone answered with HTTP 404.") for text in run.texts))
    assert run.loads == 1
    assert run.failures == []


def test_page_that_is_a_download(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", "x", headers={"Content-Disposition": "attachment; filename=x.html"}))
    run.wait_until(lambda: run.problem("Download refused") is not None)
    assert run.loads == 0


def test_page_that_loads_is_loaded_once(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("onload = () => setTimeout(() => { location = '/blank' })")))
    run.wait_until(lambda: f"Loaded {pages.origin}/blank" in run.texts)
    assert run.loads == 1


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for localhost that nobody signed but itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the openssl program makes the certificate of this test")
    folder = tmp_path_factory.mktemp("tls")
    command = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(
        [*command, "-keyout", "key.pem", "-out", "cert.pem"], cwd=folder, check=True, capture_output=True
    )
    return folder


def test_certificate_that_is_not_valid(bench: DialogBench, other_site: PageServer, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    other_site.socket = context.wrap_socket(
        other_site.socket, server_side=True, do_handshake_on_connect=False
    )
    run = bench.open(f"https://localhost:{other_site.server_port}/d?code=secret")
    failed = failure(run)
    assert failed.is_network
    refusal = run.problem("Certificate refused")
    assert refusal is not None
    assert f"https://localhost:{other_site.server_port}/d" in refusal.text
    assert "secret" not in refusal.text
    assert other_site.requested == []


def test_process_that_dies_is_said(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    os.kill(run.page().renderProcessPid(), signal.SIGKILL)
    run.wait_until(lambda: run.problem("The process that showed the page ended") is not None)
    assert run.crashes
    assert run.gone == []


def test_disposing_is_not_a_crash(bench: DialogBench, pages: PageServer) -> None:
    run = bench.open(serve(pages, "/d", html("")))
    run.wait_for_load()
    bench.close()
    assert run.crashes == []
    assert run.failures == []
