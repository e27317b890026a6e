"""`create --code-from-stdin`: a code that somebody else made, and no master token anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import MadeUpTray, Program
    from tests.program_run import Ended

pytestmark = pytest.mark.webengine

_CODE = "ab54a98ceb1f0ad2" * 2


def _run(program: Program, stdin: str, *arguments: str, limit_s: float = 60) -> Ended:
    return program.run_with(stdin, *program.create, "--code-from-stdin", *arguments, limit_s=limit_s)


def _without_master_token(program: Program, tray: MadeUpTray) -> None:
    del program.environment["TRAY_MASTER_TOKEN"]
    tray.master_token = "nobody has this one"


def test_the_code_opens_the_dialog_and_the_user_token_lists(program: Program, tray: MadeUpTray) -> None:
    _without_master_token(program, tray)
    program.environment["TRAY_USER_TOKEN"] = tray.user_token
    captured = tray.finishing()
    tray.lists_after_page = [captured]
    ended = _run(program, f"{_CODE}\nmore\n")
    assert (ended.code, ended.answer["auth_id"], ended.answer["confirmed"]) == (0, captured, True)
    assert "confirmed" not in ended.err
    (opened,) = [request for request in tray.requests if request.path.startswith("/external/")]
    assert f"code={_CODE}" in opened.path
    assert {request.authorization for request in tray.requests if request.path == "/graphql"} == {
        f"Bearer {tray.user_token}"
    }
    assert _CODE not in ended.out + ended.err
    assert tray.user_token not in ended.out + ended.err


def test_without_a_user_token_it_is_captured_at_once_and_not_confirmed(
    program: Program, tray: MadeUpTray
) -> None:
    _without_master_token(program, tray)
    captured = tray.finishing()
    ended = _run(program, f"{_CODE}\n", limit_s=12)
    assert (ended.code, ended.answer["auth_id"], ended.answer["confirmed"]) == (0, captured, False)
    assert "captured, but not confirmed" in ended.err
    assert "TRAY_USER_TOKEN" in ended.err
    assert [request.path for request in tray.requests if request.path == "/graphql"] == []


def test_a_byte_order_mark_before_the_code_is_no_part_of_it(program: Program, tray: MadeUpTray) -> None:
    _without_master_token(program, tray)
    captured = tray.finishing()
    ended = _run(program, f"\ufeff{_CODE}\r\n")
    assert (ended.code, ended.answer["auth_id"]) == (0, captured), ended.err
    (opened,) = [request for request in tray.requests if request.path.startswith("/external/")]
    assert f"code={_CODE}&" in f"{opened.path}&"


@pytest.mark.parametrize("stdin", ["x" * 4_097, "x" * 1_000_000, " " * 5_000 + _CODE])
def test_a_line_that_is_too_long_for_a_code_is_not_cut_to_one(
    program: Program, tray: MadeUpTray, stdin: str
) -> None:
    ended = _run(program, f"{stdin}\n")
    assert (ended.code, ended.out) == (2, "")
    assert "authorization code" in ended.err
    assert len(ended.err) < 1_000
    assert tray.requests == []


@pytest.mark.parametrize("stdin", ["", "\n", "two words\n", "c\u00f6de\n", "\ufeff\n"])
def test_what_is_no_code_is_refused_before_anything_opens(
    program: Program, tray: MadeUpTray, stdin: str
) -> None:
    ended = _run(program, stdin)
    assert (ended.code, ended.out) == (2, "")
    assert "authorization code" in ended.err
    assert tray.requests == []


def test_names_cannot_be_looked_up(program: Program, tray: MadeUpTray) -> None:
    ended = program.run("create", "--external-user-id", "x", "--service", "slack", "--code-from-stdin")
    assert (ended.code, ended.out) == (2, "")
    assert "--user-id" in ended.err
    assert tray.requests == []
