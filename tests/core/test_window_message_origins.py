"""The trust decision: where a message comes from is read to the letter."""

from __future__ import annotations

import pytest

from tests.core.judging import FINISH, judge, reason
from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.window_message import (
    DialogFinished,
    MessageSource,
    Rejection,
)

# Origins that only look like the trusted one.


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "*",
        "about:blank",
        "about://",
        "file://",
        "http://embedded.tray.io",
        "https://embedded.tray.io/",
        "https://embedded.tray.io//",
        "https://embedded.tray.io:443",
        "https://embedded.tray.io:8443",
        "https://embedded.tray.io:80",
        "https://embedded.tray.io:",
        "https://embedded.tray.io.",
        "https://Embedded.Tray.io",
        "HTTPS://embedded.tray.io",
        "https://embedded.tray.io?",
        "https://embedded.tray.io#",
        "https://embedded.tray.io/external",
        "https://embedded.tray.io@evil.example",
        "https://evil.example@embedded.tray.io",
        "https://@embedded.tray.io",
        "https://:@embedded.tray.io",
        "https://evil.embedded.tray.io",
        "https://tray.io",
        "https://app.tray.io",
        "https://embedded.eu1.tray.io",
        "https://embedded-tray.io",
        "https://embedded.tray.io.evil.example",
        "https://evilembedded.tray.io",
        "https://embedded.tray.ioo",
        "https://embedded.tray.i",
        "https://embedded.tray.lo",
        "https://embedded..tray.io",
        "https://embedded.tray.\u0131o",
        "https://\u0435mbedded.tray.io",
        "https://xn--mbedded-n6g.tray.io",
        "https://embedded\u3002tray\u3002io",
        "https://embedded.tray.io\u200b",
        "https://embedded.tray.io\x00",
        "https://embedded.tray.io\n",
        "\thttps://embedded.tray.io",
        " https://embedded.tray.io",
        "https://embedded.tray.io https://evil.example",
        "https://embedded.tray.io,https://evil.example",
        "https:embedded.tray.io",
        "https:/embedded.tray.io",
        "https:///embedded.tray.io",
        "https:\\\\embedded.tray.io",
        "https://embedded.tray.io\\",
        "//embedded.tray.io",
        "embedded.tray.io",
        "wss://embedded.tray.io",
        "ftp://embedded.tray.io",
        "blob:https://embedded.tray.io",
        "chrome-extension://embedded.tray.io",
        "data:text/html,https://embedded.tray.io",
        "\ud800",
        "https://" + "a" * 100_000,
    ],
)
def test_an_origin_that_is_not_the_trusted_one_to_the_letter_is_foreign(origin: str) -> None:
    assert reason(judge(FINISH, origin=origin)) is Rejection.FOREIGN_ORIGIN


def test_a_port_is_part_of_the_origin() -> None:
    trusted = Origin.parse("http://127.0.0.1:8001/base")
    accepted = judge(FINISH, origin="http://127.0.0.1:8001", trusted=trusted)
    assert isinstance(accepted, DialogFinished)
    for origin in (
        "http://127.0.0.1",
        "http://127.0.0.1:8002",
        "http://localhost:8001",
        "https://127.0.0.1:8001",
    ):
        assert reason(judge(FINISH, origin=origin, trusted=trusted)) is Rejection.FOREIGN_ORIGIN


def test_a_message_of_another_window_is_foreign_on_the_right_origin_too() -> None:
    assert reason(judge(FINISH, source=MessageSource.OTHER)) is Rejection.FOREIGN_WINDOW


def test_an_event_that_a_script_made_is_not_genuine() -> None:
    assert reason(judge(FINISH, is_genuine=False)) is Rejection.NOT_GENUINE


def test_where_a_message_comes_from_is_named_before_what_is_in_it() -> None:
    assert reason(judge("rubbish", origin="null")) is Rejection.FOREIGN_ORIGIN
    assert reason(judge(None, source=MessageSource.OTHER)) is Rejection.FOREIGN_WINDOW
    assert reason(judge(None, is_genuine=False)) is Rejection.NOT_GENUINE
