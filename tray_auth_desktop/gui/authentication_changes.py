"""Does what the actions on authentications ask for: dialogs, questions, progress, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tray_auth_desktop.core.counts import counted
from tray_auth_desktop.core.dialog_url import DialogKind, DialogRequest
from tray_auth_desktop.core.export import csv_lines, json_lines
from tray_auth_desktop.core.models import Authentication
from tray_auth_desktop.core.subject import Subject
from tray_auth_desktop.gui.authentication_actions import AuthenticationActions
from tray_auth_desktop.gui.authentication_model import UPDATED, AuthenticationModel
from tray_auth_desktop.gui.authentication_view import AuthenticationView
from tray_auth_desktop.gui.work_line import WorkLine
from tray_auth_desktop.onboarding.authentication_work import AuthenticationWork, Deletion

_EXPORTS: dict[str, tuple[str, str, Callable[[Iterable[Authentication]], Iterable[str]]]] = {
    "export_csv": ("csv", "CSV (*.csv)", csv_lines),
    "export_json": ("json", "JSON (*.json)", json_lines),
}
_REASONS = 3


class AuthenticationChanges(QObject):
    """Acts for one end user at a time; what was begun for another is still finished.

    Signals:
        dialog_requested(DialogRequest, Subject): Tray's dialog is to be opened for this.
        refresh_wanted(): what the list shows may not be true any more.
    """

    dialog_requested = Signal(object, object)
    refresh_wanted = Signal()

    def __init__(
        self,
        view: AuthenticationView,
        model: AuthenticationModel,
        actions: AuthenticationActions,
        line: WorkLine,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._view, self._model, self._actions, self._line = view, model, actions, line
        self._window = window
        self._work: AuthenticationWork | None = None
        self._user_id = self._user_label = ""
        self._total = 0
        self.dialog: QDialog | None = None
        line.stopped.connect(self._on_stopped)

    def set_source(self, work: AuthenticationWork) -> None:
        """Say what changes are made with."""
        self._work = work
        work.deletion_progressed.connect(self._on_progressed)
        self._refresh_actions()

    def set_end_user(self, user_id: str, label: str) -> None:
        """Say whose authentications these are; empty for nobody's."""
        if user_id != self._user_id and not self._is_busy:
            self._line.clear()
        self._user_id, self._user_label = user_id, label or user_id
        self._refresh_actions()

    def edit(self) -> None:
        """Ask for Tray's dialog, to collect the credential of the selected authentication again."""
        one = self._one()
        if one is None:
            return
        service, environment = one.service, one.service_environment
        try:
            request = DialogRequest(
                kind=DialogKind.EDIT,
                user_id=self._user_id,
                auth_id=one.auth_id,
                service_id=service.service_id if service else "",
                service_environment_id=environment.service_environment_id if environment else "",
                service_name=service.name if service else "",
            )
        except ValueError as error:
            self._line.fail(f"The dialog cannot be opened for this authentication: {error}.")
            return
        subject = Subject(
            user=self._user_label,
            service=service.label if service else "",
            environment=environment.label if environment else "",
            authentication=one.label,
        )
        self.dialog_requested.emit(request, subject)

    def rename(self) -> None:
        """Ask for another name for the selected authentication."""
        one = self._one()
        if one is None or self._work is None:
            return
        from tray_auth_desktop.gui.rename_dialog import RenameDialog

        dialog = RenameDialog(one, self._user_id, self._work, self._window)
        dialog.edit_wanted.connect(self.edit)
        dialog.renamed.connect(partial(self._on_renamed, one))
        dialog.doubted.connect(self.refresh_wanted)
        self._open(dialog)

    def delete(self) -> None:
        """Ask whether to delete the selected authentications, and do it."""
        chosen = self._view.selected()
        if not chosen or not self._actions["delete"].isEnabled():
            return
        from tray_auth_desktop.gui.delete_question import DeleteQuestion

        question = DeleteQuestion(chosen, self._window)
        user_id = self._user_id
        question.finished.connect(
            lambda: self._on_answered(user_id, chosen, is_confirmed=question.is_confirmed)
        )
        self._open(question)

    def export(self, name: str) -> None:
        """Ask where to write the list that is shown.

        Args:
            name: Of the action: export_csv or export_json.
        """
        suffix, kind, lines = _EXPORTS[name]
        shown = self._model.shown()
        if not shown or self._work is None:
            return
        dialog = QFileDialog(self._window, f"Export {counted(len(shown), 'authentication')}", "", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"authentications-{_file_name(self._user_label)}.{suffix}")
        dialog.fileSelected.connect(lambda path: self._write(path, shown, lines))
        self._open(dialog)

    def _one(self) -> Authentication | None:
        selected = self._view.selected()
        return selected[0] if len(selected) == 1 and self._user_id else None

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self._window.window().activateWindow()  # not every window system goes back by itself
        self._view.setFocus()

    def _on_answered(self, user_id: str, chosen: Sequence[Authentication], *, is_confirmed: bool) -> None:
        if not is_confirmed or self._work is None:
            return
        labels = {one.auth_id: one.label for one in chosen}
        self._total = len(chosen)
        self._work.delete(
            user_id,
            [one.auth_id for one in chosen],
            lambda deletion: self._on_deleted(user_id, deletion, labels),
            self._on_failed,
        )
        self._on_progressed(0)
        self._refresh_actions()

    def _on_progressed(self, count: int) -> None:
        if self._is_busy:
            text = "Deleting the authentication…"
            if self._total > 1:
                text = f"Deleting {min(count + 1, self._total)} of {self._total} authentications…"
            self._line.progress(text, can_stop=self._total > 1)

    def _on_stopped(self) -> None:
        if self._work is not None:
            self._work.stop_deleting()
            self._line.progress("Stopping after the one that is under way…")

    def _on_deleted(self, user_id: str, deletion: Deletion, labels: dict[str, str]) -> None:
        self._refresh_actions()
        if user_id == self._user_id:
            self._model.remove(deletion.deleted)
            self._view.select_current()
            if any(failed.is_doubtful for _, failed in deletion.failed):
                self.refresh_wanted.emit()
        text = f"{counted(len(deletion.deleted), 'authentication')} deleted." if deletion.deleted else ""
        if not deletion.failed and not deletion.untried:
            self._line.succeed(f"Deleted: {next(iter(labels.values()))}." if self._total == 1 else text)
        else:
            self._line.fail(" ".join([text, *_failures(deletion, labels)]).strip())

    def _on_failed(self, explanation: str) -> None:
        self._refresh_actions()
        self._line.fail(f"Nothing was deleted. {explanation}")

    def _on_renamed(self, one: Authentication, name: str) -> None:
        self._refresh_actions()
        self._model.exchange(replace(one, name=name))
        self._model.mark(one.auth_id, UPDATED)
        self._line.succeed(f"Renamed: {name}.")

    def _write(
        self,
        path: str,
        shown: Sequence[Authentication],
        lines: Callable[[Iterable[Authentication]], Iterable[str]],
    ) -> None:
        if self._work is None:
            return
        what = counted(len(shown), "authentication")
        self._line.progress(f"Exporting {what}…")
        self._work.write(
            path,
            lambda: lines(shown),
            lambda: self._line.succeed(f"Exported {what} to {path}."),
            self._line.fail,
        )

    @property
    def _is_busy(self) -> bool:
        return self._work is not None and self._work.is_changing

    def _refresh_actions(self) -> None:
        has_user = bool(self._user_id) and self._work is not None
        self._actions.set_possible(has_user=has_user, is_busy=self._is_busy)


def _failures(deletion: Deletion, labels: dict[str, str]) -> list[str]:
    """Return what was not deleted and why; of many, the first few in full."""
    lines = [
        f"{'Perhaps deleted' if failed.is_doubtful else 'Not deleted'}: "
        f"{labels.get(auth_id, auth_id)}. {failed.explanation}"
        for auth_id, failed in deletion.failed[:_REASONS]
    ]
    if more := len(deletion.failed) - _REASONS:
        lines += [f"{more} more could not be deleted."] if more > 0 else []
    if deletion.untried:
        lines.append(f"{len(deletion.untried)} not tried any more: they are still selected.")
    return lines


def _file_name(label: str) -> str:
    """Return what can stand in a file's name on every system."""
    return re.sub(r"[^\w.-]+", "-", label).strip("-.")[:60] or "list"
