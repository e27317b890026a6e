"""Icons come from anywhere: nobody there learns a token, and nothing but an image comes back."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import pytest

from tray_auth_desktop.api import Timeouts, TrayClient
from tray_auth_desktop.errors import ApiError, ApiTimeoutError, HttpStatusError, NetworkError

if TYPE_CHECKING:
    from tests.api.conftest import Behaviour, RawServer, ScriptedTray

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40
URL = "https://icons.example/slack.png?size=40"
LIMIT = 256 * 1024


def image(content: bytes = PNG, content_type: str = "image/png") -> Callable[[httpx.Request], httpx.Response]:
    return lambda _request: httpx.Response(200, headers={"content-type": content_type}, content=content)


def redirect(location: str, status: int = 302) -> Callable[[httpx.Request], httpx.Response]:
    return lambda _request: httpx.Response(status, headers={"location": location, "set-cookie": "a=b"})


def test_an_icon_is_asked_for_by_nobody(tray: ScriptedTray) -> None:
    tray.replies += [redirect("/next"), image()]
    assert tray.client().icon(URL) == PNG
    first, second = tray.requests
    assert str(second.url) == "https://icons.example/next"
    for request in (first, second):
        assert not {"authorization", "cookie", "referer"} & set(request.headers)
        assert request.headers["accept"] == "image/*"


@pytest.mark.parametrize("content_type", ["image/png", "IMAGE/SVG+XML; charset=utf-8", " image/x-icon"])
def test_any_image_will_do(tray: ScriptedTray, content_type: str) -> None:
    tray.replies.append(image(content_type=content_type))
    assert tray.client().icon(URL) == PNG


@pytest.mark.parametrize("content_type", ["text/html", "", "application/octet-stream", "x-image/png"])
def test_what_is_no_image_is_refused(tray: ScriptedTray, content_type: str) -> None:
    tray.replies.append(image(content_type=content_type))
    with pytest.raises(ApiError, match="no image"):
        tray.client().icon(URL)


def test_an_empty_image_is_refused(tray: ScriptedTray) -> None:
    tray.replies.append(image(b""))
    with pytest.raises(ApiError, match="empty"):
        tray.client().icon(URL)


@pytest.mark.parametrize("size", [LIMIT, LIMIT + 1])
def test_an_icon_has_a_size(tray: ScriptedTray, size: int) -> None:
    tray.replies.append(image(b"x" * size))
    client = tray.client()
    if size == LIMIT:
        assert len(client.icon(URL)) == LIMIT
    else:
        with pytest.raises(ApiError, match="262,144 bytes"):
            client.icon(URL)


@pytest.mark.parametrize("status", [201, 204, 304, 403, 404, 500])
def test_other_statuses(tray: ScriptedTray, status: int) -> None:
    tray.replies.append(lambda _request: httpx.Response(status, headers={"content-type": "image/png"}))
    with pytest.raises(HttpStatusError) as raised:
        tray.client().icon(URL)
    assert raised.value.status == status
    assert len(tray.requests) == 1


@pytest.mark.parametrize("count", [3, 4])
def test_redirects_come_to_an_end(tray: ScriptedTray, count: int) -> None:
    tray.replies += [redirect(f"/{index}", 301 + index % 2) for index in range(count)] + [image()]
    client = tray.client()
    if count == 3:
        assert client.icon(URL) == PNG
    else:
        with pytest.raises(ApiError, match="more than 3 times"):
            client.icon(URL)
        assert len(tray.requests) == 4


@pytest.mark.parametrize(
    "location", ["http://icons.example/x", "ftp://x/y", "file:///etc/passwd", "https://u:p@x.example/", "//["]
)
def test_redirects_do_not_leave_https(tray: ScriptedTray, location: str) -> None:
    tray.replies += [redirect(location), image()]
    with pytest.raises(ApiError, match="not https") as raised:
        tray.client().icon(URL)
    assert len(tray.requests) == 1
    assert "passwd" not in raised.value.explanation


@pytest.mark.parametrize(
    "url",
    [
        "",
        "slack.png",
        "http://icons.example/a.png",
        "ftp://a/b",
        "https://user:pw@icons.example/",
        "https://",
    ],
)
def test_addresses_that_are_not_asked(tray: ScriptedTray, url: str) -> None:
    with pytest.raises(ApiError):
        tray.client().icon(url)
    assert tray.requests == []


def test_an_icon_of_this_computer(
    raw_server: Callable[[Behaviour], RawServer], client_of: Callable[..., TrayClient]
) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {len(PNG)}\r\n\r\n".encode()
    server = raw_server(lambda connection, _stop: connection.sendall(head + PNG))
    assert client_of("https://tray.invalid").icon(f"{server.url}/a.png") == PNG


def test_icons_have_the_same_time_limit(
    raw_server: Callable[[Behaviour], RawServer], client_of: Callable[..., TrayClient]
) -> None:
    def hang(_connection: socket.socket, stop: threading.Event) -> None:
        stop.wait(30)

    server = raw_server(hang)
    client = client_of(server.url, timeouts=Timeouts(overall_s=0.3))
    with pytest.raises(ApiTimeoutError):
        client.icon(f"{server.url}/a.png")


def test_close_ends_icons_too(tray: ScriptedTray) -> None:
    tray.replies.append(image())
    client = tray.client()
    client.close()
    with pytest.raises(NetworkError, match="closed"):
        client.icon(URL)
    assert tray.requests == []


DATA_URLS = [
    ("data:image/png;base64," + base64.b64encode(PNG).decode(), PNG),
    ("DATA:image/png;charset=x;BASE64," + base64.b64encode(PNG).decode().rstrip("="), PNG),
    ("data:image/svg+xml,%3Csvg/%3E", b"<svg/>"),
    ("data:image/svg+xml;utf8,<svg>é</svg>", "<svg>é</svg>".encode()),
]


@pytest.mark.parametrize(("url", "content"), DATA_URLS)
def test_an_address_that_is_the_image(tray: ScriptedTray, url: str, content: bytes) -> None:
    assert tray.client().icon(url) == content
    assert tray.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "data:",
        "data:image/png",
        "data:text/html,<b>",
        "data:,x",
        "data:image/png,",
        "data:image/png;base64,a",
        "data:image/png;base64,§§§§",
        "data:image/png;base64," + "A" * (2 * LIMIT),
        "data:image/png," + "x" * (5 * LIMIT),
    ],
    ids=lambda url: url[:26],
)
def test_data_addresses_that_are_no_image(tray: ScriptedTray, url: str) -> None:
    with pytest.raises(ApiError) as raised:
        tray.client().icon(url)
    assert raised.value.advice
    assert tray.requests == []
