"""Authentications as text for other programs: CSV, JSON and Markdown (docs/authentications.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from tray_auth_desktop.core.models import Authentication

#: What a spreadsheet takes for a formula where it begins a cell, full-width signs too
#: (OWASP, "CSV Injection"): names come from outside.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: What makes a cell of CSV need quotes (RFC 4180, section 2).
_NEEDS_QUOTES = re.compile(r'[",\r\n]')
#: What has a meaning in the text of a Markdown link.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
#: What needs no angle brackets as a link's target, and what must be escaped between them (CommonMark, 6.3).
_PLAIN = re.compile(r"[\w.~-]+")
_BRACKETED = re.compile(r"([\\<>])")

CSV_HEADS = (
    "auth_id",
    "name",
    "service_id",
    "service",
    "service_name",
    "service_version",
    "service_environment_id",
    "service_environment",
    "custom_fields",
)


def as_object(authentication: Authentication) -> dict[str, object]:
    """Return the fields of an authentication, under the names that the command line gives them."""
    service, environment = authentication.service, authentication.service_environment
    return {
        "auth_id": authentication.auth_id,
        "name": authentication.name,
        "service_id": service.service_id if service else None,
        "service": service.label if service else None,
        "service_environment_id": environment.service_environment_id if environment else None,
        "service_environment": environment.label if environment else None,
        "service_name": service.name or None if service else None,
        "service_version": service.version if service else None,
        "custom_fields": authentication.custom_fields,
    }


def as_listed(authentication: Authentication) -> dict[str, object]:
    """Return an authentication in the form in which Tray lists it: the fields that are asked for."""
    service, environment = authentication.service, authentication.service_environment
    node: dict[str, object] = {
        "id": authentication.auth_id,
        "name": authentication.name,
        "customFields": authentication.custom_fields,
        "service": None,
        "serviceEnvironment": None,
    }
    if service is not None:
        node["service"] = {
            "id": service.service_id,
            "name": service.name,
            "icon": service.icon,
            "title": service.title,
            "version": service.version,
        }
    if environment is not None:
        node["serviceEnvironment"] = {"id": environment.service_environment_id, "title": environment.title}
    return node


def csv_lines(authentications: Iterable[Authentication]) -> Iterator[str]:
    """Yield the lines of CSV (RFC 4180), the heads first; what would be a formula begins with a quote."""
    yield _csv_line(CSV_HEADS)
    for authentication in authentications:
        fields = as_object(authentication)
        yield _csv_line([_safe(_text(fields[head])) for head in CSV_HEADS])


def json_lines(authentications: Iterable[Authentication]) -> Iterator[str]:
    """Yield the lines of a JSON list, each object on its own."""
    before = "[\n  "
    for authentication in authentications:
        yield before + json.dumps(as_object(authentication), ensure_ascii=False)
        before = ",\n  "
    yield "[]\n" if before.startswith("[") else "\n]\n"


def json_text(authentications: Iterable[Authentication]) -> str:
    """Return what is copied: one object, or a list of several."""
    objects = [as_object(authentication) for authentication in authentications]
    return json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=2)


def markdown_link(authentication: Authentication) -> str:
    """Return `[name](authId)`: Tray has no address for an authentication, so the id is the target."""
    name = _MARKDOWN.sub(r"\\\1", " ".join(authentication.label.split()))
    auth_id = authentication.auth_id
    target = auth_id if _PLAIN.fullmatch(auth_id) else "<" + _BRACKETED.sub(r"\\\1", auth_id) + ">"
    return f"[{name}]({target})"


def _csv_line(cells: Iterable[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
