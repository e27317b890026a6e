"""What browsers are told about who may call the API and who may show the dialog."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.integrator.conftest import Integration
from tray_auth_desktop.standin import StandIn

ELSEWHERE = "http://localhost:3000"
CALLS = [
    ("POST", "/graphql"),
    ("POST", "/session"),
    ("GET", "/core/v1/connectors"),
    ("POST", "/core/v1/authentications"),
    ("PUT", "/core/v1/authentications/any"),
    ("DELETE", "/core/v1/authentications/any"),
]


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def preflight(http: httpx.Client, address: str, origin: str, method: str) -> httpx.Response:
    """Ask what a browser asks before it lets a page send a signed request."""
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization"}
    return http.options(address, headers={"Origin": origin, **asked})


def policy_of(answer: httpx.Response) -> dict[str, str]:
    """Return the directives of a page's policy."""
    directives = answer.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (directive.partition(" ") for directive in directives)}


def assert_unframed(answer: httpx.Response) -> None:
    """No page may show this one in a frame."""
    assert answer.status_code == 200
    assert policy_of(answer)["frame-ancestors"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_dialogs_own_pages_may_call_the_api(stand_in: StandIn, http: httpx.Client) -> None:
    for method, path in CALLS:
        answer = preflight(http, stand_in.rest_url + path, stand_in.dialog_url, method)
        assert (method, path, answer.status_code) == (method, path, 200)
        assert answer.headers["Access-Control-Allow-Origin"] == stand_in.dialog_url
        assert method in answer.headers["Access-Control-Allow-Methods"].split(", ")
        assert "authorization" in answer.headers["Access-Control-Allow-Headers"].lower()


def test_no_other_page_may(stand_in: StandIn, http: httpx.Client) -> None:
    for method, path in CALLS:
        answer = preflight(http, stand_in.rest_url + path, ELSEWHERE, method)
        assert (method, path, answer.status_code) == (method, path, 400)
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_what_a_page_gets_without_asking_first_it_cannot_read(stand_in: StandIn, http: httpx.Client) -> None:
    signed = {"Authorization": f"Bearer {stand_in.master_token}", "Origin": ELSEWHERE}
    answer = http.get(f"{stand_in.rest_url}/core/v1/connectors", headers=signed)
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_back_end_needs_no_origin(integration: Integration) -> None:
    assert integration.tray.authentications() == []


@pytest.mark.parametrize(
    ("stand_in", "expected"),
    [
        ({}, "*"),
        ({"frame_ancestors": []}, "'none'"),
        (
            {"frame_ancestors": ["https://app.example", "http://*.test:*"]},
            "https://app.example http://*.test:*",
        ),
    ],
    indirect=["stand_in"],
)
@pytest.mark.parametrize(("environment_of", "status"), [("twilio", 200), ("slack", 400)])
def test_who_may_show_the_dialog(
    environment_of: str, status: int, expected: str, integration: Integration, http: httpx.Client
) -> None:
    answer = http.get(integration.tray.link("twilio", environment_of))
    assert answer.status_code == status
    assert policy_of(answer)["frame-ancestors"] == expected
    assert "Cross-Origin-Opener-Policy" not in answer.headers


def test_nobody_may_show_the_page_at_the_root(stand_in: StandIn, http: httpx.Client) -> None:
    for host in (stand_in.rest_url, stand_in.dialog_url, stand_in.provider_url):
        assert_unframed(http.get(f"{host}/"))


def test_nobody_may_show_where_a_third_party_signs_people_in(stand_in: StandIn, http: httpx.Client) -> None:
    service = stand_in.state.catalogue.service("slack", 4)
    assert service is not None
    asked = {
        "client_id": service.environments[0].id,
        "redirect_uri": f"{stand_in.rest_url}/oauth2/token",
        "state": "any",
    }
    assert_unframed(http.get(f"{stand_in.provider_url}/login", params=asked))


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "localhost:3000",
        "http://localhost:3000/",
        "http://a; script-src *",
        "http://a b",
        "file:",
        "http://",
    ],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="is no origin"):
        StandIn(frame_ancestors=[origin])
