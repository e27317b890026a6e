"""Which scopes the dialog offers, and which of them are ticked at the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tray_auth_desktop.standin.state.catalogue import Scope, ServiceEnvironment

_ASKED_FOR = "Asked for by the application"


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """One line of the scope list; `depth` says how many scopes include this one."""

    scope: str
    description: str
    depth: int
    is_ticked: bool


def scope_choices(environment: ServiceEnvironment, requested: tuple[str, ...]) -> tuple[ScopeChoice, ...]:
    """Return the scope list of a dialog page.

    Args:
        environment: what it offers; its default scopes are ticked when none is requested.
        requested: the scopes of the dialog address; those not on offer come first.
    """
    ticked = set(requested or environment.default_scopes)
    offered = list(_flatten(environment.scopes, 0, ticked))
    known = {choice.scope for choice in offered}
    extra = [
        ScopeChoice(scope, _ASKED_FOR, 0, True) for scope in dict.fromkeys(requested) if scope not in known
    ]
    return (*extra, *offered)


def _flatten(scopes: tuple[Scope | str, ...], depth: int, ticked: set[str]) -> Iterator[ScopeChoice]:
    for item in scopes:
        scope = Scope(item, "") if isinstance(item, str) else item
        yield ScopeChoice(scope.scope, scope.description, depth, scope.scope in ticked)
        yield from _flatten(scope.children, depth + 1, ticked)
