"""A page's request for a security key, and its states in words."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWebEngineCore import QWebEngineWebAuthUxRequest

State = QWebEngineWebAuthUxRequest.WebAuthUxState
Reason = QWebEngineWebAuthUxRequest.PinEntryReason
PinError = QWebEngineWebAuthUxRequest.PinEntryError
Failure = QWebEngineWebAuthUxRequest.RequestFailureReason

_PIN_ERRORS = {
    PinError.InternalUvLocked: "The key's own check is locked, so it asks for its PIN.",
    PinError.WrongPin: "That PIN was wrong.",
    PinError.TooShort: "That PIN is too short.",
    PinError.InvalidCharacters: "That PIN holds characters that a key does not take.",
    PinError.SameAsCurrentPin: "The new PIN must not be the old one.",
}
_FAILURES = {
    Failure.Timeout: "It took too long.",
    Failure.KeyNotRegistered: "This key is not registered here. Try another one.",
    Failure.KeyAlreadyRegistered: "This key is registered here already. Try another one.",
    Failure.SoftPinBlock: "Too many wrong PINs. Take the key out, put it in again, and try again.",
    Failure.HardPinBlock: "Too many wrong PINs: the key is locked for good and has to be reset.",
    Failure.AuthenticatorRemovedDuringPinEntry: "The key was taken out too early. Put it in and try again.",
    Failure.AuthenticatorMissingResidentKeys: "This key cannot hold passkeys. Try another one.",
    Failure.AuthenticatorMissingUserVerification: "This key cannot check who you are. Try another one.",
    Failure.AuthenticatorMissingLargeBlob: "This key lacks room that the page needs. Try another one.",
    Failure.NoCommonAlgorithms: "Key and page have no algorithm in common. Try another key.",
    Failure.StorageFull: "The key is full. Remove a passkey from it, or try another one.",
    Failure.UserConsentDenied: "The key was not allowed to be used.",
    Failure.WinUserCancelled: "It was cancelled in the system's own window.",
}


class PinRequest(Protocol):
    """What is known of a PIN that is asked for. The names are Qt's."""

    reason: Reason
    error: PinError
    minPinLength: int  # noqa: N815 - Qt's name
    remainingAttempts: int  # noqa: N815 - Qt's name


class KeyRequest(Protocol):
    """The part of `QWebEngineWebAuthUxRequest` that the panel uses; a scripted one can take its place."""

    stateChanged: SignalInstance  # noqa: N815 - Qt's name

    def state(self) -> State:
        """Where the request stands."""
        ...

    def relyingPartyId(self) -> str:  # noqa: N802 - Qt's name
        """Who asks for the key: a host name."""
        ...

    def userNames(self) -> list[str]:  # noqa: N802 - Qt's name
        """The accounts on the key."""
        ...

    def pinRequest(self) -> PinRequest:  # noqa: N802 - Qt's name
        """What is known of the PIN that is asked for."""
        ...

    def requestFailureReason(self) -> Failure:  # noqa: N802 - Qt's name
        """Why it failed."""
        ...

    def setPin(self, pin: str) -> None:  # noqa: N802 - Qt's name
        """Give the PIN."""
        ...

    def setSelectedAccount(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Choose an account."""
        ...

    def retry(self) -> None:
        """Try again."""
        ...

    def cancel(self) -> None:
        """Give up; the page is told."""
        ...


def words_for(request: KeyRequest, state: State) -> str:
    """Return what the person is to do, to stand after the name of who asks."""
    if state is State.SelectAccount:
        return "choose the account to sign in with."
    if state is State.CollectPin:
        return _pin_words(request.pinRequest())
    if state is State.RequestFailed:
        return _FAILURES.get(request.requestFailureReason(), "The security key could not be used.")
    return "touch your security key, or follow the system's prompt."


def _pin_words(pin: PinRequest) -> str:
    what = "enter the PIN of your security key."
    if pin.reason is not Reason.Challenge:
        what = f"choose a PIN for your security key, of at least {pin.minPinLength} characters."
    error = _PIN_ERRORS.get(pin.error, "")
    left = pin.remainingAttempts
    tries = f"{left} tries are left." if error and pin.reason is Reason.Challenge and left > 0 else ""
    return " ".join(filter(None, (error, what, tries)))
