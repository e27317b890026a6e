"""Why a provider sent nothing stands in an address: documented codes are shown, and nothing else of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop import secrets
from tray_auth_desktop.redaction import MASK, redact, redact_url

CODES = (
    "access_denied", "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope",
    "server_error", "temporarily_unavailable", "login_required", "consent_required", "interaction_required",
    "account_selection_required",
)  # fmt: skip
BACK = "https://auth.example/oauth2/token"
_ERROR = f"error=({'|'.join(CODES)})(&…)?"
_SHOWN = re.compile(rf"{re.escape(BACK)}(\?(…|{_ERROR}))?(#{_ERROR})?")


@pytest.mark.parametrize("code", CODES)
def test_a_documented_code_is_shown(code: str) -> None:
    assert redact_url(f"{BACK}?error={code}") == f"{BACK}?error={code}"
    assert redact_url(f"{BACK}?state=opensesame&error={code}") == f"{BACK}?error={code}&…"
    assert redact_url(f"{BACK}#error={code}&state=opensesame") == f"{BACK}#error={code}&…"
    assert redact(f"at {BACK}?error={code}&state=x (again)") == f"at {BACK}?error={code}&… (again)"


@pytest.mark.parametrize(
    "query",
    [
        "error=opensesame",
        "error=Access_Denied",
        "error=access_denied2",
        "error=access_denied&error=opensesame",
        "error=access_denied&error=access_denied",
        "errors=access_denied",
        "error_description=access_denied",
        "error[]=access_denied",
        "error=",
        "error",
    ],
)
def test_all_else_is_not(query: str) -> None:
    assert redact_url(f"{BACK}?{query}") == f"{BACK}?…"
    assert redact_url(f"{BACK}#{query}") == BACK


def test_query_and_fragment_are_looked_at_each_for_itself() -> None:
    assert redact_url(f"{BACK}?code=opensesame#error=server_error") == f"{BACK}?…#error=server_error"
    assert redact_url(f"{BACK}?error=server_error#opensesame") == f"{BACK}?error=server_error"


def test_a_code_that_somebody_has_typed_is_a_secret() -> None:
    secrets.remember("access_denied")
    assert redact_url(f"{BACK}?error=access_denied") == f"{BACK}?error={MASK}"


@given(st.sampled_from(CODES), st.text(max_size=20), st.text(max_size=20))
def test_of_what_stands_around_it_nothing_is_shown(code: str, before: str, after: str) -> None:
    shown = redact_url(f"{BACK}?{before}&error={code}&{after}")
    assert _SHOWN.fullmatch(shown)
    assert redact(shown) == shown
