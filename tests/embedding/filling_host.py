"""The stand-in's dialog host with somebody in front of it: what a subprocess opens is filled in by itself.

Each page and each request goes to the real stand-in; the page that creates an authentication gets one
script more, which does what a person would do.
"""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.serving import LocalServer

SCRIPT = Path(__file__).with_name("fill_in.js")
_PASSED_ON = ("Content-Type", "Content-Security-Policy", "Cache-Control", "Referrer-Policy")


class FillingHost(LocalServer):
    """Serves what the dialog host at `behind` serves.

    Attributes:
        is_filled_in: Whether there is somebody; without, the dialog stays open.
        opened: Set as soon as a dialog's page was served.
    """

    def __init__(self, behind: str) -> None:
        super().__init__(_Handler)
        self.behind = behind
        self.is_filled_in = True
        self.opened = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: FillingHost

    def do_GET(self) -> None:
        if self.path == "/fill-in.js":
            self._send(200, SCRIPT.read_bytes(), {"Content-Type": "text/javascript"})
            return
        self._pass_on(None)
        if self.path.startswith("/external/auth/create/"):
            self.server.opened.set()

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _pass_on(self, body: bytes | None) -> None:
        kept = {
            name: self.headers[name] for name in ("Authorization", "Content-Type") if name in self.headers
        }
        request = urllib.request.Request(self.server.behind + self.path, body, kept)
        try:
            with urllib.request.build_opener().open(request) as answer:
                self._answer(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                self._send(refused.code, refused.read(), dict(refused.headers))

    def _answer(self, answer: HTTPResponse) -> None:
        data = answer.read()
        if self.server.is_filled_in and self.path.startswith("/external/auth/create/"):
            script = b'<script type="module" src="/fill-in.js"></script>'
            data = data.replace(b"</head>", script + b"</head>", 1)
        self._send(answer.status, data, dict(answer.headers))

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        passed_on = {name.lower() for name in _PASSED_ON}
        for name, value in headers.items():
            if name.lower() in passed_on:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""
