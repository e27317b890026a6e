"""The left side of the window on real lists: a real catalog over a client that answers from memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.memory_client import MemoryClient
from tray_auth_desktop.core.models import (
    AuthenticationDetails,
    Connector,
    EndUser,
    Operation,
    Scope,
    Service,
    ServiceEnvironment,
    UserCriteria,
    UserPage,
)
from tray_auth_desktop.gui.request_form import RequestForm
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret

PATIENCE_MS = 10_000
MICHAEL = EndUser("user-1", "Michael Scott", "dunder-001")
PAM = EndUser("user-2", "Pam Beesly", "dunder-002", is_test_user=True)
ANGELA = EndUser("user-3", "Angela Martin", "accounts/angela")
NAMELESS = EndUser("user-4", "", None)
USERS = (MICHAEL, PAM, ANGELA, NAMELESS)
SLACK = Service("svc-slack", "slack", "Slack", version="4")
OLD_SLACK = Service("svc-slack-3", "slack", "Slack", version="3")
TWILIO = Service("svc-twilio", "twilio", "Twilio", version="2")
SALESFORCE = Service("svc-salesforce", "salesforce", "Salesforce", version="1")
CONNECTORS = (
    Connector("slack", "9.0", service=SLACK),
    Connector("slack", "8.1", service=SLACK),
    Connector("slack", "3.0", service=OLD_SLACK),
    Connector("twilio-output", "1.0", service=TWILIO),
    Connector("salesforce", "1.0", service=SALESFORCE),
)
SLACK_SCOPES = (Scope("channels:read", "Public channels"), Scope("chat:write", "Send messages"))
ENVIRONMENTS = {
    ("slack", "4"): (ServiceEnvironment("env-slack", "Production", "oauth2", SLACK_SCOPES),),
    ("slack", "3"): (ServiceEnvironment("env-slack-3", "Production", "oauth2", (Scope("bot"),)),),
    ("twilio", "2"): (ServiceEnvironment("env-twilio", "Production", "token"),),
    ("salesforce", "1"): (
        ServiceEnvironment("env-sf-2", "", "oauth2", (Scope("api"), Scope("full"))),
        ServiceEnvironment("env-sf-3", "Acme app", "oauth2", (Scope("api"), Scope("chatter"))),
        ServiceEnvironment("env-sf-1", "Production", "oauth2", (Scope("api"), Scope("web"))),
    ),
}
OPERATIONS = {
    "9.0": (
        Operation("send_message", "Send message", auth_scopes=("chat:write", "chat:write.public")),
        Operation("list_channels", "List channels", auth_scopes=("channels:read",)),
        Operation("parse", "Parse a text"),
    ),
    "8.1": (Operation("search", "Search", auth_scopes=("search:read", "chat:write")),),
}
Matcher = Callable[[EndUser, UserCriteria], bool]


def exactly(user: EndUser, criteria: UserCriteria) -> bool:
    """How a server compares that knows whole texts only."""
    return (
        criteria.name in (None, user.name)
        and criteria.external_user_id in (None, user.external_user_id)
        and criteria.user_id in (None, user.user_id)
    )


def partly(user: EndUser, criteria: UserCriteria) -> bool:
    """How a server compares that looks for parts of names."""
    if criteria.name is not None:
        return criteria.name.casefold() in user.name.casefold()
    return exactly(user, criteria)


def carelessly(_user: EndUser, _criteria: UserCriteria) -> bool:
    """How a server compares that knows no criteria."""
    return True


@dataclass
class FormClient(MemoryClient):
    """Has users by the hundred, and services; compares as servers may."""

    users_kept: tuple[EndUser, ...] = USERS
    page_size: int = 100
    matches: Matcher = exactly
    connectors_kept: tuple[Connector, ...] = CONNECTORS
    environments: dict[tuple[str, str], tuple[ServiceEnvironment, ...]] = field(
        default_factory=lambda: dict(ENVIRONMENTS)
    )
    icons: dict[str, bytes] = field(default_factory=dict)
    searches: list[UserCriteria] = field(default_factory=list)

    def authentication_details(self, user_id: str, auth_id: str) -> AuthenticationDetails:
        raise AssertionError(f"the form looks at no authentication: {auth_id} of {user_id}")

    def rename_authentication(self, user_id: str, auth_id: str, name: str, credentials: Secret) -> None:
        raise AssertionError(f"the form renames nothing: {auth_id} of {user_id} to {name}, {credentials}")

    def delete_authentication(self, user_id: str, auth_id: str) -> None:
        raise AssertionError(f"the form deletes no authentication: {auth_id} of {user_id}")

    def users(
        self, criteria: UserCriteria | None = None, *, first: int | None = 100, after: str | None = None
    ) -> UserPage:
        start, size = int(after or 0), min(first or 100, self.page_size)
        kept = self.users_kept
        if criteria is None:
            self._answer(f"page {start // size}")
        else:
            self.searches.append(criteria)
            self._answer("one" if criteria.user_id else "search")
            kept = tuple(user for user in kept if self.matches(user, criteria))
        more = str(start + size) if start + size < len(kept) else None
        return UserPage(kept[start : start + size], more)

    def create_user(self, name: str, external_user_id: str, *, is_test_user: bool | None = None) -> str:
        self._answer("create user")
        user = EndUser(f"made-{len(self.users_kept)}", name, external_user_id, is_test_user)
        self.users_kept += (user,)
        if "after create" in self.failing:
            raise self.failing["after create"]
        return user.user_id

    def delete_user(self, user_id: str) -> None:
        self._answer("delete user")
        self.users_kept = tuple(user for user in self.users_kept if user.user_id != user_id)

    def connectors(self) -> tuple[Connector, ...]:
        self._answer("connectors")
        return self.connectors_kept

    def service_environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        self._answer("environments")
        return self.environments[service_name, service_version]

    def operations(self, connector_name: str, connector_version: str) -> tuple[Operation, ...]:
        self._answer(f"operations of {connector_name}")
        return OPERATIONS.get(connector_version, ())

    def icon(self, url: str) -> bytes:
        self._answer(f"icon {url}")
        return self.icons[url]


@dataclass
class FormStage:
    """A form on the screen, and what stands behind it."""

    form: RequestForm
    client: FormClient
    catalog: Catalog
    tasks: Tasks
    bot: QtBot

    def load(self) -> None:
        """Load what the program loads after the first paint, and wait for it."""
        self.catalog.load_users()
        self.catalog.load_services()
        self.until(lambda: "to choose" in self.form.user_picker.state_text)
        self.until(lambda: "to choose" in self.form.service_picker.state_text)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.bot.waitUntil(is_so, timeout=PATIENCE_MS)

    def choose(self, user: str = "user-1", service: str = "svc-slack") -> None:
        """Load, choose, and wait until the environments are here."""
        self.load()
        self.form.user_picker.choose(user)
        self.form.service_picker.choose(service)
        self.until(lambda: self.form.environment_picker.is_loaded)


def make_form_stage(bot: QtBot, folder: Path, client: FormClient | None = None) -> FormStage:
    """Build a form that reaches nothing beyond this process."""
    client, tasks = client or FormClient(), Tasks()
    catalog = Catalog(lambda: client, tasks, icon_folder=lambda: folder / "icons")
    form = RequestForm(catalog)
    form.resize(360, 760)
    form.show()
    bot.waitExposed(form)
    for part in (catalog, tasks):
        part.setParent(form)  # else a worker thread that outlives the test could be the one that deletes it
    stage = FormStage(form, client, catalog, tasks, bot)
    # the bot knows the form by a weak reference only: this keeps it until the tasks are closed
    bot.addWidget(form, before_close_func=lambda _form: stage.tasks.close())
    return stage


@pytest.fixture
def left(qtbot: QtBot, tmp_path: Path) -> FormStage:
    """A form on the screen with nothing loaded."""
    return make_form_stage(qtbot, tmp_path)
