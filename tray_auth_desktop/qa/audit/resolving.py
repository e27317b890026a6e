"""From a plan to cases: services, environments and end users are looked up, once for the whole audit."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from tray_auth_desktop.core.models import Connector, EndUser, Service, ServiceEnvironment
from tray_auth_desktop.core.services import families_of
from tray_auth_desktop.errors import UsageError
from tray_auth_desktop.lookup.services import environment_of, service_among
from tray_auth_desktop.lookup.users import first_test_user, user_called
from tray_auth_desktop.qa.audit.model import Case, Step, in_words
from tray_auth_desktop.qa.audit.pace import REQUESTS_PER_S, Pace, rate_of
from tray_auth_desktop.qa.audit.plan import Plan, PlannedDialog
from tray_auth_desktop.qa.audit.plan_checks import SCENARIO
from tray_auth_desktop.qa.audit.stand_in_steps import steps_on_stand_in

if TYPE_CHECKING:
    from tray_auth_desktop.api import TrayClient


@dataclass(frozen=True, slots=True)
class _Place:
    """A dialog of a plan, with what was found for it.

    Attributes:
        key: Where it stands in the plan.
    """

    key: str
    planned: PlannedDialog
    service: Service
    environment: ServiceEnvironment


class Resolver:
    """Makes cases of a plan.

    Args:
        client: Whom to ask.
        may_use_anybody: Whether an end user may be one who is no test user.
        is_stand_in: Whether the credentials that its services take are known.
        named: How an error names the plan, and begins; empty where there are flags only.
        user: The end user that a flag names, in the place of the plan's.
    """

    def __init__(
        self, client: TrayClient, *, may_use_anybody: bool, is_stand_in: bool, named: str = "", user: str = ""
    ) -> None:
        self._client = client
        self._named = named
        self._given_user = user
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
        places = [place for key, planned in self._planned(plan) for place in self._places(key, planned)]
        shown = list(product(plan.embeddings, plan.sizes, plan.color_schemes))
        cases = [self._case(place, plan, *one) for place in places for one in shown]
        counted: Counter[str] = Counter()
        unique = []
        for place, case in enumerate(cases):
            counted[case.id] += 1
            number = counted[case.id]
            own_id = f"{case.id}#{number}" if number > 1 else case.id
            unique.append(msgspec.structs.replace(case, id=own_id, place=place))
        return tuple(unique)

    def _planned(self, plan: Plan) -> Iterator[tuple[str, PlannedDialog]]:
        if plan.dialogs:
            yield from ((f"dialogs[{number}].", one) for number, one in enumerate(plan.dialogs))
            return
        for family in families_of(self._connectors):
            yield "", PlannedDialog(family.newest.service_id)

    def _places(self, key: str, planned: PlannedDialog) -> Iterator[_Place]:
        with self._at(f"{key}service"):
            _, service = service_among(self._connectors, planned.service)
        self._pace.take()
        if not planned.environment:
            for environment in self._client.service_environments(service.name, service.version or "1"):
                yield _Place(key, planned, service, environment)
            return
        with self._at(f"{key}environment"):
            found = environment_of(self._client, service, planned.environment)
        yield _Place(key, planned, service, found)

    def _case(self, place: _Place, plan: Plan, embedding: str, size: str, color_scheme: str) -> Case:
        planned, service, environment = place.planned, place.service, place.environment
        user = self._user(place, plan)
        variation = planned.over(plan)
        scenario = [(SCENARIO, planned.scenario)] if planned.scenario else []
        if self._is_stand_in:
            self._check_scenario(place)
        named = [service.name or service.label, environment.label, planned.scenario]
        varied = in_words(variation.described())
        return Case(
            id="/".join([part for part in named if part] + [embedding, size, color_scheme, *varied]),
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
            variation=variation,
            is_test_user=bool(user.is_test_user),
        )

    def _check_scenario(self, place: _Place) -> None:
        """Refuse a scenario that the stand-in does not have."""
        from tray_auth_desktop.standin.state.scenarios import UnknownScenarioError, scenario_named

        scenario = place.planned.scenario
        try:
            if scenario:
                scenario_named(scenario)
        except UnknownScenarioError as error:
            with self._at(f"{place.key}scenario"):
                raise UsageError(f"{error}.") from None

    def _steps(self, place: _Place) -> tuple[Step, ...]:
        for number, step in enumerate(place.planned.steps):
            if step.value_from and not os.environ.get(step.value_from):
                with self._at(f"{place.key}steps[{number}]"):
                    raise UsageError(
                        f"The environment variable {step.value_from}, which the plan names for "
                        f"{place.planned.service}, is not set.",
                        advice="Set it, or leave the steps of that dialog out.",
                    )
        if place.planned.steps or not self._is_stand_in or place.planned.scenario:
            return place.planned.steps
        return steps_on_stand_in(place.service, place.environment)

    def _user(self, place: _Place, plan: Plan) -> EndUser:
        wanted = place.planned.user or self._given_user or plan.user
        if wanted not in self._users:
            key = f"{place.key}user" if place.planned.user else "" if self._given_user else "user"
            self._pace.take()
            with self._at(key):
                self._users[wanted] = self._user_called(wanted)
        return self._users[wanted]

    def _user_called(self, wanted: str) -> EndUser:
        user = user_called(self._client, wanted) if wanted else first_test_user(self._client)
        if not self._may_use_anybody and not user.is_test_user:
            raise UsageError(
                f"The end user {user.name or user.user_id!r} is no test user.",
                advice="Name a test user, or run with --any-user.",
            )
        return user

    @contextmanager
    def _at(self, key: str) -> Iterator[None]:
        """Say of what is refused where it stands."""
        try:
            yield
        except UsageError as error:
            if not self._named or not key:
                raise
            raise UsageError(f"{self._named}, at {key}: {error}", advice=error.advice) from None
