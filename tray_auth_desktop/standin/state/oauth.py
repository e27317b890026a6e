"""The auth host's part of OAuth: session, redirect to the provider, return from it.

The steps are those of the protocol notes, section 6: a session with a CSRF value, an address with
`csrf`, `scope` and `session`, and a `state` of six parts joined by commas.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

from tray_auth_desktop.standin.state.authentications import Authentication, Progress
from tray_auth_desktop.standin.state.dialog_page import DialogPage
from tray_auth_desktop.standin.state.provider import ProviderDesk
from tray_auth_desktop.standin.state.refusals import OAuthRefusedError
from tray_auth_desktop.standin.state.stable_id import new_secret

_SESSION_DIGITS = 40
_STATE_PARTS = 6
_STAGE = "production"


@dataclass(frozen=True, slots=True)
class AuthSession:
    """A session at the auth host, begun by one dialog page."""

    session: str = field(repr=False)
    csrf: str = field(repr=False)
    page: DialogPage


class OAuthDesk:
    """Holds the auth host's sessions and completes authentications."""

    def __init__(self, provider: ProviderDesk, clock: Callable[[], float]) -> None:
        self._provider = provider
        self._clock = clock
        self._sessions: dict[str, AuthSession] = {}

    def begin(self, page: DialogPage) -> AuthSession:
        """Return a new session for that dialog page."""
        made = AuthSession(new_secret(_SESSION_DIGITS), new_secret(_SESSION_DIGITS), page)
        self._sessions[made.session] = made
        return made

    def authorize(
        self, auth_id: str, session: str, csrf: str, dialog_host: str
    ) -> tuple[Authentication, str]:
        """Return the half made authentication to be completed, and the `state` to send to the provider.

        Raises:
            OAuthRefusedError: session, CSRF value and authentication do not belong together.
        """
        authentication, page = self._pending(auth_id, session, csrf)
        authentication.progress = Progress.PENDING
        state = ",".join((auth_id, csrf, "", dialog_host, _STAGE, session))
        if page.scenario.denies_consent:
            self._provider.deny(state)
        return authentication, state

    def complete(self, state: str, provider_code: str) -> Authentication:
        """Complete an authentication with the code that the provider handed out.

        It is not completed where the scenario has it so; the page learns that by its progress.

        Raises:
            OAuthRefusedError: the state is not one of ours, or the code is not the provider's.
        """
        authentication, page = self._from_state(state)
        visit = self._provider.redeem(provider_code, state)
        authentication.scopes = visit.scopes
        if page.goes_on_after_sign_in(visit.account):
            page.complete(authentication, self._clock())
        return authentication

    def deny(self, state: str) -> Authentication:
        """Record that the person refused; refused as `complete` is."""
        authentication, _ = self._from_state(state)
        authentication.progress = Progress.DENIED
        return authentication

    def _from_state(self, state: str) -> tuple[Authentication, DialogPage]:
        parts = state.split(",")
        if len(parts) != _STATE_PARTS:
            raise OAuthRefusedError("The state of this sign-in is not readable.")
        auth_id, csrf, _, _, _, session = parts
        return self._pending(auth_id, session, csrf)

    def _pending(self, auth_id: str, session: str, csrf: str) -> tuple[Authentication, DialogPage]:
        known = self._sessions.get(session)
        if known is None or not hmac.compare_digest(known.csrf.encode(), csrf.encode()):
            raise OAuthRefusedError("This sign-in was not started here, or has ended.")
        made = known.page.made
        if made is None or made.id != auth_id or made.progress is Progress.COMPLETE:
            raise OAuthRefusedError("There is no authentication to complete.")
        return made, known.page
