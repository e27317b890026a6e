"""Whom the client trusts: the system's authorities and the workspace's, and nobody else."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from tests.api.listener import Listener, running
from tray_auth_desktop.api import ApiCall, RetryPolicy, TrayClient
from tray_auth_desktop.errors import NetworkError, UsageError

MakeClient = Callable[..., TrayClient]
CERTIFICATE = Path(__file__).with_name("untrusted_certificate.pem")
AT_ONCE = RetryPolicy(base_s=0.0)


def test_a_certificate_of_the_workspace_is_trusted(
    client_of: MakeClient, ca_file: str, server_context: ssl.SSLContext
) -> None:
    server = Listener(server_context)
    with running(server):
        url = f"https://127.0.0.1:{server.port}"
        assert len(client_of(url, ca_file=ca_file).connectors()) == 1
        assert client_of(url, ca_file=ca_file).page_status(f"{url}/external/auth/create/acme") == 200
        with pytest.raises(NetworkError, match="certificate is not trusted"):
            client_of(url).connectors()
    assert len(server.heads) == 2
    assert "authorization" in server.heads[0].lower()
    assert "authorization" not in server.heads[1].lower()


def test_the_systems_certificates_are_trusted_too(
    client_of: MakeClient,
    ca_file: str,
    server_context: ssl.SSLContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", ca_file)  # where OpenSSL looks for the system's
    own = tmp_path / "own.pem"
    trustme.CA().cert_pem.write_to_path(str(own))
    server = Listener(server_context)
    with running(server):
        assert len(client_of(f"https://127.0.0.1:{server.port}", ca_file=str(own)).connectors()) == 1


def test_remarks_between_the_certificates(
    client_of: MakeClient, authority: trustme.CA, server_context: ssl.SSLContext, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.pem"
    others = b"".join(trustme.CA().cert_pem.bytes() for _ in range(2))
    bundle.write_bytes("# Prüfstelle\n".encode() + others + b"\n# ours\n" + authority.cert_pem.bytes())
    server = Listener(server_context)
    with running(server):
        assert len(client_of(f"https://127.0.0.1:{server.port}", ca_file=str(bundle)).connectors()) == 1


def test_another_authority_is_not_trusted(
    client_of: MakeClient, server_context: ssl.SSLContext, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    server = Listener(server_context)
    with running(server), pytest.raises(NetworkError, match="certificate is not trusted"):
        client_of(f"https://127.0.0.1:{server.port}", ca_file=str(other)).connectors()
    assert server.heads == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "cannot be read: No such file"),
        (b"", "holds no certificates"),
        (b"hello", "holds no certificates"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "holds no certificates"),
        (b"\x30\x82\xff\x00" * 50, "holds no certificates"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds no certificates"),
    ],
)
def test_a_file_that_holds_no_certificates(
    client_of: MakeClient, tmp_path: Path, content: bytes | None, text: str
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=text) as raised:
        client_of("https://tray.example", ca_file=str(path))
    assert str(path) in str(raised.value)
    assert "PEM" in raised.value.advice


@pytest.mark.parametrize("name", ["", "\0"])
def test_a_folder_and_a_bad_name_are_no_file(client_of: MakeClient, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        client_of("https://tray.example", ca_file=str(tmp_path) + name)


def test_a_certificate_that_nobody_vouches_for(client_of: MakeClient) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server = Listener(context)
    calls: list[ApiCall] = []
    client = client_of(f"https://127.0.0.1:{server.port}", retry=AT_ONCE, observer=calls.append)
    with (
        running(server),
        pytest.raises(NetworkError, match=r"certificate is not trusted \(.+\)") as raised,
    ):
        client.connectors()
    assert "proxy that inspects" in raised.value.advice
    assert len(calls) == 1
    assert server.heads == []


def test_http_where_https_is_expected(client_of: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(NetworkError, match="no secure connection could be set up"):
            client_of(f"https://127.0.0.1:{port}").connectors()
        thread.join(10)
