"""The address of the auth-only dialog (tray-protocol notes §4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

from tray_auth_desktop.core.origin import Origin
from tray_auth_desktop.core.workspace import checked_base_url

#: Seconds an authorization code can be used after it was made (tray-protocol notes §2).
CODE_LIFETIME_S = 300.0
#: What may stand between two slashes of a dialog URL: nothing that a server could read as a path.
_SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,127}")


class DialogKind(StrEnum):
    """What the dialog is opened for. The values stand in the journal."""

    CREATE = "create"
    EDIT = "edit"
    SOLUTION = "solution"


#: What each kind cannot do without, beside the end user.
_NEEDS = {
    DialogKind.CREATE: ("service_id", "service_environment_id"),
    DialogKind.EDIT: ("auth_id",),
    DialogKind.SOLUTION: ("solution_instance_id", "external_auth_id"),
}
#: What the program itself puts into the address.
RESERVED_PARAMETERS = frozenset({"code", "serviceId", "serviceEnvironmentId", "scopes[]", "scopes"})


@dataclass(frozen=True, slots=True)
class DialogRequest:
    """What a person wants to collect: a credential of one end user.

    Attributes:
        user_id: Tray's id of the end user.
        service_id, service_environment_id, scopes: What a new authentication is for. For the
            other kinds they may be known, and then tell what an authentication found in the
            list can have come from; they do not stand in the address.
        kind: A new authentication, an existing one again, or one of a solution instance.
        auth_id: The authentication that is edited.
        solution_instance_id, external_auth_id: The place in a solution instance.
        extra_parameters: Further pairs for the address, in order, unencoded.
        service_name: The service's name, for a dialog host of its own.

    Raises:
        ValueError: an id is missing or not printable, a scope is empty, or an extra parameter
            takes a name that the program itself uses.
    """

    user_id: str
    service_id: str = ""
    service_environment_id: str = ""
    scopes: tuple[str, ...] = ()
    kind: DialogKind = DialogKind.CREATE
    auth_id: str = ""
    solution_instance_id: str = ""
    external_auth_id: str = ""
    extra_parameters: tuple[tuple[str, str], ...] = ()
    service_name: str = ""

    def __post_init__(self) -> None:
        for name in ("user_id", *_NEEDS[self.kind]):
            value = getattr(self, name)
            if not value.strip() or not value.isprintable():
                raise ValueError(f"{name.replace('_', ' ')} is empty or not printable")
        if any(not scope.strip() or not scope.isprintable() for scope in self.scopes):
            raise ValueError("a scope is empty or not printable")
        for name, value in self.extra_parameters:
            if not name.strip() or not (name + value).isprintable():
                raise ValueError("an extra parameter has no name, or is not printable")
            if name in RESERVED_PARAMETERS:
                raise ValueError(f"the extra parameter {name!r} is one that the program itself sets")


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


def assemble_dialog_url(dialog_url: str, embedded_id: str, request: DialogRequest, code: str) -> str:
    """Assemble the address that opens the dialog (forms 1 to 3).

    Every value is percent-encoded and each scope is a `scopes[]` of its own, with the
    brackets as they are: that is the only form the documentation shows.

    Raises:
        ValueError: the base address is not https (or loopback), an id cannot stand in a
            path, or the code is empty.
    """
    base = checked_base_url(dialog_url)
    if not code:
        raise ValueError("the authorization code is empty")
    pairs = [("code", code), *_parameters(request), *request.extra_parameters]
    query = "&".join(f"{quote(key, safe='[]')}={quote(value, safe='')}" for key, value in pairs)
    path = "/".join(checked_segment(part, name) for name, part in _path(embedded_id, request))
    action = "edit" if request.kind is DialogKind.EDIT else "create"
    return f"{base}/external/auth/{action}/{path}?{query}"


def _path(embedded_id: str, request: DialogRequest) -> list[tuple[str, str]]:
    parts = [("Embedded ID", embedded_id)]
    if request.kind is DialogKind.EDIT:
        parts.append(("authId", request.auth_id))
    elif request.kind is DialogKind.SOLUTION:
        parts.append(("solution instance id", request.solution_instance_id))
        parts.append(("external auth id", request.external_auth_id))
    return parts


def _parameters(request: DialogRequest) -> list[tuple[str, str]]:
    if request.kind is not DialogKind.CREATE:
        return []
    return [
        ("serviceId", request.service_id),
        ("serviceEnvironmentId", request.service_environment_id),
        *(("scopes[]", scope) for scope in request.scopes),
    ]
