"""The record of one attempt that a person reads. Everything in it is redacted before it gets here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: What a look into the user's list is called, among the calls to Tray.
LISTING = "List the authentications"


class EventKind(StrEnum):
    """What a timeline entry is about; people filter by it."""

    ATTEMPT = "attempt"
    API = "api"
    CODE = "code"
    NAVIGATION = "navigation"
    POPUP = "popup"
    MESSAGE = "message"
    CONSOLE = "console"
    SECURITY = "security"
    ENGINE = "engine"
    OUTCOME = "outcome"
    CONFIRMATION = "confirmation"

    @property
    def label(self) -> str:
        """What people read."""
        return "API" if self is EventKind.API else self.value.capitalize()


#: The further facts of an event, by name.
Details = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that happened in an attempt, not yet placed in time.

    Attributes:
        text: One line for people.
        details: Further facts by name, for whoever looks closer.
        is_problem: Whether it should catch the eye.
    """

    kind: EventKind
    text: str
    details: Details = field(default_factory=dict)
    is_problem: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """An observation with its time in milliseconds since the attempt began."""

    at_ms: int
    observation: Observation
