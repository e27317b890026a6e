"""Failures on request: which operation fails, how, how often, and by what chance."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from http.client import responses
from itertools import count
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

import msgspec

from tray_auth_desktop.standin.state.operations import EVERY_OPERATION, GRAPHQL, OPERATIONS

_STATUSES = range(400, 600)
_LONGEST_S = 600
_NOWHERE = (".localhost", ".test", ".invalid")


def _says(description: str, **bounds: object) -> msgspec.Meta:
    """Return what the control API's document says of a part of a rule; `_complaints` sees to it."""
    return msgspec.Meta(description=description, extra_json_schema=bounds)


_Operation: TypeAlias = Annotated[
    str,
    _says(
        "A GraphQL field, a REST operation, `dialog` for the dialog's pages, what those pages ask for, "
        "a page of the third party, or `*` for all.",
        enum=sorted(OPERATIONS),
    ),
]
_Probability: TypeAlias = Annotated[
    float, _says("By what chance it strikes, each time.", exclusiveMinimum=0, maximum=1)
]
_Count: TypeAlias = Annotated[int | None, _says("How many times it strikes; null for ever.", minimum=1)]
_Status: TypeAlias = Annotated[
    int | None,
    _says("The HTTP status, instead of an answer.", minimum=_STATUSES[0], maximum=_STATUSES[-1]),
]
_ErrorCode: TypeAlias = Annotated[
    str | None,
    _says("`extensions.code` of a GraphQL error, instead of an answer; for operations of GraphQL alone."),
]
_Delay: TypeAlias = Annotated[
    float, _says("How many seconds the answer is held back.", minimum=0, maximum=_LONGEST_S)
]
_CutOff: TypeAlias = Annotated[
    bool, _says("The operation is carried out, half of its answer is sent, and the connection closed.")
]
_Malformed: TypeAlias = Annotated[
    bool, _says("The operation is carried out, and its answer ends in the middle.")
]
_Redirect: TypeAlias = Annotated[
    str | None,
    _says("The address that the request is sent on to, on this computer or nowhere.", format="uri"),
]


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A rule by which an operation fails: it has one effect, and a delay beside that or instead of it."""

    operation: _Operation
    probability: _Probability = 1.0
    count: _Count = None
    status: _Status = None
    code: _ErrorCode = None
    delay_s: _Delay = 0.0
    cut_off: _CutOff = False
    malformed: _Malformed = False
    redirect: _Redirect = None

    def __post_init__(self) -> None:
        """Refuse a rule that makes no sense.

        Raises:
            ValueError: it makes none.
        """
        for is_broken, complaint in self._complaints():
            if is_broken:
                raise ValueError(complaint)

    @property
    def effect(self) -> str:
        """Return what it does, in a word or two."""
        given = [f"status {self.status}"] if self.status is not None else []
        given += [f"code {self.code}"] if self.code is not None else []
        given += ["cut off"] if self.cut_off else []
        given += ["malformed"] if self.malformed else []
        given += ["redirect"] if self.redirect is not None else []
        return ", ".join(given) or "delay"

    @property
    def reason(self) -> str:
        """Return what the status means."""
        return responses.get(self.status or 0, "Error")

    def befalls(self, names: Collection[str]) -> bool:
        """Return whether it is about a request for those operations."""
        return self.operation == EVERY_OPERATION or any(
            name == self.operation or name.startswith(f"{self.operation}.") for name in names
        )

    def _complaints(self) -> Iterable[tuple[bool, str]]:
        known = ", ".join(sorted(OPERATIONS))
        yield self.operation not in OPERATIONS, f"there is no operation {self.operation!r}; there are {known}"
        yield not 0 < self.probability <= 1, "the probability must be above 0, and 1 at most"
        yield self.count is not None and self.count < 1, "the count must be 1 or more"
        yield self.status is not None and self.status not in _STATUSES, "the status must be 400 to 599"
        yield (
            self.code is not None and self.operation not in GRAPHQL,
            "a code is for the operations of GraphQL alone",
        )
        yield not 0 <= self.delay_s <= _LONGEST_S, f"the delay must be 0 to {_LONGEST_S} seconds"
        yield self.effect.count(",") > 0, f"a fault has one effect, and this has several: {self.effect}"
        yield self.effect == "delay" and not self.delay_s, "the fault has no effect"
        yield (
            self.redirect is not None and not _stays_here(self.redirect),
            "a redirect must lead to this computer, or to a host below .localhost, .test or .invalid",
        )


def _stays_here(address: str) -> bool:
    try:
        read = urlsplit(address)
    except ValueError:
        return False
    host = read.hostname or ""
    return read.scheme in ("http", "https") and (
        host in ("localhost", "127.0.0.1") or host.endswith(_NOWHERE)
    )


@dataclass(slots=True)
class Rule:
    """A fault in a book.

    Attributes:
        number: counts the rules of a book, from 1, and stays with this one.
        strikes: how many times it has struck.
    """

    number: int
    fault: Fault
    strikes: int = 0

    @property
    def is_spent(self) -> bool:
        """Return whether it has struck as often as it may."""
        return self.fault.count is not None and self.strikes >= self.fault.count


class FaultBook:
    """Holds the rules, and decides which of them a request meets: the first that strikes.

    Args:
        faults: the rules at the start.
        seed: of the generator behind every probability.
    """

    def __init__(self, faults: Iterable[Fault], seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # to be repeated, not to be secret
        self._numbers = count(1)
        self._rules = self._numbered(faults)

    def add(self, fault: Fault) -> None:
        """Add a rule behind the others; from any thread."""
        self._rules.append(Rule(next(self._numbers), fault))

    def remove(self, number: int) -> None:
        """Take a rule away by its number; the others go on as they were. From any thread.

        Raises:
            LookupError: there is none of that number.
        """
        for rule in tuple(self._rules):
            if rule.number == number:
                self._rules.remove(rule)
                return
        raise LookupError(f"there is no fault of the number {number}")

    def replace(self, faults: Iterable[Fault]) -> None:
        """Put these rules, none of which has struck, in place of the others; from any thread."""
        self._rules = self._numbered(faults)

    def restart(self, faults: Iterable[Fault], seed: int) -> None:
        """Put these rules in place of the others, and begin the numbers and the chances again."""
        self._numbers = count(1)
        self.replace(faults)
        self._chance.seed(seed)

    def clear(self) -> None:
        """Drop every rule."""
        self.replace(())

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules, in the order in which they are asked."""
        return tuple(self._rules)

    def strikes(self) -> list[tuple[Fault, int]]:
        """Return each rule with how many times it has struck."""
        return [(rule.fault, rule.strikes) for rule in self.rules()]

    def met_by(self, names: Collection[str]) -> Fault | None:
        """Return the fault that a request for those operations meets, and count it."""
        for rule in self.rules():
            if rule.is_spent or not rule.fault.befalls(names):
                continue
            if rule.fault.probability == 1 or self._chance.random() < rule.fault.probability:
                rule.strikes += 1
                return rule.fault
        return None

    def _numbered(self, faults: Iterable[Fault]) -> list[Rule]:
        return [Rule(next(self._numbers), fault) for fault in faults]
