"""Chooses an environment of the chosen service."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tray_auth_desktop.gui.choices import Choice
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.onboarding.load_state import Loaded, LoadState

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import ServiceEnvironment

#: What Tray's own environment is titled; custom OAuth apps are others (protocol notes §3.4).
_DEFAULT_TITLES = ("production", "default")


class EnvironmentPicker(Picker):
    """Shows the default environment first; one that is alone is chosen by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("En&vironment", "environments", "Choose a service first.", parent)
        self._environments: dict[str, ServiceEnvironment] = {}

    @property
    def environment(self) -> ServiceEnvironment | None:
        """What is chosen."""
        return self._environments.get(self.key)

    def show_environments(self, state: LoadState[ServiceEnvironment]) -> None:
        """Show where the list of environments stands."""
        if not isinstance(state, Loaded):
            self.set_state(state)
            return
        self._environments |= {one.service_environment_id: one for one in state.items}
        listed = sorted(state.items, key=_is_other)
        count = Counter(one.label.casefold() for one in listed)
        choices = (_choice(one, is_twin=count[one.label.casefold()] > 1) for one in listed)
        self.set_state(Loaded(tuple(choices)))


def _is_other(environment: ServiceEnvironment) -> bool:
    return environment.title.strip().casefold() not in _DEFAULT_TITLES


def _choice(environment: ServiceEnvironment, *, is_twin: bool) -> Choice:
    """Return a choice; environments of the same title are told apart by their ids."""
    which = environment.service_environment_id[:8] if is_twin else ""
    detail = " · ".join(filter(None, (environment.kind, which)))
    return Choice(environment.service_environment_id, environment.label, detail)
