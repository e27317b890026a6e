"""The end users, authentications and solution instances that exist when the stand-in starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from tray_auth_desktop import assets
from tray_auth_desktop.standin.state.authentications import Authentication
from tray_auth_desktop.standin.state.catalogue import Catalogue, Place
from tray_auth_desktop.standin.state.scale_seed import ScaleSeed
from tray_auth_desktop.standin.state.stable_id import stable_id
from tray_auth_desktop.standin.state.users import EndUser


class _SeededAuthentication(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    service: str
    version: int
    environment: int = 0
    scopes: tuple[str, ...] = ()
    custom_fields: dict[str, Any] = {}


class _SeededUser(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    external_user_id: str
    authentications: list[_SeededAuthentication]
    is_test_user: bool = False


class _SeededSlot(msgspec.Struct, forbid_unknown_fields=True):
    external_auth_id: str
    service: str
    version: int
    scopes: tuple[str, ...]


class _SeededInstance(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    external_user_id: str
    slots: list[_SeededSlot]


class _SeedFile(msgspec.Struct, forbid_unknown_fields=True):
    users: list[_SeededUser]
    organisation_authentications: list[_SeededAuthentication]
    solution_instances: list[_SeededInstance]


@dataclass(frozen=True, slots=True)
class SolutionSlot:
    """One authentication that a solution instance of an end user asks for."""

    instance_id: str
    instance_name: str
    external_auth_id: str
    owner: str
    place: Place
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seed:
    """What exists at the start."""

    users: list[EndUser]
    authentications: list[Authentication]
    solution_slots: list[SolutionSlot]


def load_seed(catalogue: Catalogue, scale: ScaleSeed) -> Seed:
    """Return what exists at the start, and what `scale` adds; the ids are the same every time."""
    file = msgspec.json.decode(assets.read_text("standin/seed/users.json"), type=_SeedFile)
    users = [
        EndUser(_user_id(u.external_user_id), u.name, u.external_user_id, u.is_test_user) for u in file.users
    ]
    authentications = [
        _authentication(catalogue, user.external_user_id, one)
        for user in file.users
        for one in user.authentications
    ]
    authentications += [_authentication(catalogue, None, one) for one in file.organisation_authentications]
    slots = [
        _slot(catalogue, instance, slot) for instance in file.solution_instances for slot in instance.slots
    ]
    return Seed(users + scale.users(), authentications + scale.authentications(catalogue.places), slots)


def _user_id(external_user_id: str) -> str:
    return stable_id("user", external_user_id)


def _authentication(catalogue: Catalogue, external: str | None, one: _SeededAuthentication) -> Authentication:
    return Authentication(
        id=stable_id("authentication", external or "organisation", one.name),
        owner=None if external is None else _user_id(external),
        name=one.name,
        place=_place(catalogue, one.service, one.version, one.environment),
        scopes=one.scopes,
        custom_fields=one.custom_fields,
    )


def _slot(catalogue: Catalogue, instance: _SeededInstance, slot: _SeededSlot) -> SolutionSlot:
    return SolutionSlot(
        instance_id=stable_id("solution instance", instance.name),
        instance_name=instance.name,
        external_auth_id=slot.external_auth_id,
        owner=_user_id(instance.external_user_id),
        place=_place(catalogue, slot.service, slot.version, 0),
        scopes=slot.scopes,
    )


def _place(catalogue: Catalogue, name: str, version: int, index: int) -> Place:
    service = catalogue.service(name, version)
    if service is None:
        raise LookupError(f"the seed names a service that is not in the catalogue: {name} {version}")
    return Place(service, service.environments[index])
