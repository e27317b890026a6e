"""One page of the auth-only dialog: what its address said, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tray_auth_desktop.standin.state.authentications import Authentication, Lag, Progress
from tray_auth_desktop.standin.state.catalogue import Place
from tray_auth_desktop.standin.state.refusals import ServiceFailedError
from tray_auth_desktop.standin.state.scenarios import Scenario, Step, filled, typed_scenario
from tray_auth_desktop.standin.state.users import EndUser


@dataclass(frozen=True, slots=True)
class DialogLink:
    """What a dialog address says; the code is a secret and stays out of the representation.

    Attributes:
        skip_name: `skipTitleField` of the address: the name is not asked for.
        skip_scopes: `skipAuthSettings` of the address: the scopes are not shown.
        scenario: `scenario` of the address, which the real service does not know.
        target_origin: `targetOrigin` of the address, which it does not know either.
    """

    embedded_id: str
    code: str = field(repr=False)
    service_id: str = ""
    environment_id: str = ""
    scopes: tuple[str, ...] = ()
    skip_name: bool = False
    skip_scopes: bool = False
    scenario: str = ""
    target_origin: str = ""


@dataclass(slots=True)
class DialogPage:
    """One page that was opened with a code.

    Attributes:
        number: counts the pages of a stand-in, from 1.
        scenario: how the dialog goes.
        editing: the authentication that the page edits; None on a page that creates one.
        made: what the page has made so far; a half made one until the person has signed in.
        failures: how many times pressing the button has failed.
        failed: what went wrong at the end of signing in, and the page does not know yet.
        is_over: the dialog has ended with nothing made, and the page does not know yet.
    """

    token: str = field(repr=False)
    number: int
    user: EndUser
    place: Place
    scopes: tuple[str, ...]
    link: DialogLink
    scenario: Scenario
    editing: Authentication | None = None
    made: Authentication | None = None
    failures: int = 0
    failed: ServiceFailedError | None = None
    is_over: bool = False

    def goes_on(self, typed: Mapping[str, str]) -> bool:
        """Let the scenario act on a press of the button; return whether something is to be made.

        Args:
            typed: name of the field → what was typed into it; it may name another scenario.

        Raises:
            FormError: it names a scenario that does not exist.
            ServiceFailedError: this press fails.
        """
        self.scenario = typed_scenario(typed) or self.scenario
        if self.failures < self.scenario.failures:
            self.failures += 1
            raise ServiceFailedError
        return self.scenario.makes != "nothing"

    def goes_on_after_sign_in(self, account: str) -> bool:
        """Do what `goes_on` does when the person comes back from the third party.

        The page is not there to be answered then: what goes wrong is kept until it asks.
        """
        try:
            self.is_over = not self.goes_on({"account": account})
        except ServiceFailedError as failed:
            self.failed = failed
        return not self.is_over and self.failed is None

    def complete(self, authentication: Authentication, now: float) -> None:
        """Make an authentication whole; lists may lag behind."""
        authentication.progress = Progress.COMPLETE
        if self.scenario.lag_s or self.scenario.lag_lists:
            authentication.lag = Lag(now + self.scenario.lag_s, int(self.scenario.lag_lists))

    def ending(self, authentication: Authentication | None) -> list[Step]:
        """Return what the page does at its end, with the authentication it ends with, if any."""
        return filled(
            self.scenario.steps,
            authId=authentication.id if authentication else "",
            authType="oauth" if self.place.environment.is_oauth else "token",
        )

    def failing(self, failed: ServiceFailedError) -> list[Step]:
        """Return what the page does when the service has failed."""
        return filled(self.scenario.failure_steps, error=str(failed))
