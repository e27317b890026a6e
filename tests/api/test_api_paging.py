"""Paging ends, whatever the server says, and loses nobody on the way."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_auth_desktop.api import users
from tray_auth_desktop.api.users import passing_over_empty, walk_pages
from tray_auth_desktop.core.models import EndUser, UserPage
from tray_auth_desktop.errors import UnreadableReplyError

if TYPE_CHECKING:
    from tests.api.conftest import ScriptedTray

MORE: dict[str, object] = {"hasNextPage": True}


def say_page(tray: ScriptedTray, ids: list[str], page_info: object, cursor: str | None = None) -> None:
    edges = [{"node": {"id": user_id, "name": user_id}, "cursor": cursor} for user_id in ids]
    tray.say({"data": {"users": {"edges": edges, "pageInfo": page_info}}})


def all_ids(tray: ScriptedTray) -> list[list[str]]:
    return [[user.user_id for user in page.users] for page in tray.client().all_users(page_size=2)]


def test_all_pages_are_fetched(tray: ScriptedTray) -> None:
    say_page(tray, ["a", "b"], {"hasNextPage": True, "endCursor": "1"})
    say_page(tray, ["c", "d"], {"hasNextPage": True, "endCursor": "2"})
    say_page(tray, ["e"], {"hasNextPage": False, "endCursor": "3"})
    assert all_ids(tray) == [["a", "b"], ["c", "d"], ["e"]]
    sent = [tray.sent(index)["variables"] for index in range(3)]
    assert sent == [{"first": 2}, {"first": 2, "after": "1"}, {"first": 2, "after": "2"}]


@pytest.mark.parametrize(
    "page_info",
    [
        None,
        {},
        "odd",
        {"hasNextPage": False, "endCursor": "1"},
        {"hasNextPage": None, "endCursor": "1"},
        {"hasNextPage": "true", "endCursor": "1"},
        {"endCursor": "1"},
    ],
)
def test_without_a_next_page_it_ends(tray: ScriptedTray, page_info: object) -> None:
    say_page(tray, ["a"], page_info)
    assert all_ids(tray) == [["a"]]


@pytest.mark.parametrize("page_info", [{"hasNextPage": True}, {"hasNextPage": True, "endCursor": None}])
def test_a_missing_end_cursor_is_said(
    tray: ScriptedTray, page_info: object, caplog: pytest.LogCaptureFixture
) -> None:
    say_page(tray, ["a"], page_info)
    assert all_ids(tray) == [["a"]]
    assert "may be incomplete" in caplog.text


def test_the_last_edges_cursor_stands_in_for_the_end_cursor(tray: ScriptedTray) -> None:
    say_page(tray, ["a"], {"hasNextPage": True, "endCursor": None}, cursor="edge")
    say_page(tray, ["b"], {"hasNextPage": False})
    assert all_ids(tray) == [["a"], ["b"]]
    assert tray.sent()["variables"]["after"] == "edge"


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ([("a", "1"), ("b", "1")], "leads back to itself"),
        ([("a", "1"), ("b", "2"), ("c", "1")], "repeat themselves"),
        ([("a", "1"), ("a", "2"), ("a", "3")], "repeat themselves"),
    ],
    ids=["same cursor", "circle of cursors", "nobody new"],
)
def test_pages_without_end_are_an_error_not_half_a_list(
    tray: ScriptedTray, pages: list[tuple[str, str]], says: str
) -> None:
    for user_id, cursor in pages:
        say_page(tray, [user_id], {"hasNextPage": True, "endCursor": cursor})
    with pytest.raises(UnreadableReplyError, match=says) as raised:
        all_ids(tray)
    assert "tray.example answered users" in str(raised.value)
    assert len(tray.requests) <= len(pages)


@pytest.mark.parametrize(("page_size", "pages"), [(1, 50), (100, 10)], ids=["pages", "end users"])
def test_a_list_that_always_goes_on_comes_to_an_end(
    page_size: int, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ever new cursors and ever new end users: only a number can stop that."""
    assert min(users.MOST_PAGES * 100, users.MOST_USERS) > 10 * 20_000, "no real list may come near it"
    monkeypatch.setattr(users, "MOST_PAGES", 50)
    monkeypatch.setattr(users, "MOST_USERS", 1_000)
    asked: list[str | None] = []

    def fetch(after: str | None) -> UserPage:
        asked.append(after)
        new = [EndUser(f"{len(asked)}-{index}", "") for index in range(page_size)]
        return UserPage(tuple(new), str(len(asked)))

    with pytest.raises(UnreadableReplyError, match="more than") as raised:
        list(walk_pages(fetch, "tray.example"))
    assert len(asked) == pages
    assert "Search by" in raised.value.advice


def test_empty_pages_are_passed_over(tray: ScriptedTray) -> None:
    say_page(tray, ["a"], {"hasNextPage": True, "endCursor": "1"})
    tray.say({"data": {"users": {"edges": [None, {"node": None}], "pageInfo": MORE | {"endCursor": "2"}}}})
    say_page(tray, [], {"hasNextPage": True, "endCursor": "3"})
    say_page(tray, ["b"], {"hasNextPage": False})
    assert all_ids(tray) == [["a"], ["b"]]
    assert [tray.sent(index)["variables"].get("after") for index in range(4)] == [None, "1", "2", "3"]


def test_empty_pages_in_a_circle_are_an_error(tray: ScriptedTray) -> None:
    for cursor in ("1", "2", "1"):
        say_page(tray, [], {"hasNextPage": True, "endCursor": cursor})
    with pytest.raises(UnreadableReplyError, match="empty pages"):
        all_ids(tray)


def test_empty_pages_without_end_are_an_error() -> None:
    asked: list[str | None] = []

    def fetch(after: str | None) -> UserPage:
        asked.append(after)
        return UserPage((), str(len(asked)))

    with pytest.raises(UnreadableReplyError, match="empty pages"):
        passing_over_empty(fetch, None, "tray.example")
    assert len(asked) < 300


def test_a_cursor_back_to_where_one_came_from_is_an_error(tray: ScriptedTray) -> None:
    say_page(tray, ["a"], {"hasNextPage": True, "endCursor": "here"})
    with pytest.raises(UnreadableReplyError, match="leads back"):
        tray.client().users(after="here")


pages = st.builds(
    UserPage,
    st.lists(st.sampled_from("abcdef").map(lambda user_id: EndUser(user_id, ""))).map(tuple),
    st.none() | st.sampled_from("123456"),
)


@settings(deadline=None)
@given(st.dictionaries(st.none() | st.sampled_from("123456"), pages))
def test_any_server_comes_to_an_end(server: dict[str | None, UserPage]) -> None:
    walked: list[UserPage] = []
    with contextlib.suppress(UnreadableReplyError):
        walked.extend(walk_pages(lambda after: server.get(after, UserPage(())), "tray.example"))
    assert 1 <= len(walked) <= 7
