"""`services`, `environments` and `scopes`: what can be chosen, by name as a person knows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program
    from tray_auth_desktop.standin import StandIn

pytestmark = pytest.mark.program

SLACK = "3e21b055-1597-40ae-bcc2-72af0843b283"
OLD_SLACK = "227312c4-3e5f-4b0d-22a0-5b9630ece00e"
CONNECTORS = "/core/v1/connectors"


def asked(program: Program, *arguments: str) -> list[dict[str, Any]]:
    ended = program.run(*arguments, "--json")
    assert ended.code == 0, ended.err
    found: list[dict[str, Any]] = json.loads(ended.out)
    return found


def serve(tray: MadeUpTray, path: str, body: object) -> None:
    tray.pages[path] = (json.dumps(body), {"Content-Type": "application/json"})


def connector(name: str, version: str, service: dict[str, object] | None) -> dict[str, object]:
    return {"name": name, "version": version, "title": name.title(), "service": service}


# services


def test_each_service_once_in_its_newest_version(program: Program, stand_in: StandIn) -> None:
    found = asked(program, "services", "list")

    names = [one["service_name"] for one in found]
    assert len(set(names)) == len(names)
    slack = next(one for one in found if one["service_name"] == "slack")
    assert (slack["service_id"], slack["service_version"], slack["versions"]) == (SLACK, "4", ["4", "1"])
    assert slack["is_newest"] is True
    assert {one["name"] for one in slack["connectors"]} == {"slack"}


def test_older_versions_are_reachable(program: Program, stand_in: StandIn) -> None:
    found = asked(program, "services", "list", "--all-versions", "--search", "slack")

    assert [one["service_id"] for one in found] == [SLACK, OLD_SLACK]
    assert [one["is_newest"] for one in found] == [True, False]


def test_services_in_a_table(program: Program, stand_in: StandIn) -> None:
    lines = program.run("services", "list", "--search", "SLACK").out.splitlines()

    assert len(lines) == 2
    assert lines[1].split() == ["Slack", "slack", "4", "1", SLACK]


@pytest.mark.parametrize("body", ["<html><title>Login</title></html>", "[1, 2", "{}"])
def test_services_unreadable(program: Program, tray: MadeUpTray, body: str) -> None:
    tray.pages[CONNECTORS] = (body, {"Content-Type": "text/html"})

    ended = program.run("services", "list", "--json")

    assert (ended.code, ended.out) == (6, "")


# environments


def test_environments_of_a_service(program: Program, stand_in: StandIn) -> None:
    found = asked(program, "environments", "list", "--service", "quill-notes")

    assert [one["title"] for one in found] == ["", "Production", "", "Northgate Studio's own app"]
    assert all(one["service_environment"] for one in found)
    assert len({one["service_environment_id"] for one in found}) == 4
    assert found[1]["scopes"] == ["notes", "notes.read", "notes.write", "offline_access"]
    assert {(one["service_name"], one["service_version"]) for one in found} == {("quill-notes", "3")}


@pytest.mark.parametrize(
    ("arguments", "service_id"),
    [
        (("--service", "slack"), SLACK),
        (("--service", " Slack "), SLACK),
        (("--service", SLACK.upper()), SLACK),
        (("--service", OLD_SLACK), OLD_SLACK),
        (("--service", "slack", "--service-version", "1"), OLD_SLACK),
        (("--service", "slack", "--service-version", "4.0"), SLACK),
    ],
)
def test_a_service_by_name_title_id_and_version(
    program: Program, stand_in: StandIn, arguments: tuple[str, ...], service_id: str
) -> None:
    (found,) = asked(program, "environments", "list", *arguments)

    assert found["service_id"] == service_id


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--service"),
        (("--service", " "), "service is empty"),
        (("--service", "slak"), "no service 'slak'"),
        (("--service", "lack"), "Similar: slack"),
        (("--service", "slack", "--service-version", "2"), "there are: 4, 1"),
        (("--service", OLD_SLACK, "--service-version", "4"), "there are: 1"),
    ],
)
def test_a_service_there_is_not(
    program: Program, stand_in: StandIn, arguments: tuple[str, ...], says: str
) -> None:
    ended = program.run("environments", "list", *arguments, "--json")

    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


def test_two_services_of_one_title_are_not_guessed_between(program: Program, tray: MadeUpTray) -> None:
    services = [{"id": f"s-{n}", "name": f"crm-{n}", "title": "CRM", "version": 1} for n in (1, 2)]
    serve(tray, CONNECTORS, {"elements": [connector(f"c{n}", "1.0", one) for n, one in enumerate(services)]})
    serve(tray, "/core/v1/services/crm-2/versions/1/environments", {"elements": [{"id": "e-2"}]})

    ended = program.run("environments", "list", "--service", "CRM", "--json")

    assert (ended.code, ended.out) == (2, "")
    assert "crm-1, crm-2" in ended.err
    assert asked(program, "environments", "list", "--service", "crm-2")[0]["service_environment_id"] == "e-2"


def test_environments_of_another_generation(program: Program, tray: MadeUpTray) -> None:
    serve(tray, CONNECTORS, [connector("c", "1.0", {"id": "s", "name": "svc", "version": "7.0"})])
    odd = [
        {"id": "e-1", "formDataSchema": {}},
        {"id": "e-2", "title": None, "scopes": "none"},
        {"title": "x"},
    ]
    serve(tray, "/core/v1/services/svc/versions/7/environments", odd)

    ended = program.run("environments", "list", "--service", "svc", "--json")

    assert [one["service_environment_id"] for one in json.loads(ended.out)] == ["e-1", "e-2"]
    assert "no id" in ended.err


# scopes


def test_scopes_with_their_parts(program: Program, stand_in: StandIn) -> None:
    found = {one["scope"]: one for one in asked(program, "scopes", "list", "--service", "salesforce")}

    assert found["api"]["parent"] == "full"
    assert found["chatter_api"]["parent"] == "api"
    assert found["full"]["parent"] is None
    table = program.run("scopes", "list", "--service", "salesforce").out
    assert "\n    chatter_api  " in table


def test_scopes_that_are_plain_texts(program: Program, stand_in: StandIn) -> None:
    found = asked(program, "scopes", "list", "--service", "google-sheets", "--search", "drive")

    assert [one["scope"] for one in found] == ["https://www.googleapis.com/auth/drive.file"]


@pytest.mark.parametrize("environment", ["Production", "production", "d2f8a741-c400-5842-991d-2745328942f1"])
def test_scopes_of_an_environment(program: Program, stand_in: StandIn, environment: str) -> None:
    found = asked(program, "scopes", "list", "--service", "meridian-support", "--environment", environment)

    assert [one["scope"] for one in found] == ["tickets:read", "tickets:write", "people:read"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--service", "meridian-support"), "has 2 environments: Production (d2f8a741-"),
        (("--service", "meridian-support", "--environment", "Staging"), "no environment 'Staging'; it has:"),
        (("--service", "slack", "--operation", "fly"), "no operation 'fly'; there are: send_message"),
        (("--service", "slack", "--operation", "send_message", "--operations"), "Give one of"),
    ],
)
def test_scopes_of_what_there_is_not(
    program: Program, stand_in: StandIn, arguments: tuple[str, ...], says: str
) -> None:
    ended = program.run("scopes", "list", *arguments, "--json")

    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


def test_operations_and_what_they_need(program: Program, stand_in: StandIn) -> None:
    found = asked(program, "scopes", "list", "--service", "slack", "--operations")

    send = next(one for one in found if one["operation"] == "send_message")
    assert send["scopes"] == ["chat:write", "chat:write.public"]
    assert (send["connector"], send["connector_version"]) == ("slack", "11.1")
    (only,) = asked(program, "scopes", "list", "--service", "slack", "--operations", "--search", "e-mail")
    assert only["operation"] == "get_user_by_email"


def test_scopes_for_what_the_connector_must_do(program: Program, stand_in: StandIn) -> None:
    found = asked(
        program, "scopes", "list", "--service", "slack",
        "--operation", "list_users", "--operation", "Find user by e-mail", "--operation", "list_users",
    )  # fmt: skip

    assert [(one["scope"], one["operations"]) for one in found] == [
        ("users:read", ["list_users", "get_user_by_email"]),
        ("users:read.email", ["get_user_by_email"]),
    ]


def test_operations_that_say_nothing_of_scopes(program: Program, tray: MadeUpTray) -> None:
    serve(tray, CONNECTORS, [connector("c", "9.0", {"id": "s", "name": "svc", "version": 1})])
    operations = [{"name": "a"}, {"name": "b", "authScopes": None}, {"name": "c", "authScopes": ["x"]}]
    serve(tray, f"{CONNECTORS}/c/versions/9.0/operations", {"elements": operations})

    found = asked(program, "scopes", "list", "--service", "svc", "--operations")

    assert [(one["operation"], one["scopes"]) for one in found] == [("a", []), ("b", []), ("c", ["x"])]
    assert asked(program, "scopes", "list", "--service", "svc", "--operation", "a") == []
