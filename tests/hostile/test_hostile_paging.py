"""A list that never ends: said at a terminal, stopped at once, and never taken for the whole."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Iterator

import pytest

from tests.hostile.faulty_tray import FaultyTray, Handler
from tests.hostile.launching import USERS, Launcher, end

pytestmark = pytest.mark.program


def _page(handler: Handler, user_id: str, cursor: str) -> None:
    users = {
        "edges": [{"node": {"id": user_id, "name": "Ava"}}],
        "pageInfo": {"hasNextPage": True, "endCursor": cursor},
    }
    handler.send_json({"data": {"users": users}})


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: ours, and the program's."""
    ours, programs = os.openpty()
    yield ours, programs
    os.close(ours)
    os.close(programs)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")
def test_a_list_without_end_is_told_at_a_terminal_and_can_be_stopped(
    launcher: Launcher, tray: FaultyTray, terminal: tuple[int, int]
) -> None:
    numbers = itertools.count()
    tray.fault = lambda handler: _page(handler, f"u-{next(numbers)}", f"c-{next(numbers)}")
    ours, programs = terminal
    process = launcher.start(*USERS, stderr=programs)

    said = b""
    while b"end users so far; Ctrl-C stops." not in said:
        said += os.read(ours, 1_000)
    process.send_signal(signal.SIGINT)

    ended = end(process, 10)
    assert (ended.code, ended.out) == (3, "")
