"""The API breaks: every command says what happened and what to do, with its exit code, and no secret."""

from __future__ import annotations

import datetime
import json
import socket
import ssl
import time
from pathlib import Path

import pytest
import trustme

from tests.hostile.faults import FAULTS, SLOW_FAULTS, Fault, redirect_to
from tests.hostile.faulty_tray import FaultyTray, Handler, served
from tests.hostile.launching import CREATE, LIST, USERS, Ended, Launcher
from tests.sizes import IS_FULL

pytestmark = [pytest.mark.program, pytest.mark.webengine]

COMMANDS = (LIST, USERS, CREATE)
#: At reduced size `create`, which starts the web engine each time, meets one fault of each kind only.
_BY_CREATE = frozenset({"401", "graphql errors", "half a body", "50 MB of a message", "reset"})
_SHORTENED = Path(__file__).with_name("impatient.py")


def check(ended: list[Ended], code: int, says: tuple[str, ...]) -> None:
    """Each of `COMMANDS` said it all; `create`, where it was run, on stdout too, as one answer."""
    listed, users, *created = ended
    assert {one.code for one in ended} == {code}, [one.err for one in ended]
    assert listed.out == users.out == ""
    answers = [one.answer for one in created]
    assert all((one["outcome"], one["auth_id"]) == ("api_error", None) for one in answers)
    texts = [listed.err, users.err, *(one["message"] for one in answers)]
    missing = [(word, text) for word in says for text in texts if word not in text]
    assert not missing


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if IS_FULL or not fault.only_full])
def test_a_broken_answer(launcher: Launcher, tray: FaultyTray, name: str) -> None:
    fault = FAULTS[name]
    tray.fault = fault.strike
    begun = time.monotonic()

    commands = COMMANDS if IS_FULL or name in _BY_CREATE else (LIST, USERS)
    check(launcher.run_all(commands), fault.code, fault.says)

    assert time.monotonic() - begun < 45, "a text of the server's took the program's time"
    assert not tray.reached.is_set(), "a dialog was opened without a code"


def test_a_server_that_never_ends_its_answer(launcher: Launcher) -> None:
    """Both at once: each waits for a time limit, which is the program's own only in the full size."""
    if not IS_FULL:
        launcher.entry = (str(_SHORTENED),)
    for fault in SLOW_FAULTS.values():
        _check_slow(launcher, fault)


def _check_slow(launcher: Launcher, fault: Fault) -> None:
    with served(FaultyTray()) as tray:
        tray.fault = fault.strike
        launcher.variables |= tray.environment()
        begun = time.monotonic()
        check(launcher.run_all(COMMANDS), fault.code, fault.says)
        assert time.monotonic() - begun < 45


def test_an_answer_that_only_names_another_kind_is_taken(launcher: Launcher, tray: FaultyTray) -> None:
    tray.listed = ["auth-1"]
    tray.fault = lambda handler: handler.send(
        200, '{"data": {"viewer": {"authentications": {"edges": [{"node": {"id": "auth-1"}}]}}}}',
        {"Content-Type": "text/plain"},
    )  # fmt: skip
    tray.struck = ("authentications",)

    ended = launcher.run(*LIST)

    assert (ended.code, "auth-1" in ended.out) == (0, True), ended.err


def test_a_name_that_is_not_found(launcher: Launcher, tray: FaultyTray) -> None:
    launcher.variables["TRAY_GRAPHQL_URL"] = "https://api.tray-auth-desktop.invalid/graphql"

    check(
        launcher.run_all(COMMANDS),
        7,
        ("api.tray-auth-desktop.invalid", "name was not found", "Check the network"),
    )


def test_nobody_listens(launcher: Launcher, tray: FaultyTray) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    launcher.variables["TRAY_GRAPHQL_URL"] = f"http://127.0.0.1:{port}/graphql"

    check(launcher.run_all(COMMANDS), 7, (f"127.0.0.1:{port}", "refused the connection", "Check the network"))


def tls(authority: trustme.CA, *, from_day: int, to_day: int) -> ssl.SSLContext:
    """What a server speaks TLS with; days are counted from now."""
    now = datetime.datetime.now(datetime.UTC)
    certificate = authority.issue_cert(
        "127.0.0.1",
        not_before=now + datetime.timedelta(days=from_day),
        not_after=now + datetime.timedelta(days=to_day),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("from_day", "to_day", "is_known", "says"),
    [
        (-1, 9, False, "not trusted"),
        (-9, -1, True, "expired"),
        (1, 9, True, "not yet valid"),
    ],
    ids=["unknown", "expired", "not yet valid"],
)
def test_a_certificate_or_a_clock_that_is_wrong(
    launcher: Launcher, tmp_path: Path, from_day: int, to_day: int, says: str, *, is_known: bool
) -> None:
    authority = trustme.CA()
    file = tmp_path / "authority.pem"
    (authority if is_known else trustme.CA()).cert_pem.write_to_path(str(file))
    with served(FaultyTray(tls(authority, from_day=from_day, to_day=to_day))) as tray:
        launcher.variables |= tray.environment() | {"TRAY_CA_FILE": str(file)}
        ended = launcher.run_all(COMMANDS)
        assert tray.requested == [], "a token was sent to a host without a valid certificate"
    check(ended, 7, (f"127.0.0.1:{tray.server_port}", "certificate", says, "clock", "Check the address"))


def test_sent_to_another_host_the_token_does_not_go_along(launcher: Launcher, tray: FaultyTray) -> None:
    with served(FaultyTray()) as other:
        tray.fault = redirect_to(f"{other.origin}/graphql?key=secret")
        ended = launcher.run_all(COMMANDS)
        assert other.requested == []
    host = f"127.0.0.1:{other.server_port}"
    check(ended, 6, ("redirect (307)", host, "not followed", "Set the API's own address"))
    assert not [one for one in ended if "key=secret" in one.out + one.err]


def test_a_list_that_fails_after_the_code_was_made_costs_nothing(
    launcher: Launcher, tray: FaultyTray
) -> None:
    """The dialog opens without the list, and a finish counts, confirmed or not."""
    auth_id = "5d0f6c0a-4b3e-4f57-9d4e-2f1b7c9a8e10"
    tray.fault, tray.struck = FAULTS["500"].strike, ("viewer",)
    message = json.dumps({"type": "tray.authpopup.finish", "authId": auth_id})

    def recover(handler: Handler) -> None:
        tray.fault, tray.listed = None, [auth_id]
        handler.send(200, f"<script>opener.postMessage({message}, '*'); close()</script>")

    tray.dialog = recover

    ended = launcher.run(*CREATE, "--log-level", "info")

    assert (ended.code, ended.answer["via"], ended.answer["confirmed"]) == (0, "opener", True)
    assert "No list to compare with later" in ended.err
