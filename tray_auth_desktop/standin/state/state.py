"""Everything the stand-in holds, in one place, with the rules that span several parts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tray_auth_desktop.standin.state.authentications import Authentication, AuthenticationStore
from tray_auth_desktop.standin.state.catalogue import Place, load_catalogue
from tray_auth_desktop.standin.state.clock import Clock
from tray_auth_desktop.standin.state.dialogs import DialogDesk
from tray_auth_desktop.standin.state.faults import FaultBook
from tray_auth_desktop.standin.state.form_fields import check_data, fields_of
from tray_auth_desktop.standin.state.message_record import MessageRecord
from tray_auth_desktop.standin.state.oauth import OAuthDesk
from tray_auth_desktop.standin.state.provider import ProviderDesk
from tray_auth_desktop.standin.state.rate_limit import RateLimit
from tray_auth_desktop.standin.state.refusals import Code, PreconditionError, SchemaError
from tray_auth_desktop.standin.state.request_record import RequestRecord
from tray_auth_desktop.standin.state.scale_seed import ScaleSeed
from tray_auth_desktop.standin.state.scenario_book import ScenarioBook
from tray_auth_desktop.standin.state.script import Script
from tray_auth_desktop.standin.state.seed import SolutionSlot, load_seed
from tray_auth_desktop.standin.state.seed_size import SeedSize
from tray_auth_desktop.standin.state.tokens import Caller, TokenDesk, TokenKind
from tray_auth_desktop.standin.state.users import UserDirectory

_NOTHING_MORE = SeedSize()
_NOTHING_SPECIAL = Script()


class State:
    """The stand-in's memory. Lost when it stops.

    Args:
        embedded_id: the organisation's name in dialog addresses.
        master_token: the organisation's secret.
        clock: seconds since the epoch; tokens and codes expire by it.
        rate_limit: None for the documented one.
        seed_size: what there is beside the ordinary seed.
        script: the scenarios and faults at the start.

    Raises:
        ValueError: the script names a service or a scenario that does not exist.

    Attributes:
        big_user_id: whose the authentications of `seed_size` are; None when there are none.
    """

    def __init__(
        self,
        embedded_id: str,
        master_token: str,
        clock: Callable[[], float] = time.time,
        rate_limit: RateLimit | None = None,
        seed_size: SeedSize = _NOTHING_MORE,
        script: Script = _NOTHING_SPECIAL,
    ) -> None:
        self.embedded_id = embedded_id
        self.clock = Clock(clock)
        self.rate_limit = rate_limit or RateLimit(time.monotonic)
        self.requests = RequestRecord()
        self.messages = MessageRecord()
        self._master_token = master_token
        self._scale = ScaleSeed(seed_size)
        self.big_user_id = self._scale.big_user.id if self._scale.big_user else None
        more = self._scale.services()
        self.catalogue = load_catalogue(more.services, more.connectors)
        self._script = script
        self.scenarios = ScenarioBook({s.name for s in self.catalogue.services}, script.scenarios)
        self.random_seed = script.random_seed
        self.faults = FaultBook(script.faults, script.random_seed)
        self._fill()

    def reset(self, random_seed: int | None = None) -> None:
        """Return to the start: what was made, chosen and recorded since is gone; from any thread.

        Args:
            random_seed: where the chances begin again; None for where they began at the start.
        """
        self.random_seed = self._script.random_seed if random_seed is None else random_seed
        self.clock.reset()
        self.scenarios.choose(self._script.scenarios)
        self.faults.restart(self._script.faults, self.random_seed)
        self._fill()
        self.requests.clear()
        self.messages.clear()

    def _fill(self) -> None:
        seed = load_seed(self.catalogue, self._scale)
        self.users = UserDirectory(seed.users)
        self.authentications = AuthenticationStore(seed.authentications)
        self.tokens = TokenDesk(self._master_token, self.clock)
        self.provider = ProviderDesk(self.catalogue)
        self.oauth = OAuthDesk(self.provider, self.clock)
        self.dialogs = DialogDesk(
            self.embedded_id,
            self.catalogue,
            self.users,
            self.authentications,
            self.tokens,
            seed.solution_slots,
            self.scenarios,
            self.clock,
        )

    def listed(self, owner: str | None) -> tuple[Authentication, ...]:
        """Return what the API lists now of an end user, or for None of the organisation."""
        return self.authentications.listed(owner, self.clock())

    @property
    def solution_slots(self) -> list[SolutionSlot]:
        """Return what the solution instances of all end users ask for."""
        return self.dialogs.solution_slots

    def remove_user(self, user_id: str) -> None:
        """Remove an end user with everything that is theirs.

        Raises:
            PreconditionError: there is no such user.
        """
        self.users.remove(user_id)
        self.authentications.remove_all_of(user_id)
        self.dialogs.forget_solutions_of(user_id)
        self.tokens.forget_user(user_id)

    def import_authentication(
        self, caller: Caller, name: str, place: Place, data: dict[str, Any], scopes: tuple[str, ...]
    ) -> Authentication:
        """Add an authentication whose credentials come through an API. Only the schema is checked.

        Raises:
            SchemaError: `data` do not fit the environment's schemas.
        """
        check_schema(place, data)
        return self.authentications.create(caller.user_id, name, place, scopes)


def check_schema(place: Place, data: dict[str, Any]) -> None:
    """Refuse data that do not fit the schemas of a service environment.

    Raises:
        SchemaError: they do not.
    """
    problems = check_data(fields_of(place.environment), data)
    if problems:
        raise SchemaError(problems)


def require_master(caller: Caller) -> None:
    """Refuse what only the organisation may do.

    Raises:
        PreconditionError: the caller acts as an end user.
    """
    if caller.kind is not TokenKind.MASTER:
        raise PreconditionError(Code.ACCESS_NOT_ALLOWED, "This operation needs a master token")
