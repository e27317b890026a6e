"""Scopes as a flat list, each with the one it is a part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tray_auth_desktop.core.models import Scope


@dataclass(frozen=True, slots=True)
class ListedScope:
    """One scope of a list.

    Attributes:
        parent: The scope it is a part of; None for one that stands by itself.
        depth: How many scopes it is within.
        operations: Names of the operations that need it, where these were asked for.
    """

    scope: str
    description: str = ""
    parent: str | None = None
    depth: int = 0
    operations: tuple[str, ...] = ()

    def as_object(self) -> dict[str, object]:
        """Return it as other programs read it (docs/command-line.md)."""
        return {
            "scope": self.scope,
            "description": self.description,
            "parent": self.parent,
            "operations": list(self.operations),
        }

    def row(self) -> tuple[str, ...]:
        """Return it as a row of what is offered; parts are indented."""
        return (f"{'  ' * self.depth}{self.scope}", self.description)

    def need_row(self) -> tuple[str, ...]:
        """Return it as a row of what is needed."""
        return (self.scope, ", ".join(self.operations))


def scopes_of(offered: Iterable[Scope], parent: str | None = None, depth: int = 0) -> list[ListedScope]:
    """Return all scopes, each before its parts."""
    listed: list[ListedScope] = []
    for scope in offered:
        listed.append(ListedScope(scope.value, scope.description, parent, depth))
        listed += scopes_of(scope.children, scope.value, depth + 1)
    return listed
