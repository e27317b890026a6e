"""The trust decision: tables of what is refused, and of the reason given."""

from __future__ import annotations

import json

import pytest

from tests.core.judging import AUTH_ID, FINISH, judge, reason
from tray_auth_desktop.core.window_message import (
    MAX_PAYLOAD_CHARS,
    DialogFinished,
    MessageSource,
    Rejected,
    Rejection,
    looks_like_auth_id,
)


def _filled(template: str) -> str:
    """Put what would be good into a payload that is wrong elsewhere."""
    return template.replace("$ID", AUTH_ID).replace("$FINISH", FINISH).replace("$NINES", "9" * 5_000)


# Ids that are not ids.


@pytest.mark.parametrize(
    "auth_id",
    [
        AUTH_ID,
        AUTH_ID.upper(),
        "00000000-0000-0000-0000-000000000000",
        "XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX",
    ],
)
def test_a_uuid_is_an_auth_id_masked_or_not(auth_id: str) -> None:
    assert looks_like_auth_id(auth_id)
    assert judge(json.dumps({"type": "tray.authpopup.finish", "authId": auth_id})) == DialogFinished(
        auth_id, None, MessageSource.POPUP
    )


_NO_IDS: list[object] = [
    None,
    "",
    " ",
    0,
    1.5,
    True,
    [],
    [AUTH_ID],
    {},
    {"authId": AUTH_ID},
    AUTH_ID[:-1],
    AUTH_ID + "0",
    f" {AUTH_ID}",
    f"{AUTH_ID} ",
    f"{AUTH_ID}\n",
    f"{AUTH_ID}\r",
    f"{AUTH_ID}\x00",
    f"\n{AUTH_ID}",
    f"{{{AUTH_ID}}}",
    AUTH_ID.replace("-", ""),
    AUTH_ID.replace("-", "_"),
    AUTH_ID.replace("-", "\u2010"),
    AUTH_ID.replace("5", "\u0665"),
    AUTH_ID.replace("5", "\uff15"),
    AUTH_ID.replace("a", "\u0430"),
    AUTH_ID[:-1] + "\u00b2",
    AUTH_ID[:-1] + "\ud800",
    AUTH_ID[:-1] + "%",
    f"{AUTH_ID},{AUTH_ID}",
    "../../../etc/passwd-----------------",
    "<script>alert(1)</script>-----------",
    "' OR 1=1 --",
    "[object Object]",
    "undefined",
    "null",
    "0" * 36,
]


@pytest.mark.parametrize("auth_id", _NO_IDS)
def test_what_is_no_auth_id_finishes_nothing(auth_id: object) -> None:
    assert not looks_like_auth_id(auth_id)
    judged = judge(json.dumps({"type": "tray.authpopup.finish", "authId": auth_id}))
    assert reason(judged) is Rejection.NO_AUTH_ID


@pytest.mark.parametrize(
    "name", ["authID", "authid", "auth_id", "AuthId", "id", "authId ", "__proto__", "data"]
)
def test_an_id_under_another_name_finishes_nothing(name: str) -> None:
    judged = judge(json.dumps({"type": "tray.authpopup.finish", name: AUTH_ID}))
    assert judged == Rejected(Rejection.NO_AUTH_ID, "tray.authpopup.finish")


@pytest.mark.parametrize(
    ("auth_id", "claimed_id"),
    [
        ("auth_12:3.x-Y", "auth_12:3.x-Y"),
        ("a" * 128, "a" * 128),
        ("a" * 129, ""),
        ("two words", ""),
        ("id\n", ""),
        ("<b>", ""),
        ("é", ""),
        ("", ""),
        (7, ""),
    ],
)
def test_an_id_of_another_form_is_passed_on_as_a_claim_only(auth_id: object, claimed_id: str) -> None:
    judged = judge(json.dumps({"type": "tray.authpopup.finish", "authId": auth_id}))
    assert judged == Rejected(Rejection.NO_AUTH_ID, "tray.authpopup.finish", claimed_id)


def test_no_claim_is_passed_on_from_a_window_that_is_not_trusted() -> None:
    payload = '{"type":"tray.authpopup.finish","authId":"short"}'
    foreign = judge(payload, origin="https://evil.example")
    assert foreign == Rejected(Rejection.FOREIGN_ORIGIN, "tray.authpopup.finish")
    other = judge(payload, source=MessageSource.OTHER)
    assert other == Rejected(Rejection.FOREIGN_WINDOW, "tray.authpopup.finish")


# Data that is no message.


@pytest.mark.parametrize(
    "payload",
    [
        "",
        " ",
        "webpackOk",
        "{",
        FINISH[:-1],
        f"{FINISH}{FINISH}",
        f"{FINISH},",
        FINISH.replace('"', "'"),
        f"\ufeff{FINISH}",
        f"){FINISH}",
        "NaN",
        "Infinity",
        "undefined",
        '{"type":"tray.authpopup.finish","authId":"$ID","n":NaN}',
        '{"type":"tray.authpopup.finish","authId":"$ID","n":-Infinity}',
        '{"type":"tray.authpopup.finish","authId":"$ID","n":01}',
        '{"type":"tray.authpopup.finish","authId":"$ID","n":$NINES}',
        '{"type":"tray.authpopup.finish","authId":"$ID","authId":"$ID"}',
        '{"type":"tray.authpopup.close","type":"tray.authpopup.finish","authId":"$ID"}',
        '{"type":"tray.authpopup.finish","authId":"$ID","n":{"a":1,"\\u0061":2}}',
        '{"type":"tray.authpopup.finish","authId":"$ID"\x00}',
        "[" * 30_000,
        "[" * 30_000 + "]" * 30_000,
    ],
)
def test_what_is_not_json_is_rejected(payload: str) -> None:
    assert reason(judge(_filled(payload))) is Rejection.NOT_JSON


def test_what_has_no_json_form_is_rejected() -> None:
    assert reason(judge(None)) is Rejection.NOT_JSON


@pytest.mark.parametrize(
    "payload",
    [
        "null",
        "true",
        "7",
        '"webpackOk"',
        '"tray.authpopup.finish"',
        "[]",
        f"[{FINISH}]",
        json.dumps(FINISH),
        "{}",
        '{"authId":"$ID"}',
        '{"type":null,"authId":"$ID"}',
        '{"type":7}',
        '{"type":["tray.authpopup.finish"],"authId":"$ID"}',
        '{"type":{"toString":"tray.authpopup.finish"},"authId":"$ID"}',
        '{"type":""}',
        '{"Type":"tray.authpopup.finish","authId":"$ID"}',
        '{"__proto__":{"type":"tray.authpopup.finish","authId":"$ID"}}',
        '{"constructor":{"prototype":{"type":"tray.authpopup.finish"}},"authId":"$ID"}',
        '{"data":$FINISH}',
        '{"type":"tray.authpopup.fini\\ud83dsh","authId":"$ID"}',
        '{"type":"tray.authpopup.finish\\n","authId":"$ID"}',
        '{"type":"tray.authpopup.\ufb01nish","authId":"$ID"}',
        '{"type":"tray.authpopup.f\u0131nish","authId":"$ID"}',
    ],
)
def test_what_is_no_object_with_a_type_is_rejected(payload: str) -> None:
    assert reason(judge(_filled(payload))) is Rejection.NOT_AN_OBJECT


@pytest.mark.parametrize(
    "type_name",
    [
        "tray.authpopup.finish ",
        " tray.authpopup.finish",
        "tray.authpopup.finished",
        "tray.authpopup",
        "authpopup.finish",
        "tray_authpopup_finish",
        "tray.authpopup.finish.tray.authpopup.finish",
        "toString",
        "__proto__",
        "hasOwnProperty",
        "tray.authpopup.finish" + "!" * 200,
    ],
)
def test_a_type_that_is_not_the_dialogs_changes_nothing_and_is_shown_shortened(type_name: str) -> None:
    judged = judge(json.dumps({"type": type_name, "authId": AUTH_ID}))
    assert judged == Rejected(Rejection.UNKNOWN_TYPE, type_name[:80])


def test_a_message_is_looked_into_up_to_its_limit() -> None:
    room = MAX_PAYLOAD_CHARS - len(FINISH) - len(',"n":""')
    longest = FINISH[:-1] + f',"n":"{"x" * room}"}}'
    assert len(longest) == MAX_PAYLOAD_CHARS
    assert isinstance(judge(longest), DialogFinished)
    assert reason(judge(longest + " ")) is Rejection.TOO_LARGE
    assert reason(judge(FINISH, size=MAX_PAYLOAD_CHARS + 1)) is Rejection.TOO_LARGE
    assert reason(judge(None, size=5_000_000)) is Rejection.TOO_LARGE
