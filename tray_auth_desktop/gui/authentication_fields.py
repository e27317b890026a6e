"""Everything that is known of one authentication, as pairs of a name and a text."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tray_auth_desktop.core.models import Authentication, AuthenticationDetails

Fields = list[tuple[str, str]]
#: Fields of the details that have a line of their own.
_KNOWN = {
    "id",
    "authenticationId",
    "name",
    "serviceEnvironmentId",
    "scopes",
    "onPremAgentGroupId",
}


def listed_fields(authentication: Authentication) -> Fields:
    """Return what the list tells; what Tray left out is left out."""
    service, environment = authentication.service, authentication.service_environment
    fields = [("Name", authentication.name), ("authId", authentication.auth_id)]
    if service is not None:
        fields += [
            ("Service", service.label),
            ("Service name", service.name),
            ("Service version", service.version or ""),
            ("Service id", service.service_id),
        ]
    if environment is not None:
        fields += [
            ("Environment", environment.label),
            ("Environment id", environment.service_environment_id),
        ]
    fields += _nested("Custom fields", authentication.custom_fields)
    if service is not None and service.icon:
        fields.append(("Icon", service.icon))
    return [(name, value) for name, value in fields if value]


def detail_fields(details: AuthenticationDetails, known: Fields) -> Fields:
    """Return what Tray tells beyond the list; each scope has a line."""
    fields = [("Name, in the details", details.name), ("Environment id", details.service_environment_id)]
    fields += [("Scope", scope) for scope in details.scopes]
    fields.append(("On-prem agent group id", details.on_prem_agent_group_id or ""))
    for name, value in details.raw.items():
        if name not in _KNOWN:
            fields += _nested(name, value)
    values = set(known) | {("Name, in the details", dict(known).get("Name", ""))}
    return [pair for pair in fields if pair[1] and pair not in values]


def _nested(name: str, value: object) -> Fields:
    """Return a line for each part of a JSON object, one for anything else that is there."""
    if isinstance(value, Mapping) and value:
        return [(f"{name}: {key}", _text(part)) for key, part in value.items()]
    return [] if value is None or value in ({}, []) else [(name, _text(value))]


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
