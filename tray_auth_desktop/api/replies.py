"""From JSON to the things of `core.models`.

Everything but an id is optional. No entry of a list is dropped in silence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tray_auth_desktop.api.reading import fields, first_text, optional_text, text
from tray_auth_desktop.api.scopes import read_scopes
from tray_auth_desktop.core.models import (
    Authentication,
    Connector,
    EndUser,
    Service,
    ServiceEnvironment,
)

_log = logging.getLogger(__name__)
T = TypeVar("T")


def read_all(entries: Iterable[Any], read: Callable[[Any], T | None], what: str) -> tuple[T, ...]:
    """Read every entry of a list; null ones are no entries, and one without an id is reported."""
    found = []
    for index, entry in enumerate(entries):
        item = read(entry) if entry is not None else None
        if item is not None:
            found.append(item)
        elif entry is not None:
            _log.warning("entry %d of the list of %s has no id and was left out", index, what)
    return tuple(found)


def read_user(entry: Any) -> EndUser | None:
    """Return an end user; None without an id."""
    values = fields(entry)
    user_id = first_text(values, "id", "userId")
    if not user_id:
        return None
    is_test_user = values.get("isTestUser")
    return EndUser(
        user_id,
        text(values.get("name")),
        optional_text(values.get("externalUserId")),
        is_test_user if isinstance(is_test_user, bool) else None,
    )


def read_authentication(entry: Any) -> Authentication | None:
    """Return an authentication; None without an id."""
    values = fields(entry)
    auth_id = first_text(values, "id", "authenticationId")
    if not auth_id:
        return None
    return Authentication(
        auth_id,
        text(values.get("name")),
        read_service(values.get("service")),
        read_environment(values.get("serviceEnvironment")),
        values.get("customFields"),
    )


def read_service(entry: Any) -> Service | None:
    """Return a service; None without an id, which some replies of REST lack."""
    values = fields(entry)
    service_id = first_text(values, "id", "serviceId")
    if not service_id:
        return None
    return Service(
        service_id,
        text(values.get("name")),
        text(values.get("title")),
        optional_text(values.get("icon")),
        optional_text(values.get("version")),
    )


def read_connector(entry: Any) -> Connector | None:
    """Return a connector; None without a name, which is its id."""
    values = fields(entry)
    name = text(values.get("name"))
    if not name:
        return None
    return Connector(
        name,
        text(values.get("version")),
        text(values.get("title")),
        text(values.get("description")),
        read_service(values.get("service")),
    )


def read_environment(entry: Any) -> ServiceEnvironment | None:
    """Return a service environment; None without an id."""
    values = fields(entry)
    environment_id = first_text(values, "id", "serviceEnvironmentId")
    if not environment_id:
        return None
    return ServiceEnvironment(
        environment_id,
        text(values.get("title")),
        optional_text(values.get("authenticationType")),
        read_scopes(values.get("scopes")),
    )
