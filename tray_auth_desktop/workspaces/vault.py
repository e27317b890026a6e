"""The operating system's vault for master tokens and proxy passwords. Slow: for worker threads."""

from __future__ import annotations

from tray_auth_desktop.errors import TrayAuthError
from tray_auth_desktop.secrets import Secret

SERVICE = "tray-auth-desktop"


class VaultError(TrayAuthError):
    """The vault is missing, locked or refused."""


class Vault:
    """Keeps secrets by workspace."""

    def describe(self) -> str:
        """Return which vault is in use, or why there is none; one line for people."""
        raise NotImplementedError

    def token(self, workspace: str) -> Secret | None:
        """Return a workspace's master token; None if none is kept.

        Raises:
            VaultError: the vault is there but cannot be read (locked, refused).
        """
        raise NotImplementedError(workspace)

    def keep_token(self, workspace: str, token: Secret) -> None:
        """Put a workspace's master token into the vault.

        Raises:
            VaultError: there is no vault, or it refused; says so and what to do instead.
        """
        raise NotImplementedError(workspace, token)

    def proxy_password(self, workspace: str) -> Secret | None:
        """Return the password of a workspace's proxy; None if none is kept."""
        raise NotImplementedError(workspace)

    def keep_proxy_password(self, workspace: str, password: Secret) -> None:
        """Put the password of a workspace's proxy into the vault; fails as `keep_token` does."""
        raise NotImplementedError(workspace, password)

    def forget(self, workspace: str) -> None:
        """Take all of a workspace's secrets out of the vault; none being there is no error."""
        raise NotImplementedError(workspace)

    def rename(self, workspace: str, new_name: str) -> None:
        """Move a workspace's secrets to its new name."""
        raise NotImplementedError(workspace, new_name)
