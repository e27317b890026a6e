"""Comparison of two lists of a user's authentications: the proof that outlives a lost message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.models import Authentication


def new_authentications(
    before: Iterable[Authentication], after: Iterable[Authentication], request: DialogRequest
) -> tuple[Authentication, ...]:
    """Return what the second list shows to have come from this dialog.

    For a new authentication: those listed only afterwards. One of another service or
    environment than was asked for is left out: somebody else made it meanwhile. Where the
    reply does not say (both are optional in every reply), it counts. One that is listed
    twice, as on the seam of two pages, counts once.

    For one that was edited: that one, if anything the list shows of it is different now.
    """
    known = {authentication.auth_id.lower(): authentication for authentication in before}
    if request.kind is DialogKind.EDIT:
        return _edited(known.get(request.auth_id.lower()), after, request)
    return new_since(known, after, request)


def new_since(
    known: Collection[str], after: Iterable[Authentication], request: DialogRequest
) -> tuple[Authentication, ...]:
    """Return what is listed now, was not known by its id (in lower case), and can have come from a dialog."""
    new: dict[str, Authentication] = {}
    for authentication in after:
        if authentication.auth_id.lower() not in known and _can_be_from(authentication, request):
            new.setdefault(authentication.auth_id.lower(), authentication)
    return tuple(new.values())


def without(ids: Collection[str], authentications: Iterable[Authentication]) -> tuple[Authentication, ...]:
    """Return those that have none of these ids, which are in lower case."""
    return tuple(found for found in authentications if found.auth_id.lower() not in ids)


def _edited(
    before: Authentication | None, after: Iterable[Authentication], request: DialogRequest
) -> tuple[Authentication, ...]:
    found = find_authentication(tuple(after), request.auth_id)
    if before is None or found is None:
        return ()
    is_same = found == before and found.custom_fields == before.custom_fields
    return () if is_same else (found,)


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


class ListComparison:
    """The list from before a dialog opened, and what later ones say beside it.

    Attributes:
        before: None while it is not known.
    """

    def __init__(self, request: DialogRequest) -> None:
        self._request = request
        self.before: tuple[Authentication, ...] | None = None

    def new_in(self, listed: tuple[Authentication, ...]) -> tuple[Authentication, ...] | None:
        """Return what came from the dialog; None if that cannot be told."""
        return None if self.before is None else new_authentications(self.before, listed, self._request)


def find_authentication(listed: Sequence[Authentication], auth_id: str) -> Authentication | None:
    """Return the authentication of that id, if it is in the list; UUIDs compare without case (RFC 9562)."""
    wanted = auth_id.lower()
    return next((found for found in listed if found.auth_id.lower() == wanted), None)


def _can_be_from(authentication: Authentication, request: DialogRequest) -> bool:
    service, environment = authentication.service, authentication.service_environment
    service_id = service.service_id if service else ""
    environment_id = environment.service_environment_id if environment else ""
    return _agree(service_id, request.service_id) and _agree(environment_id, request.service_environment_id)


def _agree(listed: str, asked_for: str) -> bool:
    """Whether two ids are the same, or one of them is not known."""
    return not listed or not asked_for or listed == asked_for
