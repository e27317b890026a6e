"""The window on real lists: a real catalog over a client of our own, and a desk that follows a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.memory_client import MemoryClient
from tests.gui.scripted_desk import FakeDesk
from tray_auth_desktop.core.models import (
    Authentication,
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
from tray_auth_desktop.core.workspace import Hosts, Region, Workspace
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.main_window import MainWindow
from tray_auth_desktop.gui.theme import apply_theme, use_scheme
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.tasks import Tasks
from tray_auth_desktop.secrets import Secret

TWILIO = Service("svc-twilio", "twilio", "Twilio", version="2")
SLACK = Service("svc-slack", "slack", "Slack", version="4")
SALESFORCE = Service("svc-salesforce", "salesforce", "Salesforce", version="1")
USERS = (
    EndUser("user-1", "Michael Scott", "dunder-001"),
    EndUser("user-2", "Pam Beesly", "dunder-002", is_test_user=True),
    EndUser("user-3", "Angela Martin", "accounts/angela"),
    EndUser("user-4", "", None),
)
SLACK_SCOPES = (
    Scope("channels:read", "View basic information about public channels"),
    Scope("chat:write", "Send messages as the app"),
    Scope("users", "Everything about people", (Scope("users:read", "View people"), Scope("users:write", ""))),
)
ENVIRONMENTS = {
    "twilio": (ServiceEnvironment("env-twilio", "Production", "token"),),
    "slack": (ServiceEnvironment("env-slack", "Production", "oauth2", SLACK_SCOPES),),
    "salesforce": (
        ServiceEnvironment("env-sf-1", "Production", "oauth2", (Scope("api", "Use the API"), Scope("web"))),
        ServiceEnvironment("env-sf-2", "", "oauth2"),
    ),
}


def authentication(number: int, service: Service = SLACK) -> Authentication:
    """Return one of many authentications, all different."""
    environment = ENVIRONMENTS[service.name][0]
    return Authentication(f"auth-{number:05}", f"Account {number}", service, environment)


OPERATIONS = (
    Operation("send_message", "Send message", auth_scopes=("chat:write", "chat:write.public")),
    Operation("list_channels", "List channels", auth_scopes=("channels:read",)),
    Operation("parse", "Parse a text"),
)


def _fits(user: EndUser, criteria: UserCriteria) -> bool:
    """Whether a server that compares names in part, and ids in full, names a user."""
    return (
        (criteria.name is None or criteria.name.casefold() in user.name.casefold())
        and criteria.external_user_id in (None, user.external_user_id)
        and criteria.user_id in (None, user.user_id)
    )


@dataclass
class FakeClient(MemoryClient):
    """Has a few users and services, and keeps what it was told to do with authentications."""

    pages: int = 1
    details: dict[str, AuthenticationDetails] = field(default_factory=dict)
    credentials: list[Secret] = field(default_factory=list)
    directory: tuple[EndUser, ...] = USERS

    def authentication_details(self, user_id: str, auth_id: str) -> AuthenticationDetails:
        self._answer(f"details of {auth_id} of {user_id}")
        return self.details.get(auth_id, AuthenticationDetails(auth_id))

    def rename_authentication(self, user_id: str, auth_id: str, name: str, credentials: Secret) -> None:
        self.credentials.append(credentials)
        self._answer(f"rename {auth_id} of {user_id} to {name}")

    def delete_authentication(self, user_id: str, auth_id: str) -> None:
        self._answer(f"delete {auth_id} of {user_id}")

    def users(
        self, criteria: UserCriteria | None = None, *, first: int | None = 100, after: str | None = None
    ) -> UserPage:
        assert first == 100
        if criteria is not None:
            self._answer("search")
            return UserPage(tuple(user for user in self.directory if _fits(user, criteria)))
        page = int(after or 0)
        self._answer("users" if not page else f"users after {page}")
        size = -(-len(self.directory) // self.pages)
        more = str(page + 1) if page + 1 < self.pages else None
        return UserPage(self.directory[page * size : (page + 1) * size], more)

    def create_user(self, name: str, external_user_id: str, *, is_test_user: bool | None = None) -> str:
        self._answer("create user")
        user = EndUser(f"user-{len(self.directory) + 1}", name, external_user_id, is_test_user)
        self.directory += (user,)
        return user.user_id

    def delete_user(self, user_id: str) -> None:
        self._answer("delete user")
        self.directory = tuple(user for user in self.directory if user.user_id != user_id)

    def operations(self, connector_name: str, connector_version: str) -> tuple[Operation, ...]:
        self._answer(f"operations of {connector_name} {connector_version}")
        return OPERATIONS

    def icon(self, url: str) -> bytes:
        self._answer(f"icon {url}")
        return b""

    def connectors(self) -> tuple[Connector, ...]:
        self._answer("connectors")
        services = (TWILIO, SLACK, SALESFORCE)
        return tuple(Connector(service.name, "1.0", service=service) for service in services)

    def service_environments(self, service_name: str, service_version: str) -> tuple[ServiceEnvironment, ...]:
        assert service_version.isdecimal()
        self._answer("environments")
        return ENVIRONMENTS[service_name]


@dataclass
class Stage:
    """A window with all that stands behind it."""

    window: MainWindow
    client: FakeClient
    desk: FakeDesk
    catalog: Catalog
    tasks: Tasks
    bot: QtBot | None

    def load(self) -> None:
        """Load what the program loads after the first paint."""
        self.catalog.load_users()
        self.catalog.load_services()

    def choose(self, user: str = "user-1", service: str = "svc-slack") -> None:
        """Load, then choose as a person would, and wait until the lists are there."""
        assert self.bot is not None
        form = self.window.parts.form
        self.load()
        self.bot.waitUntil(lambda: "to choose" in form.user_picker.state_text)
        self.bot.waitUntil(lambda: "to choose" in form.service_picker.state_text)
        form.user_picker.choose(user)
        form.service_picker.choose(service)
        self.bot.waitUntil(lambda: bool(form.environment_picker.key))
        self.bot.waitUntil(lambda: "authentications" in self.client.calls)


def make_stage(
    *,
    is_stand_in: bool = True,
    notices: tuple[str, ...] = (),
    bot: QtBot | None = None,
    backstage: Backstage | None = None,
) -> Stage:
    """Build a window that reaches nothing beyond this process."""
    workspace = Workspace("Acme", Hosts.for_region(Region.US), "acme", "https://app.test", None, is_stand_in)
    client, desk, tasks = FakeClient(), FakeDesk(), Tasks()
    catalog = Catalog(lambda: client, tasks)
    window = MainWindow(workspace, catalog, desk, notices=notices, backstage=backstage)
    return Stage(window, client, desk, catalog, tasks, bot)


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Iterator[None]:
    """The application looks as in the program; each test begins light and with an empty clipboard."""
    if not qapp.property("isThemed"):
        apply_theme(qapp)
        qapp.setProperty("isThemed", True)
    use_scheme(qapp, Qt.ColorScheme.Light)
    qapp.clipboard().clear()
    yield
    use_scheme(qapp, Qt.ColorScheme.Light)


@pytest.fixture
def large_letters(qapp: QApplication) -> Iterator[None]:
    """All letters are twice as large."""
    font = QFont(qapp.font())
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 2)
    qapp.setFont(large)
    yield
    qapp.setFont(font)


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    """The window is mirrored, as for Arabic and Hebrew."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    """A window on the screen, with nothing loaded."""
    made = make_stage(bot=qtbot)
    made.client.lists["user-1"] = (authentication(1), authentication(2, TWILIO))
    made.window.show()
    qtbot.waitExposed(made.window)
    _ = made.window.actions_of_window  # as after the first paint
    qtbot.addWidget(made.window, before_close_func=lambda _window: made.tasks.close())
    yield made
    made.desk._is_running = False


@pytest.fixture
def stage_maker(qtbot: QtBot) -> Iterator[Callable[..., Stage]]:
    """Makes windows that are not shown yet; what it is given goes to `make_stage`."""
    made: list[Stage] = []

    def make(**given: object) -> Stage:
        stage = make_stage(bot=qtbot, **given)  # type: ignore[arg-type]  # whoever calls knows what
        stage.client.lists["user-1"] = (authentication(1), authentication(2, TWILIO))
        made.append(stage)
        qtbot.addWidget(stage.window, before_close_func=lambda _window: stage.tasks.close())
        return stage

    yield make
    for stage in made:
        stage.desk._is_running = False
