"""What the clients that answer from memory have in common."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.secrets import Secret


@dataclass(kw_only=True)
class MemoryClient:
    """Answers from memory. `failing` names what fails; `gates` hold an answer back until they are set."""

    lists: dict[str, tuple[Authentication, ...]] = field(default_factory=dict)
    failing: dict[str, Exception] = field(default_factory=dict)
    gates: dict[str, threading.Event] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def _answer(self, what: str) -> None:
        self.calls.append(what)
        if what in self.gates:
            assert self.gates[what].wait(10)
        if what in self.failing:
            raise self.failing[what]

    def generate_authorization_code(self, user_id: str) -> Secret:
        raise AssertionError(f"nothing here makes a code, not even for {user_id}")

    def authentications_of(
        self,
        user_id: str,
        *,
        on_part: Callable[[tuple[Authentication, ...]], None] | None = None,  # noqa: ARG002 - all at once
    ) -> tuple[Authentication, ...]:
        self._answer("authentications")
        return self.lists.get(user_id, ())

    def close(self) -> None:
        pass
