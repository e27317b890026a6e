"""What a dialog under test is for: services, environments and end users by the names people use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import EndUser
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.lookup.services import environment_of, service_called
from tray_auth_desktop.lookup.users import first_test_user, user_called

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

#: The parameter of the dialog's address by which the stand-in is told a scenario.
_SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dialog as a test asks for it.

    Attributes:
        service: Name, title or id of the service.
        user: Id, external id or name of the end user; empty for the first test user.
        environment: Title or id of the environment; empty for the only one.
        scopes: What is asked for.
        scenario: How the stand-in's dialog shall go; empty for as usual.
        parameters: Further pairs for the dialog's address.
    """

    service: str
    user: str = ""
    environment: str = ""
    scopes: Sequence[str] = ()
    scenario: str = ""
    parameters: Sequence[tuple[str, str]] = ()


class RequestFinder:
    """Looks up what a test names; each service and each user once.

    Args:
        client: Whom to ask.
        may_use_anybody: Whether the end user may be one who is no test user.
    """

    def __init__(self, client: TrayClient, *, may_use_anybody: bool) -> None:
        self._client = client
        self._may_use_anybody = may_use_anybody
        self._services: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._users: dict[str, EndUser] = {}

    def request(self, wanted: Wanted) -> DialogRequest:
        """Return the request for a dialog.

        Raises:
            UsageError: a name stands for nothing or for several things, or the end user is no test user.
            TrayAuthError: Tray could not be asked.
        """
        service_id, environment_id, service_name = self._place(wanted.service, wanted.environment)
        scenario = [(_SCENARIO, wanted.scenario)] if wanted.scenario else []
        try:
            return DialogRequest(
                self._user(wanted.user).user_id,
                service_id,
                environment_id,
                tuple(wanted.scopes),
                extra_parameters=(*scenario, *wanted.parameters),
                service_name=service_name,
            )
        except ValueError as error:
            raise UsageError(f"The dialog cannot be asked for: {error}.") from error

    def _place(self, service: str, environment: str) -> tuple[str, str, str]:
        key = (service, environment)
        if key not in self._services:
            _, found = service_called(self._client, service)
            place = environment_of(self._client, found, environment)
            self._services[key] = (found.service_id, place.service_environment_id, found.name)
        return self._services[key]

    def _user(self, wanted: str) -> EndUser:
        if wanted not in self._users:
            user = user_called(self._client, wanted) if wanted else first_test_user(self._client)
            if not self._may_use_anybody and not user.is_test_user:
                raise UsageError(
                    f"The end user {user.name or user.user_id!r} is no test user.",
                    advice="Name a test user, or run with --tray-any-user.",
                )
            self._users[wanted] = user
        return self._users[wanted]
