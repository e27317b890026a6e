"""What real dialogs do otherwise than documented is found in the timelines that they leave."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = [pytest.mark.program, pytest.mark.webengine]

AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
COOP = {"Cross-Origin-Opener-Policy": "same-origin"}


def post(**message: object) -> str:
    return f"opener.postMessage({json.dumps(message)}, '*');"


def finish(type_name: str = "tray.authpopup.finish", auth_id: object = AUTH_ID) -> str:
    return post(type=type_name, authType="oauth", authId=auth_id)


class LateList(list[str]):
    """Shows what it holds only after it has been looked at some times."""

    def __init__(self, auth_id: str, looks: int) -> None:
        super().__init__([auth_id])
        self._looks = looks

    def __iter__(self) -> Iterator[str]:
        self._looks -= 1
        return super().__iter__() if self._looks < 0 else iter(())


def as_documented(_tray: MadeUpTray) -> str:
    return finish() + "close();"


def lists_late(tray: MadeUpTray) -> str:
    tray.listed = LateList(AUTH_ID, looks=4)
    return finish() + "close();"


def stays_open(tray: MadeUpTray) -> str:
    """It also lists late: the page is asked whether it closed itself while the list is looked at."""
    tray.listed = LateList(AUTH_ID, looks=4)
    return finish()


def severed(tray: MadeUpTray) -> str:
    tray.page_headers = COOP
    return finish() + "close();"


def script(text: str) -> Callable[[MadeUpTray], str]:
    return lambda _tray: text


@pytest.mark.parametrize(
    ("dialog", "findings"),
    [
        (as_documented, []),
        (script(finish("Tray.AuthPopup.Finish") + "close();"), ["spelling"]),
        (script(post(type="tray.authPopup.error", err="Bad scope")), ["error-field"]),
        (script(post(type="tray.authPopup.error", error="")), ["error-text-missing"]),
        (severed, ["opener-severed"]),
        (stays_open, ["finish-without-close", "slow-to-list"]),
        (lists_late, ["slow-to-list"]),
        (script(finish() + finish() + "close();"), ["finished-twice"]),
        (script(finish(auth_id=12) + post(type="tray.authpopup.close") + "close();"), ["wrong-shaped-id"]),
    ],
    ids=lambda value: "-".join(value) or "none" if isinstance(value, list) else "",
)
def test_it_is_found_in_the_timeline(
    program: Program, tray: MadeUpTray, dialog: Callable[[MadeUpTray], str], findings: list[str]
) -> None:
    tray.listed = [AUTH_ID]
    tray.page = f"<!doctype html><script>{dialog(tray)}</script>"
    attempt_id = program.run(*program.create).answer["attempt_id"]
    shown = json.loads(program.run("history", "show", attempt_id, "--json").out)
    assert [finding["contract"] for finding in shown["findings"]] == findings, shown["timeline"]


def test_the_inspector_opens_with_the_dialog_where_it_is_asked_for(
    program: Program, tray: MadeUpTray
) -> None:
    tray.listed = [AUTH_ID]
    tray.page = f"<!doctype html><script>{finish()} close();</script>"
    for flags, is_told in ((("--inspect",), True), ((), False)):
        ended = program.run(*program.create, *flags)
        assert (ended.code, ended.answer["outcome"]) == (0, "captured")
        assert "Release of profile requested" not in ended.err
        shown = program.run("history", "show", ended.answer["attempt_id"]).out
        assert ("The web inspector was opened" in shown) is is_told
