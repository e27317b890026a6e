"""Makes end users, services and authentications in any number, for those who measure.

Nothing here is random: a number is given, and the words and ids of a thing follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from tray_auth_desktop import assets
from tray_auth_desktop.standin.state.authentications import Authentication
from tray_auth_desktop.standin.state.catalogue import (
    Connector,
    Operation,
    Place,
    Service,
    ServiceEnvironment,
)
from tray_auth_desktop.standin.state.seed_size import SeedSize
from tray_auth_desktop.standin.state.stable_id import stable_id
from tray_auth_desktop.standin.state.users import EndUser

_VERSIONS = (1, 2)
#: Coprime to any likely number of places, so that neighbours in a list belong to different services.
_STRIDE = 7_919
#: Every tenth service has a second environment, which has no title.
_UNTITLED_EVERY = 10
_TEST_USER_EVERY = 25
_Kind = Literal["token", "oauth2"]


class _BigUser(msgspec.Struct):
    name: str
    external_user_id: str


class _ScaleFile(msgspec.Struct):
    big_user: _BigUser
    first_names: list[str]
    last_names: list[str]
    qualities: list[str]
    trades: list[str]
    purposes: list[str]
    colours: list[str]
    glyphs: list[str]
    environments: dict[str, ServiceEnvironment]
    operations: dict[str, tuple[Operation, ...]]


@dataclass(frozen=True, slots=True)
class MoreServices:
    """Services to be added to a catalogue, and their connectors."""

    services: tuple[Service, ...] = ()
    connectors: tuple[Connector, ...] = ()


class ScaleSeed:
    """What a `SeedSize` asks for.

    Args:
        size: how many of each.
    """

    def __init__(self, size: SeedSize) -> None:
        self._size = size
        self._words = msgspec.json.decode(assets.read_text("standin/seed/scale.json"), type=_ScaleFile)

    @property
    def big_user(self) -> EndUser | None:
        """Return the end user who has all the authentications; None when there are none."""
        if not self._size.authentications:
            return None
        named = self._words.big_user
        return EndUser(stable_id("user", named.external_user_id), named.name, named.external_user_id)

    def users(self) -> list[EndUser]:
        """Return the end users, the one with the authentications first."""
        big = self.big_user
        return ([] if big is None else [big]) + [self._user(number) for number in range(self._size.users)]

    def services(self) -> MoreServices:
        """Return the services, newest version first, and the connectors that use them."""
        services: list[Service] = []
        connectors: list[Connector] = []
        for number in range(self._size.services):
            for version in reversed(_VERSIONS):
                kind: _Kind = "token" if number % 2 else "oauth2"
                services.append(self._service(number, version, kind))
                connectors.append(self._connector(services[-1], kind))
        return MoreServices(tuple(services), tuple(connectors))

    def authentications(self, places: tuple[Place, ...]) -> list[Authentication]:
        """Return the authentications of the one end user, spread over all places."""
        big = self.big_user
        if big is None:
            return []
        purposes, count = self._words.purposes, len(places)
        made = []
        for number in range(self._size.authentications):
            place = places[number * _STRIDE % count]
            name = f"{place.service.title}, {purposes[number % len(purposes)]} {number + 1}"
            auth_id = stable_id("authentication", big.external_user_id, number)
            made.append(Authentication(auth_id, big.id, name, place, place.environment.default_scopes))
        return made

    def _user(self, number: int) -> EndUser:
        first, last = self._words.first_names, self._words.last_names
        # Their lengths have no common divisor: every pair of names comes once before one comes again.
        name = f"{first[number % len(first)]} {last[number % len(last)]}"
        external = f"scale-{number + 1:06}"
        return EndUser(stable_id("user", external), name, external, number % _TEST_USER_EVERY == 0)

    def _service(self, number: int, version: int, kind: _Kind) -> Service:
        words = self._words
        round_number, within = divmod(number, len(words.qualities) * len(words.trades))
        trade, quality = divmod(within, len(words.qualities))
        title = f"{words.qualities[quality]} {words.trades[trade]}"
        if round_number:
            title += f" {round_number + 1}"
        environments: tuple[ServiceEnvironment, ...] = (words.environments[kind],)
        if number % _UNTITLED_EVERY == 0:
            environments += (words.environments["untitled"],)
        return Service(
            name=title.lower().replace(" ", "-"),
            version=version,
            title=title,
            colour=words.colours[number % len(words.colours)],
            glyph=words.glyphs[number % len(words.glyphs)],
            environments=environments,
        )

    def _connector(self, service: Service, kind: _Kind) -> Connector:
        return Connector(
            name=service.name,
            title=service.title,
            description=f"Records of {service.title}.",
            version=f"{service.version}.0",
            service=service.name,
            service_version=service.version,
            operations=self._words.operations[kind],
        )
