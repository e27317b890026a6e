"""The ways an API fails that the tests know, and what has to be said of each."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.faulty_tray import Handler, Strike

_MIB = 1024 * 1024
_AWS_DENIAL = "User is not authorized to access this resource with an explicit deny"


@dataclass(frozen=True)
class Fault:
    """One way to fail.

    Attributes:
        strike: Does it.
        code: Exit code of the program.
        says: What its words have to hold, of what happened and of what to do.
        only_full: Whether it is left out where there is little time.
    """

    strike: Strike
    code: int
    says: tuple[str, ...]
    only_full: bool = False


def _status(status: int, message: str = "") -> Strike:
    """The status, with a text that gives the token away."""

    def strike(handler: Handler) -> None:
        handler.send_json({"message": f"{message or 'No'} (you sent {handler.token})"}, status)

    return strike


def _page(status: int) -> Strike:
    return lambda handler: handler.send(status, f"<html><title>Proxy says {status}</title><h1>Sorry</h1>")


def _graphql(message: str, code: str) -> Strike:
    error = {"message": message, "path": ["viewer"], "extensions": {"name": "Precondition", "code": code}}
    return lambda handler: handler.send_json({"data": None, "errors": [error]})


def _half_a_body(handler: Handler) -> None:
    handler.send(200, '{"data": {"vie', {"Content-Type": "application/json"}, size=4_000)


def _big(text: Callable[[], str], kind: str) -> Strike:
    """A text so large that it is made only where it is sent."""
    return lambda handler: handler.send(200, text(), {"Content-Type": kind})


def _drip(handler: Handler) -> None:
    handler.send(200, "{", {"Content-Type": "application/json"}, size=100_000)
    while not handler.server.over.wait(0.1):
        handler.wfile.write(b" ")


def _reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.wfile.close()
    handler.rfile.close()
    handler.connection.close()


def _hang(handler: Handler) -> None:
    handler.server.over.wait()


def _not_http(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
    handler.close_connection = True


def redirect_to(address: str) -> Strike:
    """Send the request on to another address."""
    return lambda handler: handler.send(307, "", {"Location": address})


FAULTS: dict[str, Fault] = {
    "400": Fault(
        _status(400, "Syntax error"), 6, ("400", "Syntax error", "Check what was asked for"), only_full=True
    ),
    "401": Fault(_status(401, "Unauthorized"), 6, ("not recognised", "token", "region")),
    "403": Fault(_status(403, _AWS_DENIAL), 6, ("explicit deny", "token", "region")),
    "404": Fault(_status(404), 6, ("404 (Not Found)", "addresses of the workspace")),
    "429": Fault(_status(429), 6, ("too many requests", "30 requests per second"), only_full=True),
    "500": Fault(_status(500, "Internal server error"), 6, ("500", "Internal server error", "Try again")),
    "502": Fault(_page(502), 6, ("502 (Bad Gateway)", "Proxy says 502", "Try again"), only_full=True),
    "503": Fault(_page(503), 6, ("503 (Service Unavailable)", "Try again")),
    "504": Fault(_status(504), 6, ("504 (Gateway Timeout)", "Try again"), only_full=True),
    "graphql errors": Fault(
        _graphql("User not found", "user_does_not_exist"), 6, ("User not found", "user_does_not_exist", "ids")
    ),
    "graphql denial": Fault(
        _graphql("Not allowed", "access_not_allowed"), 6, ("not allowed", "token"), only_full=True
    ),
    "half a body": Fault(_half_a_body, 6, ("half a body", "Check the addresses")),
    "login page": Fault(_page(200), 6, ("HTML", "Proxy says 200", "proxy answers in Tray's place")),
    "empty": Fault(lambda handler: handler.send(200, ""), 6, ("Check the addresses",), only_full=True),
    "another shape": Fault(
        lambda handler: handler.send_json({"data": [1, {"viewer": "no"}]}), 6, ("Check the addresses",)
    ),
    "50 MB of HTML": Fault(
        _big(lambda: "<html>" + "<p>" * (17 * _MIB), "text/html"), 6, ("HTML", "Check the addresses")
    ),
    "50 MB of brackets": Fault(
        _big(lambda: "[" * (50 * _MIB), "application/json"), 6, ("Check the addresses",), only_full=True
    ),
    "50 MB of a message": Fault(
        _big(lambda: json.dumps({"errors": [{"message": "x " * (25 * _MIB)}]}), "application/json"),
        6,
        ("refused",),
    ),
    "200 MB": Fault(_big(lambda: " " * (200 * _MIB), "text/html"), 6, ("more than", "bytes"), only_full=True),
    "reset": Fault(_reset, 7, ("broke off the connection", "Check the network")),
    "not HTTP": Fault(_not_http, 7, ("did not answer in HTTP", "Check the network")),
}
#: Those that only a time limit ends.
SLOW_FAULTS: dict[str, Fault] = {
    "hang": Fault(_hang, 7, ("did not answer", "nothing came for", "Try again")),
    "slow drip": Fault(_drip, 7, ("did not complete", "Try again")),
}
