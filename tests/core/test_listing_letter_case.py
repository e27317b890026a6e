"""One id in two letter cases is one authentication."""

from __future__ import annotations

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.listing import new_authentications, without
from tray_auth_desktop.core.models import Authentication

_REQUEST = DialogRequest("user", "service", "environment")
_LOWER, _UPPER = Authentication("ab-1", "one"), Authentication("AB-1", "one")


def test_one_that_is_listed_in_two_letter_cases_counts_once() -> None:
    assert new_authentications([], [_LOWER, _UPPER], _REQUEST) == (_LOWER,)


def test_what_is_left_out_is_left_out_in_any_case() -> None:
    assert without({"ab-1"}, [_UPPER, Authentication("ab-2", "two")]) == (Authentication("ab-2", "two"),)
