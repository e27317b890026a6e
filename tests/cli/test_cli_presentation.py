"""The test options of `create`: in an iframe, in a size, with another person's taste and place."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = [pytest.mark.program, pytest.mark.webengine]


def to_parent(auth_id: str, text: str = "''") -> str:
    """Return a page that finishes in an iframe; the type says what it sees."""
    message = f"{{type: 'tray.authpopup.finish', authType: {text}, authId: {json.dumps(auth_id)}}}"
    return f"<!doctype html><script>parent.postMessage({message}, '*')</script>"


def test_captured_by_the_parent_of_an_iframe(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    tray.page = to_parent(auth_id)
    tray.lists_after_page = [auth_id]
    ended = program.run(*program.create, "--embedding", "iframe")
    answer = ended.answer
    assert (ended.code, answer["outcome"], answer["auth_id"]) == (0, "captured", auth_id)
    assert (answer["via"], answer["confirmed"]) == ("parent", True)


def test_the_page_sees_what_is_asked_for(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    seen = (
        "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, navigator.language,"
        " Intl.DateTimeFormat().resolvedOptions().timeZone.replace('/', '.'), navigator.userAgent].join('_')"
    )
    tray.page = to_parent(auth_id, seen)
    tray.lists_after_page = [auth_id]
    options = (
        *("--embedding", "iframe", "--size", "375x667", "--prefers-color-scheme", "dark"),
        *("--language", "pt-BR", "--time-zone", "Asia/Tokyo", "--user-agent", "Tester", "--reduced-motion"),
    )
    answer = program.run(*program.create, *options).answer
    assert answer["auth_id"] == auth_id
    assert answer["auth_type"] == "375_true_pt-BR_Asia.Tokyo_Tester"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--size", "big"), "no size"),
        (("--time-zone", "Mars/Olympus"), "time zone"),
        (("--embedding", "window"), "--embedding"),
    ],
)
def test_what_cannot_be_used_is_a_usage_error(
    program: Program, tray: MadeUpTray, options: tuple[str, str], said: str
) -> None:
    ended = program.run(*program.create, *options)
    assert ended.code == 2
    assert said in ended.err
    assert tray.requests == []


def test_the_timeline_says_what_was_varied(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    tray.page = to_parent(auth_id)
    tray.lists_after_page = [auth_id]
    answer = program.run(*program.create, "--embedding", "iframe", "--language", "de-DE").answer
    shown = program.run("history", "show", answer["attempt_id"], "--json").answer
    begun = shown["timeline"][0]
    assert begun["details"]["embedding"] == "iframe"
    assert begun["details"]["language"] == "de-DE"
