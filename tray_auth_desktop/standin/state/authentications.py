"""The authentications the stand-in holds. What was typed to make them is checked and forgotten."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tray_auth_desktop.standin.state.catalogue import Place
from tray_auth_desktop.standin.state.refusals import Code, PreconditionError
from tray_auth_desktop.standin.state.stable_id import new_id


class Progress(StrEnum):
    """How far an authentication has come; only a complete one is listed."""

    PENDING = "pending"
    DENIED = "denied"
    COMPLETE = "complete"


@dataclass(slots=True)
class Lag:
    """How long lists leave an authentication out.

    Attributes:
        until: seconds since the epoch.
        lists: how many more lists leave it out.
    """

    until: float
    lists: int

    def holds_back(self, now: float) -> bool:
        """Count one list, and return whether it is to leave the authentication out."""
        self.lists -= 1
        return self.lists >= 0 or now < self.until


@dataclass(slots=True)
class Authentication:
    """A stored credential for one service environment.

    Attributes:
        owner: the end user's id; None for one of the organisation's own.
        lag: None for one that is listed at once.
    """

    id: str
    owner: str | None
    name: str
    place: Place
    scopes: tuple[str, ...] = ()
    progress: Progress = Progress.COMPLETE
    custom_fields: dict[str, Any] = field(default_factory=dict)
    lag: Lag | None = None


class AuthenticationStore:
    """Holds authentications in the order they were made. Each is seen by its owner alone."""

    def __init__(self, seeded: list[Authentication]) -> None:
        self._all: dict[str, Authentication] = {}
        # Beside the whole, so that one owner's list costs nothing but its own length.
        self._owned: dict[str | None, dict[str, Authentication]] = {}
        for authentication in seeded:
            self._add(authentication)

    def of(self, owner: str | None) -> tuple[Authentication, ...]:
        """Return the complete authentications of an end user, or for None the organisation's own."""
        owned = self._owned.get(owner, {})
        return tuple(a for a in owned.values() if a.progress is Progress.COMPLETE)

    def listed(self, owner: str | None, now: float) -> tuple[Authentication, ...]:
        """Return what the API lists at that time: all of them, but for those that lag behind."""
        return tuple(a for a in self.of(owner) if a.lag is None or not a.lag.holds_back(now))

    def all(self) -> tuple[Authentication, ...]:
        """Return every authentication, half made ones too."""
        return tuple(self._all.values())

    def get(self, auth_id: str, owner: str | None) -> Authentication:
        """Return a complete authentication of that owner.

        Raises:
            PreconditionError: there is none, or it is another owner's.
        """
        found = self._all.get(auth_id)
        if found is None or found.owner != owner or found.progress is not Progress.COMPLETE:
            raise PreconditionError(Code.RESOURCE_DOES_NOT_EXIST, "Authentication does not exist")
        return found

    def create(
        self,
        owner: str | None,
        name: str,
        place: Place,
        scopes: tuple[str, ...] = (),
        progress: Progress = Progress.COMPLETE,
    ) -> Authentication:
        """Add an authentication and return it."""
        made = Authentication(new_id(), owner, name, place, scopes, progress)
        self._add(made)
        return made

    def remove(self, auth_id: str, owner: str | None) -> None:
        """Remove an authentication; refused as `get` is."""
        removed = self.get(auth_id, owner)
        del self._all[removed.id]
        del self._owned[owner][removed.id]

    def remove_all_of(self, owner: str) -> None:
        """Remove every authentication of an end user, half made ones too."""
        for auth_id in self._owned.pop(owner, {}):
            del self._all[auth_id]

    def _add(self, authentication: Authentication) -> None:
        self._all[authentication.id] = authentication
        self._owned.setdefault(authentication.owner, {})[authentication.id] = authentication
