"""A workspace's proxy and certificates, with a real proxy and a real certificate authority."""

from __future__ import annotations

import base64
import os
import socketserver
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from PySide6.QtNetwork import QNetworkProxyFactory
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PageServer
from tests.dialog.dialog_bench import (
    AUTH_ID,
    OPENER_ORIGIN,
    DialogBench,
    DialogRun,
    html,
    post,
    serve,
)
from tests.serving import is_logged_in
from tray_auth_desktop.core.window_message import DialogFinished
from tray_auth_desktop.dialog import engine_flags
from tray_auth_desktop.dialog.factory import AuthDialogFactory
from tray_auth_desktop.dialog.network import DialogNetwork
from tray_auth_desktop.errors import EngineError
from tray_auth_desktop.secrets import Secret

_PASSWORD = "pass:word/with@signs"


class Proxy(ThreadingHTTPServer):
    """Answers what is asked of it in place of every host; with a password if one is set."""

    daemon_threads = True

    def __init__(self, login: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _ProxyHandler)
        self.expected = f"Basic {base64.b64encode(login.encode()).decode()}" if login else ""
        self.asked_for: list[str] = []
        self.refused = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _ProxyHandler(BaseHTTPRequestHandler):
    server: Proxy

    def do_GET(self) -> None:
        if not is_logged_in(self, self.server.expected):
            self.server.refused += 1
            return
        self.server.asked_for.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(html(post()).encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    server = Proxy()
    yield from (server for _ in _serving(server))


@pytest.fixture
def proxy_with_password() -> Iterator[Proxy]:
    server = Proxy(f"anna:{_PASSWORD}")
    yield from (server for _ in _serving(server))


@pytest.fixture(autouse=True)
def _system_proxy_afterwards() -> Iterator[None]:
    yield
    QNetworkProxyFactory.setUseSystemConfiguration(True)


def _open(
    url: str, network: DialogNetwork, qapp: QApplication, qtbot: QtBot, benches: list[DialogBench]
) -> DialogRun:
    bench = DialogBench(AuthDialogFactory(OPENER_ORIGIN, qapp, network), qtbot)
    benches.append(bench)
    return bench.open(url)


def test_a_dialog_comes_by_the_proxy(
    proxy: Proxy, qapp: QApplication, qtbot: QtBot, benches: list[DialogBench]
) -> None:
    url = "http://dialog.test/external/auth/create/acme"
    run = _open(url, DialogNetwork(f"http://{proxy.address}"), qapp, qtbot, benches)
    run.wait_until(lambda: bool(run.messages))
    (event,) = run.judged
    assert isinstance(event, DialogFinished)
    assert event.auth_id == AUTH_ID
    assert proxy.asked_for[0] == url


def test_a_proxy_that_asks_for_a_password_gets_it(
    proxy_with_password: Proxy, qapp: QApplication, qtbot: QtBot, benches: list[DialogBench]
) -> None:
    network = DialogNetwork(f"http://anna@{proxy_with_password.address}", lambda: Secret(_PASSWORD))
    run = _open("http://dialog.test/", network, qapp, qtbot, benches)
    run.wait_until(lambda: bool(run.messages))
    assert proxy_with_password.refused >= 1
    assert _PASSWORD not in repr((network, run.observations))


@pytest.mark.parametrize(("password", "said"), [(None, "none is known"), (Secret("wrong"), "it was refused")])
def test_without_the_right_password_it_is_said(
    proxy_with_password: Proxy,
    password: Secret | None,
    said: str,
    qapp: QApplication,
    qtbot: QtBot,
    benches: list[DialogBench],
) -> None:
    network = DialogNetwork(f"http://anna@{proxy_with_password.address}", lambda: password)
    run = _open("http://dialog.test/", network, qapp, qtbot, benches)
    run.wait_until(lambda: any(said in seen.text for seen in run.observations))
    assert proxy_with_password.asked_for == []


class SocksProxy(socketserver.ThreadingTCPServer):
    """Answers in place of every host that a SOCKS 5 client names (RFC 1928)."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _SocksHandler)
        self.asked_for: list[str] = []


class _SocksHandler(socketserver.StreamRequestHandler):
    server: SocksProxy

    def handle(self) -> None:
        _version, count = self.rfile.read(2)
        self.rfile.read(count)
        self.wfile.write(bytes([5, 0]))  # no password needed
        *_, kind = self.rfile.read(4)
        size = self.rfile.read(1)[0] if kind == 3 else {1: 4, 4: 16}[kind]
        self.server.asked_for.append(self.rfile.read(size).decode("latin-1"))
        self.rfile.read(2)
        self.wfile.write(bytes([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
        while self.rfile.readline().strip():
            pass
        body = html(post()).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
        self.wfile.write(f"{head}Connection: close\r\n\r\n".encode() + body)


@pytest.fixture
def socks_proxy() -> Iterator[SocksProxy]:
    server = SocksProxy()
    yield from (server for _ in _serving(server))


def test_a_dialog_comes_by_a_socks_proxy_that_looks_up_the_name(
    socks_proxy: SocksProxy, qapp: QApplication, qtbot: QtBot, benches: list[DialogBench]
) -> None:
    network = DialogNetwork(f"socks5://127.0.0.1:{socks_proxy.server_address[1]}")
    run = _open("http://dialog.test/", network, qapp, qtbot, benches)
    run.wait_for_finish()
    assert "dialog.test" in socks_proxy.asked_for


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://proxy.example:3128", "only when it starts, and it is running"),
        ("proxy.example:3128", "cannot reach a proxy by"),
        ("socks5://anna@proxy.example", "cannot log in to a SOCKS proxy"),
    ],
)
def test_a_proxy_that_the_engine_cannot_use_is_named(address: str, said: str) -> None:
    with pytest.raises(EngineError, match=said) as raised:
        DialogNetwork(address).use_proxy()
    assert raised.value.advice


def test_an_engine_of_somebody_elses_cannot_be_given_a_proxy_by_tls() -> None:
    network = DialogNetwork("https://proxy.example:3128", keeps_application=True)
    with pytest.raises(EngineError, match="of an application") as raised:
        network.use_proxy()
    assert "--proxy-server=https://" in raised.value.advice


@pytest.mark.parametrize("other", [None, "http://proxy.example:3128", "https://other.example:3128"])
def test_an_engine_that_was_started_with_a_proxy_keeps_it(
    other: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = DialogNetwork("https://anna@proxy.example:3128")
    monkeypatch.setattr(engine_flags, "_proxies", [])
    monkeypatch.setenv(engine_flags.VARIABLE, "--one")
    engine_flags.apply(network.proxy_at_start)
    network.use_proxy()
    assert os.environ[engine_flags.VARIABLE].endswith("--proxy-server=https://proxy.example:3128")
    engine_flags.apply("https://other.example:3128")
    assert "other.example" not in os.environ[engine_flags.VARIABLE]
    with pytest.raises(EngineError, match=r"started with the proxy https://proxy\.example:3128"):
        DialogNetwork(other).use_proxy()


@pytest.fixture
def authority(tmp_path: Path, pages: PageServer) -> Path:
    """Put the page server behind TLS, and return the file of the authority that vouches for it."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(context)
    pages.socket = context.wrap_socket(pages.socket, server_side=True)
    path = tmp_path / "authority.pem"
    ca.cert_pem.write_to_path(str(path))
    return path


def test_a_certificate_of_the_configured_authority_is_trusted(
    authority: Path, pages: PageServer, qapp: QApplication, qtbot: QtBot, benches: list[DialogBench]
) -> None:
    serve(pages, "/dialog", html(post()))
    url = f"https://localhost:{pages.server_port}/dialog"
    run = _open(url, DialogNetwork(ca_file=str(authority)), qapp, qtbot, benches)
    run.wait_until(lambda: bool(run.messages))
    page = run.page()
    assert page.profile().isOffTheRecord()


def test_without_it_the_certificate_is_refused(
    authority: Path, pages: PageServer, qapp: QApplication, qtbot: QtBot, benches: list[DialogBench]
) -> None:
    assert authority.exists()
    serve(pages, "/dialog", html(post()))
    run = _open(f"https://localhost:{pages.server_port}/dialog", DialogNetwork(), qapp, qtbot, benches)
    run.wait_until(lambda: bool(run.failures))
    assert run.messages == []


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"no certificate", "holds none")])
def test_a_file_of_certificates_that_is_none_is_named(
    tmp_path: Path, content: bytes | None, said: str, qapp: QApplication
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineError, match=said):
        AuthDialogFactory(OPENER_ORIGIN, qapp, DialogNetwork(ca_file=str(path)))
