"""A service, its environment and scopes that are to be chosen as soon as their lists are here."""

from __future__ import annotations

from typing import NamedTuple

from tray_auth_desktop.gui.environment_picker import EnvironmentPicker
from tray_auth_desktop.gui.scope_picker import ScopePicker
from tray_auth_desktop.gui.service_picker import ServicePicker


class Wish(NamedTuple):
    """What is wanted, and what it was called when it was chosen before."""

    service_id: str
    environment_id: str = ""
    scopes: tuple[str, ...] = ()
    service_version: str = ""
    service_label: str = ""
    environment_label: str = ""


class WishFulfilment:
    """Chooses what is wished for, step by step. What is not there any more is said, and stays wished for."""

    def __init__(self, services: ServicePicker, environments: EnvironmentPicker, scopes: ScopePicker) -> None:
        self._services, self._environments, self._scopes = services, environments, scopes
        self._wish: Wish | None = None
        self._is_acting = False

    @property
    def is_waiting(self) -> bool:
        """Whether something is wished for."""
        return self._wish is not None

    def want(self, wish: Wish) -> None:
        """Wish for something else."""
        self._wish = wish
        self.advance()

    def drop(self) -> None:
        """The person chose otherwise."""
        if not self._is_acting:
            self._wish = None

    def advance(self) -> None:
        """Choose what can be chosen now."""
        if self._wish is None or self._is_acting:
            return
        self._is_acting = True
        try:
            if self._has_service(self._wish) and self._has_environment(self._wish):
                if self._wish.environment_id:
                    self._scopes.set_scopes(self._wish.scopes)
                self._wish = None
        finally:
            self._is_acting = False

    def _has_service(self, wish: Wish) -> bool:
        if not self._services.is_loaded:
            return False
        if self._services.choose_version(wish.service_id, wish.service_version):
            return True
        who = _called(wish.service_label, wish.service_id)
        self._services.complain(
            f"The service {who} is not offered any more. Choose another or its new version."
        )
        return False

    def _has_environment(self, wish: Wish) -> bool:
        if not wish.environment_id:
            return True
        if not self._environments.is_loaded:
            return False
        self._environments.choose(wish.environment_id)
        if self._environments.key == wish.environment_id and self._environments.environment is not None:
            return True
        who = _called(wish.environment_label, wish.environment_id)
        self._environments.complain(f"The environment {who} does not exist any more. Choose another.")
        return False


def _called(label: str, key: str) -> str:
    return f"“{label}” ({key})" if label and label != key else key
