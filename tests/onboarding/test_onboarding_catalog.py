"""The lists a person chooses from: where each stands, page after page, and what drops them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

from tests.onboarding.attempt_bench import AUTH_ID, PATIENCE_MS, AttemptBench, listed
from tray_auth_desktop.core.models import Connector, Operation, Service, ServiceEnvironment
from tray_auth_desktop.core.services import families_of
from tray_auth_desktop.errors import ForbiddenError, NetworkError
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.explain import explain
from tray_auth_desktop.onboarding.load_state import Loaded, LoadFailed, Loading, NotAsked


class Watched:
    """A catalog, and every state of each of its lists."""

    def __init__(self, bench: AttemptBench, qtbot: QtBot) -> None:
        self.catalog = Catalog(lambda: bench.client, bench.tasks)
        self._qtbot = qtbot
        self.users = self._states(self.catalog.users_changed)
        self.services = self._states(self.catalog.services_changed)
        self.environments = self._states(self.catalog.environments_changed)
        self.operations = self._states(self.catalog.operations_changed)
        self.authentications = self._states(self.catalog.authentications_changed)

    def _states(self, signal: SignalInstance) -> list[object]:
        states: list[object] = []
        signal.connect(states.append)
        return states

    def wait_for(self, states: list[object], last: object) -> None:
        """Wait until a list stands so."""
        self._qtbot.waitUntil(lambda: states[-1:] == [last], timeout=PATIENCE_MS)


@pytest.fixture
def watched(bench: AttemptBench, qtbot: QtBot) -> Watched:
    return Watched(bench, qtbot)


def test_services_are_made_of_connectors(bench: AttemptBench, watched: Watched) -> None:
    old, new = Service("s1", "slack", "Slack", version="3"), Service("s2", "slack", "Slack", version="4")
    bench.client.connectors_answer = tuple(Connector("slack", "1", service=each) for each in (old, new))
    watched.catalog.load_services()
    watched.wait_for(watched.services, Loaded(families_of(bench.client.connectors_answer)))
    (family,) = families_of(bench.client.connectors_answer)
    assert family.versions == (new, old)


def test_operations_are_those_of_the_connector(bench: AttemptBench, watched: Watched) -> None:
    bench.client.operations_answer = (Operation("send", auth_scopes=("chat:write",)),)
    watched.catalog.load_operations(Connector("slack", "9.0"))
    watched.wait_for(watched.operations, Loaded(bench.client.operations_answer))
    assert bench.client.operations_calls == [("slack", "9.0")]
    watched.catalog.load_operations(None)
    assert watched.operations[-1] == NotAsked()


def test_environments_are_those_of_the_services_version(bench: AttemptBench, watched: Watched) -> None:
    bench.client.environments_answer = (ServiceEnvironment("e1", "Production"),)
    watched.catalog.load_environments(Service("s", "slack", version="4"))
    watched.wait_for(watched.environments, Loaded((ServiceEnvironment("e1", "Production"),)))
    assert bench.client.environments_calls == [("slack", "4")]


def test_service_without_a_version_is_asked_for_as_version_1(bench: AttemptBench, watched: Watched) -> None:
    watched.catalog.load_environments(Service("s", "slack"))
    watched.wait_for(watched.environments, Loaded(()))
    assert bench.client.environments_calls == [("slack", "1")]


def test_authentications_are_those_of_the_user(bench: AttemptBench, watched: Watched) -> None:
    bench.client.authentications = [listed(AUTH_ID)]
    watched.catalog.load_authentications("user-9")
    watched.wait_for(watched.authentications, Loaded((listed(AUTH_ID),)))
    assert bench.client.asked_for == {"user-9"}


def test_nothing_chosen_empties_the_lists(watched: Watched) -> None:
    watched.catalog.load_environments(None)
    watched.catalog.load_authentications(None)
    assert watched.environments == [NotAsked()]
    assert watched.authentications == [NotAsked()]


@pytest.mark.parametrize("what", ["users", "services", "environments"])
def test_failure_is_explained_and_can_be_retried(bench: AttemptBench, watched: Watched, what: str) -> None:
    states: list[object] = getattr(watched, what)
    loads: dict[str, Callable[[], None]] = {
        "users": watched.catalog.load_users,
        "services": watched.catalog.load_services,
        "environments": lambda: watched.catalog.load_environments(Service("s", "slack")),
    }
    load = loads[what]
    bench.client.error = NetworkError("Tray was not reached.", advice="Check the network.")
    load()
    watched.wait_for(states, LoadFailed("Tray was not reached. Check the network."))
    bench.client.error = None
    load()
    watched.wait_for(states, Loaded(()))


def test_asking_for_another_user_drops_the_first(bench: AttemptBench, watched: Watched) -> None:
    bench.client.may_list.clear()
    watched.catalog.load_authentications("user-1")
    watched.catalog.load_authentications("user-2")
    bench.client.may_list.set()
    watched.wait_for(watched.authentications, Loaded(()))
    assert [state for state in watched.authentications if isinstance(state, Loaded)] == [Loaded(())]


def test_list_of_an_attempt_takes_the_place_of_one_under_way(bench: AttemptBench, watched: Watched) -> None:
    bench.client.may_list.clear()
    watched.catalog.load_authentications("user-1")
    watched.catalog.show_authentications((listed(AUTH_ID),))
    bench.client.may_list.set()
    watched.catalog.load_services()
    watched.wait_for(watched.services, Loaded(()))
    assert watched.authentications == [Loading(), Loaded((listed(AUTH_ID),))]


def test_cancelled_lists_say_so_and_can_be_asked_for_again(bench: AttemptBench, watched: Watched) -> None:
    bench.client.may_list.clear()
    watched.catalog.load_authentications("user-1")
    watched.catalog.cancel()
    bench.client.may_list.set()
    (state,) = watched.authentications[1:]
    assert isinstance(state, LoadFailed)
    assert "Retry" in state.explanation
    assert watched.users == []
    watched.catalog.load_authentications("user-1")
    watched.wait_for(watched.authentications, Loaded(()))


def test_explanations_hold_no_unknown_text() -> None:
    assert explain(ForbiddenError("403.", operation="users", advice="Ask.")) == "403. Ask."
    assert "with a secret" not in explain(RuntimeError("with a secret"))
    assert "RuntimeError" in explain(RuntimeError("with a secret"))
