"""What an attempt is for, as people call it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """Names for the ids of a request; what is not known is empty.

    Attributes:
        user: The end user.
        service: The service, or what a solution instance calls the authentication.
        environment: The service environment.
        authentication: The authentication that is edited.
    """

    user: str = ""
    service: str = ""
    environment: str = ""
    authentication: str = ""

    @property
    def text(self) -> str:
        """One line: for whom, and for what."""
        service = f"{self.service} ({self.environment})" if self.environment else self.service
        return " · ".join(filter(None, (self.user, service, self.authentication)))
