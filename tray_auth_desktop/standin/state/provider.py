"""The third party: its own sign-in and consent, behind its own origin.

It knows nothing of end users or authentications; it is asked for scopes and hands out codes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from tray_auth_desktop.standin.state.catalogue import Catalogue, Place
from tray_auth_desktop.standin.state.refusals import FormError, OAuthRefusedError
from tray_auth_desktop.standin.state.scenarios import typed_scenario
from tray_auth_desktop.standin.state.stable_id import new_secret

_TICKET_DIGITS = 32
_CODE_DIGITS = 40
_REFUSED_TEXT = "wrong"
_NO_ACCOUNT = "Enter your e-mail address."
_NOTHING_TYPED = "Enter your password."
_NO_MATCH = "That e-mail address and password do not match."


@dataclass(slots=True)
class SignIn:
    """One visit of a person to the third party.

    Attributes:
        account: the user name that was typed; empty until the person has signed in.
        is_denied: access is denied as soon as the person has signed in.
    """

    ticket: str = field(repr=False)
    place: Place
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str = field(repr=False)
    account: str = ""
    is_denied: bool = False


class ProviderDesk:
    """Signs people in and hands out codes.

    Args:
        catalogue: the client of a service environment is known by the environment's id.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._visits: dict[str, SignIn] = {}
        self._codes: dict[str, SignIn] = {}
        self._denied_states: set[str] = set()

    def deny(self, state: str) -> None:
        """Deny access to whoever comes with that state."""
        self._denied_states.add(state)

    def visit(self, client_id: str, redirect_uri: str, scope: str, state: str, *, registered: str) -> SignIn:
        """Begin a visit.

        Args:
            client_id: id of the service environment that is asked for.
            redirect_uri: where the person is sent back to.
            scope: the scopes, joined by spaces.
            state: sent back unchanged.
            registered: the only redirect address that the client registered.

        Raises:
            OAuthRefusedError: the client or its redirect address is unknown.
        """
        place = self._catalogue.place(client_id)
        if place is None or redirect_uri != registered:
            raise OAuthRefusedError("The application that sent you here is not registered.")
        visit = SignIn(new_secret(_TICKET_DIGITS), place, redirect_uri, tuple(scope.split()), state)
        self._visits[visit.ticket] = visit
        return visit

    def find(self, ticket: str) -> SignIn:
        """Return a visit.

        Raises:
            OAuthRefusedError: it is unknown, or has ended.
        """
        try:
            return self._visits[ticket]
        except KeyError:
            raise OAuthRefusedError("This sign-in has ended. Close this window and start again.") from None

    def sign_in(self, visit: SignIn, account: str, password: str) -> None:
        """Sign a person in; any account and any password will do but the one that is always wrong.

        Raises:
            FormError: something is missing, or the password is `wrong`, or the address names no scenario.
        """
        problems = {} if account.strip() else {"account": _NO_ACCOUNT}
        if not password or password == _REFUSED_TEXT:
            problems["password"] = _NO_MATCH if password else _NOTHING_TYPED
        if problems:
            raise FormError(problems)
        typed = typed_scenario({"account": account})
        visit.is_denied = visit.state in self._denied_states or (typed is not None and typed.denies_consent)
        visit.account = account.strip()

    def decide(self, visit: SignIn, *, allowed: bool) -> str:
        """End a visit and return the address to send the person back to."""
        del self._visits[visit.ticket]
        if not allowed:
            return f"{visit.redirect_uri}?{urlencode({'error': 'access_denied', 'state': visit.state})}"
        code = new_secret(_CODE_DIGITS)
        self._codes[code] = visit
        return f"{visit.redirect_uri}?{urlencode({'code': code, 'state': visit.state})}"

    def redeem(self, code: str, state: str) -> SignIn:
        """Spend a code and return the visit in which it was handed out.

        Raises:
            OAuthRefusedError: the code is unknown, was used, or belongs to another state.
        """
        visit = self._codes.pop(code, None)
        if visit is None or visit.state != state:
            raise OAuthRefusedError("The code of this sign-in is not valid.")
        return visit
