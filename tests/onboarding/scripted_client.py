"""A client that answers what a test has prepared."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from tray_auth_desktop.core.models import (
    Authentication,
    AuthenticationDetails,
    Connector,
    Operation,
    ServiceEnvironment,
    UserCriteria,
    UserPage,
)
from tray_auth_desktop.secrets import Secret

CODE = "c0de" * 10
_PATIENCE_S = 20.0


class ScriptedClient:
    """The `ports.Client` of a test. What it answers can be changed at any time, and held back."""

    def __init__(self) -> None:
        self.authentications: list[Authentication] = []
        self.code_error: Exception | None = None
        self.list_errors: list[Exception | None] = []
        self.lists_to_come: list[Sequence[Authentication]] = []
        self.list_calls = 0
        self.codes = 0
        self.asked_for: set[str] = set()
        self.may_mint = threading.Event()
        self.may_list = threading.Event()
        self.may_mint.set()
        self.may_list.set()
        self.pages: dict[str | None, UserPage] = {None: UserPage(())}
        self.users_calls: list[str | None] = []
        self.connectors_answer: tuple[Connector, ...] = ()
        self.environments_answer: tuple[ServiceEnvironment, ...] = ()
        self.environments_calls: list[tuple[str, str]] = []
        self.searches: list[tuple[UserCriteria, str | None]] = []
        self.found: dict[tuple[UserCriteria, str | None], UserPage] = {}
        self.search_errors: dict[UserCriteria, Exception] = {}
        self.may_search = threading.Event()
        self.may_search.set()
        self.created: list[tuple[str, str, bool | None]] = []
        self.deleted: list[str] = []
        self.operations_calls: list[tuple[str, str]] = []
        self.operations_answer: tuple[Operation, ...] = ()
        self.icons: dict[str, bytes] = {}
        self.icon_calls: list[str] = []
        self.error: Exception | None = None

    def generate_authorization_code(self, user_id: str) -> Secret:
        """Mint a code, or fail as told."""
        self.asked_for.add(user_id)
        assert self.may_mint.wait(_PATIENCE_S)
        if self.code_error is not None:
            raise self.code_error
        self.codes += 1
        return Secret(CODE)

    def authentications_of(
        self, user_id: str, *, on_part: Callable[[tuple[Authentication, ...]], None] | None = None
    ) -> tuple[Authentication, ...]:
        """Answer with the next list to come, else with the list as it is."""
        self.asked_for.add(user_id)
        assert self.may_list.wait(_PATIENCE_S)
        self.list_calls += 1
        error = self.list_errors.pop(0) if self.list_errors else None
        if error is not None:
            raise error
        answer = tuple(self.lists_to_come.pop(0) if self.lists_to_come else self.authentications)
        if on_part is not None and answer:
            on_part(answer)
        return answer

    def users(
        self, criteria: UserCriteria | None = None, *, first: int | None = 100, after: str | None = None
    ) -> UserPage:
        """Answer with the page after a cursor, or with what was prepared for criteria."""
        assert first == 100
        if criteria is not None:
            self.searches.append((criteria, after))
            assert self.may_search.wait(_PATIENCE_S)
            self._fail()
            if criteria in self.search_errors:
                raise self.search_errors[criteria]
            return self.found.get((criteria, after), UserPage(()))
        self.users_calls.append(after)
        self._fail()
        return self.pages[after]

    def authentication_details(self, user_id: str, auth_id: str) -> AuthenticationDetails:
        raise AssertionError(f"no attempt asks for details of {auth_id} of {user_id}")

    def rename_authentication(self, user_id: str, auth_id: str, name: str, credentials: Secret) -> None:
        raise AssertionError(f"no attempt renames {auth_id} of {user_id} to {name} with {credentials}")

    def delete_authentication(self, user_id: str, auth_id: str) -> None:
        raise AssertionError(f"no attempt deletes {auth_id} of {user_id}")

    def create_user(self, name: str, external_user_id: str, *, is_test_user: bool | None = None) -> str:
        """Make a user, or fail as told."""
        self.created.append((name, external_user_id, is_test_user))
        self._fail()
        return f"made-{len(self.created)}"

    def delete_user(self, user_id: str) -> None:
        """Delete a user, or fail as told."""
        self.deleted.append(user_id)
        self._fail()

    def operations(self, connector_name: str, connector_version: str) -> tuple[Operation, ...]:
        """Answer with the operations."""
        self.operations_calls.append((connector_name, connector_version))
        self._fail()
        return self.operations_answer

    def icon(self, url: str) -> bytes:
        """Answer with an icon that was prepared."""
        self.icon_calls.append(url)
        self._fail()
        return self.icons[url]

    def connectors(self) -> tuple[Connector, ...]:
        """Answer with the connectors."""
        self._fail()
        return self.connectors_answer

    def service_environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        """Answer with the environments."""
        self.environments_calls.append((service_name, service_version))
        self._fail()
        return self.environments_answer

    def close(self) -> None:
        """Nothing is open."""

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error
