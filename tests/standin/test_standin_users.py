"""The directory of end users: search and paging."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_auth_desktop.standin.state.refusals import PreconditionError, RefusalError
from tray_auth_desktop.standin.state.users import (
    PAGE_SIZE,
    Criteria,
    EndUser,
    PageRequest,
    UserDirectory,
    cursor_of,
)

EVERYONE = Criteria()


def directory(size: int) -> UserDirectory:
    return UserDirectory([EndUser(f"id-{n}", f"User {n}", f"ext-{n}", n % 3 == 0) for n in range(size)])


@given(size=st.integers(0, 25), step=st.integers(1, 7))
def test_paging_forward_visits_every_user_once(size: int, step: int) -> None:
    users, seen, after = directory(size), list[str](), None
    while True:
        page = users.page(EVERYONE, PageRequest(first=step, after=after))
        assert page.has_previous is bool(seen)
        seen += [user.id for user in page.users]
        if not page.has_next:
            break
        after = cursor_of(page.users[-1])
    assert seen == [user.id for user in users.all()]


@given(size=st.integers(0, 25), step=st.integers(1, 7))
def test_paging_backward_visits_every_user_once(size: int, step: int) -> None:
    users, seen, before = directory(size), list[str](), None
    while True:
        page = users.page(EVERYONE, PageRequest(last=step, before=before))
        assert page.has_next is bool(seen)
        seen = [user.id for user in page.users] + seen
        if not page.has_previous:
            break
        before = cursor_of(page.users[0])
    assert seen == [user.id for user in users.all()]


def test_a_page_without_size_holds_the_default_number() -> None:
    page = directory(PAGE_SIZE + 1).page(EVERYONE, PageRequest())
    assert (len(page.users), page.has_next) == (PAGE_SIZE, True)


def test_nobody_can_ask_for_more_than_a_page() -> None:
    assert len(directory(PAGE_SIZE * 2).page(EVERYONE, PageRequest(first=PAGE_SIZE * 2)).users) == PAGE_SIZE


def test_a_cursor_is_the_id_in_base64() -> None:
    assert base64.b64decode(cursor_of(directory(1).all()[0])) == b"id-0"


@pytest.mark.parametrize(
    "asked",
    [
        PageRequest(after="%%%"),
        PageRequest(before=base64.b64encode(b"other").decode()),
        PageRequest(first=-1),
    ],
)
def test_nonsense_is_refused(asked: PageRequest) -> None:
    with pytest.raises(RefusalError):
        directory(3).page(EVERYONE, asked)


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (Criteria(user_id="id-2"), ["id-2"]),
        (Criteria(external_user_id="ext-3"), ["id-3"]),
        (Criteria(name="User 1"), ["id-1"]),
        (Criteria(name="SER 1"), ["id-1"]),
        (Criteria(name="3"), ["id-3"]),
        (Criteria(name=""), ["id-0", "id-1", "id-2", "id-3", "id-4"]),
        (Criteria(name="User  1"), []),
        (Criteria(external_user_id="ext"), []),
        (Criteria(external_user_id="EXT-3"), []),
        (Criteria(user_id="id"), []),
        (Criteria(is_test_user=True), ["id-0", "id-3"]),
        (Criteria(is_test_user=False, name="User 3"), []),
    ],
)
def test_any_part_of_a_name_matches_and_all_else_exactly_and_together(
    criteria: Criteria, found: list[str]
) -> None:
    page = directory(5).page(criteria, PageRequest())
    assert [user.id for user in page.users] == found


@given(size=st.integers(1, 25), step=st.integers(1, 7), third=st.booleans())
def test_paging_through_what_is_searched_for_visits_every_match_once(
    size: int, step: int, third: bool
) -> None:
    users, seen, after = directory(size), list[str](), None
    criteria = Criteria(is_test_user=third)
    while True:
        page = users.page(criteria, PageRequest(first=step, after=after))
        assert page.has_previous is bool(seen)
        seen += [user.id for user in page.users]
        if not page.has_next:
            break
        after = cursor_of(page.users[-1])
    assert seen == [user.id for user in users.all() if user.is_test_user is third]


def test_a_cursor_outlives_its_user() -> None:
    users = directory(6)
    last = users.page(EVERYONE, PageRequest(first=3)).users[-1]
    users.remove(last.id)
    assert [u.id for u in users.page(EVERYONE, PageRequest(after=cursor_of(last))).users] == [
        "id-3",
        "id-4",
        "id-5",
    ]
    assert [u.id for u in users.page(EVERYONE, PageRequest(before=cursor_of(last))).users] == ["id-0", "id-1"]


def test_a_new_user_comes_last_even_after_others_went() -> None:
    users = directory(3)
    users.remove("id-2")
    made = users.create("New", "ext-new")
    assert [user.id for user in users.page(EVERYONE, PageRequest()).users] == ["id-0", "id-1", made.id]


def test_an_external_user_id_is_taken_once_while_its_user_exists() -> None:
    users = directory(1)
    with pytest.raises(PreconditionError) as refused:
        users.create("Another", "ext-0")
    assert refused.value.code == "user_already_exists"
    users.remove("id-0")
    users.create("Another", "ext-0")
    with pytest.raises(PreconditionError):
        users.create("A third", "ext-0")
