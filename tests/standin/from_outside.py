"""The stand-in's command as another program sees it: by what it prints, and over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

_LIMIT_S = 60
_FREE_PORTS = [part for host in ("api", "dialog", "provider", "control") for part in (f"--{host}-port", "0")]


class Outside:
    """What knows of a stand-in what its command has printed.

    Args:
        said: the line of JSON.
    """

    def __init__(self, said: dict[str, Any], http: httpx.Client) -> None:
        self.said = said
        self.http = http
        self.master_token: str = said["environment"]["TRAY_MASTER_TOKEN"]

    def graphql(self, query: str, token: str = "", **variables: Any) -> httpx.Response:
        """Ask GraphQL, as the organisation unless a token is given."""
        asked = {"query": query, "variables": variables}
        return self.http.post(
            self.said["graphql_url"], json=asked, headers=signed(token or self.master_token)
        )

    def rest(self, path: str) -> httpx.Response:
        """Ask REST, as the organisation."""
        address = f"{self.said['rest_url']}/core/v1/{path}"
        return self.http.get(address, headers=signed(self.master_token))

    def control(self, path: str, body: Any = None) -> Any:
        """Ask the control API; with a body, tell it something."""
        method, given = ("GET", {}) if body is None else ("POST", {"json": body})
        answer = self.http.request(method, f"{self.said['control_url']}{path}", **given)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def requests_for(self, operation: str) -> list[dict[str, Any]]:
        """Return what the record says of an operation."""
        recorded = self.control("/requests")["requests"]
        return [one for one in recorded if one["operation"] == operation]


def signed(token: str) -> dict[str, str]:
    """Return the header that signs a request."""
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def started(*arguments: str) -> Iterator[Outside]:
    """Start `tray-auth-desktop standin`, and end it afterwards."""
    command = [sys.executable, "-m", "tray_auth_desktop", "standin", *_FREE_PORTS, *arguments, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = json.loads(process.stdout.readline())
            with httpx.Client(trust_env=False) as http:
                yield Outside(said, http)
        finally:
            process.terminate()
        assert process.wait(_LIMIT_S) == 0
