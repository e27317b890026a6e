"""What the control API takes and gives. `resources/standin/openapi.json` has the same shapes."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from tray_auth_desktop.standin.state.faults import Fault

#: How far a request may put the clock forward.
LONGEST_S = 366 * 24 * 60 * 60
_Forward = Annotated[float, msgspec.Meta(extra_json_schema={"minimum": 0, "maximum": LONGEST_S})]
_Number = Annotated[int, msgspec.Meta(extra_json_schema={"minimum": 1})]
_HowMany = Annotated[int, msgspec.Meta(extra_json_schema={"minimum": 0})]


class ScenarioInfo(msgspec.Struct, frozen=True):
    """One scenario that can be chosen."""

    name: str
    summary: str
    acts: str


class Scenarios(msgspec.Struct, frozen=True):
    """Which scenarios there are, and which were chosen for which services (`*` for all others)."""

    available: list[ScenarioInfo]
    chosen: dict[str, str]


class Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name of a service, or `*` for all others, and for each the name of a scenario."""

    chosen: dict[str, str]


class NewDialog(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose dialog for what, and the scenario that its address asks for; empty for none."""

    user_id: str
    service_id: str
    service_environment_id: str
    scenario: str = ""


class Dialog(msgspec.Struct, frozen=True):
    """The address of a dialog; its code opens one page within 5 minutes."""

    url: str


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules by which operations fail, in the order in which they are asked."""

    faults: list[Fault]


class CountedFault(Fault, frozen=True, kw_only=True, omit_defaults=True):
    """A rule with its number, by which it can be taken away, and how many times it has struck."""

    number: _Number
    strikes: _HowMany


class CountedRules(msgspec.Struct, frozen=True):
    """The rules, each with its number and how many times it has struck."""

    faults: list[CountedFault]


class Time(msgspec.Struct, frozen=True):
    """The stand-in's time in seconds since the epoch, and how far it is ahead of the computer's."""

    now: float
    offset_s: Annotated[float, msgspec.Meta(extra_json_schema={"minimum": 0})]


class Offset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the stand-in's clock is to be ahead of the computer's, in seconds; never less than it is."""

    offset_s: _Forward


class Advance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By how many seconds the clock is put forward."""

    seconds: _Forward


class Reset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the chances behind faults begin again; null for where they began at the start."""

    random_seed: int | None = None


class Seed(msgspec.Struct, frozen=True):
    """Where the chances behind faults began."""

    random_seed: int


class Request(msgspec.Struct, frozen=True):
    """One request that the stand-in has answered, but for those to the control API."""

    number: int
    at: float
    duration_s: float
    host: str
    method: str
    path: str
    operation: str
    token_kind: str
    status: int
    code: str | None
    fault: str | None


class Requests(msgspec.Struct, frozen=True):
    """Requests, oldest first."""

    requests: list[Request]


class Message(msgspec.Struct, frozen=True):
    """One message that a page posted, as the page says itself."""

    number: int
    at: float
    host: str
    page: int | None
    type: str
    message: dict[str, Any]
    target: str
    receiver: str


class Messages(msgspec.Struct, frozen=True):
    """Messages, oldest first."""

    messages: list[Message]


class User(msgspec.Struct, frozen=True):
    """One end user."""

    id: str
    name: str
    external_user_id: str
    is_test_user: bool


class Authentication(msgspec.Struct, frozen=True):
    """One authentication; its owner is null where it is the organisation's own."""

    id: str
    owner: str | None
    name: str
    service: str
    service_version: int
    service_environment_id: str
    scopes: list[str]
    progress: str


class DialogPage(msgspec.Struct, frozen=True):
    """One page that was opened with a code, and the authentication it edits or has made."""

    number: int
    user_id: str
    service: str
    scenario: str
    is_editing: bool
    failures: int
    authentication_id: str | None


class State(msgspec.Struct, frozen=True):
    """What the stand-in holds; no token, no code, no credential."""

    embedded_id: str
    now: float
    clock_offset_s: float
    random_seed: int
    scenarios: dict[str, str]
    faults: list[CountedFault]
    users: list[User]
    authentications: list[Authentication]
    dialog_pages: list[DialogPage]
    open_codes: int
    live_user_tokens: int
    requests: int
    messages: int


class Problem(msgspec.Struct, frozen=True):
    """Why a request was refused; nothing has changed then."""

    message: str
