"""The end users: page by page when they are asked for, searched on the server, known by their ids."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import PATIENCE_MS, AttemptBench
from tray_auth_desktop.core.models import EndUser, UserCriteria, UserPage
from tray_auth_desktop.errors import GraphQLError, NetworkError
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading
from tray_auth_desktop.onboarding.user_search import UserSearchState
from tray_auth_desktop.onboarding.users import UserDirectory

UUID = "569adf96-3c05-40a6-b565-07e829d2c56d"


def user(number: int, name: str = "") -> EndUser:
    return EndUser(f"user-{number}", name or f"User {number}", f"ext-{number}")


class Watched:
    """A directory, and all it said."""

    def __init__(self, bench: AttemptBench, qtbot: QtBot) -> None:
        self.directory = UserDirectory(lambda: bench.client, bench.tasks)
        self.states: list[object] = []
        self.searches: list[UserSearchState] = []
        self.named: list[EndUser] = []
        self.unnamed: list[tuple[str, str]] = []
        self.directory.changed.connect(self.states.append)
        self.directory.search.changed.connect(self.searches.append)
        self.directory.named.connect(self.named.append)
        self.directory.unnamed.connect(lambda user_id, why: self.unnamed.append((user_id, why)))
        self._qtbot = qtbot

    def wait_for(self, state: object) -> None:
        """Wait until the list stands so."""
        self._qtbot.waitUntil(lambda: self.states[-1:] == [state], timeout=PATIENCE_MS)

    def search(self, text: str) -> UserSearchState:
        """Search, and wait until all answers are here."""
        self.directory.search.search(text)
        self._qtbot.waitUntil(lambda: not self.directory.search.state.is_running, timeout=PATIENCE_MS)
        return self.directory.search.state


@pytest.fixture
def watched(bench: AttemptBench, qtbot: QtBot) -> Watched:
    return Watched(bench, qtbot)


def test_only_the_first_page_comes_by_itself(bench: AttemptBench, watched: Watched) -> None:
    bench.client.pages = {None: UserPage((user(1),), "c1"), "c1": UserPage((user(2), user(1)), None)}
    watched.directory.load()
    watched.wait_for(Loaded((user(1),), has_more=True))
    assert bench.client.users_calls == [None]
    watched.directory.load_more()
    assert watched.states[-1] == Loaded((user(1),), is_partial=True, has_more=True)
    watched.directory.load_more()
    watched.wait_for(Loaded((user(1), user(2))))
    watched.directory.load_more()
    assert bench.client.users_calls == [None, "c1"], "one page at a time, and none after the last"


@pytest.mark.parametrize("cursor", ["c1", "c0"])
def test_server_that_repeats_itself_ends_the_paging(
    bench: AttemptBench, watched: Watched, cursor: str
) -> None:
    bench.client.pages = {None: UserPage((user(1),), "c1"), "c1": UserPage((user(1),), cursor)}
    watched.directory.load()
    watched.wait_for(Loaded((user(1),), has_more=True))
    watched.directory.load_more()
    watched.wait_for(Loaded((user(1),)))


def test_users_known_from_a_search_do_not_end_the_paging(bench: AttemptBench, watched: Watched) -> None:
    bench.client.pages = {
        None: UserPage((user(1),), "c1"),
        "c1": UserPage((user(2),), "c2"),
        "c2": UserPage((user(3),)),
    }
    bench.client.found[UserCriteria(name="User"), None] = UserPage((user(2),))
    watched.directory.load()
    watched.wait_for(Loaded((user(1),), has_more=True))
    watched.search("User")
    assert watched.directory.find("user-2") == user(2)
    watched.directory.load_more()
    watched.wait_for(Loaded((user(1), user(2)), has_more=True))
    watched.directory.load_more()
    watched.wait_for(Loaded((user(1), user(2), user(3))))


def test_a_page_that_failed_is_asked_for_again_where_it_was(bench: AttemptBench, watched: Watched) -> None:
    bench.client.pages = {None: UserPage((user(1),), "c1"), "c1": UserPage((user(2),))}
    watched.directory.load()
    watched.wait_for(Loaded((user(1),), has_more=True))
    bench.client.error = NetworkError("Not reached.", advice="Check it.")
    watched.directory.load_more()
    watched.wait_for(LoadFailed("Not reached. Check it."))
    bench.client.error = None
    watched.directory.retry()
    watched.wait_for(Loaded((user(1), user(2))))
    assert bench.client.users_calls == [None, "c1", "c1"]


def test_asking_again_forgets_who_is_gone(bench: AttemptBench, watched: Watched) -> None:
    bench.client.pages = {None: UserPage((user(1),))}
    watched.directory.load()
    watched.wait_for(Loaded((user(1),)))
    bench.client.pages = {None: UserPage((user(2),))}
    watched.directory.load()
    assert watched.states[-1] == Loading()
    watched.wait_for(Loaded((user(2),)))


def test_asking_again_for_a_list_that_goes_on_goes_on_again(bench: AttemptBench, watched: Watched) -> None:
    bench.client.pages = {None: UserPage((user(1),), "c1"), "c1": UserPage((user(2),))}
    for _ in range(2):
        watched.directory.load()
        watched.wait_for(Loaded((user(1),), has_more=True))
    watched.directory.load_more()
    watched.wait_for(Loaded((user(1), user(2))))


def test_a_cancelled_page_can_be_asked_for_again(bench: AttemptBench, watched: Watched) -> None:
    watched.directory.load()
    watched.directory.cancel()
    state = watched.states[-1]
    assert isinstance(state, LoadFailed)
    assert "Retry" in state.explanation
    watched.directory.retry()
    watched.wait_for(Loaded(()))


# By id.


def test_a_user_is_fetched_by_id_and_stays_known(bench: AttemptBench, watched: Watched, qtbot: QtBot) -> None:
    bench.client.found[UserCriteria(user_id="user-9"), None] = UserPage((user(8), user(9)))
    bench.client.pages = {None: UserPage((user(1),), "c1")}
    bench.client.may_search.clear()
    watched.directory.load()
    watched.directory.fetch("user-9")
    watched.wait_for(Loaded((user(1),), has_more=True))
    bench.client.may_search.set()
    qtbot.waitUntil(lambda: watched.named == [user(9)], timeout=PATIENCE_MS)
    assert watched.directory.find("user-9") == user(9)


def test_a_user_that_comes_before_the_first_page_is_not_lost(
    bench: AttemptBench, watched: Watched, qtbot: QtBot
) -> None:
    bench.client.found[UserCriteria(user_id="user-9"), None] = UserPage((user(9),))
    bench.client.pages = {None: UserPage((user(1),), "c1")}
    watched.directory.fetch("user-9")
    qtbot.waitUntil(lambda: watched.named == [user(9)], timeout=PATIENCE_MS)
    watched.directory.add((user(9),))
    watched.directory.load()
    watched.wait_for(Loaded((user(1),), has_more=True))


def test_who_does_not_exist_and_who_could_not_be_fetched_are_told_apart(
    bench: AttemptBench, watched: Watched, qtbot: QtBot
) -> None:
    watched.directory.fetch("user-0")
    qtbot.waitUntil(lambda: watched.unnamed == [("user-0", "")], timeout=PATIENCE_MS)
    bench.client.error = NetworkError("Not reached.", advice="Check it.")
    watched.directory.fetch("user-0")
    qtbot.waitUntil(
        lambda: watched.unnamed[1:] == [("user-0", "Not reached. Check it.")], timeout=PATIENCE_MS
    )


# Search.


def test_a_text_is_searched_for_as_name_and_as_external_id(bench: AttemptBench, watched: Watched) -> None:
    bench.client.found[UserCriteria(name="Ann"), None] = UserPage((user(5, "Ann Lee"), user(6, "Joann")))
    by_id = EndUser("user-7", "Someone", "Ann")
    bench.client.found[UserCriteria(external_user_id="Ann"), None] = UserPage((by_id,))
    state = watched.search("  Ann ")
    assert state.text == "Ann"
    assert sorted(state.found) == ["user-5", "user-6", "user-7"]
    assert not state.trouble
    assert {criteria for criteria, _ in bench.client.searches} == {
        UserCriteria(name="Ann"),
        UserCriteria(external_user_id="Ann"),
    }


def test_what_looks_like_an_id_is_searched_for_as_one(bench: AttemptBench, watched: Watched) -> None:
    found = EndUser(UUID, "Found")
    bench.client.found[UserCriteria(user_id=UUID), None] = UserPage((found,))
    assert watched.search(UUID).found == (UUID,)
    assert watched.directory.find(UUID) == found


def test_only_the_last_of_what_is_typed_is_searched_for(bench: AttemptBench, watched: Watched) -> None:
    for text in ("A", "An", "Ann"):
        watched.directory.search.search(text)
    watched.search("Anna")
    assert {criteria.name for criteria, _ in bench.client.searches if criteria.name} == {"Anna"}


def test_the_answers_of_an_earlier_text_are_dropped(
    bench: AttemptBench, watched: Watched, qtbot: QtBot
) -> None:
    bench.client.found[UserCriteria(name="Ann"), None] = UserPage((user(5, "Ann"),))
    bench.client.may_search.clear()
    watched.directory.search.search("Ann")
    qtbot.waitUntil(lambda: len(bench.client.searches) >= 2, timeout=PATIENCE_MS)
    watched.directory.search.search("Bob")
    bench.client.may_search.set()
    assert watched.search("Bob").found == ()
    assert watched.directory.find("user-5") is None


def test_a_server_that_knows_no_criteria_finds_nobody_by_accident(
    bench: AttemptBench, watched: Watched
) -> None:
    everybody = UserPage(tuple(user(number) for number in range(8)))
    for criteria in (UserCriteria(name="zoe"), UserCriteria(external_user_id="zoe")):
        bench.client.found[criteria, None] = everybody
    assert watched.search("zoe").found == ()


def test_one_way_that_fails_does_not_hide_what_the_others_found(
    bench: AttemptBench, watched: Watched
) -> None:
    bench.client.found[UserCriteria(name="Ann"), None] = UserPage((user(5, "Ann"),))
    error = NetworkError("Not reached.", advice="Check it.")
    bench.client.search_errors[UserCriteria(external_user_id="Ann")] = error
    state = watched.search("Ann")
    assert state.found == ("user-5",)
    assert state.trouble == "Not reached. Check it."
    bench.client.search_errors.clear()
    watched.directory.search.retry()
    assert watched.directory.search.state.is_running


def test_a_guess_at_an_id_may_be_refused(bench: AttemptBench, watched: Watched) -> None:
    refusal = GraphQLError(("not a UUID",), operation="users")
    bench.client.search_errors[UserCriteria(user_id="acct-4711")] = refusal
    assert watched.search("acct-4711").trouble == ""


def test_further_pages_of_a_search_come_when_they_are_asked_for(
    bench: AttemptBench, watched: Watched, qtbot: QtBot
) -> None:
    criteria = UserCriteria(name="Ann")
    bench.client.found[criteria, None] = UserPage((user(5, "Ann"),), "s1")
    bench.client.found[criteria, "s1"] = UserPage((user(6, "Anna"),))
    assert watched.search("Ann").has_more
    assert watched.directory.search.more()
    qtbot.waitUntil(lambda: not watched.directory.search.state.is_running, timeout=PATIENCE_MS)
    assert watched.directory.search.state.found == ("user-5", "user-6")
    assert not watched.directory.search.state.has_more


def test_accents_that_a_server_overlooks_are_overlooked_here(bench: AttemptBench, watched: Watched) -> None:
    bench.client.found[UserCriteria(name="jose"), None] = UserPage((user(5, "José Ortega"),))
    assert watched.search("jose").found == ("user-5",)
