"""Which rules make a fault, and how they are written."""

from __future__ import annotations

from typing import Any

import pytest

from tray_auth_desktop.standin import Fault
from tray_auth_desktop.standin.state.fault_text import fault_from_text


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"operation": "user", "status": 500}, "no operation 'user'"),
        ({"operation": "users"}, "no effect"),
        ({"operation": "users", "status": 200}, "400 to 599"),
        ({"operation": "users", "status": 500, "cut_off": True}, "one effect"),
        ({"operation": "users", "status": 500, "probability": 0.0}, "probability"),
        ({"operation": "users", "status": 500, "probability": 1.5}, "probability"),
        ({"operation": "users", "status": 500, "count": 0}, "count"),
        ({"operation": "users", "delay_s": -1}, "delay"),
        ({"operation": "users", "delay_s": 3_600}, "delay"),
        ({"operation": "listConnectors", "code": "x"}, "GraphQL alone"),
        ({"operation": "*", "code": "x"}, "GraphQL alone"),
        ({"operation": "users", "redirect": "https://example.com/"}, "this computer"),
        ({"operation": "users", "redirect": "https://localhost.example.com/"}, "this computer"),
        ({"operation": "users", "redirect": "ftp://localhost/"}, "this computer"),
        ({"operation": "users", "redirect": "//localhost/"}, "this computer"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Fault(**wrong)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("operation=users,status=503,count=2", Fault(operation="users", status=503, count=2)),
        ("operation=dialog, cut-off", Fault(operation="dialog", cut_off=True)),
        (
            "malformed,operation=users,probability=0.5",
            Fault(operation="users", malformed=True, probability=0.5),
        ),
        ("operation=*,delay=1.5", Fault(operation="*", delay_s=1.5)),
        (
            "operation=users,redirect=http://127.0.0.1:1/?a=b",
            Fault(operation="users", redirect="http://127.0.0.1:1/?a=b"),
        ),
    ],
)
def test_a_rule_can_be_written_in_a_line(text: str, fault: Fault) -> None:
    assert fault_from_text(text) == fault


@pytest.mark.parametrize("text", ["", "users", "operation=users,status=many", "operation=users,stats=503"])
def test_a_line_that_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no fault"):
        fault_from_text(text)
