"""What importing and using the client loads: nothing that only https, Qt or the stand-in need."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.api.conftest import Behaviour, RawServer

LOADED = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
CALL = """
from tray_auth_desktop.api import TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.secrets import Secret
client = TrayClient(Hosts({url!r} + "/graphql", {url!r}, {url!r}), Secret("t"))
client.connectors()
client.close()
"""
UNWANTED = {"PySide6", "truststore", "keyring", "starlette", "uvicorn", "graphql", "jinja2"}


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}"], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_importing_loads_httpx_and_msgspec_only() -> None:
    loaded = loaded_by("import tray_auth_desktop.api")
    assert {"httpx", "msgspec"} <= loaded
    assert not loaded & UNWANTED


def test_a_call_on_loopback_loads_no_trust_store(raw_server: Callable[[Behaviour], RawServer]) -> None:
    reply = b'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{"elements": []}'
    server = raw_server(lambda connection, _stop: connection.sendall(reply))
    assert not loaded_by(CALL.format(url=server.url)) & UNWANTED
    assert server.connections == 1
