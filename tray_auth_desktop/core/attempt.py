"""One run of the dialog, from the request to exactly one outcome.

The rules (docs/capture.md):

* a `finish` decides at once, and nothing that comes later changes it;
* everything else that ends a dialog (closed, failed, out of time, crashed) only says
  how it *seems* to have ended: the attempt is then **settling**, until the user's list
  has been compared with the one taken before the dialog opened;
* a `finish` that arrives while settling still wins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.errors import ExitCode

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Authentication
    from tray_auth_desktop.core.window_message import DialogFinished


class OutcomeKind(StrEnum):
    """How an attempt ended. The values are part of the command line's contract."""

    CAPTURED = "captured"
    CLOSED = "closed"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    API_ERROR = "api_error"


class Via(StrEnum):
    """How the authId reached us."""

    OPENER = "opener"
    PARENT = "parent"
    SEVERED_OPENER = "severed-opener"
    LISTING = "listing"


_EXIT_CODES = {
    OutcomeKind.CAPTURED: ExitCode.OK,
    OutcomeKind.CLOSED: ExitCode.CLOSED,
    OutcomeKind.FAILED: ExitCode.FAILED,
    OutcomeKind.TIMED_OUT: ExitCode.TIMED_OUT,
    OutcomeKind.CRASHED: ExitCode.ENGINE,
    OutcomeKind.API_ERROR: ExitCode.API_REFUSED,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended.

    Attributes:
        kind: The one word for it.
        auth_id: The authentication's id; set exactly when `kind` is captured.
        auth_type: What the dialog called its type, if it said.
        via: How the id reached us; set exactly when `kind` is captured.
        confirmed: Whether the id was seen in the user's list.
        message: What happened, why, and what to do next; None on success.
        exit_code: What the command line ends with.
        was_known: Whether the id was in the user's list before the dialog opened: an edit, or a
            person who chose an authentication that was there. None if that cannot be told.
    """

    kind: OutcomeKind
    auth_id: str | None = None
    auth_type: str | None = None
    via: Via | None = None
    confirmed: bool = False
    message: str | None = None
    exit_code: ExitCode = ExitCode.OK
    was_known: bool | None = None

    @classmethod
    def without_result(cls, kind: OutcomeKind, message: str, exit_code: ExitCode | None = None) -> Outcome:
        """Return an outcome that captured nothing; the exit code follows from the kind unless given."""
        return cls(kind, message=message, exit_code=exit_code or _EXIT_CODES[kind])

    @classmethod
    def captured(cls, auth_id: str, via: Via, auth_type: str | None = None) -> Outcome:
        """Return the outcome that everything is about; found in the list means confirmed."""
        return cls(OutcomeKind.CAPTURED, auth_id, auth_type, via, confirmed=via is Via.LISTING)


class Sign(IntEnum):
    """How much a sign that the dialog is over explains; of two, the one that explains more counts."""

    SEEN = 0
    DIALOG_CLOSED = 1
    DIALOG_FAILED = 2


class Phase(StrEnum):
    """Where an attempt stands."""

    PREPARING = "preparing"
    OPEN = "open"
    SETTLING = "settling"
    ENDED = "ended"


class Attempt:
    """The state of one run of the dialog. Pure: it is told what happens and answers with outcomes."""

    def __init__(self, attempt_id: str, request: DialogRequest) -> None:
        self.attempt_id = attempt_id
        self.request = request
        self.phase = Phase.PREPARING
        self.outcome: Outcome | None = None
        self._seeming: Outcome | None = None
        self._sign = Sign.SEEN
        self._known: frozenset[str] | None = None

    def opened(self, listed_before: tuple[Authentication, ...] | None = None) -> None:
        """The dialog is on its way to the screen.

        Args:
            listed_before: The user's authentications as they are now; None if they are not known.
        """
        if listed_before is not None:
            self._known = frozenset(one.auth_id.lower() for one in listed_before)
        if self.phase is Phase.PREPARING:
            self.phase = Phase.OPEN

    def finished(self, event: DialogFinished) -> Outcome | None:
        """A finish arrived. Returns the outcome if it decides; None if the attempt had ended."""
        if self.phase is Phase.ENDED:
            return None
        from tray_auth_desktop.core.window_message import MessageSource

        other_ways = {MessageSource.SEVERED: Via.SEVERED_OPENER, MessageSource.FRAME: Via.PARENT}
        via = other_ways.get(event.source, Via.OPENER)
        return self._end(Outcome.captured(event.auth_id, via, event.auth_type))

    def seems_over(self, seeming: Outcome, sign: Sign = Sign.SEEN) -> Outcome | None:
        """The dialog ended without a finish, as far as one can see.

        Args:
            seeming: What the outcome will be unless a finish or the list says otherwise.
            sign: What it was seen by. The first sign counts until one comes that explains more.

        Returns:
            The outcome at once if no dialog was ever opened; otherwise None, and the
            attempt settles: `settle` has the last word.
        """
        if self.phase is Phase.PREPARING:
            return self._end(seeming)
        if self.phase is Phase.OPEN:
            self.phase = Phase.SETTLING
            self._seeming, self._sign = seeming, sign
        elif self.phase is Phase.SETTLING and sign > self._sign:
            self._seeming, self._sign = seeming, sign
        return None

    def found(self, authentication: Authentication) -> Outcome | None:
        """The user's list shows what the dialog made. None if the attempt had ended."""
        if self.phase is Phase.ENDED:
            return None
        return self._end(Outcome.captured(authentication.auth_id, Via.LISTING))

    def settle(self, new: tuple[Authentication, ...] | None) -> Outcome | None:
        """The lists were compared.

        Args:
            new: What only the second list holds; None if they could not be compared.

        Returns:
            The outcome: captured by listing if exactly one authentication is new, else what
            it seemed to be, with a word on the list. None if the attempt was not settling.
        """
        if self.phase is not Phase.SETTLING or self._seeming is None:
            return None
        if new is not None and len(new) == 1:
            return self.found(new[0])
        return self._end(
            replace(self._seeming, message=f"{self._seeming.message} {self._listing_note(new)}".strip())
        )

    def _end(self, outcome: Outcome) -> Outcome:
        if outcome.auth_id is not None and self._known is not None:
            outcome = replace(outcome, was_known=outcome.auth_id.lower() in self._known)
        self.phase, self.outcome = Phase.ENDED, outcome
        return outcome

    def _listing_note(self, new: tuple[Authentication, ...] | None) -> str:
        if new is None:
            return (
                "The user's authentications could not be compared with those before: "
                "refresh the list to see whether one was made."
            )
        if new:
            ids = ", ".join(authentication.auth_id for authentication in new)
            return f"{len(new)} authentications are new, so it cannot be told which is this one: {ids}."
        if self.request.kind is DialogKind.EDIT:
            return (
                "The list shows no change of this authentication, which does not prove that none was saved: "
                "it shows names, not credentials."
            )
        return ""
