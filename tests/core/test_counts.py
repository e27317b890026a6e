"""How many of something, in words."""

from __future__ import annotations

import pytest

from tray_auth_desktop.core.counts import counted


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 end users"), (1, "1 end user"), (2, "2 end users"), (1_234, "1,234 end users")],
)
def test_one_of_something_is_not_called_many(number: int, text: str) -> None:
    assert counted(number, "end user") == text
