"""The control API keeps to the document it serves: what it answers, what it takes, and what it refuses."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tray_auth_desktop import assets
from tray_auth_desktop.standin import StandIn
from tray_auth_desktop.standin.state.operations import OPERATIONS

jsonschema: Any = importlib.import_module("jsonschema")  # it comes without types
DOCUMENT: dict[str, Any] = json.loads(assets.read_text("standin/openapi.json"))
METHODS = ("GET", "PUT", "POST", "DELETE")
USER, NOBODY = "14ee78f9-73d8-527a-bd84-7734b8424c08", "00000000-0000-5000-8000-000000000000"
TWILIO = "55d1154c-4fd8-4c2c-ba22-041deabfcbfd", "973b1afa-aa13-42c7-86c3-3964f44c53dd"
DIALOG = {"user_id": USER, "service_id": TWILIO[0], "service_environment_id": TWILIO[1]}
YEAR_S = 366 * 24 * 60 * 60
OPERATIONS_OF_IT = [
    (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
#: What makes an operation answer so: method, path, status → address, body.
MADE_BY: dict[tuple[str, str, str], tuple[str, Any]] = {
    ("DELETE", "/faults/{number}", "200"): ("/faults/1", None),
    ("DELETE", "/faults/{number}", "404"): ("/faults/1000", None),
    ("DELETE", "/faults/{number}", "422"): ("/faults/first", None),
    ("POST", "/dialogs", "404"): ("/dialogs", DIALOG | {"user_id": NOBODY}),
    ("GET", "/requests", "422"): ("/requests?after=x", None),
    ("GET", "/messages", "422"): ("/messages?after=x", None),
}


@pytest.fixture(scope="module")
def served() -> Iterator[StandIn]:
    with StandIn(control=True, requests_per_s=10_000, burst=10_000) as stand_in:
        yield stand_in


@pytest.fixture
def control(served: StandIn, http: httpx.Client) -> Iterator[httpx.Client]:
    """A client of the control API of a stand-in that has something to tell."""
    served.reset()
    with httpx.Client(base_url=str(served.control_url), trust_env=False) as client:
        client.post("/faults", json={"faults": [{"operation": "users", "status": 503, "count": 1}]})
        page = http.get(client.post("/dialogs", json=DIALOG).json()["url"]).text
        ticket = page.partition('data-report-ticket="')[2].partition('"')[0]
        said = {"message": {"type": "x"}, "target": "*", "receiver": "opener"}
        signed = {"Authorization": f"Bearer {ticket}"}
        http.post(f"{served.dialog_url}/messages", json=said, headers=signed)
        signed = {"Authorization": f"Bearer {served.master_token}"}
        http.post(served.graphql_url, json={"query": "{users{edges{cursor}}}"}, headers=signed)
        yield client


def examples_of(operation: dict[str, Any]) -> list[Any]:
    """Return the bodies that the document shows."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return [example["value"] for example in body.get("examples", {}).values()]


def asked(method: str, path: str, status: str, operation: dict[str, Any]) -> dict[str, Any]:
    """Return the request that the document says is answered with that status."""
    body = next(iter(examples_of(operation)), None)
    address, body = MADE_BY.get((method, path, status), (path.replace("{number}", "1"), body))
    made: dict[str, Any] = {"method": method, "url": address} | ({} if body is None else {"json": body})
    if status == "403":
        made["headers"] = {"Origin": "https://elsewhere.example"}
    if status == "415":
        made["headers"] = {"Content-Type": "text/plain"}
    if status == "422" and body is not None:
        made["json"] = {"no such part": 1}
    return made


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Return what checks against a schema of the document."""
    return jsonschema.Draft202012Validator(schema | {"components": document["components"]})


def validate(document: dict[str, Any], response: dict[str, Any], answer: httpx.Response) -> None:
    """Fail where an answer is not as a response of the document says."""
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    ((kind, content),) = response["content"].items()
    assert answer.headers["content-type"] == kind
    validator(document, content["schema"]).validate(answer.json())
    for name in response.get("headers", {}):
        assert name in answer.headers


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_every_answer_of_the_document_is_given_as_it_says(path: str, control: httpx.Client) -> None:
    document = control.get("/openapi.json").json()
    for method, operation in document["paths"][path].items():
        for status, response in operation["responses"].items():
            answer = control.request(**asked(method.upper(), path, status, operation))
            assert (method, str(answer.status_code)) == (method, status), answer.text
            validate(document, response, answer)


def test_another_method_is_refused_with_those_there_are(control: httpx.Client) -> None:
    document = control.get("/openapi.json").json()
    wrong = document["components"]["responses"]["WrongMethod"]
    for path, operations in document["paths"].items():
        known = {method.upper() for method in operations}
        for method in {*METHODS, "PATCH", "OPTIONS"} - known:
            answer = control.request(method, path.replace("{number}", "1"))
            assert (method, path, answer.status_code) == (method, path, 405)
            assert {*answer.headers["Allow"].split(", ")} - {"HEAD"} == known
            validate(document, wrong, answer)


def test_what_is_not_there_is_said_as_the_document_says(control: httpx.Client) -> None:
    document = control.get("/openapi.json").json()
    for method in METHODS:
        for path in ("/none", "/faults/1/2", "/static/none/none"):
            answer = control.request(method, path)
            assert answer.status_code == 404
            validate(document, document["components"]["responses"]["Unknown"], answer)


def fault(**parts: Any) -> dict[str, Any]:
    return {"faults": [{"operation": "users", "status": 500} | parts]}


def only(**parts: Any) -> dict[str, Any]:
    return {"faults": [{"operation": "users"} | parts]}


#: At the bounds and beyond: method, path, body, whether it makes sense.
BOUNDS = [
    ("PUT", "/faults", fault(status=399), False),
    ("PUT", "/faults", fault(status=400), True),
    ("PUT", "/faults", fault(status=599), True),
    ("PUT", "/faults", fault(status=600), False),
    ("PUT", "/faults", fault(probability=0), False),
    ("PUT", "/faults", fault(probability=0.001), True),
    ("PUT", "/faults", fault(probability=1), True),
    ("PUT", "/faults", fault(probability=1.001), False),
    ("PUT", "/faults", fault(count=0), False),
    ("PUT", "/faults", fault(count=1), True),
    ("PUT", "/faults", fault(count=None), True),
    ("PUT", "/faults", only(delay_s=-0.1), False),
    ("PUT", "/faults", only(delay_s=0.1), True),
    ("PUT", "/faults", only(delay_s=600), True),
    ("PUT", "/faults", only(delay_s=600.1), False),
    ("PUT", "/faults", fault(operation="user"), False),
    ("PUT", "/faults", fault(operation="Users"), False),
    *(("PUT", "/faults", fault(operation=name), True) for name in sorted(OPERATIONS)),
    ("POST", "/clock/advance", {"seconds": -0.1}, False),
    ("POST", "/clock/advance", {"seconds": 0}, True),
    ("POST", "/clock/advance", {"seconds": YEAR_S}, True),
    ("POST", "/clock/advance", {"seconds": YEAR_S + 1}, False),
    ("PUT", "/clock", {"offset_s": -1}, False),
    ("PUT", "/clock", {"offset_s": 0}, True),
    ("PUT", "/clock", {"offset_s": YEAR_S}, True),
    ("PUT", "/clock", {"offset_s": YEAR_S + 1}, False),
]


def test_the_document_has_the_bounds_of_the_server(control: httpx.Client, served: StandIn) -> None:
    document = control.get("/openapi.json").json()
    for method, path, body, makes_sense in BOUNDS:
        served.reset()
        operation = document["paths"][path][method.lower()]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        status = control.request(method, path, json=body).status_code
        fits = validator(document, schema).is_valid(body)
        assert (body, status == 200, fits) == (body, makes_sense, makes_sense)


def test_every_example_fits_its_schema() -> None:
    for _, _, operation in OPERATIONS_OF_IT:
        for example in examples_of(operation):
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            validator(DOCUMENT, schema).validate(example)


def test_the_document_is_written_for_its_readers() -> None:
    text = json.dumps(DOCUMENT)
    assert [word for word in ("Raises:", "Attributes:", "ValueError", "None for") if word in text] == []
