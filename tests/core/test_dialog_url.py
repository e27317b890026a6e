"""The dialog's address, read back by two readers that know nothing of how it was written."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.core.dialog_url import (
    DialogLaunch,
    DialogRequest,
    assemble_dialog_url,
    checked_segment,
)
from tray_auth_desktop.core.origin import Origin

_HOST = "https://embedded.tray.io"
_CODE = "0123456789abcdef0123456789abcdef01234567"
_SERVICE = "55d1154c-4fd8-4c2c-ba22-041deabfcbfd"
_ENVIRONMENT = "973b1afa-aa13-42c7-86c3-3964f44c53dd"
_PRINTABLE = st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable() and bool(text.strip()))


def _request(*scopes: str) -> DialogRequest:
    return DialogRequest("user-1", _SERVICE, _ENVIRONMENT, scopes)


def _pairs(url: str) -> list[tuple[str, str]]:
    """Read a query by splitting it where the standard says, and nowhere else."""
    query = url.partition("?")[2]
    named = [pair.partition("=") for pair in query.split("&")]
    return [(unquote(name, errors="strict"), unquote(value, errors="strict")) for name, _, value in named]


def test_the_address_of_a_token_service_is_the_documented_one() -> None:
    assert assemble_dialog_url(_HOST, "acme", _request(), _CODE) == (
        f"{_HOST}/external/auth/create/acme?code={_CODE}&serviceId={_SERVICE}&serviceEnvironmentId={_ENVIRONMENT}"
    )


def test_each_scope_is_a_parameter_of_its_own_with_its_brackets_as_they_are() -> None:
    url = assemble_dialog_url(_HOST, "acme", _request("channels:read", "channels:write"), _CODE)
    assert url.endswith("&scopes[]=channels%3Aread&scopes[]=channels%3Awrite")


@pytest.mark.parametrize(
    "scope",
    [
        "read:org repo",
        "a&b",
        "a&code=other",
        "a#b",
        "a+b",
        "a=b",
        "a%20b",
        "a;b",
        "100%",
        "a/b?c",
        "[x]",
        "поле",
        "日本語",
        "😀",
        "https://www.googleapis.com/auth/drive.file",
        '"<script>"',
        "a,b",
        "..",
    ],
)
def test_a_scope_comes_through_as_it_is(scope: str) -> None:
    url = assemble_dialog_url(_HOST, "acme", _request(scope, "second"), _CODE)
    expected = [
        ("code", _CODE),
        ("serviceId", _SERVICE),
        ("serviceEnvironmentId", _ENVIRONMENT),
        ("scopes[]", scope),
        ("scopes[]", "second"),
    ]
    assert parse_qsl(urlsplit(url).query, keep_blank_values=True, strict_parsing=True) == expected
    assert _pairs(url) == expected
    assert urlsplit(url).fragment == ""


@given(
    st.lists(_PRINTABLE, max_size=5),
    _PRINTABLE,
    _PRINTABLE,
    st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable()),
)
def test_whatever_is_asked_for_can_be_read_back(
    scopes: list[str], service_id: str, environment_id: str, code: str
) -> None:
    request = DialogRequest("u", service_id, environment_id, tuple(scopes))
    url = assemble_dialog_url(_HOST, "acme", request, code)
    expected = [("code", code), ("serviceId", service_id), ("serviceEnvironmentId", environment_id)]
    expected += [("scopes[]", scope) for scope in scopes]
    assert parse_qsl(urlsplit(url).query, keep_blank_values=True) == expected
    assert _pairs(url) == expected
    assert re.fullmatch(r"[A-Za-z0-9:/?&=%\[\]._~-]+", url)
    assert Origin.parse(url) == Origin.parse(_HOST)


@pytest.mark.parametrize(
    "embedded_id", ["acme", "acme-corp", "Acme_Corp.2", "~acme", "-", "0", "a" * 128, "a..b"]
)
def test_an_embedded_id_of_unreserved_characters_stands_in_the_path(embedded_id: str) -> None:
    url = assemble_dialog_url(_HOST, embedded_id, _request(), _CODE)
    assert urlsplit(url).path == f"/external/auth/create/{embedded_id}"


@pytest.mark.parametrize(
    "embedded_id",
    [
        "",
        ".",
        "..",
        "...",
        ".hidden",
        "/",
        "a/b",
        "../admin",
        "a/../b",
        "%2e",
        "%2e%2e",
        "a%2fb",
        "a?b",
        "a#b",
        "a&b",
        "a b",
        "a\\b",
        "a;b",
        "a:b",
        "a@b",
        "a\n",
        "acmé",
        "\u0430cme",
        "\uff11\uff12",
        "a" * 129,
        "\x00",
    ],
)
def test_what_a_server_could_read_as_a_path_cannot_be_an_embedded_id(embedded_id: str) -> None:
    with pytest.raises(ValueError, match="Embedded ID"):
        assemble_dialog_url(_HOST, embedded_id, _request(), _CODE)
    with pytest.raises(ValueError, match="segment"):
        checked_segment(embedded_id, "segment")


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_http_is_for_this_computer(host: str) -> None:
    assert assemble_dialog_url(host, "acme", _request(), _CODE).startswith(
        f"{host}/external/auth/create/acme?"
    )


@pytest.mark.parametrize(
    "host",
    [
        "http://embedded.tray.io",
        "http://127.0.0.1.example",
        "ftp://embedded.tray.io",
        "",
        f"{_HOST}?x=1",
        f"{_HOST}?",
    ],
)
def test_any_other_host_must_be_https_without_a_query(host: str) -> None:
    with pytest.raises(ValueError, match=r"not a web origin|only https|without query"):
        assemble_dialog_url(host, "acme", _request(), _CODE)


def test_a_base_path_and_a_port_are_kept() -> None:
    url = assemble_dialog_url("https://gateway.example:8443/tray/", "acme", _request(), _CODE)
    assert url.startswith("https://gateway.example:8443/tray/external/auth/create/acme?code=")


def test_an_empty_code_opens_nothing() -> None:
    with pytest.raises(ValueError, match="code is empty"):
        assemble_dialog_url(_HOST, "acme", _request(), "")


@pytest.mark.parametrize("field", ["user_id", "service_id", "service_environment_id"])
@pytest.mark.parametrize("value", ["", "  ", "a\nb", "\x00", "\ud800", "a\u202eb"])
def test_a_request_needs_ids_that_can_be_shown(field: str, value: str) -> None:
    ids = {"user_id": "u", "service_id": "s", "service_environment_id": "e", field: value}
    with pytest.raises(ValueError, match=field.replace("_", " ")):
        DialogRequest(ids["user_id"], ids["service_id"], ids["service_environment_id"])


@pytest.mark.parametrize("scope", ["", "   ", "a\tb", "\udfff"])
def test_a_request_has_no_empty_scope(scope: str) -> None:
    with pytest.raises(ValueError, match="scope"):
        _request("good", scope)


def test_a_launch_hides_its_address_and_knows_when_its_code_ends() -> None:
    launch = DialogLaunch(f"{_HOST}/x?code={_CODE}", Origin.parse(_HOST), code_minted_at=1_000.0)
    assert _CODE not in repr(launch)
    assert launch.code_expires_at == 1_300.0
