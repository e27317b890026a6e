"""Servers that serve what a test puts into them, and remember everything they were asked, headers too."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.serving import LocalServer

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


class Site(LocalServer):
    """One origin. Any path that has no answer gets an empty page, so that every reference is a request."""

    def __init__(self) -> None:
        super().__init__(_SiteHandler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []

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
