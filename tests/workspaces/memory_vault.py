"""Vaults of the tests' own, for `PYTHON_KEYRING_BACKEND`: in memory, broken in every way, or slow."""

# ruff: noqa: ARG002 - the arguments are those of the interface

from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError


class MemoryVault(KeyringBackend):
    """Keeps what it is given until the process ends."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        self.kept: dict[tuple[str, str], str] = {}

    @properties.classproperty
    def priority(self) -> float:
        """As an operating system's own."""
        return 5

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


class CapitalsVault(MemoryVault):
    """Does not tell capitals apart."""

    def get_password(self, service: str, username: str) -> str | None:
        return super().get_password(service, username.lower())

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username.lower(), password)

    def delete_password(self, service: str, username: str) -> None:
        super().delete_password(service, username.lower())


class LockedVault(MemoryVault):
    """Never opens."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")


class RefusingVault(MemoryVault):
    """Keeps nothing, and says what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(f"cannot keep {password}")


class BrokenVault(MemoryVault):
    """Fails as no vault should, and says what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ZeroDivisionError(password)

    def get_password(self, service: str, username: str) -> str | None:
        raise ZeroDivisionError(service)


class ForgetfulVault(MemoryVault):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class SilentVault(MemoryVault):
    """Never answers."""

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait(60)
        return None


class InterruptedVault(SilentVault):
    """Never answers either, and gets the Ctrl-C that the thread waiting for it should hear."""

    def get_password(self, service: str, username: str) -> str | None:
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        return super().get_password(service, username)


class PlaintextVault(MemoryVault):
    """Would write into a file that anyone can read."""


class WeakVault(MemoryVault):
    """Says of itself that it is none to be recommended."""

    @properties.classproperty
    def priority(self) -> float:
        """Less than recommended."""
        return 0.5


class AbsentVault(MemoryVault):
    """Does not work on this computer."""

    @properties.classproperty
    def priority(self) -> float:
        """There is none."""
        raise RuntimeError("no bus")


class FileVault(MemoryVault):
    """For several processes: keeps everything in the file that `TEST_VAULT` names."""

    def __init__(self) -> None:
        super().__init__()
        self.file = Path(os.environ.get("TEST_VAULT", os.devnull))
        if self.file.is_file():
            self.kept = {(service, name): text for service, name, text in json.loads(self.file.read_text())}

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password)
        self._write()

    def delete_password(self, service: str, username: str) -> None:
        super().delete_password(service, username)
        self._write()

    def _write(self) -> None:
        rows = [(service, name, text) for (service, name), text in self.kept.items()]
        self.file.write_text(json.dumps(rows))
