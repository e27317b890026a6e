"""Forms made from the JSON schemas of service environments."""

from __future__ import annotations

import pytest

from tray_auth_desktop.standin.state.catalogue import ServiceEnvironment, load_catalogue
from tray_auth_desktop.standin.state.form_fields import (
    FormField,
    check_data,
    check_fields,
    check_name,
    fields_of,
    read_schema,
)


def environment(name: str) -> ServiceEnvironment:
    service = load_catalogue().service(name, 1)
    assert service is not None
    return service.environments[0]


def test_twilio_asks_for_its_two_secrets() -> None:
    sid, token = fields_of(environment("twilio"))
    assert (sid.name, sid.label, sid.kind, sid.required) == ("account_sid", "Account SID", "text", True)
    assert (token.name, token.label, token.kind, token.required) == (
        "auth_token",
        "Auth Token",
        "password",
        True,
    )


def test_user_data_come_before_credentials() -> None:
    names = [field.name for field in fields_of(environment("mailgun"))]
    assert names == ["region", "domain", "api_key"]


def test_the_older_generation_of_schemas_is_read() -> None:
    key, token = fields_of(environment("trello"))
    assert (key.required, token.required, token.kind) == (True, True, "password")


def test_a_schema_without_properties_asks_for_nothing() -> None:
    assert read_schema({}) == ()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Enter the Account SID."),
        ("SK123", "Check the Account SID. Starts with AC; shown in the Twilio console."),
        ("AC", "Check the Account SID. Starts with AC; shown in the Twilio console."),
        ("AC0123", None),
    ],
)
def test_a_pattern_is_held_to(typed: str, problem: str | None) -> None:
    assert fields_of(environment("twilio"))[0].problem_with(typed) == problem


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("5432", None),
        ("65536", "Port must be between 1 and 65535."),
        ("0", "Port must be between 1 and 65535."),
        ("five", "Port must be a whole number."),
        ("9" * 5000, "Port must be a whole number."),
    ],
)
def test_a_number_is_held_to_its_bounds(typed: str, problem: str | None) -> None:
    port = next(field for field in fields_of(environment("postgresql")) if field.name == "port")
    assert port.problem_with(typed) == problem


def test_problems_are_named_as_the_form_names_its_fields() -> None:
    problems = check_fields(fields_of(environment("mailgun")), {"region": "mars", "api_key": "   "})
    assert problems == {
        "field.region": "Choose one of the values offered for Region.",
        "field.api_key": "Enter the API key.",
    }


def test_an_optional_field_may_stay_empty() -> None:
    assert FormField("x", "X", "", "text", required=False).problem_with("") is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_is_needed_and_not_endless(name: str) -> None:
    assert set(check_name(name)) == {"name"}


def test_a_sensible_name_is_fine() -> None:
    assert check_name("  Ava's account ") == {}


def test_data_are_checked_as_a_schema_validator_would() -> None:
    fields = fields_of(environment("postgresql"))
    data = {"host": "db", "port": "5432", "database": "d", "user": 7}
    assert check_data(fields, data) == [
        "#: required key [password] not found",
        "#/port: expected type: Integer",
        "#/user: expected type: String",
    ]


def test_a_bad_secret_passes_as_only_the_schema_is_checked() -> None:
    assert check_data(fields_of(environment("twilio")), {"account_sid": "ACnone", "auth_token": "no"}) == []
