"""Property tests of the judgement: look-alikes of any trusted origin, data of any shape; none is accepted.

The table of ten thousand made by hand is in `tests/core/test_forged_messages.py`.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.sizes import IS_FULL
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
from tray_auth_desktop.onboarding.notes import describe

_EXAMPLES = settings(max_examples=10_000 if IS_FULL else 250, deadline=None, database=None)
_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
_TYPES = (
    "tray.authpopup.finish", "TRAY.AUTHPOPUP.FINISH", "tray.authPopup.error", "tray.authpopup.close",
    "tray.authpopup.cancel", "tray.authpopup.accountIdRequest",
)  # fmt: skip
_TRUSTED = st.sampled_from(
    [
        "https://embedded.tray.io", "https://embedded.eu1.tray.io", "https://auth.customer.example:8443",
        "https://xn--bcher-kva.example", "http://localhost:8080", "http://127.0.0.1:9000", "http://[::1]:9000",
    ]
)  # fmt: skip
_SOURCES = st.sampled_from(MessageSource)
_FINISH = st.sampled_from(_TYPES).map(lambda name: json.dumps({"type": name, "authId": _ID, "error": "x"}))
_WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)


@st.composite
def _look_alike(draw: st.DrawFn, trusted: str) -> str:
    """Draw an origin that a person, or a careless comparison, would take for the trusted one."""
    scheme, _, place = trusted.partition("://")
    host, _, port = place.rpartition(":") if not place.endswith("]") and ":" in place else (place, "", "")
    word = draw(_WORDS)
    letter = draw(st.integers(0, len(host) - 1))
    other = draw(st.sampled_from("\u0430\u0435\u043e\u0456\u217c\uff41\u00df0l1-.\u3002\u200b\u00ad%"))
    swapped = f"{host[:letter]}{other}{host[letter + 1 :]}"
    port_of_its_own = draw(st.integers(0, 70_000))
    nearly = [
        *(f"{scheme}://{host}:{port_of_its_own}", f"{scheme}://{host}:{port}0", f"{trusted}.", f"{trusted}/"),
        *(
            f"{scheme}://{host}.:{port}",
            f"{scheme}://{host}.",
            f"{scheme}://{swapped}",
            f"{scheme}://xn--{host}",
        ),
        *(f"{'http' if scheme == 'https' else 'https'}://{place}", f"{scheme}:{place}", f"{scheme}:/{place}"),
        *(f"{scheme.upper()}://{place}", f"{scheme}://{place.upper()}", f"{scheme}://{host[letter:]}"),
        *(f"{trusted}/{word}", f"{trusted}.{word}.example", f"{trusted}{word}", f"{scheme}://{word}.{place}"),
        *(f"{scheme}://{word}{place}", f"{scheme}://{word}@{place}", f"{scheme}://{place}@{word}.example"),
        *(f"{scheme}://{word}:{word}@{place}", f"{scheme}://{place}\\@{word}.example"),
        *(f"{scheme}://{word}.example?{place}", f"{scheme}://{word}.example#{place}"),
        *(
            f" {trusted}",
            f"{trusted} ",
            f"{trusted}\t",
            f"{trusted}\0",
            f"\ufeff{trusted}",
            f"null {trusted}",
        ),
        *(f"blob:{trusted}", f"view-source:{trusted}", f"filesystem:{trusted}"),
        *("null", "", "*", "undefined"),
    ]
    return draw(st.sampled_from(nearly))


def _judge(message: WindowMessage, trusted: str) -> Rejected:
    """Return why a message is rejected, once it is in the timeline with its reason."""
    judged = parse_window_message(message, Origin.parse(trusted))
    assert isinstance(judged, Rejected), (message, trusted)
    line = describe(message, judged)
    assert line.details["decision"] == "rejected"
    assert line.details["reason"] == judged.reason.value
    assert judged.reason.value in line.text
    assert _ID not in line.text + repr(line.details.get("type"))
    return judged


@_EXAMPLES
@seed(4)
@given(st.data(), _TRUSTED, _SOURCES, _FINISH)
def test_no_look_alike_of_any_trusted_origin_is_accepted(
    data: st.DataObject, trusted: str, source: MessageSource, payload: str
) -> None:
    origin = data.draw(_look_alike(trusted).filter(lambda origin: origin != trusted))
    assert _judge(WindowMessage(origin, source, payload), trusted).reason is Rejection.FOREIGN_ORIGIN


_NAMES = st.sampled_from(
    ["type", "Type", "authId", "authID", "auth_id", "authType", "error", "err", "data", "__proto__",
     "constructor", "prototype", "toString", "hasOwnProperty", "length", ""]
)  # fmt: skip
_VALUES = st.recursive(
    st.sampled_from([None, True, 0, 1.5, "", _ID, f"{_ID}\n", *_TYPES]) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=10,
)
_CUTS = st.integers(0, 60)


@_EXAMPLES
@seed(5)
@given(_SOURCES, _VALUES, st.booleans())
def test_of_any_data_only_a_finish_with_an_id_finishes(
    source: MessageSource, value: object, is_genuine: bool
) -> None:
    """The right origin, and whatever JSON can say: what finishes has the type and the id at its top."""
    message = WindowMessage("https://embedded.tray.io", source, json.dumps(value), is_genuine)
    judged = parse_window_message(message, Origin.parse(message.origin))
    if isinstance(judged, DialogFinished):
        assert isinstance(value, dict)
        assert is_genuine
        assert source is not MessageSource.OTHER
        assert str(value["type"]).lower() == _TYPES[0]
        assert looks_like_auth_id(value["authId"])


@_EXAMPLES
@seed(6)
@given(_SOURCES, _CUTS, st.text(min_size=1, max_size=3), _FINISH)
def test_no_text_that_is_not_json_is_accepted(
    source: MessageSource, cut: int, put_in: str, payload: str
) -> None:
    text = payload[:cut] + put_in + payload[cut:]
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError:
        trusted = "https://embedded.tray.io"
        _judge(WindowMessage(trusted, source, text), trusted)


def _refuse(constant: str) -> object:
    raise ValueError(constant)


@pytest.mark.parametrize("reader_dies_at", [995, 10_000, 200_000])
def test_no_depth_gets_through(reader_dies_at: int) -> None:
    trusted = "https://embedded.tray.io"
    for opening, closing in (("[", "]"), ('{"type":', "}")):
        text = (
            opening * reader_dies_at
            + json.dumps({"type": _TYPES[0], "authId": _ID})
            + closing * reader_dies_at
        )
        assert _judge(WindowMessage(trusted, MessageSource.POPUP, text), trusted).reason in (
            Rejection.NOT_JSON, Rejection.NOT_AN_OBJECT, Rejection.TOO_LARGE,
        )  # fmt: skip
