"""`create` as another program launches it, against a server it has never seen."""

from __future__ import annotations

import urllib.parse
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.posting import post

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program

pytestmark = [pytest.mark.program, pytest.mark.webengine]


FIELDS = [
    "outcome", "auth_id", "auth_type", "via", "confirmed", "message", "attempt_id", "user_id", "elapsed_ms",
    "known", "kind",
]  # fmt: skip


REFUSAL = {
    "data": None,
    "errors": [
        {
            "message": "User not found",
            "path": ["generateAuthorizationCode"],
            "extensions": {"name": "PreconditionError", "code": "user_does_not_exist"},
        }
    ],
}


def test_captured_and_confirmed(program: Program, tray: MadeUpTray) -> None:
    auth_id = tray.finishing()
    tray.lists_after_page = [auth_id]

    ended = program.run(*program.create)

    answer = ended.answer
    assert list(answer) == FIELDS
    assert ended.code == 0
    assert (answer["outcome"], answer["auth_id"], answer["auth_type"]) == ("captured", auth_id, "oauth")
    assert (answer["via"], answer["confirmed"], answer["message"]) == ("opener", True, None)
    assert (answer["user_id"], answer["known"], answer["kind"]) == ("u-1", False, "create")
    assert 0 < answer["elapsed_ms"] < 60_000
    assert str(uuid.UUID(answer["attempt_id"])) == answer["attempt_id"]


def test_the_dialog_is_asked_for_to_the_letter(program: Program, tray: MadeUpTray) -> None:
    tray.lists_after_page = [tray.finishing()]
    scopes = ("channels:read", "https://www.example.com/auth/a b", "x&y=z#ü")

    program.environment["TRAY_LOG_LEVEL"] = "debug"
    program.run(*program.create, *(part for scope in scopes for part in ("--scope", scope)))

    (dialog,) = [seen.path for seen in tray.requests if seen.path.startswith("/external/")]
    query = dialog.partition("?")[2]
    assert [part.partition("=")[0] for part in query.split("&")] == [
        "code", "serviceId", "serviceEnvironmentId", "scopes[]", "scopes[]", "scopes[]",
    ]  # fmt: skip
    values = urllib.parse.parse_qs(query, strict_parsing=True)
    assert values["serviceId"] == ["s-1"]
    assert values["serviceEnvironmentId"] == ["e-1"]
    assert values["scopes[]"] == list(scopes)
    assert values["code"] == [tray.code]


def test_only_the_calls_it_needs_with_the_tokens_they_take(program: Program, tray: MadeUpTray) -> None:
    auth_id = tray.finishing()
    tray.lists_after_page = [auth_id]

    program.run(*program.create)

    calls = [seen for seen in tray.requests if seen.path == "/graphql"]
    assert {seen.authorization for seen in calls} == {
        f"Bearer {tray.master_token}", f"Bearer {tray.user_token}",
    }  # fmt: skip
    assert all(seen.variables.get("userId", "u-1") == "u-1" for seen in calls)
    assert not [seen for seen in tray.requests if seen.path.startswith("/core/")]


@pytest.mark.parametrize(
    ("page", "outcome", "code", "says"),
    [
        (post({"type": "tray.authpopup.close"}), "closed", 3, "closed before it was finished"),
        (post({"type": "tray.authpopup.cancel"}), "closed", 3, "closed before it was finished"),
        (post({"type": "tray.authPopup.error", "error": "No such env"}), "failed", 4, "No such env"),
        (post({"type": "tray.authpopup.error", "err": "Old way"}), "failed", 4, "Old way"),
        (post({"type": "tray.authPopup.error"}), "failed", 4, "without saying what"),
        ("<!doctype html><script>window.close()</script>", "closed", 3, "closed itself"),
    ],
    ids=["close", "cancel", "error", "err", "wordless", "window.close"],
)
def test_without_a_result(
    program: Program, tray: MadeUpTray, page: str, outcome: str, code: int, says: str
) -> None:
    tray.page = page

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == (outcome, code)
    assert says in ended.answer["message"]
    assert (ended.answer["auth_id"], ended.answer["via"], ended.answer["confirmed"]) == (None, None, False)


def test_a_lost_message_is_found_in_the_list(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    tray.listed, tray.lists_after_page = [str(uuid.uuid4())], [auth_id]
    tray.page = "<!doctype html><script>window.close()</script>"

    ended = program.run(*program.create)

    assert (ended.code, ended.answer["auth_id"]) == (0, auth_id)
    assert (ended.answer["via"], ended.answer["confirmed"]) == ("listing", True)


def test_a_severed_opener_does_not_lose_the_message(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    tray.lists_after_page = [auth_id]
    tray.page = "<!doctype html><script>location = '/coop'</script>"
    coop = {"Cross-Origin-Opener-Policy": "same-origin"}
    tray.pages["/coop"] = ("<!doctype html><script>location = '/end'</script>", coop)
    tray.finishing(auth_id)
    tray.pages["/end"], tray.page = (tray.page, {}), "<!doctype html><script>location = '/coop'</script>"

    ended = program.run(*program.create)

    assert (ended.code, ended.answer["auth_id"], ended.answer["via"]) == (0, auth_id, "severed-opener")


def test_out_of_time(program: Program, tray: MadeUpTray) -> None:
    tray.page = "<!doctype html><p>Take your time"

    ended = program.run(*program.create, "--timeout", "1.5")

    assert (ended.answer["outcome"], ended.code) == ("timed_out", 5)
    assert "1.5 seconds" in ended.answer["message"]


@pytest.mark.parametrize(
    ("reply", "status", "code", "says"),
    [
        (REFUSAL, 200, 6, "user_does_not_exist"),
        ({"message": "Unauthorized"}, 401, 6, "token"),
        ({"message": "explicit deny"}, 403, 6, "token"),
        ("<html><title>Bad gateway</title></html>", 502, 6, "502"),
        ("<html><title>Login to proxy</title></html>", 200, 6, "Login to proxy"),
    ],
    ids=["graphql", "401", "403", "502", "html"],
)
def test_refused_by_the_api(
    program: Program, tray: MadeUpTray, reply: object, status: int, code: int, says: str
) -> None:
    tray.reply_to("generateAuthorizationCode", reply, status)

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("api_error", code)
    assert says in ended.answer["message"]
    assert not [seen for seen in tray.requests if seen.path.startswith("/external/")]


def test_network_down(program: Program, tray: MadeUpTray) -> None:
    program.environment["TRAY_GRAPHQL_URL"] = "http://127.0.0.1:1/graphql"

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("api_error", 7)


def test_dialog_host_down(program: Program, tray: MadeUpTray) -> None:
    program.environment["TRAY_DIALOG_URL"] = "http://127.0.0.1:59997"

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("failed", 7)
    assert "127.0.0.1:59997" in ended.answer["message"]


def test_dialog_host_answers_with_an_error(program: Program, tray: MadeUpTray) -> None:
    tray.page, tray.page_status = "<h1>gone</h1>", 410

    ended = program.run(*program.create)

    assert (ended.answer["outcome"], ended.code) == ("failed", 4)
    assert "410" in ended.answer["message"]


def test_nothing_secret_is_left_behind(program: Program, tray: MadeUpTray) -> None:
    auth_id = tray.finishing()
    tray.lists_after_page = [auth_id]

    ended = program.run(*program.create, "--log-level", "debug")

    written = [path.read_bytes() for path in Path(program.folder).rglob("*") if path.is_file()]
    for secret in (tray.master_token, tray.user_token, tray.code):
        assert secret not in ended.out + ended.err
        assert not [text for text in written if secret.encode() in text]


def test_the_opener_has_the_origin_asked_for(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    tray.lists_after_page = [auth_id]
    tray.finishing(auth_id)
    tray.page = tray.page.replace("'*'", "'https://app.customer.example'")

    ended = program.run(*program.create, "--opener-origin", "https://app.customer.example")

    assert (ended.code, ended.answer["via"]) == (0, "opener")


def test_any_scope_gets_through_as_root_too(program: Program, tray: MadeUpTray) -> None:
    program.environment.pop("QTWEBENGINE_DISABLE_SANDBOX", None)
    tray.lists_after_page = [tray.finishing()]

    scopes = [part for scope in ("read:org repo", "ü", "100%", "a+b") for part in ("--scope", scope)]
    ended = program.run(*program.create, *scopes)

    assert (ended.code, ended.answer["via"]) == (0, "opener")


def test_an_id_in_capitals_is_found_in_the_list(program: Program, tray: MadeUpTray) -> None:
    auth_id = str(uuid.uuid4())
    tray.lists_after_page = [auth_id]
    tray.finishing(auth_id.upper())

    assert program.run(*program.create).answer["confirmed"] is True
