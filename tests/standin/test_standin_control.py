"""The control API: all its document promises, and who may not use it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from tray_auth_desktop import assets
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.state.operations import OPERATIONS
from tray_auth_desktop.standin.web import control_bodies
from tray_auth_desktop.standin.web.control import ControlApi

if TYPE_CHECKING:
    from tests.standin.conftest import Client

DOCUMENT: dict[str, Any] = json.loads(assets.read_text("standin/openapi.json"))
OPERATIONS_OF_IT = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
EXAMPLES = [
    pytest.param(method, path, example["value"], id=f"{method} {path}: {name}")
    for method, path, operation in OPERATIONS_OF_IT
    for name, example in (
        operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("examples", {})
    ).items()
]


@pytest.fixture
def controlled(make_client: Callable[[StandIn], Client]) -> Iterator[Client]:
    with StandIn(control=True, requests_per_s=10_000, burst=10_000) as stand_in:
        yield make_client(stand_in)


def ask(client: Client, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
    given = {} if body is None else {"json": body}
    return client.http.request(method, f"{client.stand_in.control_url}{path}", **given, **options)


def struct_named(reference: dict[str, str]) -> type[msgspec.Struct]:
    named: type[msgspec.Struct] = getattr(control_bodies, reference["$ref"].rpartition("/")[2])
    return named


def fits(answer: Any, struct: type[msgspec.Struct]) -> bool:
    """Whether an answer has the fields of a body, all of them and no other."""
    return bool(msgspec.to_builtins(msgspec.convert(answer, struct)) == answer)


def test_it_is_off_unless_asked_for(client: Client) -> None:
    stand_in = client.stand_in
    assert stand_in.control_url is None
    for base in (stand_in.rest_url, stand_in.dialog_url, stand_in.provider_url):
        for path in DOCUMENT["paths"]:
            assert client.http.get(base + path).status_code in (404, 405)


def test_every_route_is_in_the_document_and_no_other(controlled: Client) -> None:
    routes = {
        (method.lower(), route.path)
        for route in ControlApi(controlled.stand_in.state, controlled.stand_in.addresses).routes()
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert {(method, path) for method, path, _ in OPERATIONS_OF_IT} == routes


def test_the_shapes_in_the_document_are_those_of_the_code() -> None:
    structs = [
        found
        for _, found in inspect.getmembers(control_bodies, inspect.isclass)
        if issubclass(found, msgspec.Struct) and found.__module__ == control_bodies.__name__
    ]
    _, components = msgspec.json.schema_components(structs, ref_template="#/components/schemas/{name}")
    assert DOCUMENT["components"]["schemas"] == json.loads(json.dumps(components))


def test_every_reference_leads_somewhere() -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    for reference in references(DOCUMENT):
        place: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_it_serves_its_document(controlled: Client) -> None:
    assert ask(controlled, "GET", "/openapi.json").json() == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1")


@pytest.mark.parametrize(("method", "path", "example"), EXAMPLES)
def test_every_example_works(controlled: Client, method: str, path: str, example: Any) -> None:
    operation = DOCUMENT["paths"][path][method]
    struct = struct_named(operation["requestBody"]["content"]["application/json"]["schema"])
    msgspec.convert(example, struct)
    answer = ask(controlled, method, path, example)
    assert answer.status_code == 200, answer.text
    promised = struct_named(operation["responses"]["200"]["content"]["application/json"]["schema"])
    assert fits(answer.json(), promised)


@pytest.mark.parametrize(
    "path", [path for method, path, _ in OPERATIONS_OF_IT if method == "get" and path != "/openapi.json"]
)
def test_every_answer_has_the_shape_it_promises(controlled: Client, path: str) -> None:
    page = controlled.open(controlled.link(controlled.new_user(), "twilio", 1))
    page.act("submit", {"name": "n", "fields": {"account_sid": "AC0", "auth_token": "t"}})
    ticket = page.text.partition('data-report-ticket="')[2].partition('"')[0]
    said = {"message": {"type": "x", "authId": "y"}, "target": "*", "receiver": "opener"}
    controlled.http.post(f"{page.base}/messages", json=said, headers={"Authorization": f"Bearer {ticket}"})
    ask(controlled, "POST", "/faults", {"faults": [{"operation": "consent", "cut_off": True}]})
    answer = ask(controlled, "GET", path)
    assert answer.status_code == 200
    responses = DOCUMENT["paths"][path]["get"]["responses"]
    promised = struct_named(responses["200"]["content"]["application/json"]["schema"])
    assert fits(answer.json(), promised)
    assert all(answer.json().values()) or path in ("/clock", "/scenarios", "/state")


def test_scenarios_chosen_by_it_count(controlled: Client) -> None:
    chosen = {"twilio": "person-closes"}
    assert ask(controlled, "PUT", "/scenarios", {"chosen": chosen}).json()["chosen"] == chosen
    page = controlled.open(controlled.link(controlled.new_user(), "twilio", 1))
    fields = {"account_sid": "AC0", "auth_token": "t"}
    steps = page.act("submit", {"name": "n", "fields": fields}).json()["steps"]
    assert steps[0]["message"]["type"] == "tray.authpopup.close"


def test_faults_of_it_strike_and_are_counted(controlled: Client) -> None:
    rule = {"operation": "users", "status": 503, "count": 1}
    ask(controlled, "PUT", "/faults", {"faults": [rule]})
    assert [controlled.send("users").status_code for _ in range(2)] == [503, 200]
    assert ask(controlled, "GET", "/faults").json()["faults"] == [rule | {"number": 1, "strikes": 1}]
    ask(controlled, "PUT", "/faults", {"faults": []})
    assert ask(controlled, "GET", "/faults").json() == {"faults": []}


def test_the_clock_is_put_forward_by_it(controlled: Client) -> None:
    link = controlled.link(controlled.new_user(), "twilio", 1)
    assert ask(controlled, "POST", "/clock/advance", {"seconds": 300}).json()["offset_s"] == 300
    assert controlled.http.get(link).status_code == 410
    assert ask(controlled, "PUT", "/clock", {"offset_s": 400}).json()["offset_s"] == 400


def test_the_clock_goes_back_by_a_reset_alone(controlled: Client) -> None:
    ask(controlled, "POST", "/clock/advance", {"seconds": 300})
    for less in (0, 299.9):
        refused = ask(controlled, "PUT", "/clock", {"offset_s": less})
        assert refused.status_code == 422
        assert "300 seconds ahead and never goes back" in refused.json()["message"]
    assert ask(controlled, "GET", "/clock").json()["offset_s"] == 300
    ask(controlled, "POST", "/reset", {})
    assert ask(controlled, "GET", "/clock").json()["offset_s"] == 0


def test_reset_by_it(controlled: Client) -> None:
    controlled.new_user()
    ask(controlled, "POST", "/faults", {"faults": [{"operation": "users", "status": 503}]})
    assert ask(controlled, "POST", "/reset", {"random_seed": 7}).json() == {"random_seed": 7}
    state = ask(controlled, "GET", "/state").json()
    assert (state["requests"], state["faults"], state["random_seed"]) == (0, [], 7)
    assert len(state["users"]) == 9
    assert ask(controlled, "POST", "/reset", {}).json() == {"random_seed": 1}
    assert ask(controlled, "GET", "/state").json()["random_seed"] == 1


def test_one_fault_is_taken_away_by_it_and_the_others_go_on(controlled: Client) -> None:
    rules = [{"operation": "users", "status": 503, "count": 2}, {"operation": "*", "status": 500}]
    ask(controlled, "POST", "/faults", {"faults": rules})
    assert controlled.send("users").status_code == 503
    left = ask(controlled, "DELETE", "/faults/2").json()["faults"]
    assert left == ask(controlled, "GET", "/faults").json()["faults"]
    assert left == [rules[0] | {"number": 1, "strikes": 1}]
    assert [controlled.send("users").status_code for _ in range(2)] == [503, 200]
    gone = ask(controlled, "DELETE", "/faults/2")
    assert (gone.status_code, gone.json()["message"]) == (404, "there is no fault of the number 2")
    assert ask(controlled, "DELETE", "/faults/two").status_code == 422


def test_only_what_is_new_can_be_asked_for(controlled: Client) -> None:
    for _ in range(3):
        controlled.data("users")
    got = ask(controlled, "GET", "/requests", params={"after": 2}).json()["requests"]
    assert [(one["number"], one["operation"]) for one in got] == [(3, "users")]


def test_no_secret_is_told(controlled: Client) -> None:
    user_id = controlled.new_user()
    link, token = controlled.link(user_id, "twilio", 1), controlled.user_token(user_id)
    page = controlled.open(link)
    page.act("submit", {"name": "n", "fields": {"account_sid": "AC0typed", "auth_token": "typed-secret"}})
    told = "".join(ask(controlled, "GET", path).text for path in DOCUMENT["paths"] if path != "/reset")
    code = link.partition("code=")[2].partition("&")[0]
    secrets = [code, token, page.token, controlled.stand_in.master_token, "AC0typed", "typed-secret"]
    assert [secret for secret in secrets if secret in told] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("PUT", "/scenarios", {"chosen": {"twilio": "none"}}, "no scenario"),
        ("PUT", "/scenarios", {"chosen": {"none": "happy"}}, "no service"),
        ("PUT", "/scenarios", {"twilio": "happy"}, "unknown field"),
        ("PUT", "/faults", {"faults": [{"operation": "none", "status": 500}]}, "no operation"),
        ("PUT", "/faults", {"faults": [{"operation": "users", "stats": 500}]}, "unknown field"),
        ("POST", "/faults", {"faults": [{"operation": "users"}]}, "no effect"),
        ("POST", "/faults", {}, "faults"),
        ("POST", "/clock/advance", {"seconds": -1}, "never back"),
        ("POST", "/clock/advance", {"seconds": 1e12}, "a year"),
        ("PUT", "/clock", {"offset_s": "1"}, "float"),
        ("POST", "/reset", {"random_seed": "x"}, "int"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    controlled: Client, method: str, path: str, body: Any, complaint: str
) -> None:
    before = controlled.stand_in.dump() | {"now": 0}
    answer = ask(controlled, method, path, body)
    assert answer.status_code == 422
    assert complaint in answer.json()["message"]
    assert controlled.stand_in.dump() | {"now": 0} == before


def test_a_number_that_is_none_is_refused(controlled: Client) -> None:
    assert ask(controlled, "GET", "/requests", params={"after": "x"}).status_code == 422


def test_what_is_no_json_is_refused(controlled: Client) -> None:
    broken = ask(controlled, "PUT", "/faults", content=b"{", headers={"Content-Type": "application/json"})
    assert broken.status_code == 422


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_form_of_a_page_is_refused(controlled: Client, kind: str) -> None:
    answer = ask(controlled, "POST", "/reset", content=b"{}", headers={"Content-Type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("page", ["dialog", "provider", "elsewhere", "null"])
def test_no_page_of_another_origin_reaches_it(controlled: Client, method: str, page: str) -> None:
    stand_in = controlled.stand_in
    origins = {"dialog": stand_in.dialog_url, "provider": stand_in.provider_url, "null": "null"}
    origin = origins.get(page, "https://elsewhere.example")
    answer = ask(controlled, method, "/faults", {"faults": []}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.test", "127.0.0.1", "127.0.0.1:1", "localhost", "127.0.0.1.evil.test"]
)
def test_nobody_reaches_it_under_another_name(controlled: Client, host: str) -> None:
    assert ask(controlled, "GET", "/state", headers={"Host": host}).status_code == 403


def test_pages_of_its_own_origin_may_use_it(controlled: Client) -> None:
    own = str(controlled.stand_in.control_url)
    for origin in (own, own.replace("127.0.0.1", "localhost")):
        answer = ask(controlled, "POST", "/reset", {}, headers={"Origin": origin})
        assert answer.status_code == 200


def test_there_is_nothing_else(controlled: Client) -> None:
    assert ask(controlled, "GET", "/none").status_code == 404


def test_requests_to_it_are_not_recorded(controlled: Client) -> None:
    ask(controlled, "GET", "/state")
    assert controlled.stand_in.requests == ()


def test_every_operation_is_known_to_the_document() -> None:
    described = DOCUMENT["paths"]["/faults"]["put"]["description"]
    assert [name for name in OPERATIONS if f"`{name}`" not in described] == []
