"""What an attempt asks of Tray, answered by the host application's own functions, or by a client it gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from tray_auth_desktop.core.models import Authentication, Connector
from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.onboarding.ports import AttemptClient
from tray_auth_desktop.redaction import redact
from tray_auth_desktop.secrets import Secret

T = TypeVar("T")
#: Makes a single-use code for an end user, by Tray's id.
CodeSource = Callable[[str], Secret | str]
#: Lists what an end user has: authentications, or their ids, or the JSON objects of Tray's reply.
ListSource = Callable[[str], Sequence[Authentication | str | Mapping[str, object]]]
_ID_NAMES = ("id", "auth_id", "authId", "authenticationId")


class HostClient:
    """Implements `onboarding.ports.AttemptClient`. Called on worker threads, and so are the functions.

    Args:
        client: Asked for what there is no function for; None if there is no client.
        authorization_code: Makes a code.
        authentications: Lists an end user's authentications.
    """

    def __init__(
        self,
        client: AttemptClient | None = None,
        authorization_code: CodeSource | None = None,
        authentications: ListSource | None = None,
    ) -> None:
        self._client = client
        self._authorization_code = authorization_code
        self._authentications = authentications

    @property
    def can_list(self) -> bool:
        """Whether an end user's authentications can be listed at all."""
        return self._authentications is not None or self._client is not None

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Have a code made.

        Raises:
            TrayAuthError: there is none, whatever the reason.
        """
        source = self._authorization_code
        if source is None:
            return self._required("make a code").generate_authorization_code(user_id)
        made: object = _asked("made no authorization code", lambda: source(user_id))
        code = made if isinstance(made, Secret) else Secret(made if isinstance(made, str) else "")
        if not code:
            raise TrayAuthError(
                f"The application made no authorization code: it returned {type(made).__name__}.",
                advice="Its function has to return the code as text, or as a Secret.",
            )
        return code

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """Have the end user's authentications listed.

        Raises:
            TrayAuthError: they cannot be.
        """
        source = self._authentications
        if source is None:
            return self._required("list authentications").authentications_of(user_id)
        listed = _asked("could not list the authentications", lambda: tuple(source(user_id)))
        return tuple(map(_authentication, listed))

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors: for a service's name, where services have dialog hosts of their own."""
        return self._required("find the service's name: put `service_name` into the request").connectors()

    def _required(self, what: str) -> AttemptClient:
        if self._client is None:
            raise TrayAuthError(f"The application gave neither a client nor a function to {what}.")
        return self._client


def _asked(failing: str, ask: Callable[[], T]) -> T:
    """Call the host application's function; whatever it raises is told as what it is: not our failure."""
    try:
        return ask()
    except TrayAuthError:
        raise
    except Exception as error:  # border: code of the host application
        why = redact(f"{type(error).__name__}: {error}".rstrip(": ."), 300)
        raise TrayAuthError(
            f"The application {failing}: {why}.", advice="Its own log may say more. Then try again."
        ) from error


def _authentication(listed: object) -> Authentication:
    """Return an authentication, whatever it was listed as.

    Raises:
        TrayAuthError: it has no id.
    """
    if isinstance(listed, Authentication):
        return listed
    if isinstance(listed, str) and listed:
        return Authentication(listed)
    if isinstance(listed, Mapping):
        auth_id = next((listed[name] for name in _ID_NAMES if listed.get(name)), None)
        if isinstance(auth_id, str):
            from tray_auth_desktop.api.replies import Authentications

            return Authentications()({**listed, "id": auth_id}) or Authentication(auth_id)
    raise TrayAuthError(f"The application listed an authentication without an id ({type(listed).__name__}).")
