"""`edit`, and `create` by names and for solution instances: real dialogs of a server never seen before."""

from __future__ import annotations

import json
import signal
import urllib.parse
import uuid
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = [pytest.mark.program, pytest.mark.webengine]

AUTH_ID = "569adf96-3c05-40a6-b565-07e829d2c56d"
EDIT = f"/external/auth/edit/acme/{AUTH_ID}"
SOLUTION = "/external/auth/create/acme/inst-1/external_slack_authentication"
CONNECTORS = [
    {"name": "c", "version": "1.0", "title": "CRM", "service": {"id": "s-1", "name": "crm", "version": 1}},
    {"name": "c", "version": "2.0", "title": "CRM", "service": {"id": "s-2", "name": "crm", "version": 2}},
]
ENVIRONMENTS = {"elements": [{"id": "e-1", "title": "Production"}, {"id": "e-2", "title": "Our own app"}]}
AVA = {"id": "u-7", "name": "Ava", "externalUserId": "ext-7"}
USERS = {"data": {"users": {"edges": [{"node": AVA}], "pageInfo": {"hasNextPage": False}}}}


def with_catalogue(tray: MadeUpTray) -> None:
    kind = {"Content-Type": "application/json"}
    tray.pages["/core/v1/connectors"] = (json.dumps({"elements": CONNECTORS}), kind)
    tray.pages["/core/v1/services/crm/versions/2/environments"] = (json.dumps(ENVIRONMENTS), kind)
    tray.reply_to("users(", USERS)


def opened(tray: MadeUpTray) -> tuple[str, list[tuple[str, str]]]:
    """Return path and parameters of the one dialog that was opened, without its code."""
    (dialog,) = [seen.path for seen in tray.requests if seen.path.startswith("/external/")]
    path, _, query = dialog.partition("?")
    code, *others = urllib.parse.parse_qsl(query, keep_blank_values=True, strict_parsing=True)
    assert code == ("code", tray.code)
    return path, others


# edit


def test_edit_answers_as_create_does(program: Program, tray: MadeUpTray) -> None:
    tray.finishing(AUTH_ID)
    tray.pages[EDIT], tray.listed = (tray.page, {}), [AUTH_ID]

    ended = program.run("edit", AUTH_ID, "--user-id", "u-1", "--json")

    answer = ended.answer
    assert (ended.code, answer["outcome"], answer["auth_id"]) == (0, "captured", AUTH_ID)
    assert (answer["known"], answer["kind"], answer["confirmed"]) == (True, "edit", True)
    assert opened(tray) == (EDIT, [])


def test_edit_with_more_parameters(program: Program, tray: MadeUpTray) -> None:
    tray.finishing(AUTH_ID)
    tray.pages[EDIT], tray.listed = (tray.page, {}), [AUTH_ID]

    program.run(
        "edit", AUTH_ID, "--user-id", "u-1",
        "--parameter", "skipTitleField=true", "--parameter", "a b=ü&=", "--parameter", "empty=",
    )  # fmt: skip

    assert opened(tray)[1] == [("skipTitleField", "true"), ("a b", "ü&="), ("empty", "")]


def test_edit_closed(program: Program, tray: MadeUpTray) -> None:
    message = "opener.postMessage({type: 'tray.authpopup.close'}, '*')"
    tray.pages[EDIT], tray.listed = (f"<!doctype html><script>{message}</script>", {}), [AUTH_ID]

    ended = program.run("edit", AUTH_ID, "--user-id", "u-1")

    assert (ended.code, ended.answer["outcome"], ended.answer["kind"]) == (3, "closed", "edit")


def test_edit_by_external_user_id(program: Program, tray: MadeUpTray) -> None:
    with_catalogue(tray)
    tray.finishing(AUTH_ID)
    tray.pages[EDIT], tray.listed = (tray.page, {}), [AUTH_ID]

    ended = program.run("edit", AUTH_ID, "--external-user-id", "ext-7")

    assert (ended.code, ended.answer["user_id"]) == (0, "u-7")


def test_edit_at_a_host_of_the_services_own(program: Program, tray: MadeUpTray) -> None:
    tray.finishing(AUTH_ID)
    tray.pages[EDIT] = (tray.page, {})
    service = {"id": "s-1", "name": "crm"}
    edges = [{"node": {"id": AUTH_ID, "name": "n", "service": service}}]
    tray.reply_to("viewer", {"data": {"viewer": {"authentications": {"edges": edges}}}})
    config = program.folder / "config"
    config.mkdir()
    (config / "config.toml").write_text(
        'active = "own"\n[workspaces.own]\nembedded_id = "acme"\n'
        f'graphql_url = "{tray.origin}/graphql"\nrest_url = "{tray.origin}"\ndialog_url = "http://127.0.0.1:1"\n'
        f'[workspaces.own.dialog_hosts]\ncrm = "{tray.origin}"\n'
    )
    for name in ("EMBEDDED_ID", "GRAPHQL_URL", "REST_URL", "DIALOG_URL"):
        del program.environment[f"TRAY_{name}"]

    ended = program.run("edit", AUTH_ID, "--user-id", "u-1", "--config-dir", str(config))

    assert (ended.code, ended.answer["auth_id"]) == (0, AUTH_ID), ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("a/b", "--user-id", "u"),
        ("..", "--user-id", "u"),
        (" ", "--user-id", "u"),
        (AUTH_ID,),
        (AUTH_ID, "--user-id", "u", "--parameter", "no pair"),
        (AUTH_ID, "--user-id", "u", "--parameter", "code=mine"),
        (AUTH_ID, "--user-id", "u", "--parameter", "=x"),
    ],
)
def test_edit_of_what_cannot_be(program: Program, tray: MadeUpTray, arguments: tuple[str, ...]) -> None:
    ended = program.run("edit", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert not tray.requests


# create


def test_create_that_returns_a_known_id(program: Program, tray: MadeUpTray) -> None:
    tray.finishing(AUTH_ID)
    tray.listed = [AUTH_ID]

    ended = program.run(*program.create)

    assert (ended.code, ended.answer["known"], ended.answer["kind"]) == (0, True, "create")


def test_create_for_a_solution_instance(program: Program, tray: MadeUpTray) -> None:
    auth_id = tray.finishing()
    tray.pages[SOLUTION], tray.listed = (tray.page, {}), [auth_id]

    ended = program.run(
        "create", "--user-id", "u-1", "--solution-instance-id", " inst-1 ",
        "--external-auth-id", "external_slack_authentication", "--parameter", "skipTitleField=true",
    )  # fmt: skip

    assert (ended.code, ended.answer["auth_id"], ended.answer["kind"]) == (0, auth_id, "solution")
    assert opened(tray) == (SOLUTION, [("skipTitleField", "true")])


def test_create_by_names(program: Program, tray: MadeUpTray) -> None:
    with_catalogue(tray)
    auth_id = tray.finishing()
    tray.lists_after_page = [auth_id]

    ended = program.run(
        "create", "--external-user-id", "ext-7", "--service", "CRM", "--environment", "our own APP",
        "--scope", "read",
    )  # fmt: skip

    assert (ended.code, ended.answer["auth_id"], ended.answer["user_id"]) == (0, auth_id, "u-7"), ended.err
    assert opened(tray)[1] == [("serviceId", "s-2"), ("serviceEnvironmentId", "e-2"), ("scopes[]", "read")]
    shown = json.loads(program.run("history", "show", ended.answer["attempt_id"], "--json").out)
    calls = [event["details"].get("operation") for event in shown["timeline"]]
    assert calls.count("Make a single-use code") == 1, "a call that ended before the attempt began is lost"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--user-id", "u", "--service", "CRM"), "Production (e-1), Our own app (e-2)"),
        (("--user-id", "u", "--service", "crm", "--environment", "none"), "it has: Production"),
        (("--user-id", "u", "--service", "crm", "--service-version", "3"), "there are: 2, 1"),
        (("--external-user-id", "ext-8", "--service", "crm"), "'ext-8'"),
        (("--user-id", "u", "--environment", "e-1"), "--service"),
        (("--user-id", "u", "--service", "crm", "--service-id", "s-1"), "either"),
        (("--user-id", "u", "--service-id", "s-1"), "--service-environment-id"),
        (("--user-id", "u", "--solution-instance-id", "i"), "--external-auth-id"),
        (
            ("--user-id", "u", "--solution-instance-id", "i", "--external-auth-id", "e", "--service", "crm"),
            "takes no --service",
        ),
        (("--user-id", "u", "--solution-instance-id", "i", "--external-auth-id", "e/f"), "external auth id"),
        (("--user-id", "u", "--solution-instance-id", "", "--external-auth-id", "e"), "empty"),
    ],
)
def test_create_of_what_cannot_be(
    program: Program, tray: MadeUpTray, arguments: tuple[str, ...], says: str
) -> None:
    with_catalogue(tray)

    ended = program.run("create", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err
    assert not [seen for seen in tray.requests if seen.path.startswith("/external/")]


@pytest.mark.parametrize(
    ("reply", "status", "code"),
    [({"message": "Unauthorized"}, 401, 6), ("<html><title>Bad gateway</title></html>", 502, 6)],
)
def test_a_look_up_that_is_refused_is_answered_too(
    program: Program, tray: MadeUpTray, reply: object, status: int, code: int
) -> None:
    tray.reply_to("users(", reply, status)

    ended = program.run("create", "--external-user-id", "ext-7", "--service", "crm")

    assert (ended.code, ended.answer["outcome"], ended.answer["kind"]) == (code, "api_error", "create")
    assert str(status) in ended.answer["message"] or "token" in ended.answer["message"]


def test_a_look_up_at_nobody_is_answered_too(program: Program, tray: MadeUpTray) -> None:
    program.environment["TRAY_REST_URL"] = "http://127.0.0.1:1"

    ended = program.run("create", "--user-id", "u-1", "--service", "crm")

    assert (ended.code, ended.answer["outcome"], ended.answer["user_id"]) == (7, "api_error", "u-1")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_while_it_looks_up(program: Program, tray: MadeUpTray, number: signal.Signals) -> None:
    tray.stalled = {"users("}
    process = program.start("create", "--external-user-id", "ext-7", "--service", "crm")
    assert tray.stalling.wait(30)

    process.send_signal(number)

    ended = program.end(process, limit_s=10)
    assert (ended.code, ended.answer["outcome"]) == (3, "closed")


def test_an_id_of_a_new_one_is_not_known(program: Program, tray: MadeUpTray) -> None:
    tray.listed, tray.lists_after_page = [AUTH_ID], [str(uuid.uuid4())]
    tray.page = "<!doctype html><script>window.close()</script>"

    answer = program.run(*program.create).answer

    assert (answer["via"], answer["known"]) == ("listing", False)
