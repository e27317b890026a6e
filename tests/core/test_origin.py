"""Origins: one canonical form, compared exactly, and nothing that only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.core.origin import Origin, parse_event_origin


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("https://embedded.tray.io", "https://embedded.tray.io"),
        ("https://embedded.tray.io/", "https://embedded.tray.io"),
        ("https://embedded.tray.io/external/auth?code=x#y", "https://embedded.tray.io"),
        ("HTTPS://Embedded.TRAY.io", "https://embedded.tray.io"),
        ("https://embedded.tray.io:443", "https://embedded.tray.io"),
        ("http://localhost:80/x", "http://localhost"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:9000/", "http://[::1]:9000"),
        ("https://acme.integration-configuration.com", "https://acme.integration-configuration.com"),
        ("https://xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example"),
    ],
)
def test_an_address_has_one_canonical_origin(text: str, canonical: str) -> None:
    assert str(Origin.parse(text)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "about:blank",
        "file:///etc/passwd",
        "data:text/html,x",
        "blob:https://embedded.tray.io/1",
        "javascript:alert(1)",
        "ftp://embedded.tray.io",
        "wss://embedded.tray.io",
        "//embedded.tray.io",
        "embedded.tray.io",
        "https://",
        "https:///path",
        "https://user@embedded.tray.io",
        "https://user:password@embedded.tray.io",
        "https://@embedded.tray.io",
        "https://embedded.tray.io.",
        "https://.tray.io",
        "https://embedded.tray.io:port",
        "https://embedded.tray.io:65536",
        "https://embedded.tray.io:-1",
        "https://embedded.tray.io:\u0664\u0664\u0663",
        "https://embedded.tray.io\\@evil.example",
        "https:\\\\embedded.tray.io",
        "https://embedded.tray.io evil.example",
        " https://embedded.tray.io",
        "https://embedded.tray.io\n",
        "https://embedded\t.tray.io",
        "\x00https://embedded.tray.io",
        "https://embedded.tray.io/\x7f",
        "https://embedded.tray.\u0131o",
        "https://\u0435mbedded.tray.io",
        "https://embedded\u3002tray.io",
        "https://embedded.tray.io%2eevil.example",
        "https://-tray.io",
        "https://[::1",
        "https://[::1%25eth0]",
        "https://[v1.x]",
        "\ud800",
    ],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a web origin|[Pp]ort|Invalid IPv6"):
        Origin.parse(text)
    assert parse_event_origin(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://embedded.tray.io/",
        "https://embedded.tray.io:443",
        "http://localhost:80",
        "https://Embedded.tray.io",
        "HTTPS://embedded.tray.io",
        "https://embedded.tray.io:",
        "https://embedded.tray.io:08443",
        "https://embedded.tray.io?",
        "https://embedded.tray.io#",
        "https://embedded.tray.io/external",
    ],
)
def test_an_event_origin_is_read_to_the_letter(text: str) -> None:
    Origin.parse(text)
    assert parse_event_origin(text) is None


@pytest.mark.parametrize(
    ("address", "is_loopback"),
    [
        ("http://localhost", True),
        ("http://api.localhost:1", True),
        ("http://127.0.0.1", True),
        ("http://127.8.9.10:5000", True),
        ("http://[::1]", True),
        ("http://localhost.example", False),
        ("http://notlocalhost", False),
        ("http://127.0.0.1.example", False),
        ("http://0.0.0.0", False),
        ("http://192.168.0.1", False),
        ("http://[::2]", False),
        ("http://2130706433", False),
        ("http://0x7f000001", False),
        ("https://embedded.tray.io", False),
    ],
)
def test_loopback_is_what_cannot_be_anything_else(address: str, is_loopback: bool) -> None:
    assert Origin.parse(address).is_loopback is is_loopback


def test_only_https_is_secure() -> None:
    assert Origin.parse("https://a.example").is_secure
    assert not Origin.parse("http://localhost").is_secure


@given(st.text(max_size=60))
def test_whatever_text_is_read_as_an_event_origin_is_its_own_canonical_form(text: str) -> None:
    origin = parse_event_origin(text)
    assert origin is None or str(origin) == text


@given(
    scheme=st.sampled_from(["http", "https"]),
    host=st.from_regex(r"[a-z][a-z0-9]{0,8}(\.[a-z][a-z0-9]{0,8}){0,3}", fullmatch=True),
    port=st.integers(1, 65_535),
)
def test_an_origin_survives_being_written_and_read(scheme: str, host: str, port: int) -> None:
    origin = Origin(scheme, host, port)
    assert parse_event_origin(str(origin)) == origin
