"""As root, with the sandbox off because of that, nothing a page does reaches another computer."""

from __future__ import annotations

import json
import os
import socket
import socketserver
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.conftest import MadeUpTray, Program
from tests.serving import running
from tray_auth_desktop.dialog import engine_flags

pytestmark = [pytest.mark.program, pytest.mark.webengine]


def test_the_switches_are_in_the_form_that_the_engine_splits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_flags, "_proxies", [])
    monkeypatch.setenv(engine_flags.VARIABLE, "--one --two='a b'")
    for _ in range(2):
        engine_flags.apply(only_loopback=True)
    switches = os.environ[engine_flags.VARIABLE]
    assert switches.startswith('--one "--two=a b" "--host-resolver-rules=')
    assert switches.count('"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, ') == 1
    assert "'" not in switches


@dataclass
class Elsewhere:
    """Another computer: an address of this one that is not loopback."""

    tcp: str
    udp: str
    heard: list[str] = field(default_factory=list)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: asks which address would
        except OSError:
            pytest.skip("this machine has no address but loopback")
        address = str(probe.getsockname()[0])
    if address.startswith("127."):
        pytest.skip("this machine has no address but loopback")

    heard: list[str] = []

    class Hears(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard.append(type(self.server).__name__)

    servers = (
        socketserver.ThreadingTCPServer((address, 0), Hears),
        socketserver.ThreadingUDPServer((address, 0), Hears),
    )
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    tcp, udp = (f"{address}:{server.server_address[1]}" for server in servers)
    yield Elsewhere(tcp, udp, heard)
    for server in servers:
        server.shutdown()
        server.server_close()


_TRIES = """
fetch('/away', {mode: 'no-cors'}).catch(() => 0);
new Image().src = '/away';
document.body.append(Object.assign(document.createElement('iframe'), {src: '/away'}));
new SharedWorker(URL.createObjectURL(new Blob(["new WebSocket('ws://TCP/socket')"])));
const login = {username: 'a', credential: 'b'};
for (const server of [{urls: 'stun:UDP'}, {urls: 'turn:TCP?transport=tcp', ...login}]) {
  const peer = new RTCPeerConnection({iceServers: [server]});
  peer.createDataChannel('a');
  peer.createOffer().then((offer) => peer.setLocalDescription(offer));
}
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="the sandbox is off as root only")
def test_nothing_reaches_another_computer(program: Program, elsewhere: Elsewhere) -> None:
    tcp, udp = elsewhere.tcp, elsewhere.udp
    auth_id = str(uuid.uuid4())
    finish = json.dumps({"type": "tray.authpopup.finish", "authId": auth_id})
    tries = _TRIES.replace("TCP", tcp).replace("UDP", udp)
    tray = MadeUpTray()
    tray.page = (
        f"<!doctype html><link rel=preconnect href=http://{tcp}><body>"
        f"<script>setTimeout(() => opener.postMessage({finish}, '*'), 1500)</script><script>{tries}</script>"
    )
    tray.lists_after_page = [auth_id]
    tray.redirects["/away"] = f"http://{tcp}/away?code=secret"
    program.environment |= tray.environment()
    program.environment.pop("QTWEBENGINE_DISABLE_SANDBOX", None)
    with running(tray):
        ended = program.run(*program.create)
    assert (ended.code, ended.answer["auth_id"]) == (0, auth_id)
    assert elsewhere.heard == []
