"""What a dialog under test is for: services, environments and end users by the names people use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.models import EndUser
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.lookup.services import environment_of, service_called
from tray_auth_desktop.lookup.users import described, first_test_user, user_called
from tray_auth_desktop.qa.workers import Worker, own_test_user

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

Parameters = Mapping[str, str] | Sequence[tuple[str, str]]

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
        parameters: Further pairs for the dialog's address, or a mapping.
    """

    service: str
    user: str = ""
    environment: str = ""
    scopes: Sequence[str] = ()
    scenario: str = ""
    parameters: Parameters = ()


class RequestFinder:
    """Looks up what a test names; each service and each user once.

    Args:
        client: Whom to ask.
        may_use_anybody: Whether the end user may be one who is no test user.
        worker: Which of several processes asks; it has an end user of its own. None: there are no others.
    """

    def __init__(self, client: TrayClient, *, may_use_anybody: bool, worker: Worker | None = None) -> None:
        self._client = client
        self._may_use_anybody = may_use_anybody
        self._worker = worker
        self._services: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._users: dict[str, EndUser] = {}

    def request(self, wanted: Wanted) -> DialogRequest:
        """Return the request for a dialog.

        Raises:
            UsageError: a name stands for nothing or for several things, or the end user may not be used.
            TrayAuthError: Tray could not be asked.
        """
        further = (*_scenario_pairs(wanted.scenario), *_pairs_of(wanted.parameters))
        service_id, environment_id, service_name = self._place(wanted.service, wanted.environment)
        try:
            return DialogRequest(
                self._user(wanted.user).user_id,
                service_id,
                environment_id,
                tuple(wanted.scopes),
                extra_parameters=further,
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
            user = user_called(self._client, wanted) if wanted else self._usual_user()
            if not self._may_use_anybody and not user.is_test_user:
                raise UsageError(
                    f"The end user {user.name or user.user_id!r} is no test user.",
                    advice="Name a test user, or run with --tray-any-user.",
                )
            if self._worker is not None and wanted:
                _check_own(user, self._user(""), self._worker)
            self._users[wanted] = user
        return self._users[wanted]

    def _usual_user(self) -> EndUser:
        worker = self._worker
        return first_test_user(self._client) if worker is None else own_test_user(worker, self._client)


def _check_own(user: EndUser, own: EndUser, worker: Worker) -> None:
    """Refuse an end user of whom another worker may have dialogs at the same time."""
    if user.user_id != own.user_id:
        raise UsageError(
            f"The end user of the worker {worker.name} is {described(own)}. Another worker may make "
            f"authentications for {described(user)} at the same time.",
            advice="Leave out `user`, or run the test without -n.",
        )


def _scenario_pairs(scenario: str) -> list[tuple[str, str]]:
    """Return the pair that tells the stand-in a scenario; none where none is asked for."""
    if not scenario:
        return []
    from tray_auth_desktop.standin.state.scenarios import UnknownScenarioError, scenario_named

    try:
        scenario_named(scenario)
    except UnknownScenarioError as error:
        raise UsageError(f"The dialog cannot be asked for: {error}.") from None
    return [(_SCENARIO, scenario)]


def _pairs_of(parameters: Parameters) -> tuple[tuple[str, str], ...]:
    pairs: tuple[Any, ...] = tuple(parameters.items() if isinstance(parameters, Mapping) else parameters)
    if all(isinstance(pair, tuple | list) and [type(one) for one in pair] == [str, str] for pair in pairs):
        return pairs
    raise UsageError("The dialog cannot be asked for: parameters are a mapping of texts, or pairs of texts.")
