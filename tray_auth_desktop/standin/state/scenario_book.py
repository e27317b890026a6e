"""Which scenario counts for a dialog: the more particular choice wins."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tray_auth_desktop.standin.state.scenarios import HAPPY, Scenario, scenario_named

#: Stands for every service that has no scenario of its own.
EVERY_SERVICE = "*"


class ScenarioBook:
    """Holds what was chosen, for single services and for all of them; from any thread.

    Args:
        services: the names of all services.
        chosen: service → scenario, as `choose` takes it.

    Raises:
        ValueError: as `choose`.
    """

    def __init__(self, services: Collection[str], chosen: Mapping[str, str]) -> None:
        self._services = services
        self._chosen: dict[str, Scenario] = {}
        self.choose(chosen)

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was chosen: the name of a service, or `*` → that of a scenario."""
        return {service: scenario.name for service, scenario in self._chosen.items()}

    def choose(self, chosen: Mapping[str, str]) -> None:
        """Choose a scenario for some services, or with `*` for all others; what was chosen before is void.

        Raises:
            ValueError: there is no such service or scenario; nothing has changed then.
        """
        for service in chosen:
            if service != EVERY_SERVICE and service not in self._services:
                raise ValueError(f"there is no service {service!r}; name it as in `twilio`")
        self._chosen = {service: scenario_named(name) for service, name in chosen.items()}

    def scenario_for(self, service: str, in_address: str) -> Scenario:
        """Return the scenario of a dialog.

        Args:
            service: the name of its service.
            in_address: what the dialog's address asks for; empty where it says nothing.

        Raises:
            UnknownScenarioError: the address asks for one that does not exist.
        """
        if in_address:
            return scenario_named(in_address)
        chosen = self._chosen
        return chosen.get(service) or chosen.get(EVERY_SERVICE) or scenario_named(HAPPY)
