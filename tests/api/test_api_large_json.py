"""Decoding in small steps gives what decoding at once gives, wherever the windows happen to end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.api.large_json import BrokenJsonError, decode_large

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["\\", '"', "\ud83d\ude00", "é" * 9, "]},:", "\ud800", "\u2028", " " * 40])
)
anything = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=15
)
containers = st.lists(anything) | st.dictionaries(st.text(), anything)
windows = st.integers(1, 70)


class Taken:
    """Takes the list at one path."""

    def __init__(self, *path: str) -> None:
        self.path = path
        self.entries: list[Any] = []
        self.begun = 0

    def begins_at(self, path: tuple[str, ...]) -> bool:
        is_there = path == self.path
        if is_there:
            self.entries = []
            self.begun += 1
        return is_there

    def take(self, entry: Any) -> None:
        self.entries.append(entry)


@given(containers, windows, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_any_value(value: Any, window: int, indent: int | str | None, is_ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    body = text.encode("utf-8", "surrogatepass" if is_ascii else "replace")
    assert decode_large(body, None, window) == json.loads(body.decode())


@given(containers, windows, st.integers(0, 400))
def test_what_is_cut_off_is_broken(value: Any, window: int, cut: int) -> None:
    body = json.dumps(value).encode()
    with pytest.raises(BrokenJsonError):
        decode_large(body[: min(cut, len(body) - 1)], None, window)


@given(st.lists(anything), windows)
def test_a_list_is_taken_entry_by_entry(entries: list[Any], window: int) -> None:
    body = json.dumps({"data": {"before": 1, "edges": entries, "after": [2]}}).encode()
    taken = Taken("data", "edges")
    rest = decode_large(body, taken, window)
    assert taken.entries == json.loads(json.dumps(entries))
    assert rest == {"data": {"before": 1, "edges": [], "after": [2]}}


@given(st.binary(max_size=200), windows)
def test_any_bytes(body: bytes, window: int) -> None:
    try:
        expected = json.loads(body.decode("utf-8", "replace").removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        expected = BrokenJsonError
    try:
        found = decode_large(body, None, window)
    except BrokenJsonError:
        assert expected is BrokenJsonError or not isinstance(expected, dict | list)
    else:
        assert found == expected


BROKEN = [
    b"",
    b"  ",
    b"<html>",
    b"{",
    b"[1 2]",
    b"[1,]",
    b"[,1]",
    b'{"a" 1}',
    b'{"a":1,}',
    b"{1:2}",
    b'{"a":1}}',
    b'{"a":1} x',
    b"[1]]",
    b'["a\nb"]',
    b'["\\q"]',
    b'["\\u12"]',
    b"[1.]",
    b"[1e]",
    b"[-]",
    b"[tru]",
    b'[{"a":[1,{"b":}]}]',
    b"[" + b"9" * 5000 + b"]",
    b"[" * 100_000,
    b'{"a":' * 100_000,
]


@pytest.mark.parametrize("body", BROKEN, ids=[body[:12].decode() for body in BROKEN])
@pytest.mark.parametrize("window", [1, 7, 65_536])
def test_broken_bodies(body: bytes, window: int) -> None:
    with pytest.raises(BrokenJsonError) as raised:
        decode_large(body, None, window)
    assert str(raised.value) == ""
    assert raised.value.__cause__ is None


def test_a_broken_body_is_recognised_without_reading_on() -> None:
    """Else each step would look through all that came before it."""
    with pytest.raises(BrokenJsonError):
        decode_large(b'{"a": [1 2' + b" " * 3_000_000 + b"]}", None, 16)


@pytest.mark.parametrize("window", [1, 5, 65_536])
def test_a_byte_order_mark_and_bad_bytes(window: int) -> None:
    assert decode_large(b'\xef\xbb\xbf{"a": "b\xff"}', None, window) == {"a": "b\ufffd"}


def test_the_later_of_two_lists_counts() -> None:
    taken = Taken("edges")
    decode_large(b'{"edges": [1, 2], "edges": [3]}', taken, 4)
    assert (taken.entries, taken.begun) == ([3], 2)


def test_one_huge_entry() -> None:
    taken = Taken()
    decode_large(json.dumps(["x" * 2_000_000, 1]).encode(), taken, 64)
    assert [len(str(entry)) for entry in taken.entries] == [2_000_000, 1]
