"""`services`: what can be authenticated with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click

from tray_auth_desktop.cli import ids
from tray_auth_desktop.cli.answers import as_json_flag, print_list
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.cli.sorting import sort_option, sorted_by
from tray_auth_desktop.core.models import Service
from tray_auth_desktop.core.services import ServiceFamily, families_of
from tray_auth_desktop.errors import ExitCode

_HEADS = ("SERVICE", "NAME", "VERSION", "OTHER VERSIONS", "SERVICE ID")


@dataclass(frozen=True, slots=True)
class _Listed:
    """One version of a service, and the family it is of."""

    service: Service
    family: ServiceFamily


@click.group()
def services() -> None:
    """List services."""


@services.command(name="list")
@click.option("--all-versions", is_flag=True, help="Older versions too, not only the newest of each.")
@click.option("--search", help="Only those whose title, name or id contains this text.")
@sort_option("service", "service_name", "service_version", "service_id")
@as_json_flag
@configured
@click.pass_context
def list_services(context: click.Context, /, **values: Any) -> int:
    """Print the services that Tray's connectors use, by title, newest version first."""
    as_json, all_versions = values.pop("as_json"), values.pop("all_versions")
    sort_field = values.pop("sort_field")
    part = ids.optional(values.pop("search"), "text to search for").casefold()
    with api_session(context, values) as client:
        families = families_of(client.connectors())
    listed = [
        _Listed(service, family)
        for family in families
        for service in (family.versions if all_versions else (family.newest,))
        if part in f"{service.label}\n{service.name}\n{service.service_id}".casefold()
    ]
    print_list(sorted_by(listed, as_object, sort_field), as_object, _HEADS, _row, as_json=as_json)
    return ExitCode.OK


def as_object(listed: _Listed) -> dict[str, object]:
    """Return a service as other programs read it (docs/command-line.md)."""
    service, family = listed.service, listed.family
    return {
        "service_id": service.service_id,
        "service": service.label,
        "service_name": service.name,
        "service_version": service.version,
        "is_newest": service is family.newest,
        "versions": [one.version for one in family.versions],
        "icon": service.icon,
        "connectors": [
            {"name": connector.name, "version": connector.version, "title": connector.title}
            for connector in family.connectors_of(service)
        ],
    }


def _row(listed: _Listed) -> tuple[str, ...]:
    service = listed.service
    others = [one.version or "?" for one in listed.family.versions if one is not service]
    return (service.label, service.name, service.version or "", ", ".join(others), service.service_id)
