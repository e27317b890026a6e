"""A client that was asked before anybody needs the answers: code and list come while the engine starts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from tray_auth_desktop.errors import TrayAuthError

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication, Connector
    from tray_auth_desktop.onboarding.ports import AttemptClient
    from tray_auth_desktop.secrets import Secret

T = TypeVar("T")


class EarlyAnswer(Generic[T]):
    """What a call comes to that runs on a thread from now on. Given out once: it does not stay fresh."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._lock = threading.Lock()
        self._is_taken = False
        self._answers: list[T] = []
        self._errors: list[TrayAuthError] = []
        self._thread = threading.Thread(target=self._run, name="early call", daemon=True)
        self._thread.start()

    def take(self) -> T:
        """Return the answer, waiting for it; after the first time, ask anew.

        Raises:
            TrayAuthError: the call failed. It is not made again: a mutation may have been done.
        """
        with self._lock:
            is_first, self._is_taken = not self._is_taken, True
        if is_first:
            self._thread.join()
            if self._answers:
                return self._answers.pop()
            raise (
                self._errors.pop() if self._errors else TrayAuthError("The call broke off without an answer.")
            )
        return self._call()

    def _run(self) -> None:
        try:
            self._answers.append(self._call())
        except TrayAuthError as error:
            self._errors.append(error)


class EarlyClient:
    """Implements `ports.AttemptClient`; for one end user, code and list are asked for at once."""

    def __init__(self, client: AttemptClient, user_id: str) -> None:
        self._client = client
        self._user_id = user_id
        self._code = EarlyAnswer(lambda: client.generate_authorization_code(user_id))
        self._listed = EarlyAnswer(lambda: client.authentications_of(user_id))

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Give out the code that was made; afterwards mint others."""
        if user_id == self._user_id:
            return self._code.take()
        return self._client.generate_authorization_code(user_id)

    def authentications_of(self, user_id: str) -> tuple[Authentication, ...]:
        """Give out the list that was fetched; afterwards fetch it anew."""
        if user_id == self._user_id:
            return self._listed.take()
        return self._client.authentications_of(user_id)

    def connectors(self) -> tuple[Connector, ...]:
        """List all connectors."""
        return self._client.connectors()
