"""What a person is told when an attempt ends: what happened, why, what to do next."""

from __future__ import annotations

import re

from tray_auth_desktop.core.attempt import Outcome, OutcomeKind
from tray_auth_desktop.core.dialog_state import LoadFailure, WindowGone
from tray_auth_desktop.errors import ExitCode, TrayAuthError
from tray_auth_desktop.redaction import redact

AGAIN = "Open it again; that makes a new code."
NO_ACCOUNT_ID = "The dialog waits for the account id, but the workspace has none: set TRAY_ACCOUNT_ID."
_ABOUT_CODES = "A code works once and for 5 minutes."
#: How Tray words it is not documented (protocol notes, open questions): told by what any wording has to say.
_CODE_REFUSED = re.compile(
    r"(?i)\b(code|link)\b.*\b(used|expired?|invalid|not valid|no longer valid|unknown|redeemed)\b"
    r"|\b(used|expired|invalid|unknown)\b.*\b(code|link)\b"
)
_NETWORK_ADVICE = "Check the network and the dialog's address in the workspace, then open it again."


def closed(gone: WindowGone | None) -> Outcome:
    """The dialog was closed: by its own close message (None), by its page or by the person."""
    who = {
        None: "The dialog was closed before it was finished.",
        WindowGone.BY_PAGE: "The dialog's window closed itself without saying that it was finished.",
        WindowGone.BY_PERSON: "The dialog was closed here before it was finished.",
    }[gone]
    return Outcome.without_result(OutcomeKind.CLOSED, f"{who} {AGAIN}")


def interrupted() -> Outcome:
    """The program was told to stop."""
    text = "The program was told to stop before the dialog was finished."
    return Outcome.without_result(OutcomeKind.CLOSED, text)


def failed(text: str) -> Outcome:
    """The dialog reported an error in its own words."""
    said = f": {redact(text).rstrip('.')}." if text else " without saying what."
    if _CODE_REFUSED.search(text):
        return Outcome.without_result(
            OutcomeKind.FAILED, f"The dialog refused its single-use code{said} {_ABOUT_CODES} {AGAIN}"
        )
    advice = "Check the service, its environment and the scopes, then open it again with a new code."
    return Outcome.without_result(OutcomeKind.FAILED, f"The dialog reported an error{said} {advice}")


def finished_unreadably() -> Outcome:
    """The dialog finished with something that is no authId, and there is no list to look into."""
    text = (
        "The dialog finished, but without an authId that can be read, and the end user's list could not be "
        "fetched to look for it. Look into the end user's authentications before you open it again."
    )
    return Outcome.without_result(OutcomeKind.FAILED, text)


#: From this HTTP status on it is the server's fault, and not the code's.
_SERVER_IN_TROUBLE = 500


def not_loaded(failure: LoadFailure) -> Outcome:
    """The dialog's page did not come."""
    if failure.is_network:
        advice = failure.advice or _NETWORK_ADVICE
        return Outcome.without_result(
            OutcomeKind.FAILED, f"The dialog could not be loaded: {failure.reason} {advice}", ExitCode.NETWORK
        )
    if failure.advice:
        advice = failure.advice
    elif (failure.status or 0) >= _SERVER_IN_TROUBLE:
        advice = f"The dialog's host is there, but in trouble: wait a little. {AGAIN}"
    else:
        advice = f"{_ABOUT_CODES} {AGAIN} If a new one does not help, check the Embedded ID."
    return Outcome.without_result(
        OutcomeKind.FAILED, f"The dialog could not be loaded: {failure.reason} {advice}"
    )


def timed_out(time_limit_s: float) -> Outcome:
    """The time limit struck."""
    text = f"The dialog was not finished within {time_limit_s:g} seconds. {AGAIN}"
    return Outcome.without_result(OutcomeKind.TIMED_OUT, f"{text} The limit is a setting: --timeout.")


def crashed(text: str) -> Outcome:
    """A process of the engine died."""
    return Outcome.without_result(OutcomeKind.CRASHED, f"The web engine broke down: {text} {AGAIN}")


def refused(error: Exception) -> Outcome:
    """There was no code, or no engine to show the dialog with."""
    if not isinstance(error, TrayAuthError):
        text = f"Something unexpected went wrong before the dialog opened: {type(error).__name__}."
        return Outcome.without_result(OutcomeKind.API_ERROR, f"{text} Please report it.", ExitCode.UNEXPECTED)
    kind = OutcomeKind.CRASHED if error.exit_code is ExitCode.ENGINE else OutcomeKind.API_ERROR
    return Outcome.without_result(kind, error.explanation, error.exit_code)
