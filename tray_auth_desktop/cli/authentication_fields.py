"""What the rows of a table of authentications are filtered by, and how a question names one."""

from __future__ import annotations

from tray_auth_desktop.core.authentication_cells import cells_of
from tray_auth_desktop.core.models import Authentication

HEADS = ("NAME", "SERVICE", "ENVIRONMENT", "AUTH ID")


def contains(authentication: Authentication, words: list[str]) -> bool:
    """Whether every word stands in what is shown of it; the words are casefolded."""
    haystack = "\n".join(cells_of(authentication)).casefold()
    return all(word in haystack for word in words)


def is_of_service(authentication: Authentication, wanted: str) -> bool:
    """Whether it is of the service of that name, title or id, casefolded."""
    service = authentication.service
    return service is not None and wanted in (
        service.service_id.casefold(),
        service.name.casefold(),
        service.label.casefold(),
    )


def described(authentication: Authentication) -> str:
    """Return name, service and id on one line, for a question."""
    service = f" for {authentication.service.label}" if authentication.service else ""
    return f"the authentication {authentication.name or '(no name)'}{service} ({authentication.auth_id})"
