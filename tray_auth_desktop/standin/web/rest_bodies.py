"""What REST requests carry in their body and path, read strictly."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

import msgspec


class BodyError(ValueError):
    """A body that cannot be read; the text is what Tray answers."""


class CreateBody(msgspec.Struct, rename="camel"):
    """Body of `POST /core/v1/authentications`."""

    name: str
    service_environment_id: str
    user_data: dict[str, Any] = {}
    credentials: dict[str, Any] = {}
    scopes: list[str] = []
    on_prem_agent_group_id: str | None = None


class ReplaceBody(msgspec.Struct, rename="camel"):
    """Body of `PUT /core/v1/authentications/{id}`."""

    name: str
    credentials: dict[str, Any]
    user_data: dict[str, Any] = {}
    scopes: list[str] | None = None
    on_prem_agent_group_id: str | None = None


_Body = TypeVar("_Body", bound=CreateBody | ReplaceBody)


def read_body(body: bytes, wanted: type[_Body]) -> _Body:
    """Return a body as `wanted`.

    Raises:
        BodyError: it is not JSON, or a field is missing or of another type.
    """
    try:
        read = msgspec.json.decode(body, type=wanted)
    except msgspec.DecodeError as error:
        # The text names fields and types; it never quotes what was sent.
        raise BodyError(f"Invalid value for: body ({error})") from None
    if isinstance(read, CreateBody) and not is_uuid(read.service_environment_id):
        raise BodyError("Invalid value for: body (Couldn't decode a valid UUID at 'serviceEnvironmentId')")
    return read


def is_uuid(text: str) -> bool:
    """Return whether a text is a UUID in the usual form."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
