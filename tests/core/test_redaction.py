"""What looks like a secret does not get through; what people need to read does."""

from __future__ import annotations

import io
import logging
import re
import sys
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.logs import RedactingFormatter, set_up_logging
from tray_auth_desktop.redaction import MASK, redact, redact_url

_CODE = "0123456789abcdef0123456789abcdef01234567"
_TOKEN = "fedcba9876543210" * 4


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"Loaded https://embedded.tray.io/external/auth/create/acme?code={_CODE}&serviceId=1", _CODE),
        ("see https://auth.tray.io/oauth2/token?code=4/0AX4x&state=a,b", "4/0AX4x"),
        ("XHTTPS://host/?key=opensesame", "opensesame"),
        ("https://name:opensesame@host/path", "opensesame"),
        ("https://host/path#access_token=opensesame", "opensesame"),
        ("https://host/session/" + _TOKEN, _TOKEN),
        ("wss://host/?session=opensesame", "opensesame"),
        ("myapp://callback?code=opensesame", "opensesame"),
        ("code=opensesame&x=1", "opensesame"),
        ("state=11-22,csrf-value,,host,production,session-value", "session-value"),
        ("state%3Dopensesame", "opensesame"),
        ('{"authorizationCode":"opensesame"}', "opensesame"),
        ('{"access_token": "opensesame", "n": 1}', "opensesame"),
        ('{\\"accessToken\\":\\"opensesame\\"}', "opensesame"),
        ("{'client_secret': 'opensesame'}", "opensesame"),
        ("csrf_token=opensesame", "opensesame"),
        ("sessionId: opensesame", "opensesame"),
        ("code_verifier=opensesame", "opensesame"),
        ("X-Api-Key: opensesame", "opensesame"),
        ("password=opensesame", "opensesame"),
        ("passwd: opensesame", "opensesame"),
        ("Authorization: Bearer opensesame", "opensesame"),
        ("authorization: Basic b3BlbnNlc2FtZQ==", "b3BlbnNlc2FtZQ=="),
        ("Bearer opensesame", "opensesame"),
        ("with token ya29opensesame1", "ya29opensesame1"),
        ("Set-Cookie: a=first1; b=opensesame; HttpOnly", "opensesame"),
        ("Cookie: a=first1; b=opensesame", "first1"),
        (f"prefix{_CODE}suffix", _CODE),
        (_TOKEN.upper(), _TOKEN.upper()),
        (f"{{'Secret': '{_TOKEN}'}}", _TOKEN),
        (f"x-request:{_CODE}/{_TOKEN}", _TOKEN),
    ],
)
def test_a_secret_does_not_get_through(text: str, secret: str) -> None:
    assert secret in text
    assert secret not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The authorization code expired: make a new one.",
        "Token missing, session closed by the server.",
        "authId 569adf96-3c05-40a6-b565-07e829d2c56d of user 13b3ab9c-e222-4739-a69b-c4dd07fbbfa4",
        "Loaded https://embedded.tray.io/external/auth/create/acme",
        "http://127.0.0.1:8001/auth/cb",
        "HTTP 502 from https://[::1]:9000/graphql",
        "zwei Zeilen\nund ein Tab\t😀",
        "version 1.10, 30 requests per second",
    ],
)
def test_what_people_read_comes_through_unchanged(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (
            f"https://embedded.tray.io/external/auth/create/acme?code={_CODE}",
            "https://embedded.tray.io/external/auth/create/acme?…",
        ),
        ("https://name:password@host.example:8443/a/b?c=d#e", "https://host.example:8443/a/b?…"),
        ("http://[::1]:9000/x#fragment", "http://[::1]:9000/x"),
        ("HTTPS://HOST/", "https://host/"),
        (f"https://host/session/{_TOKEN}/end", f"https://host/session/{MASK}/end"),
        (f"https://{_CODE}.example/", f"https://{MASK}.example/"),
        ("about:blank", "about:blank"),
        ("about:blank?code=opensesame", f"about:{MASK}"),
        ("data:text/html,opensesame", f"data:{MASK}"),
        ("blob:https://host/opensesame", f"blob:{MASK}"),
        ("mailto:someone@host.example", f"mailto:{MASK}"),
        ("opensesame", f"unknown:{MASK}"),
        ("", f"unknown:{MASK}"),
        ("https://host:port/", "(unreadable address)"),
        ("https://[::1", "(unreadable address)"),
    ],
)
def test_of_an_address_only_origin_and_path_are_shown(url: str, shown: str) -> None:
    assert redact_url(url) == shown


def test_a_long_text_is_cut_after_it_was_cleaned() -> None:
    assert redact("word " * 1_000, limit=20) == "word word word word …"
    assert _CODE[:20] not in redact("x" * 15 + " " + _CODE, limit=30)


def test_a_secret_that_the_cut_goes_through_leaves_nothing_behind() -> None:
    text = "https://host/?" + "q" * 70 + " tail " + _CODE + " and more"
    for limit in range(20, 34):
        assert not re.search(r"[0-9a-f]{8}", redact(text, limit=limit))


def test_characters_that_have_no_bytes_are_mended() -> None:
    redact("a\ud800b").encode("utf-8")
    assert redact("a\ud800b") == "a?b"


#: What the patterns look for, and what stands around it.
_SNIPPETS = (
    *(
        "code",
        "token",
        "cookie:",
        "bearer ",
        "_id",
        "=",
        ":",
        "%3d",
        '"',
        "'",
        "\\",
        "a1b2c3",
        "0" * 31,
        "e" * 40,
    ),
    *("http://", "https://h/", "?", "&", "#", "@", "[", "]", ",", ";", "-", " ", "\n", MASK, "…"),
)
_PIECES = st.lists(st.text(max_size=6) | st.sampled_from(_SNIPPETS), max_size=10).map("".join)
_SECRETS = st.text("0123456789abcdef", min_size=40, max_size=40) | st.text(
    "0123456789ABCDEF", min_size=64, max_size=64
)


@given(_PIECES, _SECRETS, _PIECES, st.integers(1, 200))
def test_a_code_or_token_never_survives_wherever_it_stands(
    before: str, secret: str, after: str, limit: int
) -> None:
    for redacted in (redact(before + secret + after), redact(before + secret + after, limit)):
        assert secret not in redacted
        assert not re.search(r"[0-9a-fA-F]{32}", redacted)
    assert secret.lower() not in redact_url(before + secret + after).lower()


@given(_PIECES)
def test_redacting_twice_is_redacting_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@given(st.uuids(), st.sampled_from(["authId {}", "user {} of acme", '"authId": "{}"', "/auth/edit/acme/{}"]))
def test_ids_survive(auth_id: uuid.UUID, sentence: str) -> None:
    assert str(auth_id) in redact(sentence.format(auth_id))


def test_no_text_makes_redaction_search_for_ever() -> None:
    started = time.process_time()
    for text in (
        "code " * 16_000,
        "code=" * 16_000,
        "http://" * 11_000,
        "\\" * 80_000,
        "code" + " " * 80_000,
    ):
        redact(text, limit=20_000)
    assert time.process_time() - started < 10.0  # takes 0.1 s; a search that goes back and forth, minutes


def test_a_log_record_is_redacted_with_its_traceback() -> None:
    try:
        raise RuntimeError(f"token={_TOKEN}")
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "code %s", (_CODE,), sys.exc_info())
    text = RedactingFormatter().format(record)
    assert _TOKEN not in text
    assert _CODE not in text
    assert "RuntimeError" in text


def test_logging_is_set_up_once_however_often_it_is_asked_for() -> None:
    logger = logging.getLogger("tray_auth_desktop")
    before = logger.handlers[:], logger.level, logger.propagate
    stream = io.StringIO()
    try:
        set_up_logging(logging.INFO, stream)
        set_up_logging(logging.WARNING, stream)
        logger.getChild("x").info("not this")
        logger.getChild("x").warning("code=%s", _CODE)
    finally:
        logger.handlers[:], logger.level, logger.propagate = before
    assert stream.getvalue() == f"WARNING tray_auth_desktop.x: code={MASK}\n"
