"""`environments`: what a service's authentications are made against."""

from __future__ import annotations

from typing import Any

import click

from tray_auth_desktop.cli.answers import as_json_flag, print_list
from tray_auth_desktop.cli.options import configured
from tray_auth_desktop.cli.service_choice import ServiceChoice, service_options
from tray_auth_desktop.cli.session import api_session
from tray_auth_desktop.core.models import Service, ServiceEnvironment
from tray_auth_desktop.errors import ExitCode

_HEADS = ("ENVIRONMENT", "TYPE", "SCOPES", "SERVICE ENVIRONMENT ID")


@click.group()
def environments() -> None:
    """List the environments of a service."""


@environments.command(name="list")
@service_options
@as_json_flag
@configured
@click.pass_context
def list_environments(context: click.Context, /, **values: Any) -> int:
    """Print a service's environments: Tray's own, and one for each OAuth app of yours."""
    as_json = values.pop("as_json")
    choice = ServiceChoice.taken_from(values)
    with api_session(context, values) as client:
        _, service = choice.found_by(client)
        found = client.service_environments(service.name, service.version or "1")
    print_list(found, lambda one: as_object(service, one), _HEADS, _row, as_json=as_json)
    return ExitCode.OK


def as_object(service: Service, environment: ServiceEnvironment) -> dict[str, object]:
    """Return an environment as other programs read it (docs/command-line.md)."""
    return {
        "service_environment_id": environment.service_environment_id,
        "service_environment": environment.label,
        "title": environment.title,
        "authentication_type": environment.authentication_type,
        "scopes": _scopes(environment),
        "service_id": service.service_id,
        "service": service.label,
        "service_name": service.name,
        "service_version": service.version,
    }


def _row(environment: ServiceEnvironment) -> tuple[str, ...]:
    return (
        environment.label,
        environment.authentication_type or "",
        str(len(_scopes(environment))),
        environment.service_environment_id,
    )


def _scopes(environment: ServiceEnvironment) -> list[str]:
    return list(dict.fromkeys(part.value for scope in environment.scopes for part in scope.walk()))
