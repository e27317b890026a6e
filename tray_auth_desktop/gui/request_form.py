"""The left side: what is to be authenticated, and the one button that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tray_auth_desktop.core.dialog_url import DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui.choices import Choice
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.gui.scope_picker import ScopePicker
from tray_auth_desktop.gui.scrolling import scrolled
from tray_auth_desktop.gui.state_line import WrappedLabel
from tray_auth_desktop.gui.theme import give_style
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.load_state import Loaded, Loading, LoadState

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import EndUser, Service, ServiceEnvironment


class RequestForm(QWidget):
    """Pickers for end user, service, environment and scopes.

    Signals:
        changed(): another request, or none, is chosen now.
        user_chosen(object): a user id, or None.
        opened(): the person wants the dialog.
        cancelled(): the person wants out of the running attempt.
    """

    changed = Signal()
    user_chosen = Signal(object)
    opened = Signal()
    cancelled = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._users: dict[str, EndUser] = {}
        self._services: dict[str, Service] = {}
        self._environments: dict[str, ServiceEnvironment] = {}
        self._is_running = False
        self._turned = QElapsedTimer()
        self._turned.start()
        self._choices = QWidget(self)
        self.user_picker = Picker("End &user", "end users", "Not loaded yet.", self._choices)
        self.service_picker = Picker("&Service", "services", "Not loaded yet.", self._choices)
        self.environment_picker = Picker(
            "En&vironment", "environments", "Choose a service first.", self._choices
        )
        self.scope_picker = ScopePicker(self._choices)
        self._button = QPushButton("&Open dialog", self)
        self._button.setProperty("isRunning", False)
        self._reason = WrappedLabel(parent=self)
        for picker in (self.user_picker, self.service_picker):
            picker.set_state(Loading())  # asked for after the first paint; one can type meanwhile
        self._lay_out()
        self._connect_all()
        self._show_readiness()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._choices)
        inside.setContentsMargins(16, 16, 16, 8)
        inside.setSpacing(16)
        for picker in (self.user_picker, self.service_picker, self.environment_picker):
            inside.addWidget(picker)
        inside.addWidget(self.scope_picker, 1)
        give_style(self._button, "primary_button")
        self._reason.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._reason.setAccessibleName("Why the dialog cannot be opened yet")
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 16)
        foot.setSpacing(4)
        foot.addWidget(self._button)
        foot.addWidget(self._reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(self._choices, self), 1)
        layout.addLayout(foot)

    def _connect_all(self) -> None:
        catalog = self._catalog
        catalog.users_changed.connect(self._on_users)
        catalog.services_changed.connect(self._on_services)
        catalog.environments_changed.connect(self._on_environments)
        self.user_picker.retried.connect(catalog.load_users)
        self.service_picker.retried.connect(catalog.load_services)
        self.environment_picker.retried.connect(self._load_environments)
        for picker in (self.user_picker, self.service_picker, self.environment_picker):
            picker.stopped.connect(catalog.cancel)
        self.user_picker.chosen.connect(self._on_user_chosen)
        self.service_picker.chosen.connect(self._on_service_chosen)
        self.environment_picker.chosen.connect(self._on_environment_chosen)
        self.scope_picker.changed.connect(self._on_changed)
        self._button.clicked.connect(self._on_button)

    @property
    def subject(self) -> Subject:
        """What is chosen, as people call it; parts that are not chosen are empty."""
        user = self._users.get(self.user_picker.key)
        service = self._services.get(self.service_picker.key)
        environment = self._environments.get(self.environment_picker.key)
        return Subject(
            user.name or user.user_id if user else "",
            service.label if service else "",
            environment.label if environment else "",
        )

    def missing(self) -> tuple[str, ...]:
        """Return what is still to be chosen."""
        pickers = {
            "an end user": self.user_picker,
            "a service": self.service_picker,
            "an environment": self.environment_picker,
        }
        return tuple(name for name, picker in pickers.items() if not picker.key)

    def request(self) -> DialogRequest | None:
        """Return what is chosen, if that is all that is needed."""
        if self.missing():
            return None
        service = self._services[self.service_picker.key]
        return DialogRequest(
            self.user_picker.key, service.service_id, self.environment_picker.key, self.scope_picker.scopes()
        )

    @property
    def has_been_running_for_ms(self) -> int:
        """Milliseconds since the button last changed its meaning."""
        return self._turned.elapsed()

    def set_running(self, is_running: bool) -> None:
        """While an attempt runs, its choices cannot be changed and the button ends it."""
        self._is_running = is_running
        self._turned.restart()
        self._choices.setEnabled(not is_running)
        self._show_readiness()

    def _show_readiness(self) -> None:
        missing = self.missing()
        self._button.setText("&Cancel" if self._is_running else "&Open dialog")
        self._button.setEnabled(self._is_running or not missing)
        if self._button.property("isRunning") is not self._is_running:
            self._button.setProperty("isRunning", self._is_running)
            self._button.style().polish(self._button)
        if self._is_running:
            reason = "An attempt is running; it has to end before another can start."
        elif missing:
            reason = f"Choose {_listed(missing)} first."
        else:
            reason = "Ctrl+Enter opens it too."
        self._reason.setText(reason)
        self._button.setAccessibleDescription(reason)

    def _on_changed(self) -> None:
        self._show_readiness()
        self.changed.emit()

    def _on_button(self) -> None:
        if self._is_running:
            if self.has_been_running_for_ms > QApplication.doubleClickInterval():
                self.cancelled.emit()  # else it is the second click of the one that opened
        else:
            self.opened.emit()

    def _on_users(self, state: LoadState[EndUser]) -> None:
        if isinstance(state, Loaded):
            self._users |= {user.user_id: user for user in state.items}
            self.user_picker.set_state(Loaded(tuple(map(_user_choice, state.items)), state.is_partial))
        else:
            self.user_picker.set_state(state)

    def _on_services(self, state: LoadState[Service]) -> None:
        if isinstance(state, Loaded):
            self._services |= {service.service_id: service for service in state.items}
            self.service_picker.set_state(Loaded(tuple(map(_service_choice, state.items))))
        else:
            self.service_picker.set_state(state)

    def _on_environments(self, state: LoadState[ServiceEnvironment]) -> None:
        if not isinstance(state, Loaded):
            self.environment_picker.set_state(state)
            return
        self._environments |= {environment.service_environment_id: environment for environment in state.items}
        self.environment_picker.set_state(Loaded(tuple(map(_environment_choice, state.items))))
        if len(state.items) == 1 and not self.environment_picker.key:
            self.environment_picker.choose(state.items[0].service_environment_id)
        elif self.environment_picker.key:
            self._on_environment_chosen(self.environment_picker.key)

    def _load_environments(self) -> None:
        self._catalog.load_environments(self._services.get(self.service_picker.key))

    def _on_user_chosen(self, user_id: str) -> None:
        self.user_chosen.emit(user_id or None)
        self._on_changed()

    def _on_service_chosen(self, _service_id: str) -> None:
        self.environment_picker.clear()
        self._load_environments()
        self._on_changed()

    def _on_environment_chosen(self, environment_id: str) -> None:
        self.scope_picker.show_environment(self._environments.get(environment_id))
        self._on_changed()


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _user_choice(user: EndUser) -> Choice:
    tested = "test user" if user.is_test_user else ""
    detail = " · ".join(filter(None, (user.external_user_id, tested)))
    return Choice(user.user_id, user.name or user.user_id, detail)


def _service_choice(service: Service) -> Choice:
    name = service.name if service.name != service.label else ""
    return Choice(service.service_id, service.label, name, has_tile=True)


def _environment_choice(environment: ServiceEnvironment) -> Choice:
    kind = environment.authentication_type or ""
    return Choice(environment.service_environment_id, environment.label, kind)
