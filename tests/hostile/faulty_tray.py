"""A Tray over real sockets that breaks in one named way, for all calls or for some of them."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.serving import LocalServer, running

EMBEDDED_ID = "acme"
MASTER_TOKEN, USER_TOKEN, CODE = "5ec7e7" * 7, "beef" * 16, "c0de" * 10
SECRETS = (MASTER_TOKEN, USER_TOKEN, CODE)
USER = {"id": "u-1", "name": "Ava Lindqvist", "externalUserId": "ext-1"}
SERVICE = {"id": "s-1", "name": "crm", "title": "Customer CRM", "version": 1}
_CONNECTORS = {"elements": [{"name": "crm", "version": "1.0", "title": "Customer CRM", "service": SERVICE}]}
_ENVIRONMENTS = {"elements": [{"id": "e-1", "title": "Production"}]}
DIALOG_PATH = f"/external/auth/create/{EMBEDDED_ID}"

Strike = Callable[["Handler"], None]


class FaultyTray(LocalServer):
    """Answers as Tray does until it is given a fault.

    Attributes:
        fault: Answers in the place of what is struck; None answers well.
        struck: Which calls the fault strikes: a part of the GraphQL document or of the path.
        dialog: Answers for the dialog's page.
        listed: Ids of the authentications that the list holds.
        requested: What arrived: path, and the bearer token.
        reached: Set as soon as the dialog's page is asked for.
        said: Paths below `/said/` that pages asked for, to say how far they got.
        over: Set at the end: whoever hangs lets go.
    """

    code = CODE
    forgiven = OSError  # whoever asked may not like the certificate either

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(Handler)
        self.scheme = "http"
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
            self.scheme = "https"
        self.fault: Strike | None = None
        self.struck: tuple[str, ...] = ("",)
        self.dialog: Strike = lambda handler: handler.send(200, "<!doctype html><title>dialog</title>")
        self.listed: list[str] = []
        self.requested: list[tuple[str, str]] = []
        self.reached, self.over = threading.Event(), threading.Event()
        self.said: list[str] = []
        self.news = threading.Condition()

    @property
    def origin(self) -> str:
        """The origin of API and dialog."""
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def environment(self) -> dict[str, str]:
        """The variables that make the program use it."""
        return {
            "TRAY_MASTER_TOKEN": MASTER_TOKEN,
            "TRAY_EMBEDDED_ID": EMBEDDED_ID,
            "TRAY_GRAPHQL_URL": f"{self.origin}/graphql",
            "TRAY_REST_URL": self.origin,
            "TRAY_DIALOG_URL": self.origin,
        }

    def wait_for(self, said: str, limit_s: float = 30.0) -> None:
        """Wait until a page has said so."""
        with self.news:
            assert self.news.wait_for(lambda: said in self.said, limit_s), f"no page said {said}"

    def answer(self, query: str) -> object:
        """Return the JSON of a GraphQL document that is well answered."""
        if "generateAuthorizationCode" in query:
            return {"data": {"generateAuthorizationCode": {"authorizationCode": self.code}}}
        if "authorize" in query:
            return {"data": {"authorize": {"accessToken": USER_TOKEN}}}
        if "users(" in query:
            return {"data": {"users": {"edges": [{"node": USER}], "pageInfo": {"hasNextPage": False}}}}
        edges = [{"node": {"id": auth_id, "name": f"n-{auth_id[:4]}"}} for auth_id in self.listed]
        return {"data": {"viewer": {"authentications": {"edges": edges}}}}


class Handler(BaseHTTPRequestHandler):
    """One connection; what strikes sends through it whatever it wants."""

    server: FaultyTray

    @property
    def token(self) -> str:
        """The bearer token of the request, for servers that tell it on."""
        return str(self.headers.get("Authorization", ""))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(body["query"], lambda: self.send_json(self.server.answer(body["query"])))

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == DIALOG_PATH:
            self.server.reached.set()
            self.server.dialog(self)
        elif path.startswith("/said/"):
            with self.server.news:
                self.server.said.append(path.removeprefix("/said/"))
                self.server.news.notify_all()
            self.send(204, "")
        else:
            found = _ENVIRONMENTS if path.endswith("/environments") else _CONNECTORS
            self._answer(path, lambda: self.send_json(found))

    def _answer(self, asked: str, answer: Callable[[], None]) -> None:
        self.server.requested.append((self.path, self.token))
        fault = self.server.fault
        if fault is not None and any(part in asked for part in self.server.struck):
            fault(self)
        else:
            answer()

    def send_json(self, value: object, status: int = 200) -> None:
        """Send JSON."""
        self.send(status, json.dumps(value), {"Content-Type": "application/json"})

    def send(
        self, status: int, text: str, headers: dict[str, str] | None = None, size: int | None = None
    ) -> None:
        """Send a reply; `size` is a length to announce that need not be true."""
        data = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) if size is None else size))
        self.end_headers()
        self.wfile.write(data)
        if size is not None:
            self.close_connection = True

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def served(server: FaultyTray) -> Iterator[FaultyTray]:
    """Serve until the end of the block."""
    with running(server):
        try:
            yield server
        finally:
            server.over.set()
