"""Comparison of two lists of a user's authentications: the proof that outlives a lost message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import Authentication


def new_authentications(
    before: Iterable[Authentication], after: Iterable[Authentication], request: DialogRequest
) -> tuple[Authentication, ...]:
    """Return those listed only afterwards that can have come from this dialog.

    An authentication of another service or environment than was asked for is left out:
    somebody else made it meanwhile. Where the reply does not say (both are optional in
    every reply), it counts. One that is listed twice, as on the seam of two pages, counts once.
    """
    known = {authentication.auth_id for authentication in before}
    new: dict[str, Authentication] = {}
    for authentication in after:
        if authentication.auth_id not in known and _can_be_from(authentication, request):
            new.setdefault(authentication.auth_id, authentication)
    return tuple(new.values())


def made_by_dialog(
    new: Sequence[Authentication], listed: Sequence[Authentication], claimed_id: str
) -> Authentication | None:
    """Return what a dialog has made as far as a list can tell; None if it cannot.

    Args:
        new: What `new_authentications` found; it tells only if it is exactly one.
        listed: The whole list; the id that the dialog claimed counts if it is in there.
        claimed_id: That id; empty if it claimed none.
    """
    return find_authentication(listed, claimed_id) or (new[0] if len(new) == 1 else None)


def find_authentication(listed: Sequence[Authentication], auth_id: str) -> Authentication | None:
    """Return the authentication of that id, if it is in the list; UUIDs compare without case (RFC 9562)."""
    wanted = auth_id.lower()
    return next((found for found in listed if found.auth_id.lower() == wanted), None)


def _can_be_from(authentication: Authentication, request: DialogRequest) -> bool:
    service, environment = authentication.service, authentication.service_environment
    if service is not None and service.service_id not in ("", request.service_id):
        return False
    return environment is None or environment.service_environment_id in (
        "",
        request.service_environment_id,
    )
