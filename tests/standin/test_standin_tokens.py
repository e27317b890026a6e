"""Tokens and authorization codes: shape, life, single use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tray_auth_desktop.standin.state.refusals import DialogRefusedError
from tray_auth_desktop.standin.state.tokens import Caller, TokenDesk, TokenKind

if TYPE_CHECKING:
    from tests.standin.conftest import Clock

MINUTE = 60.0
DAY = 24 * 60 * MINUTE


@pytest.fixture
def desk(clock: Clock) -> TokenDesk:
    return TokenDesk("the master token", clock)


def test_shapes_are_those_of_the_documentation(desk: TokenDesk) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", desk.mint_user_token("u"))
    assert re.fullmatch(r"[0-9a-f]{40}", desk.mint_code("u"))


def test_the_master_token_is_the_organisation(desk: TokenDesk) -> None:
    assert desk.caller("the master token") == Caller(TokenKind.MASTER, None)


def test_a_user_token_acts_as_its_user_for_two_days(desk: TokenDesk, clock: Clock) -> None:
    token = desk.mint_user_token("u")
    clock.now += 2 * DAY - 1
    assert desk.caller(token) == Caller(TokenKind.USER, "u")
    clock.now += 1
    assert desk.caller(token) is None


def test_tokens_made_after_all_have_expired_are_good(desk: TokenDesk) -> None:
    old = [desk.mint_user_token("u"), desk.mint_user_token("v")]
    desk.expire_user_tokens()
    assert [desk.caller(token) for token in old] == [None, None]
    assert desk.caller(desk.mint_user_token("u")) == Caller(TokenKind.USER, "u")
    assert desk.caller("the master token") == Caller(TokenKind.MASTER, None)


@pytest.mark.parametrize("token", ["", "nonsense", "the master toke", "the master token ", "tökèn"])
def test_any_other_token_is_nobody(desk: TokenDesk, token: str) -> None:
    assert desk.caller(token) is None


def test_a_code_works_once(desk: TokenDesk) -> None:
    code = desk.mint_code("u")
    assert desk.redeem_code(code) == "u"
    with pytest.raises(DialogRefusedError, match="used before") as refused:
        desk.redeem_code(code)
    assert refused.value.status == 410


def test_a_code_lives_five_minutes(desk: TokenDesk, clock: Clock) -> None:
    early, late = desk.mint_code("u"), desk.mint_code("u")
    clock.now += 5 * MINUTE - 1
    assert desk.redeem_code(early) == "u"
    clock.now += 1
    with pytest.raises(DialogRefusedError, match="expired") as refused:
        desk.redeem_code(late)
    assert refused.value.status == 410


def test_an_unknown_code_is_refused(desk: TokenDesk) -> None:
    with pytest.raises(DialogRefusedError, match="unknown") as refused:
        desk.redeem_code("[object Object]")
    assert refused.value.status == 403


def test_a_forgotten_user_loses_tokens_and_codes_and_no_other_does(desk: TokenDesk) -> None:
    gone, kept = desk.mint_user_token("gone"), desk.mint_user_token("kept")
    code = desk.mint_code("gone")
    desk.forget_user("gone")
    assert desk.caller(gone) is None
    assert desk.caller(kept) is not None
    with pytest.raises(DialogRefusedError, match="unknown"):
        desk.redeem_code(code)
