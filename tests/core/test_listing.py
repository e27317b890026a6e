"""Comparison of two lists: what is new, what can be from this dialog, what is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.listing import find_authentication, new_authentications
from tray_auth_desktop.core.models import Authentication, Service, ServiceEnvironment

_REQUEST = DialogRequest("user", "service", "environment")


def _authentication(
    auth_id: str, service_id: str | None = "service", environment_id: str | None = "environment"
) -> Authentication:
    return Authentication(
        auth_id,
        f"name of {auth_id}",
        None if service_id is None else Service(service_id),
        None if environment_id is None else ServiceEnvironment(environment_id),
    )


def test_what_was_there_before_is_not_new() -> None:
    old, new = _authentication("old"), _authentication("new")
    assert new_authentications([old], [old, new], _REQUEST) == (new,)
    assert new_authentications([old, new], [new, old], _REQUEST) == ()
    assert new_authentications([old], [], _REQUEST) == ()


def test_a_changed_name_does_not_make_it_new() -> None:
    before, after = Authentication("id", "before"), Authentication("id", "after")
    assert new_authentications([before], [after], _REQUEST) == ()


def test_what_is_of_another_service_or_environment_was_made_by_somebody_else() -> None:
    other_service = _authentication("a", service_id="another")
    other_environment = _authentication("b", environment_id="another")
    assert new_authentications([], [other_service, other_environment], _REQUEST) == ()


def test_what_the_reply_does_not_say_counts_for_it() -> None:
    silent = [
        _authentication("a", None, None),
        _authentication("b", "", ""),
        _authentication("c", "service", None),
        _authentication("d", None, "environment"),
    ]
    assert new_authentications([], silent, _REQUEST) == tuple(silent)


def test_one_that_is_listed_twice_is_one() -> None:
    new = _authentication("new")
    assert new_authentications([], [new, _authentication("other"), new], _REQUEST) == (
        new,
        _authentication("other"),
    )


def test_an_authentication_is_found_by_its_whole_id() -> None:
    listed = (_authentication("aa"), _authentication("ab"))
    assert find_authentication(listed, "ab") is listed[1]
    assert find_authentication(listed, "a") is None
    assert find_authentication((), "aa") is None
    assert find_authentication(listed, "") is None


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_the_new_are_the_difference_of_the_ids(before: list[int], after: list[int]) -> None:
    new = new_authentications(
        [_authentication(str(number)) for number in before],
        [_authentication(str(number)) for number in after],
        _REQUEST,
    )
    ids = [authentication.auth_id for authentication in new]
    assert len(ids) == len(set(ids))
    assert set(ids) == {str(number) for number in set(after) - set(before)}
