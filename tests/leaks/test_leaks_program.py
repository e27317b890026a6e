"""Whole flows of the program itself, each with a dialog and an API that repeat every secret they know.

Afterwards each secret is looked for in every file, on both outputs, and in the arguments and environments
of all processes.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

import pytest

from tests.leaks.leaky_tray import JSON, SENT, LeakyTray
from tests.leaks.marked import AS_TRAY_HAS_THEM, LIKE_NOTHING_KNOWN, Marks, hits
from tests.leaks.sites import HTML, Site
from tests.leaks.watched_program import Seen, WatchedProgram, parent_of
from tests.serving import running
from tests.sizes import IS_FULL
from tray_auth_desktop.cli.demonstration import FORM

pytestmark = [pytest.mark.program, pytest.mark.webengine]

CREATE = ("create", "--user-id", "u-1", "--service-id", "s-1", "--service-environment-id", "e-1", "--json")
SETS = {"as Tray has them": AS_TRAY_HAS_THEM, "like nothing known": LIKE_NOTHING_KNOWN}
MakeTray = Callable[[Marks], tuple[WatchedProgram, LeakyTray]]


@pytest.fixture
def make_tray(tmp_path: Path) -> Iterator[MakeTray]:
    """Return a function that makes a leaky Tray, and a program that is set up to use it."""
    with ExitStack() as stack:

        def make(marks: Marks) -> tuple[WatchedProgram, LeakyTray]:
            provider = Site()
            tray = LeakyTray(marks, provider)
            stack.enter_context(running(tray, provider))
            program = WatchedProgram(tmp_path, marks)
            program.environment |= tray.environment()
            return program, tray

        yield make


def assert_nothing_leaked(seen: Seen, marks: Marks) -> None:
    """Fail with the names of what leaked and where."""
    assert hits(marks, seen.out.encode()) == []
    assert [line for line in seen.err.splitlines() if hits(marks, line.encode())] == []
    assert seen.left == {}
    # what Chromium reads of a download, before anybody is asked and it is refused, is in a file for a moment
    assert [found for found in seen.files.values() if found != ["download"]] == []
    assert (seen.arguments, seen.environments) == (set(), set())
    assert seen.own_environment <= {"master_token"}  # where whoever started it put it


#: How the dialog ends: what its page does at last, and the exit code.
ENDS = {
    "captured": ("", 0),
    "failed": (
        "opener.postMessage({type: 'tray.authPopup.error',"
        " error: `no ${marks.code} ${marks.typed} ${marks.cookie} at ${location.href}`}, '*')",
        4,
    ),
    "closed": ("opener.postMessage({type: 'tray.authpopup.close', why: marks.typed}, '*')", 3),
    "out of time": ("", 5),
    "cancelled": ("", 3),
    "renderer killed": ("", 8),
}
IN_SHORT = {("captured", "as Tray has them"), ("failed", "like nothing known")}
CASES = [(end, kind) for end in ENDS for kind in SETS if IS_FULL or (end, kind) in IN_SHORT]


def _deed(end: str, tray: LeakyTray) -> Callable[[list[int]], bool] | None:
    """Return what is done to the program once its dialog has said everything."""

    def end_it(family: list[int]) -> bool:
        if not tray.was_asked_for("/seen"):
            return False
        if end == "cancelled":
            os.kill(family[0], signal.SIGTERM)
            return True
        renderers = [pid for pid in family if parent_of(pid) in family[1:]]  # the zygote's children
        for pid in renderers:
            os.kill(pid, signal.SIGKILL)
        return bool(renderers)

    return end_it if end in ("cancelled", "renderer killed") else None


@pytest.mark.parametrize(("end", "kind"), CASES)
def test_nothing_leaks_however_the_dialog_ends(make_tray: MakeTray, end: str, kind: str) -> None:
    marks = SETS[kind]
    program, tray = make_tray(marks)
    script, code = ENDS[end]
    if end != "captured":
        tray.end, tray.lists_after = script, []
    limit = ("--timeout", "3") if end == "out of time" else ()

    seen = program.run(*CREATE, *limit, meanwhile=_deed(end, tray))

    assert seen.code == code, seen.err[-800:]
    assert tray.was_asked_for("/seen"), "the page got to the end of what it had to say"
    assert tray.was_asked_for("/callback")
    assert "console: it is" in seen.err
    assert len(seen.processes) > 2
    assert_nothing_leaked(seen, marks)
    assert list((program.folder / "data").glob("journal.sqlite3*"))


#: What a server says that repeats what it was sent.
ECHO = f"{SENT}? Bad token {SENT} (Authorization: Bearer {SENT}) {json.dumps({'token': SENT})}"
ERRORS = [{"message": ECHO, "extensions": {"code": "access_not_allowed", "sent": ECHO}, "path": [ECHO]}]
IN_ERRORS = json.dumps({"data": None, "errors": ERRORS})
REFUSALS: dict[str, tuple[int, str, str]] = {
    **{
        str(status): (status, json.dumps({"message": ECHO, "errors": ERRORS}), JSON)
        for status in (400, 401, 403, 404, 429, 500, 502, 503, 504)
    },
    "errors": (200, IN_ERRORS, JSON),
    "half": (200, IN_ERRORS[:-40], JSON),
    "page": (502, f"<html><title>{ECHO}</title><body>{ECHO}", HTML),
    "wrong field": (200, json.dumps({"data": {SENT: SENT}}), JSON),
    "text": (200, ECHO, "text/plain"),
}
#: Commands, with a word of the operation that is refused; `viewer` is asked with the user's token.
REFUSED = [
    (CREATE, "generateAuthorizationCode"),
    (CREATE, "authorize("),
    (("list", "--user-id", "u-1"), "viewer"),
    (("users", "list"), "users"),
]


@pytest.mark.parametrize("how", REFUSALS if IS_FULL else ["401", "errors", "page"])
@pytest.mark.parametrize(("command", "word"), REFUSED if IS_FULL else REFUSED[2:])
def test_nothing_leaks_when_the_api_refuses(
    make_tray: MakeTray, command: tuple[str, ...], word: str, how: str
) -> None:
    """The API repeats the token it was sent, in every place where it says anything."""
    marks = LIKE_NOTHING_KNOWN
    program, tray = make_tray(marks)
    tray.end = "opener.postMessage({type: 'tray.authpopup.close'}, '*')"
    tray.lists_after = []
    tray.refusing(word, *REFUSALS[how])
    seen = program.run(*command, limit_s=120)
    assert seen.code in (3, 6), seen.err
    sent = marks.user_token if word == "viewer" else marks.master_token
    assert any(sent in asked.headers and word in asked.body for asked in tray.asked)
    assert_nothing_leaked(seen, marks)


def test_nothing_leaks_of_the_demonstration(tmp_path: Path) -> None:
    """What it types into the stand-in's dialog, by the engine that people use."""
    nothing = {field.name: f"no-{field.name}-is-known-here" for field in fields(Marks)}
    marks = Marks(**nothing | {"typed": dict(FORM)["Auth Token"]})
    program = WatchedProgram(tmp_path, marks)
    seen = program.run("demo", "--screenshot", str(tmp_path / "picture.png"))
    assert seen.code == 0, seen.err
    assert "Captured authId" in seen.out
    assert_nothing_leaked(seen, marks)


@pytest.mark.parametrize("form", ["plain", "percent", "base64", "json"])
def test_the_search_finds_what_is_there(tmp_path: Path, form: str) -> None:
    """The search is no search for nothing: each form of a value is found, in a file's name too."""
    import base64
    from urllib.parse import quote

    marks = LIKE_NOTHING_KNOWN
    texts = {
        "plain": marks.typed,
        "percent": quote(marks.typed, safe=""),
        "base64": base64.b64encode(f"user:{marks.typed}".encode()).decode(),
        "json": json.dumps({"a": marks.typed}),
    }
    assert hits(marks, f"before {texts[form]} after".encode()) == ["typed"]
    assert hits(marks, b"before and after") == []
