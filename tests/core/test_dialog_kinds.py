"""Requests for an existing authentication and for a solution instance, and further parameters of any."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from tray_auth_desktop.core.dialog_url import (
    RESERVED_PARAMETERS,
    DialogKind,
    DialogRequest,
    assemble_dialog_url,
)

_HOST = "https://embedded.tray.io"
_EDIT = DialogRequest("user", kind=DialogKind.EDIT, auth_id="0f2d9a8c-1b1e-4a6e-9a63-0d3c0d2f4a11")
_SOLUTION = DialogRequest(
    "user",
    kind=DialogKind.SOLUTION,
    solution_instance_id="7c1f1ac2-6c0e-4d0f-8b7b-52a55b6e3a10",
    external_auth_id="external_slack_authentication",
)
_CREATE = DialogRequest("user", "service", "environment", ("a b", "c"))


def test_an_edit_names_the_authentication_in_the_path_and_nothing_but_the_code_behind_it() -> None:
    edit = replace(_EDIT, service_id="service", service_environment_id="environment", scopes=("a",))
    assert assemble_dialog_url(_HOST, "acme", edit, "c0de") == (
        f"{_HOST}/external/auth/edit/acme/{_EDIT.auth_id}?code=c0de"
    )


def test_a_solution_instance_and_its_slot_stand_in_the_path() -> None:
    assert assemble_dialog_url(_HOST, "acme", _SOLUTION, "c0de") == (
        f"{_HOST}/external/auth/create/acme/{_SOLUTION.solution_instance_id}"
        "/external_slack_authentication?code=c0de"
    )


@pytest.mark.parametrize("request_", [_EDIT, _SOLUTION, _CREATE], ids=["edit", "solution", "create"])
def test_further_parameters_come_last_in_order_and_encoded(request_: DialogRequest) -> None:
    extra = (("skipTitleField", "true"), ("x y", "ü&=#"), ("empty", ""))
    url = assemble_dialog_url(_HOST, "acme", replace(request_, extra_parameters=extra), "c0de")
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    assert tuple(pairs[-3:]) == extra
    assert pairs[0] == ("code", "c0de")
    assert url.isascii()
    assert " " not in url


@pytest.mark.parametrize("name", sorted(RESERVED_PARAMETERS))
def test_a_further_parameter_cannot_take_the_place_of_one_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match="itself sets"):
        replace(_CREATE, extra_parameters=((name, "x"),))


@pytest.mark.parametrize(("name", "value"), [("", "x"), (" ", "x"), ("a\n", "x"), ("a", "x\r\ny")])
def test_a_further_parameter_needs_a_name_and_holds_no_line_breaks(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="extra parameter"):
        replace(_EDIT, extra_parameters=((name, value),))


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (DialogKind.CREATE, "service id"),
        (DialogKind.EDIT, "auth id"),
        (DialogKind.SOLUTION, "solution instance id"),
    ],
)
def test_each_kind_says_what_it_lacks(kind: DialogKind, missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        DialogRequest("user", kind=kind)


@pytest.mark.parametrize("part", ["..", "a/b", "a?b", "a#b", "a b", "%2e%2e"])
def test_an_id_that_would_change_the_path_is_refused(part: str) -> None:
    for request in (
        replace(_EDIT, auth_id=part),
        replace(_SOLUTION, solution_instance_id=part),
        replace(_SOLUTION, external_auth_id=part),
    ):
        with pytest.raises(ValueError, match="cannot stand in an address"):
            assemble_dialog_url(_HOST, "acme", request, "c0de")
