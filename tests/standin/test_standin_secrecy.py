"""What is recorded and shown of requests holds no secret."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.standin.state.dialog_page import DialogLink
from tray_auth_desktop.standin.state.provider import SignIn
from tray_auth_desktop.standin.state.request_record import RecordedRequest, RequestRecord
from tray_auth_desktop.standin.state.tokens import TokenKind

if TYPE_CHECKING:
    from tests.standin.conftest import Client


def test_requests_are_recorded_with_operation_kind_of_token_and_status(timed_client: Client) -> None:
    user_id = timed_client.new_user()
    token = timed_client.user_token(user_id)
    timed_client.listed(token)
    timed_client.listed()
    timed_client.error("users", token)
    timed_client.send("users", "0" * 64)
    timed_client.rest("GET", "connectors", token)
    seen = [(r.operation, r.token_kind, r.status, r.code) for r in timed_client.stand_in.requests]
    assert seen == [
        ("createExternalUser", TokenKind.MASTER, 200, None),
        ("authorize", TokenKind.MASTER, 200, None),
        ("viewer.authentications", TokenKind.USER, 200, None),
        ("viewer.authentications", TokenKind.MASTER, 200, None),
        ("users", TokenKind.USER, 200, "access_not_allowed"),
        ("graphql", TokenKind.UNKNOWN, 403, None),
        ("listConnectors", TokenKind.USER, 200, None),
    ]


def test_no_secret_is_recorded_or_logged(timed_client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    user_id = timed_client.new_user()
    token = timed_client.user_token(user_id)
    link = timed_client.link(user_id, "twilio", 1)
    code = link.partition("code=")[2].partition("&")[0]
    page = timed_client.open(link)
    page.act("submit", {"name": "Mine", "fields": {"account_sid": "AC0typed", "auth_token": "typed"}})
    timed_client.http.get(link)
    timed_client.listed(token)
    # The test's own HTTP client logs the addresses it calls; the stand-in must not.
    logged = "".join(r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore")))
    shown = repr(timed_client.stand_in.requests) + repr(timed_client.stand_in) + logged
    secrets = [code, token, page.token, timed_client.stand_in.master_token, "AC0typed"]
    assert [secret for secret in secrets if secret in shown] == []
    assert "/external/auth/create/stand-in" in shown


def test_an_open_page_does_not_show_its_token(timed_client: Client) -> None:
    page = timed_client.open(timed_client.link(timed_client.new_user(), "twilio", 1))
    held = timed_client.stand_in.state.dialogs.page(page.token)
    assert held is not None
    assert page.token not in repr(held)


def test_representations_leave_secrets_out(client: Client) -> None:
    assert "c0de" not in repr(DialogLink("acme", "c0de"))
    place = client.stand_in.state.solution_slots[0].place
    assert "t1cket" not in repr(SignIn("t1cket", place, "r", (), "st4te"))
    assert "st4te" not in repr(SignIn("t1cket", place, "r", (), "st4te"))


def test_the_record_does_not_grow_for_ever() -> None:
    record = RequestRecord()
    for number in range(25_000):
        record.add(RecordedRequest("api", "GET", f"/{number}", "x", TokenKind.NONE, 200))
    assert len(record.all()) <= 10_000
    assert record.all()[-1].path == "/24999"
