"""A secret shows itself to nobody who does not ask for it by name."""

from __future__ import annotations

import copy
import dataclasses
import json
import logging
import pickle
import traceback

import pytest

from tray_auth_desktop.secrets import Secret

_VALUE = "correct-horse-battery"


@dataclasses.dataclass
class _Holder:
    name: str
    token: Secret


def test_only_asking_for_it_gives_the_value() -> None:
    assert Secret(_VALUE).reveal() == _VALUE


def test_no_text_made_of_a_secret_holds_its_value() -> None:
    secret = Secret(_VALUE)
    holder = _Holder("x", secret)
    texts = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r}",
        f"{secret!s:>40}",
        "%s %r" % (secret, secret),  # noqa: UP031 - the old way must not show it either
        "{0} {0!r}".format(secret),  # noqa: UP032 - nor this one
        repr([secret]),
        repr({"token": secret}),
        repr(holder),
        str(holder),
        repr(dir(secret)),
    ]
    assert not [text for text in texts if _VALUE in text]


def test_a_secret_cannot_be_formatted_to_a_width_by_mistake() -> None:
    with pytest.raises(TypeError) as raised:
        format(Secret(_VALUE), ">40")
    assert _VALUE not in str(raised.value)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_secret_cannot_be_pickled(protocol: int) -> None:
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps(Secret(_VALUE), protocol)
    with pytest.raises(TypeError, match="not written anywhere"):
        pickle.dumps(_Holder("x", Secret(_VALUE)), protocol)


def test_a_secret_cannot_be_copied_into_other_data() -> None:
    for duplicate in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not written anywhere"):
            duplicate(Secret(_VALUE))
    with pytest.raises(TypeError) as raised:
        json.dumps({"token": Secret(_VALUE)})
    assert _VALUE not in str(raised.value)


def test_a_secret_has_no_dictionary_to_dump() -> None:
    with pytest.raises(TypeError):
        vars(Secret(_VALUE))


def test_an_error_about_a_secret_does_not_quote_it() -> None:
    def fail(token: Secret) -> None:
        raise RuntimeError(f"refused: {token}")

    with pytest.raises(RuntimeError) as raised:
        fail(Secret(_VALUE))
    captured = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    lines = [line for line in captured.format() if "_VALUE" not in line]
    assert _VALUE not in "".join(lines)


def test_a_log_record_does_not_hold_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").debug("token %s %r", Secret(_VALUE), Secret(_VALUE))
    assert _VALUE not in caplog.text


def test_secrets_are_compared_by_value() -> None:
    assert Secret(_VALUE) == Secret(_VALUE)
    assert Secret(_VALUE) != Secret("other")
    assert Secret(_VALUE) != _VALUE
    assert hash(Secret(_VALUE)) == hash(Secret(_VALUE))
    assert len({Secret(_VALUE), Secret(_VALUE), Secret("other")}) == 2


def test_a_value_that_utf_8_cannot_hold_is_compared_all_the_same() -> None:
    odd = "token-\udc80"
    assert Secret(odd) == Secret(odd)
    assert Secret(odd) != Secret("token-?")


def test_an_empty_secret_is_none() -> None:
    assert not Secret("")
    assert Secret(" ")
