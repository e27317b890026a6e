"""Proxies of a workspace, with real proxies."""

from __future__ import annotations

import base64
import logging
import socket
import ssl
import threading
from collections.abc import Callable

import pytest

from tests.api.closed_call import ClosedCall
from tests.api.listener import Listener, running
from tests.api.proxies import HttpProxy, SocksProxy
from tray_auth_desktop.api import ApiCall, RetryPolicy, TrayClient
from tray_auth_desktop.errors import NetworkError, UsageError
from tray_auth_desktop.secrets import Secret

MASTER_TOKEN = "0123456789abcdef0123456789abcdef012345678"
PASSWORD = "p:ss w@rd/é"
MakeClient = Callable[..., TrayClient]


@pytest.fixture(autouse=True)
def no_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_http_proxy_with_user_name_and_password(
    client_of: MakeClient, ca_file: str, server_context: ssl.SSLContext, scheme: str
) -> None:
    server = Listener(server_context)
    proxy = HttpProxy(
        server_context if scheme == "https" else None,
        target_port=server.port,
        wanted=basic("me@corp", PASSWORD),
    )
    with running(server, proxy):
        client = client_of(
            "https://tray.example",
            ca_file=ca_file,
            proxy=f"{scheme}://me%40corp@127.0.0.1:{proxy.port}",
            proxy_password=Secret(PASSWORD),
        )
        assert len(client.connectors()) == 1
    assert proxy.heads[0].startswith("CONNECT tray.example:443 ")
    assert MASTER_TOKEN not in "".join(proxy.heads)
    assert MASTER_TOKEN in server.heads[0]
    assert "proxy-authorization" not in server.heads[0].lower()


def test_a_proxy_of_the_workspace_is_used_for_this_computer_too(
    client_of: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    server = Listener()
    proxy = HttpProxy(target_port=server.port)
    with running(server, proxy):
        client = client_of("http://127.0.0.1:9", proxy=f"http://127.0.0.1:{proxy.port}")
        assert len(client.connectors()) == 1
        assert client.page_status("http://localhost:9/external/auth/create/acme") == 200
    assert proxy.heads[0].startswith("GET http://127.0.0.1:9/core/v1/connectors ")
    assert proxy.heads[1].startswith("GET http://localhost:9/external/auth/create/acme ")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
@pytest.mark.parametrize("wanted", [None, (b"me", PASSWORD.encode())])
def test_a_socks_proxy(
    client_of: MakeClient,
    ca_file: str,
    server_context: ssl.SSLContext,
    scheme: str,
    wanted: tuple[bytes, bytes] | None,
) -> None:
    server = Listener(server_context)
    proxy = SocksProxy(target_port=server.port, wanted=wanted)
    user, password = ("me@", Secret(PASSWORD)) if wanted else ("", None)
    with running(server, proxy):
        url = f"{scheme}://{user}127.0.0.1:{proxy.port}"
        client = client_of("https://tray.example", ca_file=ca_file, proxy=url, proxy_password=password)
        assert len(client.connectors()) == 1
    assert proxy.names == [b"tray.example"]


@pytest.mark.parametrize("url", ["https://tray.example", "http://127.0.0.1:9"])
def test_a_proxy_that_wants_another_password(client_of: MakeClient, url: str) -> None:
    proxy = HttpProxy(wanted=basic("me", "right"))
    calls: list[ApiCall] = []
    with running(proxy):
        client = client_of(
            url,
            proxy=f"http://me@127.0.0.1:{proxy.port}",
            proxy_password=Secret("wrong-password"),
            retry=RetryPolicy(base_s=0),
            observer=calls.append,
        )
        for call in (client.connectors, lambda: client.page_status(f"{url}/x")):
            with pytest.raises(NetworkError, match="did not let it through") as raised:
                call()
            assert "password" in raised.value.advice
            assert "wrong-password" not in repr(raised.value) + raised.value.explanation
    assert len(calls) == 1


def test_a_socks_proxy_that_wants_another_password(client_of: MakeClient) -> None:
    proxy = SocksProxy(wanted=(b"me", b"right"))
    with running(proxy):
        url = f"socks5://me@127.0.0.1:{proxy.port}"
        client = client_of("https://tray.example", proxy=url, proxy_password=Secret("wrong"))
        with pytest.raises(NetworkError, match=rf"the proxy 127.0.0.1:{proxy.port} did not let it through"):
            client.connectors()


def test_what_is_no_socks_proxy(client_of: MakeClient) -> None:
    """A server that answers in HTTP where SOCKS is expected, as a mistyped scheme leads to."""

    class Impolite(Listener):
        def serve(self, connection: socket.socket) -> None:
            connection.recv(100)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    proxy = Impolite()
    with running(proxy):
        client = client_of("https://tray.example", proxy=f"socks5://127.0.0.1:{proxy.port}")
        with pytest.raises(NetworkError, match="did not let it through"):
            client.connectors()


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_is_not_there_is_named(client_of: MakeClient, scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = client_of("https://tray.example", proxy=f"{scheme}://127.0.0.1:{port}")
    with pytest.raises(
        NetworkError, match=rf"tray\.example .*through the proxy 127\.0\.0\.1:{port} .*refused"
    ):
        client.connectors()


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_close_ends_a_call_through_a_proxy(client_of: MakeClient, scheme: str) -> None:
    """The proxy answers nothing; the call ends all the same, and at once."""
    asked = threading.Event()

    class Silent(Listener):
        def serve(self, connection: socket.socket) -> None:
            connection.recv(1000)
            asked.set()
            connection.recv(1000)

    proxy = Silent()
    with running(proxy):
        client = client_of("https://tray.example", proxy=f"{scheme}://127.0.0.1:{proxy.port}")
        call = ClosedCall(client)
        assert asked.wait(10)
        client.close()
        call.thread.join(5)
    assert len(call.failures) == 1


@pytest.mark.parametrize(
    "proxy",
    [
        "proxy.example:3128",
        "ftp://proxy.example",
        "http://",
        "http://proxy.example:99999",
        "http://proxy example",
        "http://[",
        "http://proxy.example/path",
        "http://proxy.example?x=1",
        "socks4://proxy.example",
        "http://pröxy.example",
    ],
)
def test_addresses_that_are_no_proxy(client_of: MakeClient, proxy: str) -> None:
    with pytest.raises(UsageError, match="proxy cannot be used") as raised:
        client_of("https://tray.example", proxy=proxy)
    assert "http://host:port" in raised.value.advice


@pytest.mark.parametrize("proxy", ["http://me:hunter2@proxy.example", "socks5://me:hunter2@proxy.example:1"])
def test_a_password_does_not_belong_in_the_address(client_of: MakeClient, proxy: str) -> None:
    with pytest.raises(UsageError, match="holds a password") as raised:
        client_of("https://tray.example", proxy=proxy)
    assert "hunter2" not in raised.value.explanation
    assert raised.value.__context__ is None


def test_an_empty_proxy_is_none(client_of: MakeClient) -> None:
    server = Listener()
    with running(server):
        assert len(client_of(f"http://127.0.0.1:{server.port}", proxy="", ca_file="").connectors()) == 1


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxys_password_is_not_logged_at_any_level(
    client_of: MakeClient, caplog: pytest.LogCaptureFixture, scheme: str
) -> None:
    server = Listener()
    proxy: Listener
    if scheme == "http":
        proxy = HttpProxy(target_port=server.port, wanted=basic("me", "hunter2"))
    else:
        proxy = SocksProxy(target_port=server.port, wanted=(b"me", b"hunter2"))
    with running(server, proxy), caplog.at_level(logging.DEBUG):
        url = f"{scheme}://me@127.0.0.1:{proxy.port}"
        client = client_of("http://localhost:9", proxy=url, proxy_password=Secret("hunter2"))
        assert len(client.connectors()) == 1
    for secret in ("hunter2", base64.b64encode(b"me:hunter2").decode(), MASTER_TOKEN):
        assert secret not in caplog.text
        assert secret not in repr(vars(client))
