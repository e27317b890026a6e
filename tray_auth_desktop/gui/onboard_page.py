"""The page that onboards: pickers on the left, dialog in the centre, results right, timeline beneath.

One is made for each workspace that is worked against: nothing of another one can be left in it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray_auth_desktop.gui.attempt_view import AttemptView, Parts
from tray_auth_desktop.gui.authentication_table import AuthenticationTable
from tray_auth_desktop.gui.backstage import Backstage
from tray_auth_desktop.gui.centre import Centre
from tray_auth_desktop.gui.layout import Arrangement
from tray_auth_desktop.gui.recovered_panel import RecoveredPanel
from tray_auth_desktop.gui.request_form import RequestForm
from tray_auth_desktop.gui.result_panel import ResultPanel
from tray_auth_desktop.gui.timeline_panel import TimelinePanel
from tray_auth_desktop.onboarding.catalog import Catalog

if TYPE_CHECKING:
    from tray_auth_desktop.gui.ports import Desk
    from tray_auth_desktop.gui.timeline_export import TimelineExport


class OnboardPage(QWidget):
    """Builds the parts and joins them with the lists and the desk. Loads nothing by itself.

    Signals:
        said(str): one line for the status bar.
        copied(str): this text is on the clipboard.
        user_chosen(str): this end user is chosen now; empty if none is.
        dialog_requested(DialogRequest, Subject): a dialog is wanted that is not what the form says.
    """

    said = Signal(str)
    copied = Signal(str)
    user_chosen = Signal(str)
    dialog_requested = Signal(object, object)

    def __init__(
        self,
        catalog: Catalog,
        desk: Desk,
        parent: QWidget | None = None,
        backstage: Backstage | None = None,
    ) -> None:
        super().__init__(parent)
        self.catalog, self.desk = catalog, desk
        self._backstage = backstage or Backstage()
        self.parts = Parts(
            form=RequestForm(catalog),
            centre=Centre(),
            result=ResultPanel(),
            recovered=RecoveredPanel(),
            table=AuthenticationTable(),
            timeline=TimelinePanel(),
        )
        self.arrangement = Arrangement(self.parts, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.arrangement.rows)
        self.attempt = AttemptView(desk, self.parts, self)
        self._connect_all()

    def _connect_all(self) -> None:
        parts = self.parts
        parts.table.dialog_requested.connect(self.dialog_requested)
        parts.form.user_chosen.connect(self._on_user_chosen)
        parts.table.refreshed.connect(self._refresh)
        parts.table.stopped.connect(self.catalog.cancel)
        self.catalog.authentications_changed.connect(parts.table.set_state)
        self.attempt.listed.connect(self.catalog.show_authentications)
        self.attempt.progressed.connect(self.said)
        parts.timeline.export_asked.connect(self._export_timeline)
        for source in (parts.form, parts.result, parts.recovered, parts.table, parts.timeline):
            source.copied.connect(self.copied)

    @cached_property
    def timeline_export(self) -> TimelineExport:
        """What writes the timeline of the last attempt to a file."""
        from tray_auth_desktop.gui.timeline_export import TimelineExport

        export = TimelineExport(self._backstage.journal, self._backstage.tasks, self)
        export.said.connect(self.said)
        return export

    def _export_timeline(self, form: str) -> None:
        self.timeline_export.choose(self.attempt.attempt_id, form)

    def load(self) -> None:
        """Fetch every list; what is chosen stays."""
        self.catalog.load_users()
        self.catalog.load_services()
        self._refresh()

    def _on_user_chosen(self, user_id: str | None) -> None:
        self.parts.table.attach(self.catalog.authentication_work)  # nobody's could be changed before
        self.parts.table.set_end_user(user_id or "", self.parts.form.subject.user)
        self.catalog.load_authentications(user_id)
        self.user_chosen.emit(user_id or "")

    def _refresh(self) -> None:
        user_id = self.parts.form.user_picker.key
        if user_id:
            self.catalog.load_authentications(user_id)
