"""Find one service and one environment at Tray, by id, name or title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from tray_auth_desktop.core.models import Connector, Service, ServiceEnvironment
from tray_auth_desktop.core.services import ServiceFamily, families_of, version_key
from tray_auth_desktop.errors import UsageError

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

_NAMED = 10
_LIST_SERVICES = "`tray-auth-desktop services list` lists them."


def service_called(client: TrayClient, wanted: str, version: str = "") -> tuple[ServiceFamily, Service]:
    """Return the service among all that Tray has, and the version of it that is meant.

    Args:
        client: Whom to ask.
        wanted: The service's name, title or id.
        version: Empty for the one whose id is given, or else the newest.

    Raises:
        UsageError: there is none, or there are several; says which.
        TrayAuthError: Tray could not be asked.
    """
    return service_among(client.connectors(), wanted, version)


def service_among(
    connectors: Iterable[Connector], wanted: str, version: str = ""
) -> tuple[ServiceFamily, Service]:
    """Return the service that is meant among those of some connectors; otherwise as `service_called`."""
    family = _one_family(families_of(connectors), wanted)
    by_id = [one for one in family.versions if _same(one.service_id, wanted)]
    return family, _one_version(family, by_id or list(family.versions), version)


def environment_of(client: TrayClient, service: Service, wanted: str) -> ServiceEnvironment:
    """Return an environment of a service, by its id or title; without either, the only one.

    Raises:
        UsageError: there is none, or there are several; says which.
        TrayAuthError: Tray could not be asked.
    """
    environments = client.service_environments(service.name, service.version or "1")
    found = _environments_meant(environments, wanted) if wanted else list(environments)
    if len(found) == 1:
        return found[0]
    named = _named(
        f"{one.label} ({one.service_environment_id})" for one in (found if len(found) > 1 else environments)
    )
    if not wanted:
        which = f"has {len(found)} environments: {named}" if found else "has no environment"
    elif found:
        which = f"has {len(found)} environments called {wanted!r}: {named}"
    else:
        which = f"has no environment {wanted!r}; it has: {named or 'none'}"
    raise UsageError(
        f"The service {service.label}, version {service.version or '1'}, {which}.",
        advice="Name one by its id with --environment." if environments else _LIST_SERVICES,
    )


def _environments_meant(environments: Sequence[ServiceEnvironment], wanted: str) -> list[ServiceEnvironment]:
    """Return those of that id; else of that title."""
    by_id = [one for one in environments if _same(one.service_environment_id, wanted)]
    return by_id or [one for one in environments if _same(one.title, wanted) or _same(one.label, wanted)]


def _one_family(families: Sequence[ServiceFamily], wanted: str) -> ServiceFamily:
    ways: tuple[Callable[[Service], str], ...] = (
        lambda one: one.service_id,
        lambda one: one.name,
        lambda one: one.label,
    )
    for way in ways:
        found = [family for family in families if any(_same(way(one), wanted) for one in family.versions)]
        if len(found) > 1:
            named = _named(family.newest.name for family in found)
            raise UsageError(
                f"{len(found)} services are called {wanted!r}: {named}.", advice="Name one by its name or id."
            )
        if found:
            return found[0]
    near = [one.newest.name for one in families if _is_near(one.newest, wanted.casefold())]
    similar = f" Similar: {_named(near)}." if near else ""
    raise UsageError(f"There is no service {wanted!r}.{similar}", advice=_LIST_SERVICES)


def _is_near(service: Service, wanted: str) -> bool:
    """Whether a service may be meant by what is none's name."""
    known_as = (service.name.casefold(), service.label.casefold())
    return any(wanted in name or name in wanted for name in known_as)


def _one_version(family: ServiceFamily, among: Sequence[Service], version: str) -> Service:
    """Return the version that is meant; several ids of one version cannot be told apart by it."""
    meant = _version_numbers(version or among[0].version)
    found = [one for one in among if _version_numbers(one.version) == meant]
    if len({one.service_id for one in found}) == 1:
        return found[0]
    label = family.newest.label
    if found:
        named = _named(one.service_id for one in found)
        raise UsageError(
            f"The service {label} has several ids in this version: {named}.",
            advice="Name one by its id with --service.",
        )
    there_are = _named(one.version or "1" for one in among)
    raise UsageError(f"The service {label} has no version {version!r}; there are: {there_are}.")


def _version_numbers(version: str | None) -> tuple[int, ...]:
    """Return a version so that "4", "4.0" and 4 are the same; Tray writes it in all these ways."""
    numbers = list(version_key(version))
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _named(names: Iterable[str]) -> str:
    """Return names on one line; not more than a person reads."""
    all_names = list(names)
    more = len(all_names) - _NAMED
    return ", ".join(islice(all_names, _NAMED)) + (f" and {more} more" if more > 0 else "")


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.casefold()
