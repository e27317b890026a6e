"""The garbage collector keeps still while a large reply is decoded, and only then."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.large_list import edges, reply
from tray_auth_desktop.api.collector import no_collection
from tray_auth_desktop.errors import UnreadableReplyError
from tray_auth_desktop.secrets import Secret

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

pytestmark = pytest.mark.usefixtures("python_collects")
TOKEN = Secret("fedcba9876543210" * 4)


@pytest.fixture
def collections() -> Iterator[list[int]]:
    """Return the generations that are collected from now on."""
    found: list[int] = []

    def note(phase: str, info: dict[str, Any]) -> None:
        if phase == "start":
            found.append(info["generation"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def test_nothing_is_collected_from_the_first_part_to_the_last(
    tray: ScriptedTray, collections: list[int]
) -> None:
    tray.say_bytes(reply(edges(4500)))
    client = tray.client()
    seen: list[int] = []

    def on_part(_part: object) -> None:
        if not seen:
            collections.clear()
        seen.append(len(collections))

    client.authentications(TOKEN, on_part=on_part)
    assert seen[:4] == [0, 0, 0, 0]
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_not_looked_through_at_once(collections: list[int]) -> None:
    kept: list[list[object]] = []
    with no_collection():
        kept += [[index] for index in range(50_000)]
    young = gc.get_objects(generation=0)
    assert len(young) < 10_000
    assert collections == []


def test_cycles_are_found_afterwards() -> None:
    class Knot:
        pass

    gone = threading.Event()
    with no_collection():
        knot: Any = Knot()
        knot.itself = knot
        reference = weakref.ref(knot, lambda _reference: gone.set())
        del knot
    gc.collect()
    assert gone.is_set()
    assert reference() is None


def test_it_goes_on_after_a_broken_reply(tray: ScriptedTray) -> None:
    tray.say_bytes(reply(edges(3000))[:-1])
    with pytest.raises(UnreadableReplyError):
        tray.client().authentications(TOKEN)
    assert gc.isenabled()


def test_the_last_of_several_lets_it_go_on() -> None:
    with no_collection():
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_program_that_does_without_it_keeps_doing_so() -> None:
    gc.disable()
    try:
        with no_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_a_program_has_put_aside_stays_there() -> None:
    gc.freeze()
    try:
        with no_collection():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
