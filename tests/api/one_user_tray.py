"""A Tray that knows one end user with one authentication."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import httpx
import msgspec

from tray_auth_desktop.api import RetryPolicy, TrayClient
from tray_auth_desktop.core.workspace import Hosts
from tray_auth_desktop.secrets import Secret

AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"


DETAILS = {
    "id": AUTH_ID,
    "name": "Slack of Michael",
    "serviceEnvironmentId": "973b1afa-aa13-42c7-86c3-3964f44c53dd",
    "scopes": ["channels:read", {"scope": "chat:write"}, "channels:read"],
    "onPremAgentGroupId": "group",
    "later": {"kept": True},
}


DENIED = {
    "data": None,
    "errors": [{"message": "no", "extensions": {"name": "PreconditionError", "code": "access_not_allowed"}}],
}


RATE_LIMIT = {"errors": [{"message": "Rate limit exceeded", "extensions": {"code": "access_not_allowed"}}]}


CREDENTIALS = '{"access_token": "xoxb-very-secret", "pin": 123456, "key": "line one\\nline two"}'


@dataclass
class OneUserTray:
    """Makes user tokens; answers everything else as it is told to."""

    answer: Any = field(default_factory=lambda: (200, DETAILS))
    refused: set[str] = field(default_factory=set)
    refusal: tuple[int, object] = (401, {"message": "The request is unauthorized"})
    asked: list[httpx.Request] = field(default_factory=list)
    made: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def client(self) -> TrayClient:
        hosts = Hosts("https://t.example/graphql", "https://a.example", "https://d.example")
        return TrayClient(
            hosts,
            Secret("master"),
            transport=httpx.MockTransport(self.reply),
            retry=RetryPolicy(base_s=0),
        )

    def reply(self, request: httpx.Request) -> httpx.Response:
        if b"authorize" in request.content:
            with self.lock:
                self.made += 1
            return httpx.Response(200, json={"data": {"authorize": {"accessToken": f"token-{self.made}"}}})
        self.asked.append(request)
        if token_of(request) in self.refused:
            return httpx.Response(self.refusal[0], json=self.refusal[1])
        answer = self.answer(request) if callable(self.answer) else self.answer
        if isinstance(answer, Exception):
            raise answer
        status, payload = answer
        content = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
        return httpx.Response(status, content=content)


def token_of(request: httpx.Request) -> str:
    return request.headers["authorization"].removeprefix("Bearer ")
