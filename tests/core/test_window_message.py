"""The trust decision: tables of what is understood."""

from __future__ import annotations

import json

import pytest

from tests.core.judging import AUTH_ID, FINISH, HOST, judge, reason
from tray_auth_desktop.core.window_message import (
    MAX_ERROR_CHARS,
    AccountIdRequested,
    DialogClosed,
    DialogEvent,
    DialogFailed,
    DialogFinished,
    MessageSource,
    Rejection,
    WindowMessage,
)

# The test vectors of the protocol notes, and the spellings that go with them.


@pytest.mark.parametrize(
    ("payload", "event"),
    [
        (
            '{"type":"tray.authpopup.finish","authType":"oauth","authId":"1209xxxx-xxxx-xxxx-xxxx-xxxxxx8d3779"}',
            DialogFinished("1209xxxx-xxxx-xxxx-xxxx-xxxxxx8d3779", "oauth", MessageSource.POPUP),
        ),
        (FINISH, DialogFinished(AUTH_ID, None, MessageSource.POPUP)),
        ('{"type":"tray.authpopup.close"}', DialogClosed()),
        ('{"type":"tray.authPopup.error","error":"Bad scope"}', DialogFailed("Bad scope")),
        ('{"type":"tray.authPopup.error","err":"Bad scope"}', DialogFailed("Bad scope")),
        ('{"type":"tray.authpopup.error","err":"Bad scope"}', DialogFailed("Bad scope")),
        ('{"type":"tray.authpopup.cancel"}', DialogClosed()),
        ('{"type":"tray.authpopup.accountIdRequest"}', AccountIdRequested()),
    ],
)
def test_each_message_of_the_protocol_is_understood(payload: str, event: DialogEvent) -> None:
    assert judge(payload) == event


@pytest.mark.parametrize(
    "payload",
    [
        '{"type":"tray.configPopup.ready"}',
        '{"type":"tray.configPopup.error","err":"x"}',
        '{"type":"tray.configPopup.finish","authId":"569adf96-3c05-40a6-b565-07e829d2c56d"}',
        '{"type":"tray.configPopup.validate","data":{"visibleValues":["external_x"],"configValues":{"external_x":1}}}',
    ],
)
def test_messages_of_the_config_wizard_change_nothing(payload: str) -> None:
    assert reason(judge(payload)) is Rejection.UNKNOWN_TYPE


@pytest.mark.parametrize("spell", [str.lower, str.upper, str.title, str.swapcase])
@pytest.mark.parametrize(
    ("type_name", "event_class"),
    [
        ("tray.authPopup.finish", DialogFinished),
        ("tray.authPopup.error", DialogFailed),
        ("tray.authPopup.close", DialogClosed),
        ("tray.authPopup.cancel", DialogClosed),
        ("tray.authPopup.accountIdRequest", AccountIdRequested),
    ],
)
def test_the_letter_case_of_a_type_does_not_matter(
    spell: type[str], type_name: str, event_class: type[DialogEvent]
) -> None:
    judged = judge(json.dumps({"type": spell(type_name), "authId": AUTH_ID}))
    assert isinstance(judged, event_class)


@pytest.mark.parametrize("source", [MessageSource.POPUP, MessageSource.GONE, MessageSource.SEVERED])
def test_a_trusted_source_is_named_in_the_event(source: MessageSource) -> None:
    assert judge(FINISH, source=source) == DialogFinished(AUTH_ID, None, source)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"error": "new"}, "new"),
        ({"err": "old"}, "old"),
        ({"error": "new", "err": "old"}, "new"),
        ({"error": None, "err": "old"}, "old"),
        ({"error": "  ", "err": "old"}, "old"),
        ({"error": {"message": "within"}}, "within"),
        ({"err": {"message": "within"}}, "within"),
        ({"error": {"code": 7, "why": "é"}}, '{"code": 7, "why": "é"}'),
        ({"error": {"message": ""}}, '{"message": ""}'),
        ({"error": {"message": ["a"]}, "err": "old"}, "old"),
        ({}, ""),
        ({"error": None}, ""),
        ({"error": 42}, ""),
        ({"error": ["list"]}, ""),
        ({"error": True}, ""),
        ({"error": "two\n\t lines "}, "two lines"),
        ({"error": "\ud800 alone"}, "\ufffd alone"),
        ({"error": "\x1b[2J\u202eturned"}, "\ufffd[2J\ufffdturned"),
        ({"error": "x" * 10_000}, "x" * MAX_ERROR_CHARS),
    ],
)
def test_the_words_of_an_error_are_read_tolerantly_and_made_fit_to_be_shown(
    fields: dict[str, object], text: str
) -> None:
    assert judge(json.dumps({"type": "tray.authPopup.error", **fields})) == DialogFailed(text)


def test_an_error_of_any_depth_is_told_or_rejected() -> None:
    for depth in (*range(1, 100), *range(900, 1_050), 20_000):
        payload = '{"type":"tray.authPopup.error","error":' + '{"a":' * depth + "1" + "}" * depth + "}"
        judged = judge(payload)
        assert isinstance(judged, DialogFailed) or reason(judged) in (
            Rejection.NOT_JSON,
            Rejection.TOO_LARGE,
        )


@pytest.mark.parametrize(
    ("auth_type", "kept"),
    [
        ("oauth", "oauth"),
        ("token_based-2.0", "token_based-2.0"),
        ("", None),
        ("two words", None),
        ("oauth\n", None),
        ("x" * 41, None),
        (7, None),
        (None, None),
        ({"a": 1}, None),
    ],
)
def test_an_auth_type_that_is_no_word_is_left_out(auth_type: object, kept: str | None) -> None:
    payload = json.dumps({"type": "tray.authpopup.finish", "authId": AUTH_ID, "authType": auth_type})
    assert judge(payload) == DialogFinished(AUTH_ID, kept, MessageSource.POPUP)


def test_further_fields_of_a_finish_do_not_matter() -> None:
    payload = json.dumps({"type": "tray.authpopup.finish", "authId": AUTH_ID, "new": [1, {"type": "other"}]})
    assert judge(payload) == DialogFinished(AUTH_ID, None, MessageSource.POPUP)


def test_the_data_of_a_message_is_not_in_its_repr() -> None:
    assert AUTH_ID not in repr(WindowMessage(HOST, MessageSource.POPUP, FINISH))


def test_judging_is_a_function_of_its_arguments() -> None:
    assert judge(FINISH) == judge(FINISH)
    assert judge("[]", origin="null") == judge("[]", origin="null")
