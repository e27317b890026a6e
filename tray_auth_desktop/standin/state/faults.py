"""Failures on request: which operation fails, how, how often, and by what chance."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from http.client import responses
from urllib.parse import urlsplit

import msgspec

from tray_auth_desktop.standin.state.operations import EVERY_OPERATION, GRAPHQL, OPERATIONS

_LONGEST_S = 600.0
_NOWHERE = (".localhost", ".test", ".invalid")


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A rule by which an operation fails.

    It has one effect at most of `status`, `code`, `cut_off`, `malformed` and `redirect`; with `delay_s`
    alone the answer is late and good.

    Attributes:
        operation: a GraphQL field (`users`, `viewer.authentications`), a REST operation
            (`listConnectors`), `dialog` for the dialog's pages, or `*` for all.
        probability: by what chance it strikes, each time.
        count: how many times it strikes; None for ever.
        status: the HTTP status, instead of an answer.
        code: `extensions.code` of a GraphQL error, instead of an answer.
        delay_s: how long the answer is held back, in seconds.
        cut_off: the operation is carried out, half of its answer is sent, and the connection closed.
        malformed: the operation is carried out, and its answer ends in the middle.
        redirect: the address that the request is sent on to, on this computer or nowhere.

    Raises:
        ValueError: the rule makes no sense.
    """

    operation: str
    probability: float = 1.0
    count: int | None = None
    status: int | None = None
    code: str | None = None
    delay_s: float = 0.0
    cut_off: bool = False
    malformed: bool = False
    redirect: str | None = None

    def __post_init__(self) -> None:
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
        yield self.status is not None and not 400 <= self.status <= 599, "the status must be 400 to 599"
        yield (
            self.code is not None and self.operation not in GRAPHQL,
            "a code is for the operations of GraphQL alone",
        )
        yield not 0 <= self.delay_s <= _LONGEST_S, f"the delay must be 0 to {_LONGEST_S:.0f} seconds"
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
class _Rule:
    fault: Fault
    strikes: int = 0

    @property
    def is_spent(self) -> bool:
        return self.fault.count is not None and self.strikes >= self.fault.count


class FaultBook:
    """Holds the rules, and decides which of them a request meets: the first that strikes.

    Args:
        faults: the rules at the start.
        seed: of the generator behind every probability.
    """

    def __init__(self, faults: Iterable[Fault], seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # to be repeated, not to be secret
        self._rules = [_Rule(fault) for fault in faults]

    def add(self, fault: Fault) -> None:
        """Add a rule behind the others; from any thread."""
        self._rules.append(_Rule(fault))

    def replace(self, faults: Iterable[Fault]) -> None:
        """Put these rules, none of which has struck, in place of the others; from any thread."""
        self._rules = [_Rule(fault) for fault in faults]

    def restart(self, faults: Iterable[Fault], seed: int) -> None:
        """Put these rules in place of the others, and begin the chances again."""
        self.replace(faults)
        self._chance.seed(seed)

    def clear(self) -> None:
        """Drop every rule."""
        self.replace(())

    def strikes(self) -> list[tuple[Fault, int]]:
        """Return each rule with how many times it has struck."""
        return [(rule.fault, rule.strikes) for rule in self._rules]

    def met_by(self, names: Collection[str]) -> Fault | None:
        """Return the fault that a request for those operations meets, and count it."""
        for rule in self._rules:
            if rule.is_spent or not rule.fault.befalls(names):
                continue
            if rule.fault.probability == 1 or self._chance.random() < rule.fault.probability:
                rule.strikes += 1
                return rule.fault
        return None
