"""What the centre says while no dialog is there: always what happened and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from tray_auth_desktop.gui.theme import Tone

if TYPE_CHECKING:
    from tray_auth_desktop.core.attempt import Outcome
    from tray_auth_desktop.core.subject import Subject


#: Why nothing else can be begun.
RUNNING = "An attempt is running; it has to end before another can start."


class Offer(Enum):
    """A button that makes sense."""

    NEW_CODE = auto()
    COPY_AUTH_ID = auto()
    COPY_TEXT = auto()
    CANCEL = auto()


@dataclass(frozen=True, slots=True)
class Guidance:
    """A title, a text, and the buttons that make sense; the first is the one most will want."""

    title: str
    text: str
    offers: tuple[Offer, ...] = ()
    symbol: str = ""
    tone: Tone | None = None
    is_busy: bool = False


#: By the values of `OutcomeKind`.
_TITLES = {
    "closed": "The dialog was closed",
    "failed": "The dialog failed",
    "timed_out": "Out of time",
    "crashed": "The web engine broke down",
    "api_error": "The dialog could not be opened",
}


def before_choice(missing: tuple[str, ...]) -> Guidance:
    """Something is still to be chosen."""
    steps = "Choose an end user, a service and its environment on the left, then open the dialog."
    what = (
        "The credential typed into it goes to Tray alone; "
        "the authId of the new authentication appears on the right."
    )
    left = "" if len(missing) == 3 else f"\n\nStill to choose: {', '.join(missing)}."
    return Guidance("Collect a credential", f"{steps}\n\n{what}{left}")


def before_mending(problem: str) -> Guidance:
    """Everything is chosen, but something of it cannot be asked for."""
    return Guidance("Something has to be changed first", problem, symbol="warning", tone=Tone.WARNING)


def before_opening(subject: Subject) -> Guidance:
    """Everything is chosen."""
    service = f"{subject.service} ({subject.environment})" if subject.environment else subject.service
    text = (
        f"{subject.user} authenticates with {service}.\n\n"
        "Press Open dialog. That makes a single-use code; the dialog has to load within its 5 minutes."
    )
    return Guidance("Ready to open the dialog", text)


def under_way(progress: str, subject: Subject, *, is_settling: bool) -> Guidance:
    """There is something to wait for."""
    title = "Checking the result" if is_settling else "Preparing the dialog"
    return Guidance(title, f"{progress}\n\n{subject.text}", (Offer.CANCEL,), is_busy=True)


def after(outcome: Outcome) -> Guidance:
    """The attempt has ended."""
    from tray_auth_desktop.core.attempt import OutcomeKind  # nothing has ended at the first paint

    if outcome.kind is OutcomeKind.CAPTURED:
        text = "The authId stands on the right, above the user's authentications."
        return Guidance("Captured", text, (Offer.COPY_AUTH_ID, Offer.NEW_CODE), "check", Tone.GOOD)
    tone = Tone.WARNING if outcome.kind is OutcomeKind.CLOSED else Tone.PROBLEM
    text = outcome.message or "Nothing more is known."
    return Guidance(
        _TITLES[outcome.kind], text, (Offer.NEW_CODE, Offer.COPY_TEXT), symbol="warning", tone=tone
    )
