from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.program_run import CREATE, ROOT, Ended, end
from tests.serving import LocalServer, running
from tray_auth_desktop.standin import StandIn

EMBEDDED_ID = "acme"


@dataclass
class Reply:
    """What the made-up Tray answers to one operation."""

    body: object
    status: int = 200
    content_type: str = "application/json"


@dataclass
class Request:
    """What reached it."""

    path: str
    authorization: str = ""
    variables: dict[str, Any] = field(default_factory=dict)


class MadeUpTray(LocalServer):
    """A server the program has never seen: replies, dialog page and list are the test's."""

    code, user_token, master_token = "c0de" * 10, "beef" * 16, "5ec7e7" * 7

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.page = "<!doctype html><title>dialog</title>"
        self.page_status = 200
        self.page_headers: dict[str, str] = {}
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        self.listed: list[str] = []
        self.lists_after_page: list[str] = []
        self.listed_by: dict[str, list[str]] = {}
        self.redirects: dict[str, str] = {}
        self.replies: dict[str, Reply] = {}
        self.cut_off: set[str] = set()
        self.stalled: set[str] = set()
        self.stalling, self.going_on = threading.Event(), threading.Event()
        self.requests: list[Request] = []
        self.opened = threading.Event()

    def environment(self) -> dict[str, str]:
        """The variables that make the program use it."""
        return {
            "TRAY_MASTER_TOKEN": self.master_token,
            "TRAY_EMBEDDED_ID": EMBEDDED_ID,
            "TRAY_GRAPHQL_URL": f"{self.origin}/graphql",
            "TRAY_REST_URL": self.origin,
            "TRAY_DIALOG_URL": self.origin,
        }

    def finishing(self, auth_id: str | None = None, after: str = "window.close()") -> str:
        """Make the dialog's page announce an id as soon as it is there; return the id."""
        auth_id = auth_id or str(uuid.uuid4())
        message = json.dumps({"type": "tray.authpopup.finish", "authType": "oauth", "authId": auth_id})
        self.page = f"<!doctype html><script>window.opener.postMessage({message}, '*'); {after}</script>"
        return auth_id

    def reply_to(self, operation: str, body: object, status: int = 200) -> None:
        """Answer one operation differently."""
        kind = "text/html" if isinstance(body, str) else "application/json"
        self.replies[operation] = Reply(body, status, kind)

    def answer(self, query: str) -> Reply:
        """Return the reply to a GraphQL document."""
        for name, reply in self.replies.items():
            if name in query:
                return reply
        if "generateAuthorizationCode" in query:
            return Reply({"data": {"generateAuthorizationCode": {"authorizationCode": self.code}}})
        if "authorize" in query:
            return Reply({"data": {"authorize": {"accessToken": self.user_token}}})
        edges = [{"node": {"id": auth_id, "name": f"n-{auth_id[:4]}"}} for auth_id in self.listed]
        return Reply({"data": {"viewer": {"authentications": {"edges": edges}}}})


class _Handler(BaseHTTPRequestHandler):
    server: MadeUpTray

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        variables = body.get("variables") or {}
        self.server.requests.append(Request(self.path, self.headers.get("Authorization", ""), variables))
        self._stall_on(body["query"])
        if any(name in body["query"] for name in self.server.cut_off):
            self.close_connection = True
            return
        reply = self.server.answer(body["query"])
        text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
        self._send(reply.status, text, {"Content-Type": reply.content_type})

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.requests.append(Request(self.path))
        self._stall_on(path)
        self.server.listed += self.server.listed_by.get(path, [])
        if path == f"/external/auth/create/{EMBEDDED_ID}":
            self.server.listed += self.server.lists_after_page
            self._send(self.server.page_status, self.server.page, self.server.page_headers)
            self.server.opened.set()
        elif path in self.server.redirects:
            self._send(302, "", {"Location": self.server.redirects[path]})
        elif path in self.server.pages:
            self._send(200, *self.server.pages[path])
        else:
            self._send(404, "not here", {})

    def _stall_on(self, asked: str) -> None:
        """Where the test wants it, do not answer before it is over."""
        if any(part in asked for part in self.server.stalled):
            self.server.stalling.set()
            self.server.going_on.wait()

    def _send(self, status: int, text: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        data = text.encode()
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class Program:
    """Runs `tray-auth-desktop` as a subprocess, in folders of the test's own."""

    create = CREATE

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data_dir = folder / "data"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRAY_")}
        self.environment = kept | {
            "TRAY_DATA_DIR": str(self.data_dir),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
        }

    def start(self, *arguments: str, stdin: int | None = None) -> subprocess.Popen[str]:
        """Start it; stdout and stderr are pipes."""
        return subprocess.Popen(
            [sys.executable, "-m", "tray_auth_desktop", *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
            cwd=self.folder,
        )

    def run(self, *arguments: str, limit_s: float = 60) -> Ended:
        """Run it to its end; there is nothing on its standard input."""
        return self.run_with("", *arguments, limit_s=limit_s)

    def run_with(self, typed: str, *arguments: str, limit_s: float = 60) -> Ended:
        """Run it to its end with a text on its standard input, which is no terminal."""
        return self.end(self.start(*arguments, stdin=subprocess.PIPE), limit_s, typed)

    def end(self, process: subprocess.Popen[str], limit_s: float = 60, typed: str | None = None) -> Ended:
        """Wait for it to end."""
        return end(process, limit_s, typed)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def tray(program: Program) -> Iterator[MadeUpTray]:
    """A made-up Tray; `program` is set up to use it."""
    server = MadeUpTray()
    program.environment |= server.environment()
    with running(server):
        yield server
        server.going_on.set()


@pytest.fixture
def stand_in(program: Program) -> Iterator[StandIn]:
    """A stand-in of the test's own; `program` is set up to use it."""
    with StandIn(requests_per_s=10_000, burst=10_000) as running:
        program.environment |= running.environment()
        yield running
