"""Property tests and a corpus: of messages that are not the dialog's, none is ever accepted."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.window_message import (
    DialogFinished,
    MessageSource,
    Rejected,
    Rejection,
    WindowMessage,
    looks_like_auth_id,
    parse_window_message,
)

_HOST = "https://embedded.tray.io"
_TRUSTED = Origin.parse(_HOST)
_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
_TYPES = (
    "tray.authpopup.finish",
    "tray.authPopup.finish",
    "tray.authPopup.error",
    "tray.authpopup.close",
    "tray.authpopup.cancel",
    "tray.authpopup.accountIdRequest",
)

_SOURCES = st.sampled_from(MessageSource)
_GOOD_PAYLOADS = st.sampled_from(
    [json.dumps({"type": type_name, "authId": _ID, "error": "x"}) for type_name in _TYPES]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(_TYPES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "authId", "error", "err", "__proto__", "constructor"])
            | st.text(max_size=8),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
_PAYLOADS = st.none() | st.text(max_size=200) | _GOOD_PAYLOADS | _JSON.map(json.dumps)
_ORIGINS = st.text(max_size=60) | st.builds(
    "{}{}{}".format, st.text(max_size=4), st.just(_HOST), st.text(max_size=12)
)


@given(_ORIGINS.filter(lambda origin: origin != _HOST), _SOURCES, _PAYLOADS, st.booleans())
def test_no_message_of_another_origin_is_accepted(
    origin: str, source: MessageSource, payload: str | None, is_genuine: bool
) -> None:
    judged = parse_window_message(WindowMessage(origin, source, payload, is_genuine), _TRUSTED)
    assert isinstance(judged, Rejected)
    assert judged.reason is Rejection.FOREIGN_ORIGIN
    assert judged.claimed_id == ""


@given(_PAYLOADS, st.booleans())
def test_no_message_of_another_window_is_accepted(payload: str | None, is_genuine: bool) -> None:
    message = WindowMessage(_HOST, MessageSource.OTHER, payload, is_genuine)
    assert isinstance(parse_window_message(message, _TRUSTED), Rejected)


@given(_SOURCES, _PAYLOADS)
def test_no_message_that_a_script_made_is_accepted(source: MessageSource, payload: str | None) -> None:
    message = WindowMessage(_HOST, source, payload, is_genuine=False)
    assert isinstance(parse_window_message(message, _TRUSTED), Rejected)


@given(_ORIGINS | st.just(_HOST), _SOURCES, _PAYLOADS, st.booleans(), st.integers(0, 10**9))
def test_whatever_arrives_is_judged_and_never_raises(
    origin: str, source: MessageSource, payload: str | None, is_genuine: bool, size: int
) -> None:
    judged = parse_window_message(WindowMessage(origin, source, payload, is_genuine, size), _TRUSTED)
    if isinstance(judged, DialogFinished):
        assert origin == _HOST
        assert is_genuine
        assert source is not MessageSource.OTHER
        assert looks_like_auth_id(judged.auth_id)
    if isinstance(judged, Rejected):
        assert judged.type_name.isascii()
        assert judged.claimed_id.isascii()


@given(_SOURCES, st.text(max_size=60).filter(lambda text: not looks_like_auth_id(text)))
def test_no_finish_without_an_auth_id_is_accepted(source: MessageSource, auth_id: str) -> None:
    payload = json.dumps({"type": "tray.authpopup.finish", "authId": auth_id})
    assert isinstance(parse_window_message(WindowMessage(_HOST, source, payload), _TRUSTED), Rejected)


# The corpus: every way to be wrong in one respect, with everything else right, and many ways at once.

_FOREIGN_HOSTS = (
    "evil.example",
    "embedded.tray.io.evil.example",
    "evil-embedded.tray.io",
    "embedded-tray.io",
    "embedded.tray.ioo",
    "mbedded.tray.io",
    "tray.io",
    "app.tray.io",
    "auth.tray.io",
    "embedded.eu1.tray.io",
    "embedded.ap1.tray.io",
    "xn--mbedded-n6g.tray.io",
    "xn--embedded-tray-io.example",
    "\u0435mbedded.tray.io",
    "embedded.tray.io.",
    "EMBEDDED.tray.io",
    "embedded.tray.io%2eevil.example",
    "evil.example#embedded.tray.io",
    "evil.example?embedded.tray.io",
    "evil.example/embedded.tray.io",
    "evil.example\\embedded.tray.io",
    "user@embedded.tray.io",
    "embedded.tray.io@evil.example",
    "www.embedded.tray.io",
    "embedded.tray.io.localhost",
    "embedded.tray.io:443@evil.example",
    "embedded.staging.tray.io",
    "127.0.0.1",
    "localhost",
    "[::1]",
)
_SCHEMES = ("https://", "http://", "HTTPS://", "wss://", "blob:https://", "//", "", " https://")
_PORTS = ("", ":443", ":80", ":8443", ":0", ":", ":65535")
_ENDS = ("", "/", "\n", "\x00", ".", "/external/auth/create/acme")
_WRONG_IDS: tuple[object, ...] = (
    None,
    "",
    7,
    True,
    [_ID],
    {"id": _ID},
    _ID + "\n",
    _ID[:-1],
    _ID.replace("-", ""),
    _ID.replace("5", "\u0665"),
    f"{_ID} ",
    "\ud800",
    "[object Object]",
)


def _foreign_origins() -> Iterator[str]:
    for scheme, host, port, end in itertools.product(
        _SCHEMES, ("embedded.tray.io", *_FOREIGN_HOSTS), _PORTS, _ENDS
    ):
        origin = f"{scheme}{host}{port}{end}"
        if origin != _HOST:
            yield origin
    yield from ("null", "", "*", "about:blank", "file://")


def _from_elsewhere() -> Iterator[WindowMessage]:
    good = [json.dumps({"type": type_name, "authId": _ID}) for type_name in _TYPES]
    for number, origin in enumerate(_foreign_origins()):
        source = list(MessageSource)[number % 4]
        yield WindowMessage(origin, source, good[number % len(good)])
    for payload, source in itertools.product(good, MessageSource):
        yield WindowMessage(_HOST, MessageSource.OTHER, payload)
        yield WindowMessage(_HOST, source, payload, is_genuine=False)


def _with_wrong_ids() -> Iterator[WindowMessage]:
    for source, auth_id in itertools.product(MessageSource, _WRONG_IDS):
        yield WindowMessage(_HOST, source, json.dumps({"type": "tray.authpopup.finish", "authId": auth_id}))


def _mutilated() -> Iterator[WindowMessage]:
    """Yield good finishes, each broken at one place that no reader can overlook."""
    rng = random.Random(4)  # a fixed corpus: the same messages on every run
    good = json.dumps({"type": "tray.authpopup.finish", "authId": _ID}, separators=(",", ":"))
    structural = [index for index, character in enumerate(good) if character in '{}":,']
    for index in structural:
        for wrong in ("", "\x00", "\\", "[", "]", "'", "{{", "\u201c"):
            yield WindowMessage(_HOST, MessageSource.POPUP, good[:index] + wrong + good[index + 1 :])
    for length in range(len(good)):
        yield WindowMessage(_HOST, MessageSource.POPUP, good[:length])
    letters = range(good.index("tray"), good.index(".finish") + 7)
    for _ in range(1_500):
        index, wrong = rng.choice(letters), rng.choice("0123456789_-/ \u0131\u017f\u212a\uff46")
        yield WindowMessage(_HOST, MessageSource.POPUP, good[:index] + wrong + good[index + 1 :])


def _of_wrong_shape() -> Iterator[WindowMessage]:
    finish = {"type": "tray.authpopup.finish", "authId": _ID}
    shapes: list[object] = [
        None,
        7,
        "webpackOk",
        [],
        [finish],
        {"data": finish},
        {"__proto__": finish},
        {"constructor": {"prototype": finish}},
        {"type": [finish["type"]], "authId": _ID},
        {"type": finish, "authId": _ID},
        {"Type": finish["type"], "authId": _ID},
        {"authId": _ID},
        json.dumps(finish),
    ]
    for shape in shapes:
        for depth in range(1, 40):
            nested: object = shape
            for _ in range(depth):
                nested = [nested]
            yield WindowMessage(_HOST, MessageSource.POPUP, json.dumps(nested))
        yield WindowMessage(_HOST, MessageSource.POPUP, json.dumps(shape))
    for depth in (900, 1_000, 5_000, 30_000):
        yield WindowMessage(_HOST, MessageSource.POPUP, '{"type":' * depth)
        yield WindowMessage(_HOST, MessageSource.POPUP, "[" * depth + json.dumps(finish) + "]" * depth)
    for size in (65_537, 5_000_000):
        yield WindowMessage(_HOST, MessageSource.POPUP, None, size=size)
        yield WindowMessage(_HOST, MessageSource.POPUP, json.dumps(finish), size=size)
        yield WindowMessage(_HOST, MessageSource.POPUP, json.dumps(finish) + " " * size)


_CORPUS = tuple(dict.fromkeys([*_from_elsewhere(), *_with_wrong_ids(), *_mutilated(), *_of_wrong_shape()]))


def test_the_corpus_has_ten_thousand_different_messages() -> None:
    assert len(_CORPUS) >= 10_000


def test_none_of_the_corpus_is_accepted_and_every_reason_occurs() -> None:
    judged = [parse_window_message(message, _TRUSTED) for message in _CORPUS]
    accepted = [
        message for message, event in zip(_CORPUS, judged, strict=True) if not isinstance(event, Rejected)
    ]
    assert accepted == []
    reasons = {event.reason for event in judged if isinstance(event, Rejected)}
    assert reasons == set(Rejection)


@pytest.mark.parametrize("type_name", _TYPES)
def test_the_corpus_is_made_of_what_would_otherwise_be_accepted(type_name: str) -> None:
    payload = json.dumps({"type": type_name, "authId": _ID})
    message = WindowMessage(_HOST, MessageSource.POPUP, payload)
    assert not isinstance(parse_window_message(message, _TRUSTED), Rejected)
