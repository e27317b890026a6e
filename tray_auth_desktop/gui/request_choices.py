"""All that can be chosen for a dialog: end user, service, environment, scopes, and what is seldom needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui.environment_picker import EnvironmentPicker
from tray_auth_desktop.gui.presentation_options import PresentationOptions
from tray_auth_desktop.gui.recent_button import RecentButton
from tray_auth_desktop.gui.request_extras import RequestExtras
from tray_auth_desktop.gui.request_wish import Wish, WishFulfilment
from tray_auth_desktop.gui.scope_picker import ScopePicker
from tray_auth_desktop.gui.service_picker import ServicePicker
from tray_auth_desktop.gui.user_actions import UserActions
from tray_auth_desktop.gui.user_picker import UserPicker
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.load_state import Loaded, Loading, LoadState

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import ServiceEnvironment
    from tray_auth_desktop.gui.operations_picker import OperationsPicker
    from tray_auth_desktop.gui.solution_fields import SolutionFields
    from tray_auth_desktop.onboarding.recents import RecentChoice


class RequestChoices(QWidget):
    """Pickers that follow each other: a service's environments, an environment's scopes.

    Attributes:
        users: What can be done with end users, as methods and as actions.

    Signals:
        changed(): another request, or none, is chosen now.
        user_chosen(object): a user id, or None.
        copied(str): this went to the clipboard.
    """

    changed = Signal()
    user_chosen = Signal(object)
    copied = Signal(str)

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self.user_picker = UserPicker(catalog, self)
        self.users = UserActions(catalog, self.user_picker, self)
        self.service_picker = ServicePicker(catalog, self)
        self.recent_button = RecentButton(catalog.tasks, self)
        self.environment_picker = EnvironmentPicker(self)
        self.scope_picker = ScopePicker(self)
        self.extras = RequestExtras(self)
        self.presentation_options = PresentationOptions(self)
        self.operations_picker: OperationsPicker | None = None
        self._wish = WishFulfilment(self.service_picker, self.environment_picker, self.scope_picker)
        for picker in (self.user_picker, self.service_picker):
            picker.set_state(Loading())  # asked for after the first paint; one can type meanwhile
        self._lay_out()
        self._connect_all()
        self._show_kind()

    def _lay_out(self) -> None:
        self.user_picker.row.insertWidget(1, self.users.make_button(self.user_picker))
        self.service_picker.head.addWidget(self.recent_button)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(16)
        for part in (self.user_picker, self.service_picker, self.environment_picker):
            layout.addWidget(part)
        layout.addWidget(self.scope_picker, 100)
        layout.addWidget(self.extras)
        layout.addWidget(self.presentation_options)
        layout.addStretch(1)  # takes the room only while there are no scopes

    def _connect_all(self) -> None:
        catalog = self._catalog
        catalog.services_changed.connect(self._wish.advance)
        catalog.environments_changed.connect(self._on_environments)
        self.service_picker.retried.connect(catalog.load_services)
        self.environment_picker.retried.connect(self._load_environments)
        for picker in (self.user_picker, self.service_picker, self.environment_picker):
            picker.stopped.connect(catalog.cancel)
        self.user_picker.chosen.connect(self._on_user_chosen)
        self.service_picker.service_changed.connect(self._on_service_changed)
        self.environment_picker.chosen.connect(self._on_environment_chosen)
        self.scope_picker.changed.connect(self.changed)
        self.extras.changed.connect(self._on_extras_changed)
        self.presentation_options.changed.connect(self.changed)
        self.recent_button.recalled.connect(self.recall)
        self.scope_picker.operations_asked.connect(self.choose_by_operations)
        for source in (self.users, self.scope_picker):
            source.copied.connect(self.copied)

    @property
    def is_solution(self) -> bool:
        """Whether the dialog is wanted for a place in a solution instance."""
        return self.extras.wants_solution

    @cached_property
    def solution(self) -> SolutionFields:
        """Names that place. Seldom wanted, so made when it is."""
        from tray_auth_desktop.gui.solution_fields import SolutionFields

        fields = SolutionFields(self)
        fields.setVisible(self.is_solution)
        self._rows.insertWidget(1, fields)
        self.setTabOrder(self.recent_button, fields.instance_id)  # next to it are only parts that hide then
        self.setTabOrder(fields.instance_id, fields.external_auth_id)
        fields.changed.connect(self.changed)
        return fields

    @property
    def subject(self) -> Subject:
        """What is chosen, as people call it; parts that are not chosen are empty."""
        user = self.user_picker.user
        name = user.name or user.user_id if user else ""
        if self.is_solution:
            return Subject(name, self.solution.ids[1])
        service, environment = self.service_picker.service, self.environment_picker.environment
        return Subject(name, service.label if service else "", environment.label if environment else "")

    def missing(self) -> tuple[str, ...]:
        """Return what is still to be chosen."""
        user = () if self.user_picker.key else ("an end user",)
        if self.is_solution:
            return user + self.solution.missing()
        pickers = {"a service": self.service_picker, "an environment": self.environment_picker}
        return user + tuple(name for name, picker in pickers.items() if not picker.key)

    def problem(self) -> str:
        """Return why what is chosen cannot be asked for; empty if it can, or is not complete."""
        of_solution = self.solution.problem() if self.is_solution else ""
        folded = self.extras.problem() or self.presentation_options.problem()
        return of_solution or folded or self._make()[1]

    def request(self) -> DialogRequest | None:
        """Return what is chosen, if that is all that is needed."""
        return None if self.problem() else self._make()[0]

    def _make(self) -> tuple[DialogRequest | None, str]:
        """Return the request, or why there is none although nothing is missing."""
        if self.missing():
            return None, ""
        user_id, parameters = self.user_picker.key, self.extras.given()
        service = self.service_picker.service
        try:
            if self.is_solution:
                instance_id, external_auth_id = self.solution.ids
                return DialogRequest(
                    user_id,
                    kind=DialogKind.SOLUTION,
                    solution_instance_id=instance_id,
                    external_auth_id=external_auth_id,
                    extra_parameters=parameters,
                ), ""
            if service is None:
                return None, ""
            return DialogRequest(
                user_id,
                service.service_id,
                self.environment_picker.key,
                self.scope_picker.scopes(),
                extra_parameters=parameters,
                service_name=service.name,
            ), ""
        except ValueError as error:
            return None, f"This cannot be asked for: {error}."

    def restore(self, user_id: str) -> None:
        """Choose the end user chosen last, unless somebody is chosen already; fetched by id if need be."""
        if user_id and not self.user_picker.key:
            self.user_picker.choose(user_id)

    def fill(self, request: DialogRequest, called: Subject) -> None:
        """Choose all that a request asks for; see `RequestForm.fill`."""
        self.user_picker.choose_named(request.user_id, called.user)
        is_solution = request.kind is DialogKind.SOLUTION
        self.extras.set_extras(is_solution=is_solution, parameters=request.extra_parameters)
        if is_solution:
            self.solution.set_ids(request.solution_instance_id, request.external_auth_id)
        elif request.service_id:
            self._wish.want(
                Wish(
                    request.service_id,
                    request.service_environment_id,
                    request.scopes,
                    service_label=called.service or request.service_name,
                    environment_label=called.environment,
                )
            )

    def recall(self, choice: RecentChoice) -> None:
        """Choose what was chosen before; the end user stays."""
        self.extras.is_solution.setChecked(False)
        self._wish.want(
            Wish(
                choice.service_id,
                choice.service_environment_id,
                choice.scopes,
                choice.service_version,
                choice.service_label,
                choice.environment_label,
            )
        )

    def remember(self) -> None:
        """Keep what is chosen among the recent choices: the dialog is being opened for it."""
        request, service = self.request(), self.service_picker.service
        if request is None or service is None or request.kind is not DialogKind.CREATE:
            return
        from tray_auth_desktop.onboarding.recents import RecentChoice

        self.recent_button.remember(
            RecentChoice(
                request.service_id,
                request.service_environment_id,
                request.scopes,
                service.name,
                service.version or "",
                service.label,
                self.subject.environment,
            )
        )

    @property
    def has_operations(self) -> bool:
        """Whether there is a connector whose operations can be looked at."""
        is_chosen = bool(self.service_picker.family and self.environment_picker.key)
        return is_chosen and not self.is_solution

    def choose_by_operations(self) -> None:
        """Let scopes be chosen by what a connector of the chosen service must do."""
        family, service = self.service_picker.family, self.service_picker.service
        if family is None or service is None or not self.has_operations:
            return
        from tray_auth_desktop.gui.operations_picker import OperationsPicker

        connectors = family.connectors_of(service) or family.connectors
        self.operations_picker = OperationsPicker(connectors, self._catalog, self)
        self.operations_picker.taken.connect(self.scope_picker.check_all)
        self.operations_picker.finished.connect(self.operations_picker.deleteLater)
        self.operations_picker.open()

    def _show_kind(self) -> None:
        for part in (self.service_picker, self.environment_picker, self.scope_picker):
            part.setVisible(not self.is_solution)
        if self.is_solution or "solution" in self.__dict__:
            self.solution.setVisible(self.is_solution)

    def _on_extras_changed(self) -> None:
        self._show_kind()
        self.changed.emit()

    def _on_environments(self, state: LoadState[ServiceEnvironment]) -> None:
        self.environment_picker.show_environments(state)
        if not isinstance(state, Loaded):
            return
        if self._wish.is_waiting:
            self._wish.advance()
        elif len(state.items) == 1 and not self.environment_picker.key:
            self.environment_picker.choose(state.items[0].service_environment_id)
        elif self.environment_picker.key:
            self._show_scopes()

    def _load_environments(self) -> None:
        self._catalog.load_environments(self.service_picker.service)

    def _on_user_chosen(self, user_id: str) -> None:
        self.user_chosen.emit(user_id or None)
        self.changed.emit()

    def _on_service_changed(self) -> None:
        self._wish.drop()
        self.environment_picker.clear()
        self._load_environments()
        self.changed.emit()

    def _on_environment_chosen(self, _environment_id: str) -> None:
        if self.environment_picker.key:
            self._wish.drop()
        self._show_scopes()
        self.changed.emit()

    def _show_scopes(self) -> None:
        service = self.service_picker.service
        self.scope_picker.show_environment(
            self.environment_picker.environment, service.name if service else ""
        )
