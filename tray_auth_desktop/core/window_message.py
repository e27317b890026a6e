"""The trust decision: what a window message from the network is worth.

`parse_window_message` is the only place where a message becomes a dialog event.
It is a pure function: same message, same trusted origin, same answer.

Messages and their spellings: tray-protocol notes §5.1. Letter case of types and the
name of the error field differ between Tray's documentation, its code and its users'
code, so both are read tolerantly; where a message comes from is not.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum

from tray_auth_desktop.core.origin import Origin, parse_event_origin

#: Longest message that is looked into, in characters; the documented ones are below 200.
MAX_PAYLOAD_CHARS = 65_536
MAX_ERROR_CHARS = 500
#: A UUID by its shape. Letters beyond f are let through: Tray's own samples mask ids with x.
_AUTH_ID = re.compile(r"[0-9A-Za-z]{8}-(?:[0-9A-Za-z]{4}-){3}[0-9A-Za-z]{12}")
_CLAIMED_ID = re.compile(r"[0-9A-Za-z._:-]{1,128}")
_AUTH_TYPE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


class DialogEventType(StrEnum):
    """Types of the auth-only dialog's messages, folded to lower case."""

    FINISH = "tray.authpopup.finish"
    CLOSE = "tray.authpopup.close"
    CANCEL = "tray.authpopup.cancel"
    ERROR = "tray.authpopup.error"
    ACCOUNT_ID_REQUEST = "tray.authpopup.accountidrequest"


class MessageSource(StrEnum):
    """Which window a message came from, as far as the page that received it can tell.

    `GONE` is a null `event.source`: the window posted while it was being unloaded.
    `SEVERED` is our relay in a dialog whose opener was cut off. `FRAME` is the iframe that the dialog is
    shown in, where it is shown in one.
    """

    POPUP = "popup"
    FRAME = "frame"
    GONE = "gone"
    SEVERED = "severed"
    OTHER = "other"


_TRUSTED_SOURCES = frozenset(MessageSource) - {MessageSource.OTHER}


class Rejection(StrEnum):
    """Why a message changed nothing; the text is what the timeline shows."""

    FOREIGN_ORIGIN = "not from the dialog's origin"
    FOREIGN_WINDOW = "not from the dialog's window"
    NOT_GENUINE = "made by a script, not by postMessage"
    NOT_JSON = "not JSON"
    TOO_LARGE = "too large"
    NOT_AN_OBJECT = "not an object with a type"
    UNKNOWN_TYPE = "not a message of the auth-only dialog"
    NO_AUTH_ID = "finish without something that is an authId"


@dataclass(frozen=True, slots=True)
class WindowMessage:
    """What reached our opener page. Untrusted.

    Attributes:
        origin: `event.origin`, as the browser stated it.
        source: Which window it came from.
        payload: The data as JSON text; None where it has no JSON form.
        is_genuine: `event.isTrusted`: made by the browser, not dispatched by a script.
        size: Length of the JSON text in characters, also where it was too long to be sent on.
    """

    origin: str
    source: MessageSource
    payload: str | None = field(repr=False)
    is_genuine: bool = True
    size: int = 0


@dataclass(frozen=True, slots=True)
class DialogFinished:
    """The end user is done; `auth_id` is the authentication made, edited or chosen.

    `type_name` is here and below the message's type as it was spelled, for the timeline.
    """

    auth_id: str
    auth_type: str | None
    source: MessageSource
    type_name: str = field(default=DialogEventType.FINISH.value, compare=False)


@dataclass(frozen=True, slots=True)
class DialogFailed:
    """The dialog reports an error; `text` is its own words, shortened, and `field_name` where they stood."""

    text: str
    type_name: str = field(default=DialogEventType.ERROR.value, compare=False)
    field_name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class DialogClosed:
    """The person closed or cancelled the dialog from within."""

    type_name: str = field(default=DialogEventType.CLOSE.value, compare=False)


@dataclass(frozen=True, slots=True)
class AccountIdRequested:
    """Enhanced session security: the dialog wants to be told the account id."""

    type_name: str = field(default=DialogEventType.ACCOUNT_ID_REQUEST.value, compare=False)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message that changes nothing.

    Attributes:
        reason: Why.
        type_name: The type it claims, where it has one; shortened, for the timeline.
        claimed_id: For `NO_AUTH_ID` from a trusted window: the text it gave as an id. Worth
            nothing by itself; the user's list may know it.
    """

    reason: Rejection
    type_name: str = ""
    claimed_id: str = ""


DialogEvent = DialogFinished | DialogFailed | DialogClosed | AccountIdRequested


def parse_window_message(message: WindowMessage, trusted_origin: Origin) -> DialogEvent | Rejected:
    """Judge a window message: a dialog event if it is one to the letter, else why not."""
    data = _decode(message)
    type_name = _type_of(data)
    reason = _distrust(message, trusted_origin)
    if reason is None and isinstance(data, Rejection):
        reason = data
    if reason is not None or isinstance(data, Rejection):
        return Rejected(reason or Rejection.NOT_JSON, type_name)
    if not type_name:
        return Rejected(Rejection.NOT_AN_OBJECT)
    return _event(data, type_name, message.source)


def looks_like_auth_id(value: object) -> bool:
    """Whether a value has the form of an authId (a UUID, possibly masked)."""
    return isinstance(value, str) and _AUTH_ID.fullmatch(value) is not None


def _distrust(message: WindowMessage, trusted_origin: Origin) -> Rejection | None:
    if parse_event_origin(message.origin) != trusted_origin:
        return Rejection.FOREIGN_ORIGIN
    if not message.is_genuine:
        return Rejection.NOT_GENUINE
    if message.source not in _TRUSTED_SOURCES:
        return Rejection.FOREIGN_WINDOW
    return None


def _decode(message: WindowMessage) -> dict[str, object] | Rejection:
    if max(message.size, len(message.payload or "")) > MAX_PAYLOAD_CHARS:
        return Rejection.TOO_LARGE
    if message.payload is None:
        return Rejection.NOT_JSON
    try:
        data = json.loads(message.payload, parse_constant=_refuse, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return Rejection.NOT_JSON
    return data if isinstance(data, dict) else Rejection.NOT_AN_OBJECT


def _refuse(constant: str) -> object:
    """Refuse NaN and the infinities, which Python reads and JSON does not know."""
    raise ValueError(f"{constant} is not JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that has a name twice: a browser never makes one, and readers differ on it."""
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return data


def _type_of(data: dict[str, object] | Rejection) -> str:
    """Return the type a message claims, fit to be shown; empty if it claims none."""
    claimed = None if isinstance(data, Rejection) else data.get("type")
    if not isinstance(claimed, str) or not claimed.isascii() or not claimed.isprintable():
        return ""
    return claimed[:80]


def _event(data: dict[str, object], type_name: str, source: MessageSource) -> DialogEvent | Rejected:
    match type_name.lower():
        case DialogEventType.FINISH:
            return _finished(data, type_name, source)
        case DialogEventType.ERROR:
            text, field_name = _error_text(data)
            return DialogFailed(text, type_name, field_name)
        case DialogEventType.CLOSE | DialogEventType.CANCEL:
            return DialogClosed(type_name)
        case DialogEventType.ACCOUNT_ID_REQUEST:
            return AccountIdRequested(type_name)
        case _:
            return Rejected(Rejection.UNKNOWN_TYPE, type_name)


def _finished(data: dict[str, object], type_name: str, source: MessageSource) -> DialogFinished | Rejected:
    auth_id, auth_type = data.get("authId"), data.get("authType")
    if not isinstance(auth_id, str) or not looks_like_auth_id(auth_id):
        claimed_id = auth_id if isinstance(auth_id, str) and _CLAIMED_ID.fullmatch(auth_id) else ""
        return Rejected(Rejection.NO_AUTH_ID, type_name, claimed_id)
    known_type = auth_type if isinstance(auth_type, str) and _AUTH_TYPE.fullmatch(auth_type) else None
    return DialogFinished(auth_id, known_type, source, type_name)


def _error_text(data: dict[str, object]) -> tuple[str, str]:
    """Return the dialog's own words and their field: `error` or `err`, text or an object with a message."""
    for key in ("error", "err"):
        value = data.get(key)
        if isinstance(value, dict):
            value = value.get("message") or _as_text(value)
        if isinstance(value, str) and value.strip():
            words = " ".join(value.split())[:MAX_ERROR_CHARS]
            # what cannot be printed could steer a terminal or turn text round; a lone surrogate has no bytes
            return "".join(one if one.isprintable() else "\ufffd" for one in words), key
    return "", ""


def _as_text(value: dict[str, object]) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:  # reading and writing need not give up at the same depth
        return ""
