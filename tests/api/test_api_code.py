"""A code that cannot stand in an address is refused in words, before anything opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.errors import ExitCode, UnreadableReplyError

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray


def _say_code(tray: ScriptedTray, written: str) -> None:
    reply = f'{{"data": {{"generateAuthorizationCode": {{"authorizationCode": "{written}"}}}}}}'
    tray.say_bytes(reply.encode(), 200, {"content-type": "application/json"})


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("c0de\\ud800c0de", "half of a character"),
        ("\\udfff", "half of a character"),
        ("c0de" * 1_025, "a code of 4,100 characters"),
        ("c0de" * 750_000, "a code of 3,000,000 characters"),
    ],
    ids=["half", "the other half", "4,100", "3 MB"],
)
def test_a_code_that_cannot_be_used_is_refused(tray: ScriptedTray, written: str, says: str) -> None:
    _say_code(tray, written)
    with pytest.raises(UnreadableReplyError, match=says) as raised:
        tray.client().generate_authorization_code("u")
    assert raised.value.exit_code is ExitCode.API_REFUSED
    assert "c0de" not in raised.value.explanation
    assert raised.value.explanation.isascii()


@pytest.mark.parametrize("code", ["c0de" * 10, "c0de" * 1_024, "\U0001f511 & more"])
def test_any_other_is_taken(tray: ScriptedTray, code: str) -> None:
    _say_code(tray, code)
    assert tray.client().generate_authorization_code("u").reveal() == code
