"""From a plan to cases: services, environments and end users are looked up, once for the whole audit."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from tray_auth_desktop.core.models import Connector, EndUser, Service, ServiceEnvironment
from tray_auth_desktop.core.services import families_of
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.lookup.services import environment_of, service_among
from tray_auth_desktop.lookup.users import first_test_user, user_called
from tray_auth_desktop.qa.audit.model import Case, Step
from tray_auth_desktop.qa.audit.pace import REQUESTS_PER_S, Pace, rate_of
from tray_auth_desktop.qa.audit.plan import Plan, PlannedDialog
from tray_auth_desktop.qa.audit.stand_in_steps import steps_on_stand_in

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient

_SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class _Place:
    """A dialog of a plan, with what was found for it."""

    planned: PlannedDialog
    service: Service
    environment: ServiceEnvironment


class Resolver:
    """Makes cases of a plan.

    Args:
        client: Whom to ask.
        may_use_anybody: Whether an end user may be one who is no test user.
        is_stand_in: Whether the credentials that its services take are known.
    """

    def __init__(self, client: TrayClient, *, may_use_anybody: bool, is_stand_in: bool) -> None:
        self._client = client
        self._may_use_anybody = may_use_anybody
        self._is_stand_in = is_stand_in
        self._users: dict[str, EndUser] = {}
        self._pace = Pace(rate_of(REQUESTS_PER_S))
        self._connectors: tuple[Connector, ...] = ()

    def cases(self, plan: Plan) -> tuple[Case, ...]:
        """Return all cases, in the order of the plan, each with an id of its own.

        Raises:
            UsageError: a name stands for nothing or for several things, an end user is no test user,
                or a variable that a step needs is not set.
            TrayAuthError: Tray could not be asked.
        """
        self._connectors = self._client.connectors()
        places = [place for planned in self._planned(plan) for place in self._places(planned)]
        shown = list(product(plan.embeddings, plan.sizes, plan.color_schemes))
        cases = [self._case(place, plan, *one) for place in places for one in shown]
        counted: Counter[str] = Counter()
        unique = []
        for case in cases:
            counted[case.id] += 1
            number = counted[case.id]
            unique.append(msgspec.structs.replace(case, id=f"{case.id}#{number}") if number > 1 else case)
        return tuple(unique)

    def _planned(self, plan: Plan) -> Iterator[PlannedDialog]:
        if plan.dialogs:
            yield from plan.dialogs
            return
        for family in families_of(self._connectors):
            yield PlannedDialog(family.newest.service_id)

    def _places(self, planned: PlannedDialog) -> Iterator[_Place]:
        _, service = service_among(self._connectors, planned.service)
        self._pace.take()
        if planned.environment:
            yield _Place(planned, service, environment_of(self._client, service, planned.environment))
            return
        for environment in self._client.service_environments(service.name, service.version or "1"):
            yield _Place(planned, service, environment)

    def _case(self, place: _Place, plan: Plan, embedding: str, size: str, color_scheme: str) -> Case:
        planned, service, environment = place.planned, place.service, place.environment
        user = self._user(planned.user or plan.user)
        scenario = [(_SCENARIO, planned.scenario)] if planned.scenario else []
        named = [service.name or service.label, environment.label, planned.scenario]
        return Case(
            id="/".join([part for part in named if part] + [embedding, size, color_scheme]),
            service=service.label,
            service_id=service.service_id,
            service_name=service.name,
            environment=environment.label,
            environment_id=environment.service_environment_id,
            user=user.name or user.user_id,
            user_id=user.user_id,
            embedding=embedding,
            size=size,
            color_scheme=color_scheme,
            scopes=planned.scopes,
            parameters=(*scenario, *planned.parameters.items()),
            steps=self._steps(place),
        )

    def _steps(self, place: _Place) -> tuple[Step, ...]:
        for step in place.planned.steps:
            if step.value_from and not os.environ.get(step.value_from):
                raise UsageError(
                    f"The environment variable {step.value_from}, which the plan names for "
                    f"{place.planned.service}, is not set.",
                    advice="Set it, or leave the steps of that dialog out.",
                )
        if place.planned.steps or not self._is_stand_in or place.planned.scenario:
            return place.planned.steps
        return steps_on_stand_in(place.service, place.environment)

    def _user(self, wanted: str) -> EndUser:
        if wanted not in self._users:
            self._pace.take()
            user = user_called(self._client, wanted) if wanted else first_test_user(self._client)
            if not self._may_use_anybody and not user.is_test_user:
                raise UsageError(
                    f"The end user {user.name or user.user_id!r} is no test user.",
                    advice="Name a test user, or run with --any-user.",
                )
            self._users[wanted] = user
        return self._users[wanted]
