"""The operating system's vault for master tokens and proxy passwords. Slow: for worker threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
SERVICE = "tray-auth-desktop"
#: A vault that waits for a bus that nobody serves would wait for ever.
_LIMIT_S = 10.0
_LISTEN_EVERY_S = 0.1
_TOKEN = "master token"  # noqa: S105 - what the entry is called, no token
_PASSWORD = "proxy password"  # noqa: S105 - what the entry is called, no password
#: Where each system's vault is known by a name of its own.
_NAMES = {
    "keyring.backends.SecretService": "the Secret Service (GNOME Keyring, KWallet or the like)",
    "keyring.backends.libsecret": "the Secret Service (GNOME Keyring or the like)",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "the macOS Keychain",
    "keyring.backends.Windows": "the Windows Credential Manager",
}
_NONE = "There is no vault on this computer that master tokens can be kept in."
_INSTEAD = (
    "The token is then taken from the environment variable TRAY_MASTER_TOKEN, or asked for each time; "
    "it is never written to a file."
)


class VaultError(TrayAuthError):
    """The vault is missing, locked or refused."""

    default_advice = _INSTEAD


class Vault:
    """Keeps secrets by workspace.

    Args:
        limit_s: How long the vault may take to answer.
    """

    def __init__(self, limit_s: float = _LIMIT_S) -> None:
        self._limit_s = limit_s

    @property
    def is_there(self) -> bool:
        """Whether there is a vault that secrets can be kept in."""
        try:
            return self._within(_backend) is not None
        except VaultError:
            return False

    def describe(self) -> str:
        """Return which vault is in use, or why there is none; one line for people."""
        try:
            return self._within(lambda: _name_of(_needed()))
        except VaultError as error:
            return str(error)

    def token(self, workspace: str) -> Secret | None:
        """Return a workspace's master token; None if none is kept, as where there is no vault.

        Raises:
            VaultError: the vault is there but cannot be read (locked, refused).
        """
        return self._get(_TOKEN, workspace)

    def keep_token(self, workspace: str, token: Secret) -> None:
        """Put a workspace's master token into the vault.

        Raises:
            VaultError: there is no vault, or it refused; says so and what to do instead.
        """
        self._keep(_TOKEN, workspace, token)

    def proxy_password(self, workspace: str) -> Secret | None:
        """Return the password of a workspace's proxy; None if none is kept."""
        return self._get(_PASSWORD, workspace)

    def keep_proxy_password(self, workspace: str, password: Secret) -> None:
        """Put the password of a workspace's proxy into the vault; fails as `keep_token` does."""
        self._keep(_PASSWORD, workspace, password)

    def forget_token(self, workspace: str) -> None:
        """Take a workspace's master token out of the vault; none being there is no error."""
        self._within(lambda: _delete(_TOKEN, workspace))

    def forget_proxy_password(self, workspace: str) -> None:
        """Take the password of a workspace's proxy out of the vault; none being there is no error."""
        self._within(lambda: _delete(_PASSWORD, workspace))

    def forget(self, workspace: str) -> None:
        """Take all of a workspace's secrets out of the vault; none being there is no error."""
        self.forget_token(workspace)
        self.forget_proxy_password(workspace)

    def rename(self, workspace: str, new_name: str) -> None:
        """Move a workspace's secrets to its new name: they are kept there before the old ones go."""
        if workspace == new_name:
            return
        kept = {kind: self._get(kind, workspace) for kind in (_TOKEN, _PASSWORD)}
        secrets = {kind: secret for kind, secret in kept.items() if secret is not None}
        for kind, secret in secrets.items():
            self._keep(kind, new_name, secret)
        self.forget(workspace)
        for kind, secret in secrets.items():
            if self._get(kind, new_name) is None:  # a vault that does not tell capitals apart
                self._keep(kind, new_name, secret)

    def _get(self, kind: str, workspace: str) -> Secret | None:
        def get() -> Secret | None:
            backend = _backend()
            value = backend.get_password(SERVICE, _entry(kind, workspace)) if backend else None
            return Secret(value) if value else None

        return self._within(get)

    def _keep(self, kind: str, workspace: str, secret: Secret) -> None:
        def keep() -> bool:
            backend, entry = _needed(), _entry(kind, workspace)
            backend.set_password(SERVICE, entry, secret.reveal())
            return backend.get_password(SERVICE, entry) == secret.reveal()

        if not self._within(keep):
            raise VaultError("The vault took the secret but does not give it back.")

    def _within(self, work: Callable[[], T]) -> T:
        """Do the work on a thread of its own, and wait for it no longer than the limit.

        Raises:
            VaultError: it takes too long, or ended with any error.
        """
        results: list[T] = []
        failures: list[Exception] = []

        def run() -> None:
            try:
                results.append(work())
            except Exception as error:  # noqa: BLE001 - border: backends are anyone's code, and raise anything
                failures.append(error)

        thread = threading.Thread(target=run, name="vault", daemon=True)
        thread.start()
        _await(thread, self._limit_s)
        if failures:
            raise _explained(failures[0]) from None  # the cause may hold the secret in its text
        if not results:
            raise VaultError(
                f"The vault did not answer within {self._limit_s:g} s.",
                advice=f"If it asks to be unlocked, do so and try again. {_INSTEAD}",
            )
        return results[0]


def _await(thread: threading.Thread, limit_s: float) -> None:
    """Wait until a thread has ended, and hear Ctrl-C meanwhile.

    A wait for a lock does not end by a signal that came the moment before it began, or that the system
    gave to the other thread: Python looks for signals in between, so there has to be an in-between.
    """
    end = time.monotonic() + limit_s
    while thread.is_alive() and (left_s := end - time.monotonic()) > 0:
        thread.join(min(left_s, _LISTEN_EVERY_S))


def _needed() -> KeyringBackend:
    backend = _backend()
    if backend is None:
        raise VaultError(_NONE, advice=f"On Linux, one comes with GNOME Keyring or KWallet. {_INSTEAD}")
    return backend


def _backend() -> KeyringBackend | None:
    """Return the vault; None where there is none but a file or nothing at all."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    found = keyring.get_keyring()
    candidates = list(found.backends) if isinstance(found, ChainerBackend) else [found]
    return next((backend for backend in candidates if _is_vault(backend)), None)


def _is_vault(backend: KeyringBackend) -> bool:
    """Whether it keeps secrets as an operating system does: not in a plain file, and not nowhere."""
    kind = type(backend)
    names = [f"{base.__module__}.{base.__qualname__}" for base in kind.__mro__]
    if any(name.startswith(("keyring.backends.fail.", "keyring.backends.null.")) for name in names):
        return False
    if any(name.startswith("keyrings.alt.") or "plaintext" in name.lower() for name in names):
        return False
    try:
        return float(backend.priority) >= 1
    except RuntimeError:  # how a backend says that it does not work here
        return False


def _name_of(backend: KeyringBackend) -> str:
    kind = type(backend)
    return _NAMES.get(kind.__module__, f"{kind.__module__}.{kind.__qualname__}")


def _delete(kind: str, workspace: str) -> None:
    backend, entry = _backend(), _entry(kind, workspace)
    if backend is not None and backend.get_password(SERVICE, entry) is not None:
        backend.delete_password(SERVICE, entry)


def _entry(kind: str, workspace: str) -> str:
    return f"{kind} of {workspace}"


def _explained(error: Exception) -> VaultError:
    """Return what went wrong in words of our own: a backend's text may hold what it was given."""
    if isinstance(error, VaultError):
        return error
    from keyring.errors import KeyringError, KeyringLocked, NoKeyringError, PasswordSetError

    if isinstance(error, KeyringLocked):
        return VaultError(
            "The vault is locked, or was not allowed to be opened.",
            advice=f"Unlock it and try again. {_INSTEAD}",
        )
    if isinstance(error, NoKeyringError):
        return VaultError(_NONE)
    if isinstance(error, PasswordSetError):
        return VaultError("The vault refused to keep the secret.")
    if isinstance(error, KeyringError):
        return VaultError(f"The vault refused ({type(error).__name__}).")
    return VaultError(f"The vault cannot be used ({type(error).__name__}).")
