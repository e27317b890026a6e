"""Which scopes the dialog offers and ticks."""

from __future__ import annotations

from tray_auth_desktop.standin.state.catalogue import Scope, ServiceEnvironment
from tray_auth_desktop.standin.state.scope_choices import ScopeChoice, scope_choices

ENVIRONMENT = ServiceEnvironment(
    "Production",
    "oauth2",
    scopes=(Scope("read", "Read", (Scope("read:few", "Read a few"),)), "write"),
    default_scopes=("read",),
)


def test_default_scopes_are_ticked_when_none_is_requested() -> None:
    assert scope_choices(ENVIRONMENT, ()) == (
        ScopeChoice("read", "Read", 0, True),
        ScopeChoice("read:few", "Read a few", 1, False),
        ScopeChoice("write", "", 0, False),
    )


def test_requested_scopes_are_ticked_instead() -> None:
    assert {c.scope for c in scope_choices(ENVIRONMENT, ("write", "read:few")) if c.is_ticked} == {
        "write",
        "read:few",
    }


def test_a_requested_scope_that_is_not_on_offer_comes_first_and_once() -> None:
    choices = scope_choices(ENVIRONMENT, ("other", "write", "other"))
    assert [c.scope for c in choices] == ["other", "read", "read:few", "write"]
    assert choices[0].is_ticked
