"""What a stand-in is told to do at its start, and does again after a reset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tray_auth_desktop.standin.state.faults import Fault

DEFAULT_RANDOM_SEED = 1


@dataclass(frozen=True, slots=True)
class Script:
    """Scenarios and faults.

    Attributes:
        scenarios: name of a service, or `*` → name of a scenario.
        random_seed: of the generator behind the probabilities of faults.
    """

    scenarios: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    random_seed: int = DEFAULT_RANDOM_SEED
