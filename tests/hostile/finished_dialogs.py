"""Dialogs that finish well, and what has to come of them whatever is wrong around them."""

from __future__ import annotations

import json

from tests.hostile.faulty_tray import FaultyTray, Handler
from tests.hostile.launching import Ended, Launcher

AUTH_ID = "5d0f6c0a-4b3e-4f57-9d4e-2f1b7c9a8e10"


def finishing(tray: FaultyTray, auth_id: str = AUTH_ID) -> None:
    """Let the dialog announce an id, which is then in the list."""
    message = json.dumps({"type": "tray.authpopup.finish", "authType": "oauth", "authId": auth_id})
    page = f"<!doctype html><script>opener.postMessage({message}, '*'); close()</script>"

    def finish(handler: Handler) -> None:
        tray.listed.append(auth_id)
        handler.send(200, page)

    tray.dialog = finish


def check_captured(ended: Ended, *says: str) -> None:
    assert (ended.code, ended.answer["auth_id"], ended.answer["confirmed"]) == (0, AUTH_ID, True), ended.err
    assert [word for word in says if word not in "\n".join(ended.lines)] == [], ended.err


def history(launcher: Launcher) -> list[tuple[str, str | None]]:
    """Return outcome and id of what the journal holds, newest first."""
    ended = launcher.run("history", "--json")
    assert ended.code == 0, ended.err
    return [(one["outcome"], one["auth_id"]) for one in json.loads(ended.out)]
