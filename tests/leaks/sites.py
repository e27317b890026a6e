"""Servers that serve what a test puts into them, and remember everything they were asked, headers too."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    target: str
    referer: str
    headers: str
    body: str


@dataclass
class Answer:
    """What is served below a path."""

    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


class Site(ThreadingHTTPServer):
    """One origin. Any path that has no answer gets an empty page, so that every reference is a request."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _SiteHandler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that went away before it was answered is no error of the server; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed names private types

    @property
    def origin(self) -> str:
        """The origin of all that is served here."""
        return f"http://127.0.0.1:{self.server_port}"

    def serve(self, path: str, body: str, status: int = 200, **headers: str) -> str:
        """Serve a text below a path; header names with `_` for `-`. Returns its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(body, {"Content-Type": HTML} | named, status)
        return self.origin + path

    def answer(self, asked: Asked) -> Answer:
        """Return what to answer."""
        return self.answers.get(asked.target.partition("?")[0], Answer("", {"Content-Type": HTML}))

    def was_asked_for(self, path: str) -> bool:
        """Whether a path has been asked for."""
        return any(asked.target.partition("?")[0] == path for asked in self.asked)


class _SiteHandler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        referer, headers = self.headers.get("Referer", ""), str(self.headers)
        asked = Asked(self.command, self.path, referer, headers, body)
        self.server.asked.append(asked)
        answer = self.server.answer(asked)
        data = answer.body.encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def running(*sites: Site) -> Iterator[None]:
    """Serve for as long as the context lasts."""
    threads = [
        threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        for site in sites
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for site, thread in zip(sites, threads, strict=True):
            site.shutdown()
            site.server_close()
            thread.join()
