"""One setting leads API and dialog through the workspace's proxy, and makes both trust its certificates."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import trustme

from tests.cli.tunnel_proxy import TunnelProxy
from tests.cli.workspace_bench import Workspaces, workspaces
from tests.serving import running

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

__all__ = ["workspaces"]
pytestmark = [pytest.mark.program, pytest.mark.webengine]
PASSWORD = "p4ssw0rd"
HOSTS = {"api.tray.test:443", "dialog.tray.test:443"}


@dataclass
class Company:
    """A network that leads outside by its proxy alone, and vouches for everything with its own authority."""

    proxy: TunnelProxy
    scheme: str

    @property
    def address(self) -> str:
        return f"{self.scheme}://anna@127.0.0.1:{self.proxy.server_port}"


@pytest.fixture(params=["http", "https"])
def company(
    request: pytest.FixtureRequest, program: Program, tray: MadeUpTray, workspaces: Workspaces
) -> Iterator[Company]:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("*.tray.test", "127.0.0.1").configure_cert(tls)
    ca_file = program.folder / "company.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    tray.socket = tls.wrap_socket(tray.socket, server_side=True, do_handshake_on_connect=False)
    is_tls = request.param == "https"
    proxy = TunnelProxy(tray.server_port, f"anna:{PASSWORD}", tls if is_tls else None)
    for name in tray.environment():
        del program.environment[name]
    with running(proxy):
        made = Company(proxy, request.param)
        flags = (
            "--proxy", made.address, "--ca-file", str(ca_file), "--embedded-id", "acme",
            "--graphql-url", "https://api.tray.test/graphql", "--rest-url", "https://api.tray.test",
            "--dialog-url", "https://dialog.tray.test", "--token-from-stdin", "--proxy-password-from-stdin",
        )  # fmt: skip
        workspaces.ok("add", "company", *flags, stdin=f"{tray.master_token}\n{PASSWORD}\n")
        yield made


def test_code_dialog_and_list_go_through_it(program: Program, tray: MadeUpTray, company: Company) -> None:
    tray.lists_after_page = [tray.finishing()]

    ended = program.run(*program.create, "--workspace", "company", "--log-level", "debug")

    assert (ended.code, ended.answer["via"], ended.answer["confirmed"]) == (0, "opener", True), ended.err
    assert company.proxy.hosts == HOSTS
    assert PASSWORD not in ended.out + ended.err
