"""An authentication as a row of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication


def cells_of(authentication: Authentication) -> tuple[str, str, str, str]:
    """Return name, service, environment and id as a table shows them; what Tray left out is empty."""
    service, environment = authentication.service, authentication.service_environment
    return (
        authentication.name,
        service.label if service else "",
        environment.label if environment else "",
        authentication.auth_id,
    )
