"""Chooses a service, and one of its versions where there are several."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from tray_auth_desktop.gui.choices import Choice
from tray_auth_desktop.gui.picker import Picker
from tray_auth_desktop.onboarding.catalog import Catalog
from tray_auth_desktop.onboarding.load_state import Loaded, LoadState

if TYPE_CHECKING:
    from tray_auth_desktop.core.models import Service
    from tray_auth_desktop.core.services import ServiceFamily
    from tray_auth_desktop.onboarding.icon_addresses import IconAddresses
    from tray_auth_desktop.onboarding.icons import IconStore


class ServicePicker(Picker):
    """Its keys are the ids of services in their newest version; `service` is what is really chosen.

    Signals:
        service_changed(): another service, another version of it, or none is chosen now.
    """

    service_changed = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__("&Service", "services", "Not loaded yet.", parent)
        self._catalog = catalog
        self._families: dict[str, ServiceFamily] = {}
        self._shown_versions: tuple[Service, ...] = ()
        self._service: Service | None = None
        self._named: Service | None = None
        self.version_choice = _VersionBox(self)
        self.version_choice.setAccessibleName("Version of the service")
        self.version_choice.setToolTip(
            "The newest version is right unless an older one is asked for: "
            "authentications of one version do not count for another."
        )
        self.version_choice.view().setAccessibleName("Versions of the service")
        self.version_choice.hide()
        self.head.addWidget(self.version_choice)
        self.field.setPlaceholderText("Type a name")
        self.field.picture_of = self._picture_of
        self.version_choice.activated.connect(self._on_version_activated)
        self.chosen.connect(self._on_chosen)
        catalog.services_changed.connect(self._on_services)

    @cached_property
    def _icons(self) -> IconStore[object]:
        icons = self._catalog.icons
        icons.arrived.connect(self._on_icon_arrived)
        return icons

    @cached_property
    def _addresses(self) -> IconAddresses:
        addresses = self._catalog.icon_addresses
        addresses.changed.connect(self._on_addresses_changed)
        return addresses

    @property
    def service(self) -> Service | None:
        """The chosen service in the chosen version."""
        return self._service

    @property
    def family(self) -> ServiceFamily | None:
        """The chosen service in all its versions."""
        return self._families.get(self.key)

    def choose(self, key: str) -> None:
        """Choose by the id of a service in any of its versions."""
        self.choose_version(key)

    def choose_version(self, service_id: str, version: str = "") -> bool:
        """Choose a service by id, in the version named if several have the id.

        Returns:
            Whether there is one.
        """
        for key, family in self._families.items():
            fitting = [one for one in family.versions if one.service_id == service_id]
            if fitting:
                named = next((one for one in fitting if one.version == version), fitting[0])
                self._named = named
                super().choose(key)
                self._named = None
                self._take(named)
                return True
        return False

    def _on_services(self, state: LoadState[ServiceFamily]) -> None:
        if not isinstance(state, Loaded):
            self.set_state(state)
            return
        families = {family.newest.service_id: family for family in state.items}
        if self.key and self.key not in families:
            families = self._with_chosen_renewed(families)
        self._families = families
        self._show_families()
        if self.key in families:
            self._renew_service(families[self.key])
            self._show_versions()

    def _show_families(self) -> None:
        self.set_state(Loaded(tuple(self._choice_of(key, family) for key, family in self._families.items())))

    def _on_addresses_changed(self) -> None:
        if self.is_loaded:
            self._show_families()

    def _choice_of(self, key: str, family: ServiceFamily) -> Choice:
        icon = next(filter(None, map(self._addresses.of, family.versions)), "")
        return _choice(key, family, icon)

    def _renew_service(self, family: ServiceFamily) -> None:
        """Take over what a fresh list calls the chosen version."""
        service = self._service
        if service is not None:
            which = (service.service_id, service.version)
            fresh = (one for one in family.versions if (one.service_id, one.version) == which)
            self._service = next(fresh, service)

    def _with_chosen_renewed(self, families: dict[str, ServiceFamily]) -> dict[str, ServiceFamily]:
        """A newer version of the chosen service may have come: the choice stays what it was."""
        service = self._service
        for key, family in families.items():
            if service in family.versions:
                self._choice = self._choice_of(key, family)
        return families

    def _on_chosen(self, key: str) -> None:
        self._show_versions()
        family = self._families.get(key)
        self._take(self._named or (family.newest if family else None))

    def _take(self, service: Service | None) -> None:
        if service == self._service:
            return
        self._service = service
        if service in self._shown_versions:
            self.version_choice.setCurrentIndex(self._shown_versions.index(service))
        self.service_changed.emit()

    def _show_versions(self) -> None:
        family = self._families.get(self.key)
        versions = family.versions if family else ()
        if versions != self._shown_versions:
            self._shown_versions = versions
            self.version_choice.clear()
            self.version_choice.addItems([_version_text(one, versions) for one in versions])
            if self._service in versions:
                self.version_choice.setCurrentIndex(versions.index(self._service))
        self.version_choice.setVisible(len(versions) > 1)

    def _on_version_activated(self, row: int) -> None:
        self._take(self._shown_versions[row])

    def _picture_of(self, url: str, size_px: int) -> QImage | None:
        from tray_auth_desktop.gui.icon_picture import make_tile  # not before the list is opened

        picture = self._icons.picture(url, size_px, make_tile)
        return picture if isinstance(picture, QImage) else None

    def _on_icon_arrived(self, _url: str) -> None:
        if self.field.is_list_open:
            self.field.completion_list.viewport().update()


class _VersionBox(QComboBox):
    """The wheel scrolls the form, unless this box has the keyboard."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _version_text(service: Service, versions: tuple[Service, ...]) -> str:
    newest = " (newest)" if service is versions[0] else ""
    same = [one for one in versions if one.version == service.version]
    which = f" · {service.service_id[:8]}" if len(same) > 1 else ""
    return f"Version {service.version or '?'}{newest}{which}"


def _choice(key: str, family: ServiceFamily, icon: str) -> Choice:
    service = family.newest
    name = service.name if service.name != service.label else ""
    count = f"{len(family.versions)} versions" if len(family.versions) > 1 else ""
    also = " ".join(one.service_id for one in family.versions[1:])
    return Choice(key, service.label, " · ".join(filter(None, (name, count))), also, has_tile=True, icon=icon)
