"""What a presentation takes, refuses and says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from tray_auth_desktop.core.presentation import ColorScheme, Embedding, Presentation, parse_size


def test_the_default_says_nothing() -> None:
    assert Presentation().is_default
    assert Presentation().described() == {}


def test_everything_is_described() -> None:
    varied = Presentation(
        Embedding.IFRAME,
        "https://shop.example",
        (375, 667),
        "pt-BR",
        "Asia/Tokyo",
        "Tester/1.0",
        reduced_motion=True,
        color_scheme=ColorScheme.DARK,
    )
    assert not varied.is_default
    assert varied.described() == {
        "embedding": "iframe",
        "size": "375x667",
        "opener_origin": "https://shop.example",
        "language": "pt-BR",
        "time_zone": "Asia/Tokyo",
        "user_agent": "Tester/1.0",
        "reduced_motion": True,
        "color_scheme": "dark",
    }


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("opener_origin", "shop.example", "opener origin"),
        ("opener_origin", "file:///x", "opener origin"),
        ("size", (0, 500), "between 100"),
        ("size", (500, 90_000), "between 100"),
        ("language", "deutsch!", "language"),
        ("time_zone", "Tokyo; x", "time zone"),
        ("user_agent", "a\nb: c", "user agent"),
    ],
)
def test_what_cannot_be_used_is_refused(field: str, value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Presentation(**{field: value})


@pytest.mark.parametrize("text", ["375x667", " 375 X 667 ", "375\u00d7667"])
def test_sizes_are_read_as_people_write_them(text: str) -> None:
    assert parse_size(text) == (375, 667)


@pytest.mark.parametrize("text", ["", "375", "375x", "x667", "375 by 667", "-1x5"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="no size"):
        parse_size(text)
