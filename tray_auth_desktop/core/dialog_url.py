"""The address of the auth-only dialog (tray-protocol notes §4, form 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import checked_base_url

#: Seconds an authorization code can be used after it was made (tray-protocol notes §2).
CODE_LIFETIME_S = 300.0
#: What may stand between two slashes of a dialog URL: nothing that a server could read as a path.
_SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,127}")


@dataclass(frozen=True, slots=True)
class DialogRequest:
    """What a person wants to collect: a credential of one end user for one service.

    Raises:
        ValueError: an id is empty, or a scope is.
    """

    user_id: str
    service_id: str
    service_environment_id: str
    scopes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("user_id", "service_id", "service_environment_id"):
            value = getattr(self, name)
            if not value.strip() or not value.isprintable():
                raise ValueError(f"{name.replace('_', ' ')} is empty or not printable")
        if any(not scope.strip() or not scope.isprintable() for scope in self.scopes):
            raise ValueError("a scope is empty or not printable")


@dataclass(frozen=True, slots=True)
class DialogLaunch:
    """A dialog that is ready to open. The URL carries the code: it is never shown or stored.

    Attributes:
        url: Full address, with the single-use code.
        trusted_origin: The only origin whose messages count.
        code_minted_at: When the code was made, in seconds since the epoch.
    """

    url: str = field(repr=False)
    trusted_origin: Origin
    code_minted_at: float

    @property
    def code_expires_at(self) -> float:
        """When the code can no longer be used, in seconds since the epoch."""
        return self.code_minted_at + CODE_LIFETIME_S


def checked_segment(value: str, name: str) -> str:
    """Return a path segment as it is.

    Raises:
        ValueError: it is empty, too long, or holds anything but unreserved characters.
    """
    if not _SEGMENT.fullmatch(value):
        raise ValueError(f"{name} cannot stand in an address: {value!r}")
    return value


def create_dialog_url(dialog_url: str, embedded_id: str, request: DialogRequest, code: str) -> str:
    """Assemble the address that opens the dialog for a new authentication.

    Every value is percent-encoded and each scope is a `scopes[]` of its own, with the
    brackets as they are: that is the only form the documentation shows.

    Raises:
        ValueError: the base address is not https (or loopback), the Embedded ID cannot
            stand in a path, or the code is empty.
    """
    base = checked_base_url(dialog_url)
    if not code:
        raise ValueError("the authorization code is empty")
    pairs = [
        ("code", code),
        ("serviceId", request.service_id),
        ("serviceEnvironmentId", request.service_environment_id),
        *(("scopes[]", scope) for scope in request.scopes),
    ]
    query = "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs)
    return f"{base}/external/auth/create/{checked_segment(embedded_id, 'Embedded ID')}?{query}"
